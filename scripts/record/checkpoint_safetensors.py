"""Records test/serialization/safetensors/python/: files that Python's safetensors wrote, and what they hold."""

import json
import sys
from pathlib import Path

import torch
from safetensors.torch import save_file

sys.path.insert(0, str(Path(__file__).parent))
from checkpoint_describe import describe  # noqa: E402

target = Path(__file__).parents[2] / "test" / "serialization" / "safetensors" / "python"
target.mkdir(parents=True, exist_ok=True)
names = (
    "float64 float32 float16 bfloat16 int64 int32 int16 int8 uint8 uint16 uint32 uint64 bool complex64 "
    "float8_e4m3fn float8_e5m2"
).split()
tensors = {name: torch.tensor([[0.0, 1.0, 2.0], [3.0, 1.0, 0.0]]).to(getattr(torch, name)) for name in names}
tensors["scalar"] = torch.tensor(2.5)
tensors["empty"] = torch.empty(0, 3)
save_file(tensors, target / "all.safetensors", {"format": "pt"})
shards = {"one": {"a.weight": torch.ones(2)}, "two": {"b.weight": torch.arange(3), "b.bias": torch.zeros(1)}}
index = {"metadata": {"total_size": 36}, "weight_map": {}}
for name, part in shards.items():
    save_file(part, target / f"model-{name}.safetensors", {"format": "pt"})
    index["weight_map"] |= {key: f"model-{name}.safetensors" for key in part}
(target / "model.safetensors.index.json").write_text(json.dumps(index, indent=2) + "\n")
values = {"all": tensors, "model": shards["one"] | shards["two"]}
(target / "values.json").write_text(json.dumps({name: describe(value) for name, value in values.items()}) + "\n")
