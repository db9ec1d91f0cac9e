"""Writes test/nn/channels-last.json: the strides that layers give for inputs in channels_last."""
import json
import torch
from torch import nn

LAYERS = [
    ("Conv2d", [4, 6, 3], {}),
    ("Conv2d", [4, 4, 3], {"groups": 4}),
    ("ConvTranspose2d", [4, 6, 3], {}),
    ("BatchNorm2d", [4], {}),
    ("InstanceNorm2d", [4], {}),
    ("GroupNorm", [2, 4], {}),
    ("MaxPool2d", [2], {}),
    ("AvgPool2d", [2], {}),
    ("AdaptiveAvgPool2d", [3], {}),
    ("AdaptiveMaxPool2d", [3], {}),
    ("Upsample", [], {"scaleFactor": 2}),
    ("Upsample", [], {"scaleFactor": 2, "mode": "bilinear"}),
    ("ZeroPad2d", [1], {}),
    ("ReLU", [], {}),
    ("GELU", [], {}),
    ("PixelShuffle", [2], {}),
    ("PReLU", [], {}),
    ("Softmax2d", [], {}),
]

snake = {"scaleFactor": "scale_factor"}
records = []
for name, args, options in LAYERS:
    torch.manual_seed(0)
    layer = getattr(nn, name)(*args, **{snake.get(k, k): v for k, v in options.items()})
    layer = layer.to(memory_format=torch.channels_last)
    x = torch.arange(2 * 4 * 6 * 5).remainder(13).sub(6).div(4).reshape(2, 4, 6, 5)
    x = x.to(memory_format=torch.channels_last).requires_grad_()
    y = layer(x)
    y.mul(torch.arange(y.numel()).remainder(7).reshape(y.shape)).sum().backward()
    records.append({
        "module": name, "args": args, "options": options, "shape": list(y.shape), "strides": list(y.stride()),
        "sum": y.double().sum().item(), "squares": y.double().square().sum().item(),
        "gradStrides": list(x.grad.stride()), "gradSquares": x.grad.double().square().sum().item(),
    })

with open("test/nn/channels-last.json", "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(record) for record in records) + "\n]\n")
