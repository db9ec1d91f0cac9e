"""Records what Python computes with a program that Flambeau wrote, and the program itself.

    FLAMBEAU_WRITE=written.pt2 npx vitest run test/export/written.test.ts
    python scripts/record/export_written.py written.pt2 > test/export/files/written.json
"""

import json
import sys
import zipfile

import torch

program = torch.export.load(sys.argv[1])
x = (torch.arange(12.0) / 10).reshape(2, 6)
result = program.module()({"x": x, "scale": 2.5}, [torch.tensor([3, 4]), None])
with zipfile.ZipFile(sys.argv[1]) as archive:
    model = json.loads(archive.read("archive/models/model.json"))
del model["torch_version"]
for node in model["graph_module"]["graph"]["nodes"]:
    node["metadata"].pop("stack_trace", None)
print(json.dumps({"model": model, "result": {key: value.tolist() for key, value in result.items()}}))
