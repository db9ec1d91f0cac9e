"""The same as fastapi_app.py for Ray Serve, with its batching for the network."""

import os
import time

import ray
import torch
from ray import serve
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

ray.init(num_cpus=2, include_dashboard=False, logging_level="error", log_to_driver=False)
serve.start(http_options={"host": "127.0.0.1", "port": int(os.environ["PORT"]), "access_log": False})


@serve.deployment(max_ongoing_requests=100, ray_actor_options={"num_cpus": 1})
class App:
    def __init__(self, path, threads):
        torch.set_num_threads(threads)
        self.resnet = torch.jit.load(path)

    @serve.batch(max_batch_size=8, batch_wait_timeout_s=0.0)
    async def forward(self, images):
        with torch.inference_mode():
            return list(self.resnet(torch.cat(images)).split(1))

    async def __call__(self, request: Request):
        form, name = request.url.path.strip("/").split("/")
        if form == "json":
            x = torch.tensor((await request.json())["data"], dtype=torch.float32)
        else:
            x = torch.frombuffer(bytearray(await request.body()), dtype=torch.float32)
        if name == "resnet18":
            x = await self.forward(x.reshape(1, 3, 224, 224))
        if form == "json":
            return JSONResponse({"data": x.tolist()})
        return Response(x.numpy().tobytes(), media_type="application/octet-stream")


serve.run(App.bind(os.environ["RESNET"], int(os.environ["THREADS"])), route_prefix="/")
print("ready", flush=True)
while True:
    time.sleep(60)
