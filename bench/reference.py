"""The other side of bench/run.mjs: the same work in Python. Reads `name count` a line, answers with seconds."""
import sys
import time

before = time.perf_counter()
import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402

imported = time.perf_counter() - before
import resource  # noqa: E402

memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
torch.set_num_threads(int(sys.argv[1]))
torch.manual_seed(0)

x = torch.tensor([[1.0, 2.5], [3.0, 4.0]])
i = torch.tensor([1, 0])


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(3, 64, 3, padding=1)
        self.conv2 = torch.nn.Conv2d(64, 128, 3, padding=1)
        self.fc1 = torch.nn.Linear(128 * 7 * 7, 1000)
        self.fc2 = torch.nn.Linear(1000, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.fc2(F.relu(self.fc1(x.flatten(1))))


def trainer(model, images, labels, compiled=False):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    forward, update = (torch.compile(model), torch.compile(optimizer.step)) if compiled else (model, optimizer.step)

    def step():
        optimizer.zero_grad()
        F.cross_entropy(forward(images), labels).backward()
        update()

    # A compiled step is compiled in its first runs.
    for _ in range(3 if compiled else 0):
        step()
    return step


def cnn(compiled=False):
    return trainer(Net(), torch.randn(32, 3, 28, 28), torch.randint(0, 10, (32,)), compiled)


def mlp(compiled=False):
    model = torch.nn.Sequential(torch.nn.Linear(784, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10))
    return trainer(model, torch.randn(64, 784), torch.randint(0, 10, (64,)), compiled)


def array_to_tensor():
    import numpy

    data = numpy.zeros(25_000_000, dtype=numpy.float32)
    return lambda: torch.tensor(data)


def tensor_to_array():
    data = torch.zeros(25_000_000)
    return lambda: data.numpy().copy()


cases = {
    "add": lambda: x.add(x),
    "mul number": lambda: x.mul(2),
    "matmul": lambda: x.matmul(x),
    "sum dim": lambda: x.sum(1),
    "index": lambda: x[0],
    "index slice": lambda: x[:, 1:],
    "index tensor": lambda: x[i],
    "cat": lambda: torch.cat([x, x]),
    "view": lambda: x.view(4),
    "relu": lambda: x.relu(),
    "softmax": lambda: x.softmax(1),
    "zeros": lambda: torch.zeros(2, 2),
}
# Made when they are first asked for.
larger = {
    "CNN step": cnn,
    "CNN step compiled": lambda: cnn(compiled=True),
    "MLP step": mlp,
    "MLP step compiled": lambda: mlp(compiled=True),
    "array to tensor 100 MB": array_to_tensor,
    "tensor to array 100 MB": tensor_to_array,
}

print(imported * 1e3, memory / 2**20, flush=True)
for line in sys.stdin:
    name, count = line.rstrip("\n").rsplit(" ", 1)
    if name not in cases:
        cases[name] = larger[name]()
    fn = cases[name]
    start = time.perf_counter()
    for _ in range(int(count)):
        fn()
    print(time.perf_counter() - start, flush=True)
