"""Modules, recorded: what they print, their state under a seed, an output and its gradients.

A script for a family makes `Records(family)`, adds calls, and saves test/nn/records/<family>.json. A record is
{"module", "args", "options"?, "training", "lazy"?, "seed"?, "text", "state", "inputs", "output", "after", "grads"}:
`new nn[module](...args, options)`, made under seed 0; `state` is its state dict (after the first call, where it is lazy);
`seed` is set before the call, where the call draws; `after` is what of the state the call changed; `grads` are those of
the sum over floating outputs, each weighted by 1/4, 2/4 ... 7/4 over and over.
"""
import json
import re
from pathlib import Path

import torch

torch.set_num_threads(1)
FOLDER = Path(__file__).resolve().parents[2] / "test/nn/records"
generator = torch.Generator().manual_seed(7)


def x(*shape, dtype=torch.float64):
    """Values of a normal distribution, short in JSON."""
    return (torch.randn(shape, generator=generator, dtype=torch.float64) * 1000).round().div(1000).to(dtype)


def u(*shape, dtype=torch.float64):
    """Values between 0 and 1, neither included."""
    return (torch.rand(shape, generator=generator, dtype=torch.float64) * 900 + 50).round().div(1000).to(dtype)


def ints(high, *shape, low=0):
    return torch.randint(low, high, shape, generator=generator)


def distinct(*shape):
    """Values of which none is another's equal, so that each maximum is one place."""
    count = torch.Size(shape).numel()
    return torch.randperm(count, generator=generator).reshape(shape).to(torch.float64).sub(count // 2).div(4)


def number(value, digits):
    if isinstance(value, float):
        if value != value or abs(value) == float("inf"):
            return str(value)
        value = float(f"{value:.{digits}g}")
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    return value


def encode(value):
    if isinstance(value, torch.Tensor):
        digits = 12 if value.dtype == torch.float64 else 8
        data = [number(v, digits) for v in value.detach().flatten().tolist()]
        return {"shape": list(value.shape), "dtype": str(value.dtype)[6:], "data": data}
    if isinstance(value, dict):
        return {key: encode(v) for key, v in value.items()}
    if isinstance(value, (tuple, list)):
        return [encode(v) for v in value]
    if isinstance(value, float):
        return number(value, 17)
    return value


def snake(name):
    return re.sub(r"(?<=.)([A-Z])", lambda letter: "_" + letter[1].lower(), name)


def keyword(name, value):
    return snake(name), getattr(torch, value) if name == "dtype" else value


def leaves(value):
    if isinstance(value, torch.Tensor):
        return [value]
    return [t for v in value for t in leaves(v)] if isinstance(value, (tuple, list)) else []


def scored(output):
    """The number whose gradients are recorded."""
    total = 0
    for t in leaves(output):
        if t.is_floating_point() and t.requires_grad:
            weight = (torch.arange(t.numel(), device=t.device) % 7 + 1) / 4
            total = total + (t * weight.reshape(t.shape).to(t.dtype)).sum()
    return total


class Records:
    def __init__(self, family):
        self.family = family
        self.records = []

    def add(self, module, *args, inputs, training=True, seed=None, lazy=False, grads=True, **options):
        """`options` in camelCase, as TypeScript takes them; `grads` names the inputs with gradients, where not all have."""
        inputs = [inputs] if isinstance(inputs, torch.Tensor) else list(inputs)
        given = encode(inputs)
        if module[0].islower() or not hasattr(torch.nn, module):
            raise ValueError(f"torch.nn has no {module}")
        torch.manual_seed(0)
        made = getattr(torch.nn, module)(*args, **dict(keyword(k, v) for k, v in options.items()))
        made.train(training)
        record = {"module": module, "args": encode(args)}
        if options:
            record["options"] = encode(options)
        record["training"] = training
        if lazy:
            record["lazy"] = True
            torch.manual_seed(0)
            made(*[t.clone() if isinstance(t, torch.Tensor) else t for t in inputs])
        record["text"] = str(made)
        before = encode(made.state_dict())
        record["state"] = before
        for i, given_input in enumerate(inputs):
            for t in leaves(given_input):
                if t.is_floating_point() and (grads is True or (grads and i in grads)):
                    t.requires_grad_()
        if seed is not None:
            record["seed"] = seed
            torch.manual_seed(seed)
        # In place on a copy: a leaf must not be written to.
        output = made(*[t.clone() if isinstance(t, torch.Tensor) and t.requires_grad else t for t in inputs])
        record["inputs"] = given
        record["output"] = encode(output)
        after = encode(made.state_dict())
        record["after"] = {key: value for key, value in after.items() if value != before[key]}
        found = {}
        total = scored(output) if grads else 0
        if isinstance(total, torch.Tensor):
            total.backward()
            for i, t in enumerate(inputs):
                for j, leaf in enumerate(leaves(t)):
                    if leaf.grad is not None:
                        name = f"input.{i}" if isinstance(t, torch.Tensor) else f"input.{i}.{j}"
                        found[name] = encode(leaf.grad)
            for name, parameter in made.named_parameters():
                if parameter.grad is not None:
                    found[name] = encode(parameter.grad.to_dense())
        record["grads"] = found
        self.records.append(record)

    def save(self):
        FOLDER.mkdir(exist_ok=True)
        lines = ",\n".join(json.dumps(record, separators=(",", ":")) for record in self.records)
        (FOLDER / f"{self.family}.json").write_text(f"[\n{lines}\n]\n")
