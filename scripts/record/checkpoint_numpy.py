"""Records test/serialization/numpy/python/: files that NumPy wrote, and what they hold."""

import json
import warnings
from pathlib import Path

import numpy as np

target = Path(__file__).parents[2] / "test" / "serialization" / "numpy" / "python"
target.mkdir(parents=True, exist_ok=True)
warnings.simplefilter("ignore")
base = np.array([[0, 1, 2], [3, 1, 0]])
codes = "b1 i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8 c8 c16".split()
arrays = {}
for code in codes:
    arrays[code] = base.astype(f"<{code}")
    if code[1:] != "1":
        arrays[f"big-{code}"] = base.astype(f">{code}")
arrays["fortran"] = np.asfortranarray(base.astype("f4"))
arrays["cube"] = np.asfortranarray(np.arange(24, dtype="i4").reshape(2, 3, 4))
arrays["scalar"] = np.array(2.5)
arrays["empty"] = np.empty((0, 3))
arrays["vector"] = np.arange(3)
for version in (2, 3):
    arrays[f"version-{version}"] = base
refused = {
    "object": np.array([{}], dtype=object),
    "text": np.array(["a"]),
    "bytes": np.array([b"a"]),
    "fields": np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")]),
    "date": np.array(["2020-01-01"], dtype="M8[D]"),
    "long": np.array([1], dtype=np.longdouble),
}
for name, array in (arrays | refused).items():
    with open(target / f"{name}.npy", "wb") as file:
        version = (int(name[-1]), 0) if name.startswith("version") else None
        np.lib.format.write_array(file, array, version=version)
few = {name: arrays[name] for name in ("f4", "big-i4", "fortran", "scalar", "empty")}
np.savez(target / "stored.npz", **few)
np.savez_compressed(target / "packed.npz", **few)


def describe(array):
    names = {"f": "float", "i": "int", "u": "uint", "c": "complex"}
    kind = "bool" if array.dtype.kind == "b" else f"{names[array.dtype.kind]}{array.dtype.itemsize * 8}"
    plain = np.stack([array.real, array.imag], -1) if array.dtype.kind == "c" else array
    order = [stride // array.itemsize for stride in array.strides]
    return {"dtype": kind, "shape": list(array.shape), "stride": order, "values": plain.tolist()}


values = {name: describe(array) for name, array in arrays.items()}
(target / "values.json").write_text(json.dumps({"values": values, "refused": list(refused), "npz": list(few)}) + "\n")
