"""The modules that export.py exports, each with its arguments and the options of torch.export.export."""

from collections import namedtuple

import torch
from torch import nn
from torch.export import Dim
from torch._higher_order_ops import map as map_, scan, while_loop

State = namedtuple("State", ["hidden", "steps"])
torch.utils._pytree._register_namedtuple(State, serialized_type_name="flambeau.State")


class Mlp(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))

    def forward(self, x):
        return super().forward(x)


class Lstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(3, 4, num_layers=2, batch_first=True)

    def forward(self, x, state):
        return self.lstm(x, state)


class Cond(nn.Module):
    def __init__(self):
        super().__init__()
        self.left = nn.Linear(3, 3)
        self.right = nn.Linear(3, 3)

    def forward(self, x):
        return torch.cond(x.sum() > 0, lambda x: self.left(x), lambda x: self.right(x).relu(), (x,))


class While(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(3, 3)

    def forward(self, x, n):
        start = torch.zeros((), dtype=torch.int64)
        return while_loop(lambda i, x: i < n, lambda i, x: (i + 1, self.linear(x)), (start, x))


def unrolled(parameters):
    """What While computes. In PyTorch 2.13, backward of an exported while_loop gives other gradients than this."""

    def run(x, n):
        for _ in range(n):
            x = nn.functional.linear(x, parameters["linear.weight"], parameters["linear.bias"])
        return [x]

    return run


class MapScan(nn.Module):
    def forward(self, start, rows):
        mapped = map_(lambda x, y: (x * y).sin(), rows, start)

        def step(carried, x):
            following = carried * 0.5 + x
            return following, following.tanh()

        return mapped, scan(step, start, rows)


class Modes(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(3, 3)

    def forward(self, x):
        with torch.no_grad():
            fixed = self.linear(x)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            low = self.linear(x)
        return fixed + low


class Structured(nn.Module):
    """Dicts, named tuples and keyword arguments, in and out."""

    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(3, 3)

    def forward(self, batch, state, *, scale, bias=None):
        hidden = self.linear(batch["x"]) * batch["mask"] + state.hidden * scale
        if bias is not None:
            hidden = hidden + bias
        return {"hidden": hidden, "state": State(hidden.tanh(), [s + 1 for s in state.steps]), "extra": (scale, None)}


class Dynamic(nn.Module):
    """Two sizes and a number that differ from call to call, and arithmetic of them."""

    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(6, 6)

    def forward(self, x, y, n: int):
        batch, length, width = x.shape
        flat = self.linear(x.reshape(batch * length, width)) * n + y.mean() / length
        places = torch.arange(length)[None].expand(batch, length)
        pairs = flat.reshape(batch, length // 2, 2 * width)
        return flat, places, pairs.sum(1), batch * length + n, length / batch


class Values(nn.Module):
    """Sizes that depend on values."""

    def forward(self, x):
        n = x.max().item()
        torch._check(n >= 1)
        torch._check(n < 10)
        return torch.ones(n) * 2, x.nonzero()


class Kinds(nn.Module):
    """The kinds of arguments that operators take."""

    def __init__(self):
        super().__init__()
        self.register_buffer("table", torch.arange(12.0).reshape(3, 4), persistent=False)
        self.weight = nn.Parameter(torch.randn(4, 4))

    def forward(self, x, index):
        a, b = torch.split(x, [1, 3], dim=1)
        values, _ = x.sort(dim=1, descending=True)
        picked = self.table[:, index] + torch.tensor([0.5])
        placed = torch.zeros(3, 4, dtype=torch.float64)
        placed[:, index] = 1.0
        turned = torch.fft.ifft(torch.fft.fft(x) * (1 + 0.5j)).real
        mixed = torch.einsum("ij,kj->ik", x, self.weight)
        rest = torch.cat([part * k for k, part in enumerate(torch.chunk(mixed, 2, dim=1), 1)], 1)
        pooled = torch.nn.functional.avg_pool2d(x[None, None].contiguous(memory_format=torch.channels_last), 2, 1)
        clipped = torch.clamp(x, max=1.5).to(torch.float16).float()
        where = torch.where(x > 0, x, float("-inf")).amax((0, 1), keepdim=True)
        tail = x[:, 1:]
        return a, b, values, picked, placed, turned, rest, pooled, clipped, where, torch.bucketize(x, self.table[0]), tail


class Counter(nn.Module):
    """A buffer and an argument that are written to."""

    def __init__(self):
        super().__init__()
        self.register_buffer("count", torch.zeros((), dtype=torch.int64))
        self.linear = nn.Linear(2, 2)

    def forward(self, x):
        self.count.add_(1)
        x.mul_(2)
        return self.linear(x) + self.count


class Norm(nn.Module):
    """Running statistics, in training."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(2, 4, 3)
        self.norm = nn.BatchNorm2d(4)

    def forward(self, x):
        return self.norm(self.conv(x)).relu()


def resnet18():
    import torchvision

    return torchvision.models.resnet18()


def mobilenet():
    import torchvision

    return torchvision.models.mobilenet_v3_small()


def vit():
    import torchvision

    return torchvision.models.VisionTransformer(
        image_size=16, patch_size=8, num_layers=2, num_heads=2, hidden_dim=16, mlp_dim=32, num_classes=10
    )


def bert():
    from transformers import BertConfig, BertModel

    return BertModel(
        BertConfig(
            hidden_size=16,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=32,
            vocab_size=50,
            max_position_embeddings=32,
        )
    )


def gpt2():
    from transformers import GPT2Config, GPT2LMHeadModel

    return GPT2LMHeadModel(GPT2Config(n_embd=16, n_layer=2, n_head=2, vocab_size=50, n_positions=32, use_cache=False))


# A tensor of an argument: ("randn", sizes), ("randint", high, sizes), ("tensor", values).
def randn(*sizes):
    return ("randn", list(sizes))


def randint(high, *sizes):
    return ("randint", high, list(sizes))


batch, length = Dim("batch", max=32), Dim("length", max=32)
half = Dim("half", max=16)

# name: (module, args, kwargs, dynamic shapes, further calls with other sizes, options)
models = {
    "mlp": (Mlp, [randn(2, 4)], {}, {"x": {0: batch}}, [([randn(5, 4)], {}), ([randn(1, 4)], {})], {"whole": True}),
    "lstm": (Lstm, [randn(2, 5, 3), (randn(2, 2, 4), randn(2, 2, 4))], {}, None, [], {"whole": True}),
    "cond": (Cond, [("tensor", [[1.5, 2.0, 3.0]])], {}, None, [([("tensor", [[-1.5, -2.0, -3.0]])], {})], {"whole": True}),
    "while_loop": (While, [randn(2, 3), ("tensor", 3)], {}, None, [([randn(2, 3), ("tensor", 0)], {})], {"learn": unrolled}),
    "map_scan": (MapScan, [randn(3), randn(5, 3)], {}, None, [], {}),
    "modes": (Modes, [randn(2, 3)], {}, None, [], {}),
    "structured": (
        Structured,
        [{"x": randn(2, 3), "mask": randn(2, 1)}, State(randn(2, 3), [randn(1), randn(2)])],
        {"scale": randn(3), "bias": randn(2, 3)},
        None,
        [],
        {},
    ),
    "dynamic": (
        Dynamic,
        [randn(2, 4, 6), randn(2, 3), 3],
        {},
        {"x": {0: batch, 1: 2 * half}, "y": {0: batch}, "n": Dim.DYNAMIC},
        [([randn(3, 10, 6), randn(3, 3), 5], {}), ([randn(1, 6, 6), randn(1, 3), 2], {})],
        {},
    ),
    "values": (Values, [("tensor", [1, 3])], {}, None, [([("tensor", [5, 0])], {})], {}),
    "kinds": (Kinds, [randn(3, 4), ("tensor", [0, 2, 2])], {}, None, [], {}),
    "counter": (Counter, [randn(2, 2)], {}, None, [([randn(2, 2)], {})], {}),
    "functional": (Counter, [randn(2, 2)], {}, None, [([randn(2, 2)], {})], {"decompose": True}),
    "norm": (Norm, [randn(3, 2, 6, 6)], {}, None, [], {"train": True}),
    "resnet18": (resnet18, [randn(2, 3, 32, 32)], {}, {"x": {0: batch}}, [([randn(1, 3, 32, 32)], {})], {}),
    "mobilenet": (mobilenet, [randn(2, 3, 32, 32)], {}, {"x": {0: batch}}, [], {}),
    "vit": (vit, [randn(2, 3, 16, 16)], {}, {"x": {0: batch}}, [([randn(3, 3, 16, 16)], {})], {}),
    "bert": (
        bert,
        [],
        {"input_ids": randint(50, 2, 5), "attention_mask": ("tensor", [[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]])},
        {"input_ids": {0: batch, 1: length}, "attention_mask": {0: batch, 1: length}},
        [([], {"input_ids": randint(50, 1, 9), "attention_mask": ("tensor", [[1] * 8 + [0]])})],
        {},
    ),
    "gpt2": (
        gpt2,
        [],
        {"input_ids": randint(50, 2, 6)},
        {"input_ids": {0: batch, 1: length}},
        [([], {"input_ids": randint(50, 3, 11)})],
        {},
    ),
}
