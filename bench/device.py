"""The other side of bench/device.mjs: the same work in Python. Prints one JSON object, times in microseconds a call."""
import json
import math
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn, optim

device = sys.argv[1]


def wait():
    if device.startswith("cuda"):
        torch.cuda.synchronize()


def measure(fn, seconds=0.5):
    def run(count):
        wait()
        start = time.perf_counter()
        for _ in range(count):
            fn()
        wait()
        return time.perf_counter() - start

    run(3)
    count = max(1, math.ceil(seconds / 5 * 3 / run(3)))
    return sorted(run(count) * 1e6 / count for _ in range(5))[2]


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 3, padding=1)
        self.conv2 = nn.Conv2d(64, 128, 3, padding=1)
        self.fc1 = nn.Linear(128 * 7 * 7, 1000)
        self.fc2 = nn.Linear(1000, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.fc2(F.relu(self.fc1(x.flatten(1))))


def mlp():
    return nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))


def trainer(model, images, make):
    model.to(device)
    images = images.to(device)
    labels = torch.randint(0, 10, (len(images),), device=device)
    optimizer = make(model.parameters())

    def step():
        optimizer.zero_grad()
        F.cross_entropy(model(images), labels).backward()
        optimizer.step()

    return step


def sgd(parameters):
    return optim.SGD(parameters, lr=0.01, momentum=0.9, fused=True)


def adam(parameters):
    return optim.Adam(parameters, lr=1e-3, fused=True)


x = torch.randn(2, 2, device=device)
big = torch.randn(1024, 1024, device=device)
host = torch.randn(25_000_000)
there = host.to(device)
times = {
    "add 2x2": measure(lambda: x.add(x)),
    "matmul 1024x1024": measure(lambda: big.matmul(big)),
    "sum().item()": measure(lambda: x.sum().item()),
    "MLP step, SGD, batch 64": measure(trainer(mlp(), torch.randn(64, 784), sgd)),
    "MLP step, Adam, batch 64": measure(trainer(mlp(), torch.randn(64, 784), adam)),
    "CNN step, SGD, batch 32": measure(trainer(Net(), torch.randn(32, 3, 28, 28), sgd), 2),
    "CNN step, SGD, batch 256": measure(trainer(Net(), torch.randn(256, 3, 28, 28), sgd), 2),
    "100 MB to the device": measure(lambda: host.to(device, copy=True), 1),
    "100 MB from the device": measure(lambda: there.to("cpu", copy=True), 1),
}
print(json.dumps({"version": torch.__version__, "times": times}))
