"""The other side of bench/optim.mjs: the same steps in Python. Reads `optimizer way count` a line, answers with seconds."""
import sys
import time

import torch

torch.set_num_threads(int(sys.argv[1]))
OPTIONS = {"Adam": {}, "AdamW": {}, "SGD": {"momentum": 0.9}}
WAYS = {"foreach": {"foreach": True}, "fused": {"fused": True}, "default": {}}
steps = {}


def step_of(name, way):
    torch.manual_seed(0)
    params = [torch.nn.Parameter(torch.randn(10_000)) for _ in range(200)]
    for param in params:
        param.grad = torch.randn(10_000)
    return getattr(torch.optim, name)(params, lr=1e-3, **OPTIONS[name], **WAYS[way]).step


for line in sys.stdin:
    name, way, count = line.split()
    if (name, way) not in steps:
        steps[name, way] = step_of(name, way)
    step = steps[name, way]
    start = time.perf_counter()
    for _ in range(int(count)):
        step()
    print(time.perf_counter() - start, flush=True)
