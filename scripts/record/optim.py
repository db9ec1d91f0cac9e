"""Records a few steps of each optimizer: python scripts/record/optim.py > test/optim/steps.json"""
import json
import torch

CASES = [
    ("SGD", {"lr": 0.1}),
    ("SGD", {"lr": 0.1, "momentum": 0.9}),
    ("SGD", {"lr": 0.1, "momentum": 0.9, "nesterov": True, "weight_decay": 0.01}),
    ("SGD", {"lr": 0.1, "momentum": 0.9, "dampening": 0.5, "maximize": True}),
    ("Adam", {"lr": 0.1}),
    ("Adam", {"lr": 0.1, "betas": [0.8, 0.9], "eps": 1e-4, "weight_decay": 0.01}),
    ("Adam", {"lr": 0.1, "amsgrad": True, "maximize": True}),
]

records = []
for name, options in CASES:
    w = torch.nn.Parameter(torch.tensor([[0.5, -1.0], [2.0, 0.25]], dtype=torch.float64))
    keywords = {k: tuple(v) if isinstance(v, list) else v for k, v in options.items()}
    optimizer = getattr(torch.optim, name)([w], **keywords)
    steps = []
    for i in range(4):
        optimizer.zero_grad()
        (w * w * (i + 1)).sum().backward()
        optimizer.step()
        steps.append(w.detach().flatten().tolist())
    records.append({"name": name, "options": options, "steps": steps})
print(json.dumps({"torch": torch.__version__.split("+")[0], "records": records}))
