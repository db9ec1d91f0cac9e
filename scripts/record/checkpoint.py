"""Records test/serialization/python/: files that Python's torch.save wrote, and what they hold, in values.json."""

import json
import zipfile
from collections import Counter, OrderedDict
from pathlib import Path

import numpy as np
import torch

from checkpoint_describe import describe

target = Path(__file__).parents[2] / "test" / "serialization" / "python"
target.mkdir(exist_ok=True)
for file in target.iterdir():
    file.unlink()
torch.manual_seed(0)


def dtypes():
    result = {}
    base = torch.tensor([[0, 1, 2], [3, 1, 0]])
    for name in (
        "float64 float32 float16 bfloat16 int64 int32 int16 int8 uint8 uint16 uint32 uint64 bool complex64 complex128 "
        "complex32 float8_e4m3fn float8_e5m2 float8_e4m3fnuz float8_e5m2fnuz float8_e8m0fnu"
    ).split():
        dtype = getattr(torch, name)
        result[name] = (base.clamp(1, 2) if name == "float8_e8m0fnu" else base).to(torch.float32).to(dtype)
    return result


base = torch.arange(12.0).view(3, 4)
layer = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3))
tied = torch.nn.Parameter(torch.ones(2, 2))
optimizer = torch.optim.Adam(layer.parameters(), lr=0.01, betas=(0.8, 0.9))
layer(torch.ones(4, 2)).sum().backward()
optimizer.step()
matrix = torch.tensor([[0.0, 1.5], [2.5, 0.0]])
values = {
    "dtypes": dtypes(),
    "views": {
        "base": base,
        "row": base[1],
        "transposed": base.t(),
        "step": base[:, 1::2],
        "expanded": torch.ones(1).expand(3, 2),
        "scalar": torch.tensor(2.5),
        "empty": torch.empty(0, 3),
        "conj": torch.tensor([1 + 2j, 3 - 1j]).conj(),
        "neg": torch.tensor([1 + 2j, 3 - 1j]).conj().imag,
    },
    "state": layer.state_dict(),
    "optimizer": optimizer.state_dict(),
    "parameters": {"one": tied, "two": tied, "plain": torch.ones(1, requires_grad=True)},
    "plain": {
        "none": None,
        "flags": [True, False],
        "ints": [0, 255, 256, 65536, -1, -(2**31), 2**31, 2**40, -(2**40), 2**60, -(2**70), 2**100],
        "floats": [0.5, -0.0, 1e300],
        "text": "häß\u4e2d\U0001f600",
        "bytes": b"\x00\xff",
        "bytearray": bytearray(b"abc"),
        "complex": 1.5 - 2j,
        "tuple": (1, (2, "three"), ()),
        "list": [[], [1]],
        "set": {1, 2},
        "size": torch.Size([2, 3]),
        "dtype": torch.bfloat16,
        "device": torch.device("cuda:1"),
        "layout": [torch.strided],
        "counter": Counter("aab"),
        "ordered": OrderedDict(b=1, a=2),
        "keys": {1: "one", (2, 3): "pair", None: 0},
    },
    "sparse": {
        "coo": matrix.to_sparse(),
        "coalesced": matrix.to_sparse().coalesce(),
        "csr": matrix.to_sparse_csr(),
        "csc": matrix.to_sparse_csc(),
        "bsr": torch.eye(4).to_sparse_bsr((2, 2)),
        "bsc": torch.eye(4).to_sparse_bsc((2, 2)),
    },
    "quantized": {
        "tensor": torch.quantize_per_tensor(matrix, 0.5, 3, torch.quint8),
        "channel": torch.quantize_per_channel(matrix, torch.tensor([0.5, 0.25]), torch.tensor([0, 1]), 0, torch.qint8),
        "wide": torch.quantize_per_tensor(matrix, 0.5, 0, torch.qint32),
    },
    "other": {
        "meta": torch.empty_strided((2, 3), (1, 2), device="meta"),
        "nested": torch.nested.nested_tensor([torch.arange(3.0), torch.arange(2.0)]),
        "rng": torch.get_rng_state()[:8].clone(),
    },
    "tensor": torch.arange(3),
}
for name, value in values.items():
    torch.save(value, target / f"{name}.pt")
    torch.load(target / f"{name}.pt", weights_only=True)
old = {name: value for name, value in values["dtypes"].items() if value.dtype not in torch.storage._new_dtypes()}
values["old"] = old
for name in ("old", "views", "state", "optimizer", "plain", "parameters"):
    torch.save(values[name], target / f"legacy-{name}.pt", _use_new_zipfile_serialization=False)
    values[f"legacy-{name}"] = torch.load(target / f"legacy-{name}.pt", weights_only=True)
del values["old"]
torch.save(values["plain"], target / "protocol-4.pt", pickle_protocol=4)
values["protocol-4"] = values["plain"]

# The same storages as a machine of the other byte order would have written them.
swapped = {"whole": torch.arange(3), "half": torch.ones(2).half(), "pair": torch.tensor([1 + 2j, 3j]), "byte": torch.ones(3).bool()}
torch.save(swapped, target / "little.pt")
with zipfile.ZipFile(target / "little.pt") as source, zipfile.ZipFile(target / "big-endian.pt", "w") as big:
    for name in source.namelist():
        data = source.read(name)
        folder, _, key = name.rpartition("/")
        if folder.split("/")[-1] == "data":
            data = np.frombuffer(data, f"u{[8, 2, 4, 1][int(key)]}").byteswap().tobytes()
        big.writestr(name, b"big" if key == "byteorder" else data)
(target / "little.pt").unlink()
values["big-endian"] = torch.load(target / "big-endian.pt", weights_only=True)
assert values["big-endian"]["pair"].equal(swapped["pair"])
(target / "values.json").write_text(json.dumps({name: describe(value) for name, value in values.items()}, separators=(",", ":")) + "\n")
