"""The models that scripts/record/jit.py writes, each with what it is called with."""

import enum
from typing import Dict, List, NamedTuple, Optional, Tuple, Union

import torch
from torch import Tensor, nn

library = torch.library.Library("torchvision", "DEF")
library.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
library.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")

custom = torch.library.Library("flambeau_jit", "DEF")
custom.define("scaled(Tensor x, float by) -> Tensor")

import torchvision  # noqa: E402
import transformers  # noqa: E402


class Tagger(nn.Module):
    """Batch and length are free."""

    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(20, 8)
        self.lstm = nn.LSTM(8, 12, batch_first=True, bidirectional=True)
        self.out = nn.Linear(24, 5)

    def forward(self, ids: Tensor, state: Optional[Tuple[Tensor, Tensor]] = None) -> Tuple[Tensor, Tuple[Tensor, Tensor]]:
        hidden, state = self.lstm(self.embed(ids), state)
        return self.out(hidden), state


class Branches(nn.Module):
    """A loop as long as an argument says, and a branch on a value."""

    def __init__(self):
        super().__init__()
        self.up = nn.Linear(6, 6)
        self.down = nn.Linear(6, 6)

    def forward(self, x: Tensor, times: int = 3) -> Tensor:
        for i in range(times):
            if bool(x.mean() > 0):
                x = torch.tanh(self.up(x))
            else:
                x = torch.sigmoid(self.down(x)) - 0.5
            if i > 5:
                break
        return x


class Scores(NamedTuple):
    logits: Tensor
    attention: Tensor


class Reader(nn.Module):
    """A dict goes in and a named tuple comes out."""

    def __init__(self):
        super().__init__()
        self.query = nn.Linear(8, 8)
        self.key = nn.Linear(8, 8)
        self.out = nn.Linear(8, 3)

    def forward(self, inputs: Dict[str, Tensor]) -> Scores:
        x = inputs["x"]
        weights = self.query(x) @ self.key(x).transpose(-2, -1) / 8**0.5
        if "mask" in inputs:
            weights = weights.masked_fill(inputs["mask"].logical_not().unsqueeze(-2), -1e9)
        attention = weights.softmax(-1)
        return Scores(self.out(attention @ x), attention)


class Dynamic(nn.Module):
    """Batch and sequence are free."""

    def __init__(self):
        super().__init__()
        self.layer = nn.TransformerEncoderLayer(16, 2, 32, dropout=0.0, batch_first=True)
        self.out = nn.Linear(16, 4)

    def forward(self, x: Tensor) -> Tensor:
        position = torch.arange(x.size(1), dtype=x.dtype, device=x.device).unsqueeze(-1)
        return self.out(self.layer(x + torch.sin(position)))


class Color(enum.Enum):
    RED = 1
    GREEN = 2


@torch.jit.script
class Counter:
    def __init__(self, start: int):
        self.count = start

    def add(self, n: int) -> int:
        self.count += n
        return self.count


class Values(nn.Module):
    """A method for each kind of argument and result."""

    names: List[str]
    table: Dict[str, float]
    limit: int
    scale: float
    label: Optional[str]
    version: torch.jit.Final[int]

    def __init__(self):
        super().__init__()
        self.names = ["a", "b"]
        self.table = {"x": 0.5}
        self.limit = 3
        self.scale = 2.0
        self.label = None
        self.version = 7
        self.register_buffer("offset", torch.ones(2))


    def forward(self, x: Tensor) -> Tensor:
        return x + self.offset

    @torch.jit.export
    def integer(self, n: int) -> int:
        return n + 1

    @torch.jit.export
    def number(self, n: float, base: float = 0.5) -> float:
        return n + base

    @torch.jit.export
    def boolean(self, flag: bool) -> bool:
        return not flag

    @torch.jit.export
    def text(self, s: str) -> str:
        return s + "!"

    @torch.jit.export
    def complexes(self, z: complex) -> complex:
        return z * 2

    @torch.jit.export
    def place(self, device: torch.device, dtype: int) -> Tensor:
        return torch.zeros(1, device=device, dtype=dtype)

    @torch.jit.export
    def where(self, x: Tensor) -> torch.device:
        return x.device

    @torch.jit.export
    def lists(self, n: List[int], f: List[float], s: List[str], t: List[Tensor], d: List[List[int]]) -> Tuple[List[int], List[float], List[str], List[Tensor], List[List[int]]]:
        return n, f, s, t, d

    @torch.jit.export
    def dicts(self, s: Dict[str, int], n: Dict[int, str]) -> Tuple[Dict[str, int], Dict[int, str]]:
        return s, n

    @torch.jit.export
    def deep(self, x: Dict[str, List[Tuple[int, Optional[Tensor]]]]) -> Dict[str, List[Tuple[int, Optional[Tensor]]]]:
        return x

    @torch.jit.export
    def maybe(self, x: Optional[Tensor] = None, n: Optional[int] = None) -> Optional[int]:
        if x is not None and n is None:
            return x.dim()
        return n

    @torch.jit.export
    def union(self, x: Union[int, str, List[int]]) -> Union[int, str]:
        if isinstance(x, int):
            return x + 1
        if isinstance(x, str):
            return x + "?"
        return len(x)

    @torch.jit.export
    def scores(self, s: Scores) -> Scores:
        return Scores(s.attention, s.logits)

    @torch.jit.export
    def color(self, c: Color) -> Color:
        return Color.RED if c == Color.GREEN else Color.GREEN

    @torch.jit.export
    def counter(self, start: int) -> Counter:
        return Counter(start)

    @torch.jit.export
    def count(self, c: Counter, n: int) -> int:
        return c.add(n)

    @torch.jit.export
    def options(self, x: Tensor, opts: Dict[str, float], bias: float = 0.0) -> Tensor:
        return x * opts["scale"] + bias

    @torch.jit.export
    def later(self, x: Tensor) -> Tensor:
        future = torch.jit.fork(self.forward, x)
        return torch.jit.wait(future) * 2

    @torch.jit.export
    def fails(self, x: Tensor) -> Tensor:
        if x.dim() == 1:
            raise ValueError("one dimension is too few")
        return x.view(3, 5)

    @torch.jit.export
    def nothing(self, x: Tensor) -> None:
        self.limit += 1

    @torch.jit.export
    def sleeps(self, n: int) -> Tensor:
        x = torch.ones(200, 200)
        for _ in range(n):
            x = x @ x
            x = x / x.max()
        return x


