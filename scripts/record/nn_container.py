"""Records how containers print: python scripts/record/nn_container.py"""
import json

import torch
from torch import nn

from nn_record import FOLDER

torch.manual_seed(0)
made = {
    "ModuleList": nn.ModuleList([nn.Linear(2, 2), nn.Linear(2, 2), nn.ReLU(), nn.Sequential(nn.ReLU()), nn.Sequential(nn.ReLU())]),
    "ModuleDict": nn.ModuleDict({"act": nn.ReLU(), "inner": nn.ModuleDict({"b": nn.Tanh()})}),
    "ParameterList": nn.ParameterList([torch.zeros(2, 3), torch.zeros(4).double()]),
    "ParameterDict": nn.ParameterDict({"left": torch.zeros(2, 3), "right": torch.zeros(1).double()}),
    "Holder": nn.Sequential(nn.ModuleList([nn.ParameterList([torch.zeros(2)]), nn.ReLU()])),
    "Empty": nn.ModuleList(),
}
rows = {name: {"text": str(m), "keys": list(m.state_dict())} for name, m in made.items()}
(FOLDER.parent / "containers.json").write_text(json.dumps(rows, indent=1) + "\n")
