"""Records torch.nn.utils: python scripts/record/nn_utils.py writes test/nn/replays/utils.json"""
import json
from pathlib import Path

import torch
from torch import nn
from torch.nn.utils import fuse_conv_bn_eval, fuse_linear_bn_eval, parametrizations, prune

from nn_replay import camel, encode, weighted

generator = torch.Generator().manual_seed(7)


def rand(*shape):
    return torch.randn(*shape, dtype=torch.float64, generator=generator)


def state_of(module):
    return {key: encode(value) for key, value in module.state_dict().items()}


def make(name, args, options=None):
    torch.manual_seed(0)
    return getattr(nn, name)(*args, **(options or {}), dtype=torch.float64)


def changed(kind, function, module, args, keywords, x, steps=1):
    """A module that a function of nn.utils changes, what its state is then, and what a training call gives."""
    name, given = module
    made = make(name, given)
    getattr(parametrizations if kind == "parametrizations" else prune, function)(made, *args, **keywords)
    record = {
        "kind": kind,
        "function": camel(function),
        "module": name,
        "args": given,
        "given": args,
        "keywords": {camel(key): encode(value) for key, value in keywords.items()},
        "text": str(made),
        "state": state_of(made),
        "input": encode(x),
    }
    for _ in range(steps):
        output = made(x)
    weighted(output).backward()
    record["output"] = encode(output)
    record["after"] = state_of(made)
    record["grads"] = {key: encode(p.grad) for key, p in made.named_parameters()}
    if kind == "prune":
        prune.remove(made, args[0])
    else:
        nn.utils.parametrize.remove_parametrizations(made, args[0])
    record["removed"] = state_of(made)
    return record


linear, wide, conv = ("Linear", [3, 4]), ("Linear", [4, 3]), ("Conv2d", [2, 3, 2])
image = rand(1, 2, 3, 3)
records = [
    changed("parametrizations", "weight_norm", linear, ["weight"], {}, rand(2, 3)),
    changed("parametrizations", "weight_norm", conv, ["weight", 1], {}, image),
    changed("parametrizations", "weight_norm", linear, ["weight", None], {}, rand(2, 3)),
    changed("parametrizations", "spectral_norm", linear, ["weight"], {}, rand(2, 3)),
    changed("parametrizations", "spectral_norm", conv, ["weight"], {"n_power_iterations": 3, "dim": 1}, image, steps=2),
    changed("parametrizations", "spectral_norm", linear, ["bias"], {}, rand(2, 3)),
]
for options in [{}, {"orthogonal_map": "cayley"}, {"orthogonal_map": "matrix_exp"}, {"use_trivialization": False}, {"orthogonal_map": "matrix_exp", "use_trivialization": False}]:
    for module in [linear, wide, ("Linear", [3, 3])]:
        records.append(changed("parametrizations", "orthogonal", module, ["weight"], options, rand(2, module[1][0])))
scores = rand(4, 3)
records += [
    changed("prune", "identity", linear, ["weight"], {}, rand(2, 3)),
    changed("prune", "random_unstructured", linear, ["weight", 0.4], {}, rand(2, 3)),
    changed("prune", "random_unstructured", linear, ["bias", 2], {}, rand(2, 3)),
    changed("prune", "l1_unstructured", linear, ["weight", 0.375], {}, rand(2, 3)),
    changed("prune", "l1_unstructured", linear, ["weight", 5], {"importance_scores": scores}, rand(2, 3)),
    changed("prune", "random_structured", conv, ["weight", 1, 0], {}, image),
    changed("prune", "ln_structured", conv, ["weight", 0.5, 2, 1], {}, image),
    changed("prune", "ln_structured", linear, ["weight", 2, 1, 0], {"importance_scores": scores}, rand(2, 3)),
]

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2)).double()
weights = [(model[0], "weight"), (model[2], "weight"), (model[2], "bias")]
prune.random_unstructured(model[0], "weight", 0.25)
prune.ln_structured(model[0], "weight", 1, 2, 0)
prune.l1_unstructured(model[0], "weight", 0.25)
steps = [state_of(model)]
prune.global_unstructured(weights, prune.L1Unstructured, amount=0.5)
steps.append(state_of(model))
records.append({"kind": "global", "states": steps})


def norm(name, size):
    torch.manual_seed(1)
    made = getattr(nn, name)(size, dtype=torch.float64)
    with torch.no_grad():
        for value in [made.weight, made.bias, made.running_mean]:
            value.copy_(rand(size))
        made.running_var.copy_(rand(size).abs())
    return made.eval()


for name, args, bn, x in [("Conv2d", [2, 3, 2], norm("BatchNorm2d", 3), image), ("Linear", [3, 4], norm("BatchNorm1d", 4), rand(2, 3))]:
    module = make(name, args).eval()
    fused = (fuse_conv_bn_eval if name == "Conv2d" else fuse_linear_bn_eval)(module, bn)
    records.append({"kind": "fusion", "module": name, "args": args, "norm": state_of(bn), "state": state_of(fused), "input": encode(x), "output": encode(bn(module(x)))})

lines = ",\n".join(json.dumps(record, separators=(",", ":")) for record in records)
(Path(__file__).parents[2] / "test/nn/replays/utils.json").write_text(f"[\n{lines}\n]\n")
print(len(lines) // 1024, "KiB")
