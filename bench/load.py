"""Python's side of bench/load.mjs: does what each line of its input names, and prints the milliseconds."""

import sys
import time

import torch

path = sys.argv[1]


def touch(state):
    for tensor in state.values():
        tensor.sum()


cases = {
    "load, mmap": lambda: torch.load(path, mmap=True),
    "loadSync, mmap": lambda: torch.load(path, mmap=True),
    "load, mmap, then every element": lambda: touch(torch.load(path, mmap=True)),
    "load": lambda: torch.load(path),
    "save": lambda: torch.save(state, f"{path}.python"),
}
for line in sys.stdin:
    name = line.strip()
    if name == "save":
        state = torch.load(path)
    start = time.perf_counter()
    cases[name]()
    print((time.perf_counter() - start) * 1000, flush=True)
