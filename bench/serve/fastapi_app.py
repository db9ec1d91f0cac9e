"""Servers that a Python team would write, torch in the same process. STYLE=docs: as FastAPI's documentation has it, with
typed bodies and `def` endpoints, on the loop and the parser named by LOOP and HTTP. STYLE=tuned: by hand; on the loop,
orjson and numpy on both sides, no model of a body, and batches of what waits for the network."""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor

import numpy
import orjson
import torch
import uvicorn
from fastapi import FastAPI, Request, Response
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

torch.set_num_threads(int(os.environ["THREADS"]))
resnet = torch.jit.load(os.environ["RESNET"])
app = FastAPI()


def forward(images):
    with torch.inference_mode():
        return resnet(images)


def forward_all(images):
    # All on one thread: each that calls OpenMP has a team of threads of its own.
    return forward(images[0] if len(images) == 1 else torch.cat(images)).split(1)


class Batcher:
    """Runs what waits, at most `most` at once, on one thread of its own."""

    def __init__(self, most):
        self.most = most
        self.waiting = []
        self.busy = False
        self.thread = ThreadPoolExecutor(1)

    async def run(self, images):
        future = asyncio.get_running_loop().create_future()
        self.waiting.append((images, future))
        if not self.busy:
            self.busy = True
            asyncio.create_task(self.work())
        return await future

    async def work(self):
        while self.waiting:
            batch, self.waiting = self.waiting[: self.most], self.waiting[self.most :]
            images = [images for images, _ in batch]
            try:
                results = await asyncio.get_running_loop().run_in_executor(self.thread, forward_all, images)
            except Exception as error:
                for _, future in batch:
                    future.set_exception(error)
                continue
            for (_, future), result in zip(batch, results):
                future.set_result(result)
        self.busy = False


class Tensor(BaseModel):
    data: list[float]


def docs_style():
    @app.post("/json/identity")
    def identity_json(body: Tensor) -> Tensor:
        return Tensor(data=torch.tensor(body.data, dtype=torch.float32).tolist())

    @app.post("/json/resnet18")
    def resnet_json(body: Tensor) -> Tensor:
        return Tensor(data=forward(torch.tensor(body.data, dtype=torch.float32).reshape(1, 3, 224, 224))[0].tolist())

    @app.post("/binary/identity")
    async def identity_binary(request: Request):
        x = torch.frombuffer(bytearray(await request.body()), dtype=torch.float32)
        return Response(x.numpy().tobytes(), media_type="application/octet-stream")

    @app.post("/binary/resnet18")
    async def resnet_binary(request: Request):
        x = torch.frombuffer(bytearray(await request.body()), dtype=torch.float32).reshape(1, 3, 224, 224)
        y = await run_in_threadpool(forward, x)
        return Response(y.numpy().tobytes(), media_type="application/octet-stream")


def tuned_style():
    batcher = Batcher(int(os.environ["BATCH"]))

    async def identity(x):
        return x

    async def network(x):
        return await batcher.run(x.reshape(1, 3, 224, 224))

    def add(name, model):
        async def json(request: Request):
            data = orjson.loads(await request.body())["data"]
            y = await model(torch.from_numpy(numpy.fromiter(data, numpy.float32, len(data))))
            body = orjson.dumps({"data": y.flatten().numpy()}, option=orjson.OPT_SERIALIZE_NUMPY)
            return Response(body, media_type="application/json")

        async def binary(request: Request):
            # A copy, because the bytes of a request are read-only.
            y = await model(torch.frombuffer(bytearray(await request.body()), dtype=torch.float32))
            return Response(y.numpy().tobytes(), media_type="application/octet-stream")

        app.add_route(f"/json/{name}", json, methods=["POST"])
        app.add_route(f"/binary/{name}", binary, methods=["POST"])

    add("identity", identity)
    add("resnet18", network)


tuned_style() if os.environ["STYLE"] == "tuned" else docs_style()
loop, http = os.environ["LOOP"], os.environ["HTTP"]
uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), loop=loop, http=http, log_level="error", access_log=False)
