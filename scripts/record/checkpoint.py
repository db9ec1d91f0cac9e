"""Records test/serialization/shared.pt: a tensor, one of its rows, and its transpose, over one storage."""

from pathlib import Path

import torch

base = torch.arange(6.0).view(2, 3)
target = Path(__file__).parents[2] / "test" / "serialization" / "shared.pt"
torch.save({"base": base, "row": base[1], "twin": base.t()}, target)