class Hooked(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(2, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.linear(x)


def before(self, input: Tuple[Tensor]) -> Tuple[Tensor]:
    return (input[0] * 2,)


def after(self, input: Tuple[Tensor], output: Tensor) -> Tensor:
    return output + 1


def hooked():
    model = Hooked()
    model.register_forward_pre_hook(before)
    model.register_forward_hook(after)
    return model


class Boxes(nn.Module):
    def forward(self, boxes: Tensor, scores: Tensor) -> Tensor:
        return torch.ops.torchvision.nms(boxes, scores, 0.5)


class Scaled(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return torch.ops.flambeau_jit.scaled(x, 3.0)


def bert():
    config = transformers.BertConfig(
        vocab_size=60, hidden_size=24, num_hidden_layers=2, num_attention_heads=2, intermediate_size=48,
        max_position_embeddings=32, attn_implementation="eager", return_dict=False,
    )
    model = transformers.BertModel(config, add_pooling_layer=False).eval()
    ids = torch.arange(14).view(2, 7)
    mask = torch.ones(2, 7, dtype=torch.long)
    return torch.jit.trace(model, (ids, mask), strict=False)


def gpt2():
    config = transformers.GPT2Config(
        vocab_size=60, n_embd=24, n_layer=2, n_head=2, n_positions=32, use_cache=False, attn_implementation="eager", return_dict=False,
    )
    model = transformers.GPT2Model(config).eval()
    return torch.jit.trace(model, (torch.arange(14).view(2, 7),), strict=False)


def vit():
    return torchvision.models.VisionTransformer(
        image_size=32, patch_size=8, num_layers=3, num_heads=4, hidden_dim=48, mlp_dim=96, num_classes=10,
    )


IMAGE = {"shape": [2, 3, 64, 64]}
IDS = {"below": 60, "shape": [2, 7]}

# What makes the model; its arguments; whether it trains in training mode.
MODELS = {
    "resnet18": (lambda: torch.jit.script(torchvision.models.resnet18(num_classes=10)), [IMAGE], True),
    "mobilenet_v3_small": (lambda: torch.jit.script(torchvision.models.mobilenet_v3_small(num_classes=10)), [IMAGE], True),
    "vit": (lambda: torch.jit.script(vit()), [{"shape": [2, 3, 32, 32]}], True),
    "bert": (bert, [IDS, {"ones": [2, 7]}], False),
    "gpt2": (gpt2, [IDS], False),
    "lstm": (lambda: torch.jit.script(Tagger()), [{"below": 20, "shape": [3, 6]}], True),
    "control_flow": (lambda: torch.jit.script(Branches()), [{"shape": [4, 6]}, {"value": 4}], True),
    "reader": (lambda: torch.jit.script(Reader()), [{"dict": {"x": {"shape": [2, 5, 8]}}}], True),
    "dynamic": (lambda: torch.jit.script(Dynamic()), [{"shape": [3, 5, 16]}], True),
}

# Other arguments for some: other sizes, other keys, other branches.
AGAIN = {
    "lstm": [[{"below": 20, "shape": [1, 11]}], [{"below": 20, "shape": [4, 1]}]],
    "control_flow": [[{"shape": [2, 6]}, {"value": 0}], [{"shape": [5, 6]}, {"value": 9}]],
    "reader": [[{"dict": {"x": {"shape": [1, 4, 8]}, "mask": {"ones": [1, 4]}}}]],
    "dynamic": [[{"shape": [1, 9, 16]}], [{"shape": [6, 2, 16]}]],
    "resnet18": [[{"shape": [1, 3, 40, 72]}]],
}
