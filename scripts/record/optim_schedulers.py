"""Records learning rates of each scheduler: python scripts/record/optim_schedulers.py > test/optim/lr_scheduler/schedulers.json

A case says how the scheduler is made: a name, positional arguments, keywords; functions and schedulers by name.
"""
import json
import warnings
import torch
from torch.optim import lr_scheduler, swa_utils

warnings.simplefilter("ignore")
STEPS = 24
FUNCTIONS = {
    "halving": lambda epoch: 0.5 ** (epoch // 3),
    "inverse": lambda epoch: 1 / (epoch + 1),
    "fading": lambda epoch: 0.95,
    "wave": lambda x: 1 + 0.25 * (x % 3),
}
METRICS = [5, 4, 3.5, 3.5, 3.6, 3.4, 3.4, 3.4, 3.4, 3.39, 3.2, 3.2, 3.3, 3.1, 3.1, 3.1, 3.1, 3.1, 2, 2, 2, 2, 2, 2]

# name, positional arguments after the optimizer, keywords, and the optimizer where it matters
CASES = [
    ("LambdaLR", ["$halving"], {}),
    ("LambdaLR", [["$halving", "$inverse"]], {}),
    ("MultiplicativeLR", ["$fading"], {}),
    ("StepLR", [4], {}),
    ("StepLR", [3], {"gamma": 0.7}),
    ("MultiStepLR", [[3, 8, 8, 15]], {"gamma": 0.5}),
    ("ConstantLR", [], {}),
    ("ConstantLR", [], {"factor": 0.25, "total_iters": 9}),
    ("LinearLR", [], {}),
    ("LinearLR", [], {"start_factor": 0.8, "end_factor": 0.1, "total_iters": 12}),
    ("ExponentialLR", [0.9], {}),
    ("PolynomialLR", [], {}),
    ("PolynomialLR", [], {"total_iters": 15, "power": 2.5}),
    ("CosineAnnealingLR", [10], {}),
    ("CosineAnnealingLR", [7], {"eta_min": 0.01}),
    ("CosineAnnealingWarmRestarts", [5], {}),
    ("CosineAnnealingWarmRestarts", [3], {"T_mult": 2, "eta_min": 0.02}),
    ("CyclicLR", [0.01, 0.2], {"step_size_up": 4}),
    ("CyclicLR", [[0.01, 0.02], [0.2, 0.3]], {"step_size_up": 3, "step_size_down": 5, "mode": "triangular2"}),
    ("CyclicLR", [0.01, 0.2], {"step_size_up": 4, "mode": "exp_range", "gamma": 0.95}, "Adam"),
    ("CyclicLR", [0.01, 0.2], {"step_size_up": 4, "scale_fn": "$wave", "scale_mode": "iterations"}),
    ("CyclicLR", [0.01, 0.2], {"step_size_up": 4, "cycle_momentum": False}, "Adagrad"),
    ("OneCycleLR", [0.5], {"total_steps": 25}),
    ("OneCycleLR", [[0.5, 0.25]], {"epochs": 5, "steps_per_epoch": 5, "anneal_strategy": "linear", "div_factor": 10.0}, "Adam"),
    ("OneCycleLR", [0.5], {"total_steps": 30, "three_phase": True, "pct_start": 0.4, "final_div_factor": 100.0}),
    ("ReduceLROnPlateau", [], {"patience": 1}),
    ("ReduceLROnPlateau", [], {"mode": "max", "factor": 0.5, "patience": 2, "threshold_mode": "abs", "cooldown": 2}),
    ("ReduceLROnPlateau", [], {"factor": 0.3, "patience": 0, "threshold": 0.05, "min_lr": [0.01, 0.05]}),
    ("SequentialLR", [[["LinearLR", [], {"total_iters": 4}], ["CosineAnnealingLR", [12], {}]], [6]], {}),
    (
        "SequentialLR",
        [
            [
                ["ConstantLR", [], {"factor": 0.1, "total_iters": 3}],
                ["ExponentialLR", [0.9], {}],
                ["CosineAnnealingWarmRestarts", [4], {}],
            ],
            [5, 11],
        ],
        {},
    ),
    ("ChainedScheduler", [[["ConstantLR", [], {"factor": 0.1, "total_iters": 3}], ["ExponentialLR", [0.9], {}]]], {}),
    ("SWALR", [0.05], {}),
    ("SWALR", [[0.05, 0.2]], {"anneal_epochs": 5, "anneal_strategy": "linear"}),
]


def resolve(value, optimizer):
    if isinstance(value, str) and value.startswith("$"):
        return FUNCTIONS[value[1:]]
    if isinstance(value, list):
        if value and isinstance(value[0], str) and hasattr(lr_scheduler, value[0]):
            return build(value[0], value[1], value[2], optimizer)
        return [resolve(item, optimizer) for item in value]
    return value


def build(name, args, options, optimizer):
    args = [resolve(arg, optimizer) for arg in args]
    options = {key: resolve(value, optimizer) for key, value in options.items()}
    if name == "ChainedScheduler":
        return lr_scheduler.ChainedScheduler(*args, optimizer=optimizer)
    return getattr(swa_utils if name == "SWALR" else lr_scheduler, name)(optimizer, *args, **options)


def make(kind):
    a, b = torch.nn.Parameter(torch.ones(1)), torch.nn.Parameter(torch.ones(1))
    options = {"momentum": 0.9} if kind == "SGD" else {}
    return getattr(torch.optim, kind)([{"params": [a]}, {"params": [b], "lr": 0.4}], lr=0.1, **options)


def momentum(group):
    return group["betas"][0] if "betas" in group else group.get("momentum")


def plain(value):
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    return "Infinity" if value == float("inf") else "-Infinity" if value == float("-inf") else value


def record(name, args, options, kind="SGD"):
    optimizer = make(kind)
    scheduler = build(name, args, options, optimizer)
    rates, momenta, state = [], [], None
    for i in range(STEPS):
        rates.append([group["lr"] for group in optimizer.param_groups])
        momenta.append(momentum(optimizer.param_groups[0]))
        if i == 9:
            groups = [{k: plain(v) for k, v in g.items() if k != "params"} for g in optimizer.param_groups]
            state = {"scheduler": plain(scheduler.state_dict()), "groups": groups}
        optimizer.step()
        scheduler.step(*([METRICS[i]] if name == "ReduceLROnPlateau" else []))
    return {
        "name": name,
        "args": args,
        "options": options,
        "optimizer": kind,
        "rates": rates,
        **({"momenta": momenta} if len(set(momenta)) > 1 else {}),
        "state": state,
    }


records = [record(*case) for case in CASES]
print(json.dumps({"torch": torch.__version__.split("+")[0], "metrics": METRICS, "records": records}))
