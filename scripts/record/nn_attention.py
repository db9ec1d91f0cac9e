"""Records attention: python scripts/record/nn_attention.py writes test/nn/replays/attention.json"""
import torch

from nn_replay import record, write

generator = torch.Generator().manual_seed(7)


def rand(*shape):
    return torch.randn(*shape, dtype=torch.float64, generator=generator)


def mha(options, inputs, **keywords):
    return record("MultiheadAttention", [4, 2], options, inputs, **keywords)


causal = torch.ones(3, 3, dtype=torch.bool).triu(1)
additive = torch.zeros(3, 3, dtype=torch.float64).masked_fill(causal, float("-inf"))
padding = torch.tensor([[False, False, True], [False, False, False]])
per_head = torch.zeros(4, 3, 3, dtype=torch.bool)
per_head[0, 1, 2] = per_head[3, 0, 1] = True
x = [rand(3, 2, 4) for _ in range(3)]
b = [t.transpose(0, 1).contiguous() for t in x]


def copies(values):
    return [value.clone() for value in values]


records = [
    mha({}, copies(x)),
    mha({"bias": False}, copies(x) + [{"need_weights": False}]),
    mha({"batch_first": True}, copies(b) + [{"attn_mask": causal, "average_attn_weights": False}]),
    mha({}, copies(x) + [{"attn_mask": additive, "key_padding_mask": padding.double() * -1e4}]),
    mha({}, copies(x) + [{"attn_mask": causal, "key_padding_mask": padding, "need_weights": False}]),
    mha({}, copies(x) + [{"attn_mask": per_head, "need_weights": False}]),
    mha({}, copies(x) + [{"attn_mask": causal, "is_causal": True, "need_weights": False}]),
    mha({"add_bias_kv": True}, copies(x) + [{"attn_mask": causal, "key_padding_mask": padding}]),
    mha({"add_zero_attn": True}, copies(x) + [{"key_padding_mask": padding, "need_weights": False}]),
    mha({"kdim": 3, "vdim": 5}, [rand(2, 2, 4), rand(3, 2, 3), rand(3, 2, 5)]),
    mha({"kdim": 3, "vdim": 5, "bias": False, "add_bias_kv": True}, [rand(2, 2, 4), rand(3, 2, 3), rand(3, 2, 5)]),
    mha({"batch_first": True}, [rand(3, 4), rand(2, 4), rand(2, 4), {"key_padding_mask": torch.tensor([False, True])}]),
    mha({"dropout": 0.5}, copies(x), note="random"),
    mha({"dropout": 0.5}, copies(x), training=False),
    mha({"batch_first": True}, copies(b), training=False, grads=False),
]
# The fast path is for self attention: one tensor three times.
for options in [{}, {"need_weights": False}, {"attn_mask": causal}, {"key_padding_mask": padding}, {"attn_mask": causal, "key_padding_mask": padding, "average_attn_weights": False}]:
    records.append(mha({"batch_first": True}, [b[0]] * 3 + ([options] if options else []), training=False, grads=False, note="same"))
records.append(mha({}, [x[0].detach()] * 3, note="same"))
write("attention", records)
