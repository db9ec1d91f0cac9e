"""The other side of bench/run.mjs: the same work in Python. Prints one JSON object of nanoseconds a call."""
import json
import sys
import time

started = time.perf_counter()
import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402

imported = time.perf_counter() - started
import resource  # noqa: E402

memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
torch.set_num_threads(int(sys.argv[1]))
results = {"import_ms": imported * 1e3, "memory_mb": memory / 2**20}


def measure(name, fn, seconds=0.5, rounds=5):
    fn()
    start = time.perf_counter()
    count = 0
    while time.perf_counter() - start < seconds / 5:
        fn()
        count += 1
    count = max(1, count)
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(count):
            fn()
        times.append((time.perf_counter() - start) / count)
    results[name] = sorted(times)[len(times) // 2] * 1e9


x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
i = torch.tensor([1, 0])
measure("add", lambda: x.add(x))
measure("mul number", lambda: x.mul(2))
measure("matmul", lambda: x.matmul(x))
measure("sum dim", lambda: x.sum(1))
measure("index", lambda: x[0])
measure("index slice", lambda: x[:, 1:])
measure("index tensor", lambda: x[i])
measure("cat", lambda: torch.cat([x, x]))
measure("view", lambda: x.view(4))
measure("relu", lambda: x.relu())
measure("softmax", lambda: x.softmax(1))
measure("zeros", lambda: torch.zeros(2, 2))

torch.manual_seed(0)


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


def trainer(model, images, labels):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)

    def step():
        optimizer.zero_grad()
        F.cross_entropy(model(images), labels).backward()
        optimizer.step()

    return step


measure("CNN step", trainer(Net(), torch.randn(32, 3, 28, 28), torch.randint(0, 10, (32,))), 2)
mlp = torch.nn.Sequential(torch.nn.Linear(784, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10))
measure("MLP step", trainer(mlp, torch.randn(64, 784), torch.randint(0, 10, (64,))))
print(json.dumps(results))
