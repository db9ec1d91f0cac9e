"""Records steps and states of each optimizer: python scripts/record/optim.py > test/optim/steps.json"""
import json
import torch

torch.set_num_threads(1)
STEPS = 5
COMMON = [{}, {"weight_decay": 0.05}, {"maximize": True, "weight_decay": 0.05}]
CASES = {
    "SGD": COMMON
    + [
        {"momentum": 0.9},
        {"momentum": 0.9, "nesterov": True, "weight_decay": 0.01},
        {"momentum": 0.9, "dampening": 0.5, "maximize": True},
    ],
    "Adam": COMMON
    + [
        {"betas": [0.8, 0.9], "eps": 1e-4, "weight_decay": 0.01},
        {"amsgrad": True, "maximize": True},
        {"decoupled_weight_decay": True, "weight_decay": 0.1},
    ],
    "AdamW": [{}, {"weight_decay": 0.5, "amsgrad": True}, {"betas": [0.7, 0.8], "maximize": True}],
    "Adamax": COMMON + [{"betas": [0.7, 0.9], "eps": 1e-3}],
    "NAdam": COMMON + [{"momentum_decay": 0.1, "decoupled_weight_decay": True, "weight_decay": 0.1}],
    "RAdam": COMMON + [{"betas": [0.8, 0.9], "decoupled_weight_decay": True, "weight_decay": 0.1}, {"betas": [0.8, 0.5]}],
    "RMSprop": COMMON + [{"alpha": 0.8, "centered": True}, {"momentum": 0.9, "centered": True, "eps": 1e-3}],
    "Adagrad": COMMON + [{"lr_decay": 0.1, "initial_accumulator_value": 0.3, "eps": 1e-3}],
    "Adadelta": COMMON + [{"rho": 0.5, "eps": 1e-3}],
    "ASGD": COMMON + [{"lambd": 0.1, "alpha": 0.5, "t0": 2}],
    "Rprop": [{}, {"maximize": True}, {"etas": [0.3, 1.5], "step_sizes": [0.01, 0.2]}],
    "SparseAdam": [{}, {"betas": [0.7, 0.8], "eps": 1e-3, "maximize": True}],
    "Adafactor": COMMON + [{"beta2_decay": -0.5, "eps": [1e-4, 1e-2], "d": 1.5}],
    "Muon": [
        {},
        {"nesterov": False, "weight_decay": 0.0},
        {"momentum": 0.5, "ns_steps": 3, "adjust_lr_fn": "match_rms_adamw"},
    ],
    "LBFGS": [
        {"lr": 0.1, "max_iter": 4},
        {"lr": 1.0, "max_iter": 5, "line_search_fn": "strong_wolfe"},
        {"lr": 0.5, "max_iter": 6, "history_size": 2, "tolerance_change": 1e-5},
    ],
}
# What takes sparse gradients as well.
SPARSE = [
    ("SGD", {"lr": 0.1, "maximize": True}),
    ("Adagrad", {"lr": 0.1, "lr_decay": 0.1}),
    ("SparseAdam", {"lr": 0.1}),
    ("SparseAdam", {"lr": 0.1, "betas": [0.7, 0.8], "eps": 1e-3, "maximize": True}),
]


def parameters(flat=True):
    w = torch.tensor([[0.5, -1.0, 0.3], [2.0, 0.25, -0.7]], dtype=torch.float64)
    v = torch.tensor([1.5, -0.4, 0.1, 0.8], dtype=torch.float64)
    return [torch.nn.Parameter(w), torch.nn.Parameter(v if flat else v.view(2, 2))]


def loss_of(w, v, i):
    return (w * w * (i % 3 - 0.5)).sum() + (v * v * v).sum() / 3 + (w.sum() - 1) * v.sum()


def bowl(w, v):
    return (w * w * w * w).sum() + (v * v).sum() + (w.sum() - v.sum() - 1) ** 2


def plain(value):
    if isinstance(value, torch.Tensor):
        return {"dtype": str(value.dtype).split(".")[1], "data": value.tolist(), "shape": list(value.shape)}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    return value


def run(name, options, **ways):
    keywords = {k: tuple(v) if isinstance(v, list) else v for k, v in options.items()}
    w, v = parameters(name != "Muon")
    optimizer = getattr(torch.optim, name)([w, v], **keywords, **ways)
    steps, state = [], None
    for i in range(STEPS):

        def closure():
            optimizer.zero_grad()
            loss = bowl(w, v) if name == "LBFGS" else loss_of(w, v, i)
            loss.backward()
            return loss

        if name == "LBFGS":
            optimizer.step(closure)
        else:
            closure()
            optimizer.step()
        steps.append(w.detach().flatten().tolist() + v.detach().flatten().tolist())
        if i == 2:
            state = plain(optimizer.state_dict())
    return steps, state


def gradient(i):
    # The rows 0 and 2, then 1 and 2 (twice).
    rows = [[0, 2], [1, 2, 2]][i % 2]
    values = torch.tensor([[0.5, -1.0], [0.25, 2.0], [1.0, 0.125]], dtype=torch.float64)[: len(rows)] * (i + 1)
    return torch.sparse_coo_tensor(torch.tensor([rows]), values, (3, 2))


def run_sparse(name, options):
    keywords = {k: tuple(v) if isinstance(v, list) else v for k, v in options.items()}
    w = torch.nn.Parameter(torch.tensor([[0.5, -1.0], [2.0, 0.25], [-0.3, 0.7]], dtype=torch.float64))
    optimizer = getattr(torch.optim, name)([w], **keywords)
    steps = []
    for i in range(STEPS):
        w.grad = gradient(i)
        optimizer.step()
        steps.append(w.detach().flatten().tolist())
    return {"name": name, "options": options, "steps": steps, "state": plain(optimizer.state_dict())}


def close(a, b):
    return all(abs(x - y) < 1e-7 for one, other in zip(a, b) for x, y in zip(one, other))


records = []
for name, cases in CASES.items():
    if name == "SparseAdam":
        continue
    for options in cases:
        options = {"lr": 0.1, **options}
        steps, state = run(name, options)
        # Python's ways to compute must agree, or there is nothing to compare with.
        ways = [] if name in ("Muon", "LBFGS") else [{"foreach": False}, {"foreach": True}]
        ways += [{"fused": True}] if name in ("SGD", "Adam", "AdamW", "Adagrad") else []
        for way in ways:
            assert close(steps, run(name, options, **way)[0]), (name, options, way)
        records.append({"name": name, "options": options, "steps": steps, "state": state})
sparse = [run_sparse(name, options) for name, options in SPARSE]
print(json.dumps({"torch": torch.__version__.split("+")[0], "records": records, "sparse": sparse}))
