"""The same as the tuned fastapi_app.py for Ray Serve, with its own batching for the network."""

import logging
import os
import signal
import sys

import numpy
import orjson
import ray
import torch
from ray import serve
from starlette.requests import Request
from starlette.responses import Response

logging.getLogger("ray.serve").setLevel(logging.ERROR)
ray.init(num_cpus=2, include_dashboard=False, logging_level="error", log_to_driver=False)
serve.start(http_options={"host": "127.0.0.1", "port": int(os.environ["PORT"]), "access_log": False})


@serve.deployment(max_ongoing_requests=100, ray_actor_options={"num_cpus": 1})
class App:
    def __init__(self, path, threads):
        torch.set_num_threads(threads)
        self.resnet = torch.jit.load(path)

    @serve.batch(max_batch_size=int(os.environ["BATCH"]), batch_wait_timeout_s=0.0)
    async def forward(self, images):
        with torch.inference_mode():
            return list(self.resnet(torch.cat(images)).split(1))

    async def __call__(self, request: Request):
        form, name = request.url.path.strip("/").split("/")
        if form == "json":
            data = orjson.loads(await request.body())["data"]
            x = torch.from_numpy(numpy.fromiter(data, numpy.float32, len(data)))
        else:
            x = torch.frombuffer(bytearray(await request.body()), dtype=torch.float32)
        if name == "resnet18":
            x = await self.forward(x.reshape(1, 3, 224, 224))
        if form == "json":
            body = orjson.dumps({"data": x.flatten().numpy()}, option=orjson.OPT_SERIALIZE_NUMPY)
            return Response(body, media_type="application/json")
        return Response(x.numpy().tobytes(), media_type="application/octet-stream")


serve.run(App.bind(os.environ["RESNET"], int(os.environ["THREADS"])), route_prefix="/")
print("{}", flush=True)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(ray.shutdown()))
signal.pause()
