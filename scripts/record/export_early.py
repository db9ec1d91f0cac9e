"""Writes a program in the layouts of earlier versions of PyTorch, from what PyTorch 2.13 wrote of it.

    python scripts/record/export_early.py

2.7 wrote a plain zip, 2.8 the archive of today with its tensors as checkpoints.
"""

import io
import zipfile
from pathlib import Path

import torch
from torch._export.serde.serialize import serialize

folder = Path(__file__).parents[2] / "test/export/files"
program = torch.export.load(folder / "mlp.pt2")
parts = serialize(program)

with zipfile.ZipFile(folder / "mlp-2.7.pt2", "w") as file:
    file.writestr(zipfile.ZipInfo("version"), "8.7")
    for name, data in (
        ("serialized_exported_program.json", parts.exported_program),
        ("serialized_state_dict.pt", parts.state_dict),
        ("serialized_constants.pt", parts.constants),
        ("serialized_example_inputs.pt", parts.example_inputs),
    ):
        file.writestr(zipfile.ZipInfo(name), data)


def checkpoint(value):
    buffer = io.BytesIO()
    torch.save(value, buffer)
    return buffer.getvalue()


with zipfile.ZipFile(folder / "mlp.pt2") as now, zipfile.ZipFile(folder / "mlp-2.8.pt2", "w") as file:
    for info in now.infolist():
        if "/data/weights/" not in info.filename and "/data/constants/" not in info.filename:
            file.writestr(zipfile.ZipInfo(info.filename), now.read(info))
    root = now.infolist()[0].filename.split("/")[0]
    file.writestr(zipfile.ZipInfo(f"{root}/data/weights/model.pt"), checkpoint(program.state_dict))
    file.writestr(zipfile.ZipInfo(f"{root}/data/constants/model.pt"), checkpoint(program.constants))
