"""Records transformers: python scripts/record/nn_transformer.py writes test/nn/replays/transformer.json"""
import warnings

import torch

from nn_replay import record, write

warnings.filterwarnings("ignore")
generator = torch.Generator().manual_seed(7)


def rand(*shape):
    return torch.randn(*shape, dtype=torch.float64, generator=generator)


F64 = {"dtype": torch.float64}
small = {"dim_feedforward": 3, "dropout": 0}
causal = torch.nn.Transformer.generate_square_subsequent_mask(3, dtype=torch.float64)
padding = torch.tensor([[False, False, True], [False, False, False]])
left = torch.tensor([[True, False, False], [False, False, False]])
first = {**small, "batch_first": True}
fast = {"training": False, "grads": False}


def layer(kind, options, *inputs, **keywords):
    return record(f"Transformer{kind}Layer", [4, 2], options, list(inputs), **keywords)


def stack(kind, options, given, *inputs, **keywords):
    one = (f"Transformer{kind}Layer", [4, 2], {**options, **F64})
    return record(f"Transformer{kind}", [one, 2], {**given, "dtype": None}, list(inputs), **keywords)


def norm():
    return ("LayerNorm", [4], F64)


masks = {"src_mask": causal, "src_key_padding_mask": padding}
decoder = {"tgt_mask": causal, "tgt_is_causal": True}
both = {"tgt_mask": causal, "tgt_key_padding_mask": padding, "memory_key_padding_mask": padding}
records = [
    layer("Encoder", small, rand(3, 2, 4)),
    layer("Encoder", {**first, "norm_first": True, "activation": "gelu", "layer_norm_eps": 1e-3}, rand(2, 3, 4), masks),
    layer("Encoder", {**small, "bias": False}, rand(3, 4), {"src_mask": causal, "is_causal": True}),
    layer("Encoder", {"dim_feedforward": 3, "dropout": 0.5}, rand(3, 2, 4), note="random"),
    layer("Encoder", first, rand(2, 3, 4), **fast),
    layer("Encoder", {**first, "activation": "gelu", "norm_first": True}, rand(2, 3, 4), masks, **fast),
    layer("Encoder", first, rand(2, 3, 4), {"src_key_padding_mask": padding}, **fast),
    layer("Decoder", small, rand(3, 2, 4), rand(2, 2, 4)),
    layer("Decoder", {**first, "norm_first": True, "activation": "gelu"}, rand(2, 3, 4), rand(2, 3, 4), both),
    layer("Decoder", {**small, "bias": False}, rand(3, 4), rand(2, 4), decoder),
    stack("Encoder", small, {}, rand(3, 2, 4), {"mask": causal}),
    stack("Encoder", first, {"norm": norm()}, rand(2, 3, 4), {"src_key_padding_mask": padding}, **fast),
    stack("Encoder", first, {}, rand(2, 3, 4), {"src_key_padding_mask": left}, **fast),
    stack("Encoder", first, {"enable_nested_tensor": False}, rand(2, 3, 4), {"src_key_padding_mask": padding}, **fast),
    stack("Decoder", small, {"norm": norm()}, rand(3, 2, 4), rand(3, 2, 4), {"tgt_mask": causal, "memory_mask": causal.clone()}),
]
whole = {"d_model": 4, "nhead": 2, "num_encoder_layers": 1, "num_decoder_layers": 2, **small}
records += [
    record("Transformer", [], whole, [rand(3, 2, 4), rand(3, 2, 4)]),
    record("Transformer", [], {**whole, "batch_first": True, "activation": "gelu"}, [rand(2, 3, 4), rand(2, 3, 4), {"src_mask": causal, "tgt_mask": causal.clone(), "src_key_padding_mask": padding}]),
]
write("transformer", records)
