"""Records functions that no module has: python scripts/record/nn_functional.py

A row is {"name", "args", "seed"?, "output", "grad"?}: `F[name](...args)` and the gradient of its first argument.
"""
import json

import torch
from torch.nn import functional as F

from nn_record import FOLDER, encode, ints, scored, snake, u, x

rows = []


def add(js, *args, name=None, seed=None, **options):
    given = encode(args) + ([encode(options)] if options else [])
    leaf = args[0]
    if leaf.is_floating_point():
        leaf.requires_grad_()
    if seed is not None:
        torch.manual_seed(seed)
    output = getattr(F, name or snake(js))(*args, **{snake(k): v for k, v in options.items()})
    row = {"name": js, "args": given, "output": encode(output)}
    if seed is not None:
        row["seed"] = seed
    total = scored(output)
    if isinstance(total, torch.Tensor):
        total.backward()
        row["grad"] = encode(leaf.grad)
    rows.append(row)


add("mseLoss", x(3, 2), x(3, 2), weight=u(3, 2))
add("mseLoss", x(3, 2), x(3, 2), weight=u(3, 2), reduction="sum")
add("l1Loss", x(3, 2), x(3, 2), weight=u(3, 2))
add("huberLoss", x(3, 2), x(3, 2), weight=u(3, 2), delta=0.5)
add("normalize", x(3, 2))
add("normalize", x(3, 2), p=1.0, dim=0)
add("gumbelSoftmax", x(3, 4), seed=1)
add("gumbelSoftmax", x(3, 4), seed=1, tau=0.5, hard=True, dim=0)
add("gridSample", x(1, 2, 3, 3), x(1, 2, 2, 2))
for mode in ("nearest", "bicubic"):
    add("gridSample", x(1, 1, 3, 3), x(1, 2, 2, 2), mode=mode, paddingMode="reflection", alignCorners=True)
add("gridSample", x(1, 1, 2, 3, 3), x(1, 1, 2, 2, 3), paddingMode="border")
add("affineGrid", x(1, 2, 3), [1, 1, 2, 3])
add("affineGrid", x(1, 3, 4), [1, 1, 2, 2, 2], True)
for mode in ("bilinear", "bicubic"):
    add("interpolate", x(1, 1, 5, 5), size=3, mode=mode, antialias=True)
    add("interpolate", x(1, 1, 5, 5), scaleFactor=0.7, mode=mode, antialias=True, alignCorners=True)
add("interpolate", x(1, 1, 4), size=7, mode="nearest-exact")
add("interpolate", x(1, 1, 4), size=3, mode="area")
add("oneHot", ints(4, 3), 5)
add("pdist", x(4, 2), 2.0)
add("cosineSimilarity", x(3, 2), x(3, 2))
add("softmin", x(3, 2), 1)
add("logsigmoid", x(3, 2))
add("threshold", x(3, 2), 0.1, 2.0)
add("pad", x(2, 3), [1, 2], "constant", 0.5)
add("pixelShuffle", x(1, 4, 1, 2), 2)
add("alphaDropout", x(3, 4), 0.5, True, seed=1)
add("rrelu", x(3, 4), 0.1, 0.3, True, seed=1)
lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
(FOLDER.parent / "functional.json").write_text(f"[\n{lines}\n]\n")
