"""Servers that a Python team would write, torch in the same process. STYLE=docs: as FastAPI's documentation has it, typed
bodies, `def` endpoints, and uvicorn as pip installs it. STYLE=tuned: by hand, on the loop, with uvloop and httptools."""

import os

import torch
import uvicorn
from fastapi import FastAPI, Request, Response
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

torch.set_num_threads(int(os.environ["THREADS"]))
resnet = torch.jit.load(os.environ["RESNET"])
tuned = os.environ["STYLE"] == "tuned"
app = FastAPI()


def forward(images):
    with torch.inference_mode():
        return resnet(images)


class Tensor(BaseModel):
    data: list[float]


def identity_typed(body: Tensor) -> Tensor:
    return Tensor(data=torch.tensor(body.data, dtype=torch.float32).tolist())


def resnet_typed(body: Tensor) -> Tensor:
    return Tensor(data=forward(torch.tensor(body.data, dtype=torch.float32).reshape(1, 3, 224, 224))[0].tolist())


async def identity_json(request: Request):
    x = torch.tensor((await request.json())["data"], dtype=torch.float32)
    return {"data": x.tolist()}


async def resnet_json(request: Request):
    x = torch.tensor((await request.json())["data"], dtype=torch.float32).reshape(1, 3, 224, 224)
    y = await run_in_threadpool(forward, x)
    return {"data": y[0].tolist()}


app.post("/json/identity")(identity_json if tuned else identity_typed)
app.post("/json/resnet18")(resnet_json if tuned else resnet_typed)


@app.post("/binary/identity")
async def identity_binary(request: Request):
    x = torch.frombuffer(bytearray(await request.body()), dtype=torch.float32)
    return Response(x.numpy().tobytes(), media_type="application/octet-stream")


@app.post("/binary/resnet18")
async def resnet_binary(request: Request):
    x = torch.frombuffer(bytearray(await request.body()), dtype=torch.float32).reshape(1, 3, 224, 224)
    y = await run_in_threadpool(forward, x)
    return Response(y.numpy().tobytes(), media_type="application/octet-stream")


loop, http = ("uvloop", "httptools") if tuned else ("asyncio", "h11")
uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), loop=loop, http=http, log_level="error", access_log=False)
