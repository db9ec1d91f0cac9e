"""The server that a Python team would write: FastAPI on uvicorn with uvloop and httptools, torch in the same process."""

import os

import torch
import uvicorn
from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool

torch.set_num_threads(int(os.environ["THREADS"]))
resnet = torch.jit.load(os.environ["RESNET"])
app = FastAPI()


def forward(images):
    with torch.inference_mode():
        return resnet(images)


@app.post("/json/identity")
async def identity_json(request: Request):
    x = torch.tensor((await request.json())["data"], dtype=torch.float32)
    return {"data": x.tolist()}


@app.post("/binary/identity")
async def identity_binary(request: Request):
    x = torch.frombuffer(bytearray(await request.body()), dtype=torch.float32)
    return Response(x.numpy().tobytes(), media_type="application/octet-stream")


@app.post("/binary/resnet18")
async def resnet_binary(request: Request):
    x = torch.frombuffer(bytearray(await request.body()), dtype=torch.float32).reshape(1, 3, 224, 224)
    y = await run_in_threadpool(forward, x)
    return Response(y.numpy().tobytes(), media_type="application/octet-stream")


@app.post("/json/resnet18")
async def resnet_json(request: Request):
    x = torch.tensor((await request.json())["data"], dtype=torch.float32).reshape(1, 3, 224, 224)
    y = await run_in_threadpool(forward, x)
    return {"data": y.tolist()}


uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), loop="uvloop", http="httptools", log_level="error", access_log=False)
