"""Writes test/nn/half.json: what layers and losses give in float16 and bfloat16, and their gradients, as sums."""
import json
import torch
from torch import nn

LAYERS = [
    ("Linear", [5, 3]), ("Conv1d", [6, 4, 2]), ("Conv2d", [4, 6, 3]), ("ConvTranspose2d", [4, 6, 3]),
    ("BatchNorm2d", [4]), ("InstanceNorm2d", [4]), ("GroupNorm", [2, 4]), ("LayerNorm", [5]), ("RMSNorm", [5]),
    ("MaxPool2d", [2]), ("AvgPool2d", [2]), ("AdaptiveAvgPool2d", [3]), ("ReLU", []), ("GELU", []), ("SiLU", []),
    ("Tanh", []), ("Sigmoid", []), ("Softplus", []), ("ELU", []), ("Hardswish", []), ("Mish", []), ("LeakyReLU", []),
    ("Softmax", [-1]), ("LogSoftmax", [-1]), ("PReLU", []), ("GLU", [1]),
]
LOSSES = ["MSELoss", "L1Loss", "SmoothL1Loss", "HuberLoss", "SoftMarginLoss", "BCEWithLogitsLoss", "KLDivLoss"]


def figures(x):
    x = x.detach().double()
    return [x.abs().sum().item(), x.square().sum().item()]


records = []
for dtype in ("float16", "bfloat16"):
    for name, args in LAYERS + [(name, []) for name in LOSSES]:
        torch.manual_seed(0)
        layer = getattr(nn, name)(*args).to(getattr(torch, dtype))
        shape = [4, 6, 5] if name == "Conv1d" else [2, 4, 6, 5]
        count = torch.Size(shape).numel()
        x = torch.arange(count).remainder(13).sub(6).div(4).reshape(shape).to(getattr(torch, dtype)).requires_grad_()
        inputs = [x, x.detach().flip(0).sigmoid()] if name in LOSSES else [x]
        y = layer(*inputs)
        y.mul(torch.arange(y.numel()).remainder(7).add(1).reshape(y.shape)).sum().backward()
        records.append({
            "module": name, "args": args, "dtype": dtype, "loss": name in LOSSES, "input": shape,
            "shape": list(y.shape), "output": figures(y), "grad": figures(x.grad),
            "grads": {key: figures(p.grad) for key, p in layer.named_parameters()},
        })

with open("test/nn/half.json", "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(record) for record in records) + "\n]\n")
