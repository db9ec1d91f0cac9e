"""Records initial values: python scripts/record/nn_init.py. A row is {"name", "args"?, "options"?, "value"}, made under seed 0."""
import json

import torch
from torch.nn import init

from nn_record import FOLDER, encode

rows = []


def add(js, name, shape, *args, dtype="float64", options=None, **keywords):
    torch.manual_seed(0)
    value = getattr(init, name)(torch.empty(*shape, dtype=getattr(torch, dtype)), *args, **keywords)
    row = {"name": js, "value": encode(value)}
    if args:
        row["args"] = list(args)
    if options:
        row["args"] = [options]
    rows.append(row)


for dtype in ("float32", "float64"):
    add("uniform_", "uniform_", (3, 4), -1, 2, dtype=dtype)
    add("normal_", "normal_", (4, 5), 1, 0.5, dtype=dtype)
    add("xavierUniform_", "xavier_uniform_", (3, 4), 2, dtype=dtype)
    add("xavierNormal_", "xavier_normal_", (3, 2, 2), dtype=dtype)
    for mode in ("fan_in", "fan_out"):
        for nonlinearity in ("relu", "leaky_relu", "tanh", "selu", "linear"):
            values = {"a": 0.25, "mode": mode, "nonlinearity": nonlinearity}
            add("kaimingUniform_", "kaiming_uniform_", (2, 3), dtype=dtype, options=values, **values)
            add("kaimingNormal_", "kaiming_normal_", (2, 3, 2), dtype=dtype, options=values, **values)
    add("orthogonal_", "orthogonal_", (3, 5), dtype=dtype)
    add("orthogonal_", "orthogonal_", (5, 3), 2, dtype=dtype)
    add("orthogonal_", "orthogonal_", (2, 3, 2), dtype=dtype)
    add("sparse_", "sparse_", (4, 3), 0.3, 0.5, dtype=dtype)
    add("truncNormal_", "trunc_normal_", (4, 5), dtype=dtype)
    values = {"mean": 1, "std": 2, "a": 0, "b": 1.5}
    add("truncNormal_", "trunc_normal_", (4, 5), dtype=dtype, options=values, **values)
    values = {"mean": 0, "std": 1, "a": 1.5, "b": 3}
    add("truncNormal_", "trunc_normal_", (4, 5), dtype=dtype, options=values, **values)
add("constant_", "constant_", (2, 2), 0.3)
add("ones_", "ones_", (2, 2))
add("zeros_", "zeros_", (2, 2))
add("eye_", "eye_", (2, 3))
add("dirac_", "dirac_", (4, 2, 3))
add("dirac_", "dirac_", (4, 2, 3, 3), 2)
add("dirac_", "dirac_", (2, 3, 1, 2, 2))
gains = {name: init.calculate_gain(name) for name in "linear conv1d conv2d conv3d sigmoid tanh relu leaky_relu selu".split()}
gains["conv_transpose2d"] = init.calculate_gain("conv_transpose2d")
lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
(FOLDER.parent / "init.json").write_text(f'{{"gains": {json.dumps(gains)},\n"rows": [\n{lines}\n]}}\n')
