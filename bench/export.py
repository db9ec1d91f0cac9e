"""The other side of export.mjs: exports the models, then times the same programs. `python export.py THREADS FOLDER`."""

import sys
import time

import torch
from torch import nn

library = torch.library.Library("torchvision", "DEF")  # the CPU build of torch beside any build of torchvision
for name in ("nms", "qnms"):
    library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
import torchvision  # noqa: E402

torch.set_num_threads(int(sys.argv[1]))
models = {
    "mlp": (nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 256), nn.ReLU(), nn.Linear(256, 10)), [1, 784]),
    "resnet18": (torchvision.models.resnet18(), [1, 3, 224, 224]),
}
programs = {}
for name, (module, shape) in models.items():
    path = f"{sys.argv[2]}/{name}.pt2"
    x = torch.ones(shape)
    torch.export.save(torch.export.export(module.eval(), (x,)), path)
    programs[name] = (torch.export.load(path).module(), x)
print("ready", flush=True)

with torch.no_grad():
    for line in sys.stdin:
        name, count = line.split()
        program, x = programs[name]
        start = time.perf_counter()
        for _ in range(int(count)):
            program(x)
        print(time.perf_counter() - start, flush=True)
