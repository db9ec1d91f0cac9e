"""The Python side of bench/jit.mjs: python jit.py FOLDER THREADS. Writes the models, then answers "name count" with seconds."""

import os
import sys
import time

import torch
from torch import nn

folder, threads = sys.argv[1], int(sys.argv[2])
torch.set_num_threads(threads)
torch.manual_seed(0)


def block(inputs, outputs, stride):
    """ResNet's basic block, as torchvision has it, for machines without torchvision."""

    class Basic(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
            self.bn1 = nn.BatchNorm2d(outputs)
            self.relu = nn.ReLU(inplace=True)
            self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
            self.bn2 = nn.BatchNorm2d(outputs)
            self.downsample = nn.Sequential()
            if stride != 1 or inputs != outputs:
                self.downsample = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

        def forward(self, x):
            out = self.relu(self.bn1(self.conv1(x)))
            out = self.bn2(self.conv2(out))
            return self.relu(out + self.downsample(x))

    return Basic()


def resnet18():
    layers = [nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1)]
    width = 64
    for outputs, stride in [(64, 1), (128, 2), (256, 2), (512, 2)]:
        layers += [block(width, outputs, stride), block(outputs, outputs, 1)]
        width = outputs
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 1000))


def mlp():
    return nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10))


inputs = {"resnet18": torch.ones(1, 3, 224, 224), "mlp": torch.ones(1, 784)}
for name, build in [("resnet18", resnet18), ("mlp", mlp)]:
    torch.jit.script(build().eval()).save(os.path.join(folder, f"{name}.pt"))
models = {name: torch.jit.load(os.path.join(folder, f"{name}.pt")) for name in inputs}
print("ready", flush=True)
for line in sys.stdin:
    name, count = line.split()
    model, x = models[name], inputs[name]
    with torch.inference_mode():
        start = time.perf_counter()
        for _ in range(int(count)):
            model(x)
        print(time.perf_counter() - start, flush=True)
