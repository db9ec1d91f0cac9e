"""Records averaged weights: python scripts/record/optim_swa.py > test/optim/swa_utils.json"""
import json
import torch
from torch.optim import swa_utils

torch.set_num_threads(1)
BATCHES = [[[1.0, 2.0], [-1.0, 0.5], [0.25, -2.0]], [[3.0, -1.0], [0.5, 0.5], [-2.0, 1.0]], [[0.0, 1.0], [4.0, -3.0], [1.0, 1.0]]]
CASES = {
    "plain": {},
    "swaMultiAvgFn": {"multi_avg_fn": swa_utils.get_swa_multi_avg_fn()},
    "swaAvgFn": {"avg_fn": swa_utils.get_swa_avg_fn()},
    "emaMultiAvgFn": {"multi_avg_fn": swa_utils.get_ema_multi_avg_fn(0.7)},
    "emaAvgFn": {"avg_fn": swa_utils.get_ema_avg_fn(0.7)},
    "emaBuffers": {"multi_avg_fn": swa_utils.get_ema_multi_avg_fn(0.7), "use_buffers": True},
}


def build():
    model = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.BatchNorm1d(2), torch.nn.Linear(2, 1)).double()
    for i, parameter in enumerate(model.parameters()):
        values = torch.arange(parameter.numel(), dtype=torch.float64).view(parameter.shape)
        parameter.data.copy_((values + i) / 10 - 0.3)
    return model


records = []
for name, options in CASES.items():
    model = build()
    averaged = swa_utils.AveragedModel(model, **options)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.2)
    batches = [torch.tensor(batch, dtype=torch.float64) for batch in BATCHES]
    for _ in range(2):
        for x in batches:
            optimizer.zero_grad()
            (model(x) ** 2).mean().backward()
            optimizer.step()
            averaged.update_parameters(model)
    record = {"name": name, "state": {key: value.tolist() for key, value in averaged.state_dict().items()}}
    swa_utils.update_bn([(x, None) for x in batches], averaged)
    record["updated"] = {key: value.tolist() for key, value in averaged.state_dict().items()}
    records.append(record)
print(json.dumps({"torch": torch.__version__.split("+")[0], "batches": BATCHES, "records": records}))
