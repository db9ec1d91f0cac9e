"""Records recurrent layers and cells: python scripts/record/nn_recurrent.py writes test/nn/replays/recurrent.json"""
import torch
from torch.nn.utils.rnn import pack_sequence

from nn_replay import record, write

generator = torch.Generator().manual_seed(7)


def rand(*shape):
    return torch.randn(*shape, dtype=torch.float64, generator=generator)


def packed():
    return pack_sequence([rand(2, 3), rand(4, 3), rand(3, 3)], enforce_sorted=False)


def state(kind, *shape, proj=None):
    hidden = (*shape[:-1], proj) if proj else shape
    return (rand(*hidden), rand(*shape)) if kind == "LSTM" else rand(*shape)


records = []
for kind in ["RNN", "LSTM", "GRU"]:
    deep = {"num_layers": 2, "bidirectional": True, "batch_first": True}
    records += [
        record(kind, [3, 4], {}, [rand(5, 2, 3)]),
        record(kind, [3, 2], deep, [rand(2, 4, 3), state(kind, 4, 2, 2)]),
        record(kind, [3, 2], {"num_layers": 2, "bidirectional": True}, [packed(), state(kind, 4, 3, 2)]),
        record(kind, [3, 2], {"bias": False}, [packed()]),
        record(kind, [3, 2], {"num_layers": 2}, [rand(4, 3), state(kind, 2, 2)]),
        record(kind, [3, 2], {"num_layers": 3, "dropout": 0.5}, [rand(4, 2, 3)], note="random"),
        record(kind, [3, 2], {"num_layers": 3, "dropout": 0.5}, [rand(4, 2, 3)], training=False),
    ]
projected = {"proj_size": 2, "num_layers": 2, "bidirectional": True}
records += [
    record("RNN", [3, 2], {"nonlinearity": "relu", "num_layers": 2}, [rand(4, 2, 3)]),
    record("RNN", [3, 2], {"nonlinearity": "relu"}, [packed()]),
    record("LSTM", [3, 3], projected, [rand(4, 2, 3), state("LSTM", 4, 2, 3, proj=2)]),
    record("LSTM", [3, 3], {"proj_size": 1, "bias": False}, [packed()]),
]
for kind in ["RNNCell", "LSTMCell", "GRUCell"]:
    records += [
        record(kind, [3, 4], {}, [rand(2, 3), state(kind[:-4], 2, 4)]),
        record(kind, [3, 2], {"bias": False}, [rand(3)]),
    ]
records.append(record("RNNCell", [3, 2], {"nonlinearity": "relu"}, [rand(2, 3), rand(2, 2)]))
write("recurrent", records)
