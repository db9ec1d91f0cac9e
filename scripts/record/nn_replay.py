"""What the records of recurrent layers, attention and nn.utils share: one record for a module and a call of it."""
import copy
import json
import re
from pathlib import Path

import torch

torch.set_num_threads(1)


def camel(name):
    return re.sub(r"_([a-z0-9])", lambda m: m[1].upper(), name)


def number(value):
    """Thirteen digits are enough; JSON has no infinity."""
    if not isinstance(value, float):
        return value
    if abs(value) == float("inf"):
        return "Infinity" if value > 0 else "-Infinity"
    return float(f"{value:.13g}")


def encode(value):
    """Tensors as shape, dtype and numbers; everything else as JSON has it."""
    if isinstance(value, torch.nn.utils.rnn.PackedSequence):
        return {"packed": [encode(part) for part in value]}
    if isinstance(value, torch.Tensor):
        value = value.detach()
        data = [number(x) for x in value.flatten().tolist()]
        return {"shape": list(value.shape), "dtype": str(value.dtype).replace("torch.", ""), "data": data}
    if isinstance(value, torch.dtype):
        return str(value).replace("torch.", "")
    if isinstance(value, dict):
        return {camel(key): encode(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [encode(part) for part in value]
    return value


def tensors(value, path):
    """The floating tensors in a value, by their places."""
    if isinstance(value, torch.nn.utils.rnn.PackedSequence):
        yield f"{path}.0", value.data
    elif isinstance(value, torch.Tensor):
        if value.is_floating_point():
            yield path, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from tensors(part, f"{path}.{camel(key)}")
    elif isinstance(value, (list, tuple)):
        for i, part in enumerate(value):
            yield from tensors(part, f"{path}.{i}")


def weighted(output):
    """One number of all outputs, in which each element counts differently."""
    return sum((t * ((torch.arange(t.numel()) % 7 - 2) / 4).to(t.dtype).view(t.shape)).sum() for _, t in tensors(output, ""))


def spec(module):
    """A module that another one takes: {"module": ..., "args": [...], "options": {...}}."""
    name, args, options = module
    return {"module": name, "args": encode(args), "options": encode(options)}


def build(part):
    if isinstance(part, tuple) and part and isinstance(part[0], str):
        return getattr(torch.nn, part[0])(*[build(x) for x in part[1]], **{k: build(v) for k, v in part[2].items()})
    return part


def describe(part):
    return spec(part) if isinstance(part, tuple) and part and isinstance(part[0], str) else encode(part)


def record(name, args, options, inputs, training=True, grads=True, note=None):
    """Builds the module from seed 0 and calls it; a trailing dict of the inputs is keywords. float64, unless "dtype" is None."""
    given = {key: value for key, value in options.items() if value is not None}
    torch.manual_seed(0)
    module = build((name, args, {**given, "dtype": torch.float64} if "dtype" not in options else given))
    module.train(training)
    state = {key: encode(value) for key, value in module.state_dict().items()}
    # Of its own: gradients add up. What is one tensor stays one.
    inputs = copy.deepcopy(inputs)
    leaves = dict(tensors(inputs, "input"))
    for leaf in leaves.values():
        leaf.requires_grad_(grads)
    torch.manual_seed(1)
    keywords = inputs[-1] if inputs and isinstance(inputs[-1], dict) else {}
    places = inputs[:-1] if keywords else inputs
    if grads:
        output = module(*places, **keywords)
        weighted(output).backward()
    else:
        with torch.no_grad():
            output = module(*places, **keywords)
    if "dtype" not in options:
        given["dtype"] = "float64"
    out = {
        "module": name,
        "args": [describe(arg) for arg in args],
        "options": {camel(key): describe(value) for key, value in given.items()},
        "training": training,
        "text": str(module),
        "state": state,
        "inputs": encode(inputs),
        "output": encode(output),
    }
    if note:
        out["note"] = note
    if grads:
        found = {key: leaf.grad for key, leaf in leaves.items()}
        found |= {key: p.grad for key, p in module.named_parameters()}
        out["grads"] = {key: encode(grad) for key, grad in found.items() if grad is not None}
    return out


def write(family, records):
    path = Path(__file__).parents[2] / "test/nn/replays" / f"{family}.json"
    path.parent.mkdir(exist_ok=True)
    lines = ",\n".join(json.dumps(one, separators=(",", ":")) for one in records)
    path.write_text(f"[\n{lines}\n]\n")
    print(path, len(lines) // 1024, "KiB")
