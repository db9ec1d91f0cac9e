"""The other side of bench/training.mjs: the same in Python. Reads `count name` a line, answers with seconds."""
import sys
import time

import torch
from torch import func, nn
from torch.nn import functional as F

torch.set_num_threads(int(sys.argv[1]))
torch.manual_seed(0)


class Block(nn.Module):
    """Two convolutions with a way around them."""

    def __init__(self, in_channels, channels, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, channels, 3, stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.around = nn.Identity()
        if stride != 1:
            self.around = nn.Sequential(
                nn.Conv2d(in_channels, channels, 1, stride, bias=False), nn.BatchNorm2d(channels)
            )

    def forward(self, x):
        h = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(h)) + self.around(x))


def resnet():
    return nn.Sequential(
        nn.Conv2d(3, 32, 3, padding=1, bias=False),
        nn.BatchNorm2d(32),
        nn.ReLU(),
        nn.MaxPool2d(2),
        *[Block(32, 32, 1), Block(32, 32, 1), Block(32, 64, 2), Block(64, 64, 1)],
        *[Block(64, 128, 2), Block(128, 128, 1)],
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(128, 10),
    )


def training(model, loss, *inputs):
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-3, momentum=0.9)

    def step():
        optimizer.zero_grad()
        loss(*inputs).backward()
        optimizer.step()

    return step


def encoder():
    return nn.TransformerEncoderLayer(512, 8, batch_first=True)


def lstm_step():
    model = nn.LSTM(64, 256, num_layers=2, batch_first=True)
    return training(model, lambda x, y: F.mse_loss(model(x)[0], y), torch.randn(32, 32, 64), torch.rand(32, 32, 256))


def encoder_step():
    model = encoder()
    return training(model, lambda x, y: F.mse_loss(model(x), y), torch.randn(8, 64, 512), torch.randn(8, 64, 512))


def encoder_forward():
    model = encoder().eval()
    x = torch.randn(8, 64, 512)

    def forward():
        with torch.no_grad():
            model(x)

    return forward


def resnet_step():
    model = resnet()
    return training(
        model, lambda x, y: F.cross_entropy(model(x), y), torch.randn(8, 3, 64, 64), torch.randint(10, [8])
    )


def sample_gradients():
    model = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 10))
    params = {name: value.detach() for name, value in model.named_parameters()}

    def loss(weights, x, y):
        return F.cross_entropy(func.functional_call(model, weights, (x.unsqueeze(0),)), y.unsqueeze(0))

    each = func.vmap(func.grad(loss), in_dims=(None, 0, 0))
    x, y = torch.randn(64, 64), torch.randint(10, [64])
    return lambda: each(params, x, y)


CASES = {
    "LSTM step": lstm_step,
    "encoder layer step": encoder_step,
    "encoder layer forward, eval": encoder_forward,
    "ResNet step": resnet_step,
    "gradient of each sample": sample_gradients,
}
made = {}

for line in sys.stdin:
    count, name = line.rstrip("\n").split(" ", 1)
    if name not in made:
        made[name] = CASES[name]()
    run = made[name]
    start = time.perf_counter()
    for _ in range(int(count)):
        run()
    print(time.perf_counter() - start, flush=True)
