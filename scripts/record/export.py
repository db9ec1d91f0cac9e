"""Exports the modules of export_models.py into test/export/files, and records what Python computes with each file.

    python scripts/record/export.py [NAME...]

Parameters are filled from a seed, here and in the tests (`fill`), so that most files are committed without them, and
gzipped. PyTorch 2.13.0, torchvision 0.28 and transformers 5.18 wrote what is committed.
"""

import gzip
import io
import json
import re
import sys
import warnings
import zipfile
from pathlib import Path

import torch

library = torch.library.Library("torchvision", "DEF")  # the CPU build of torch beside any build of torchvision
for name in ("nms", "qnms"):
    library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")

from export_models import State, models  # noqa: E402

warnings.filterwarnings("ignore")
folder = Path(__file__).parents[2] / "test/export/files"
folder.mkdir(parents=True, exist_ok=True)
torch.set_num_threads(1)


def build(value):
    """The argument that a description stands for."""
    if isinstance(value, State):
        return State(*(build(part) for part in value))
    if isinstance(value, tuple) and value and value[0] == "randn":
        return torch.randn(value[1])
    if isinstance(value, tuple) and value and value[0] == "randint":
        return torch.randint(value[1], value[2])
    if isinstance(value, tuple) and value and value[0] == "tensor":
        return torch.tensor(value[1])
    if isinstance(value, dict):
        return {key: build(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(build(part) for part in value)
    return value


def arguments(args, kwargs):
    torch.manual_seed(1)
    return tuple(build(value) for value in args), {key: build(value) for key, value in kwargs.items()}


def describe(value):
    """A description as the test reads it."""
    if isinstance(value, State):
        return {"hidden": describe(value.hidden), "steps": describe(value.steps)}
    if isinstance(value, tuple) and value and isinstance(value[0], str):
        return {f"${value[0]}": list(value[1:])}
    if isinstance(value, dict):
        return {key: describe(part) for key, part in value.items()}
    return [describe(part) for part in value] if isinstance(value, (list, tuple)) else value


def fill(parameters):
    torch.manual_seed(0)
    with torch.no_grad():
        for name, parameter in parameters:
            noise = torch.randn(parameter.shape)
            if parameter.dim() > 1:
                parameter.copy_(noise / (parameter.numel() / parameter.shape[0]) ** 0.5)
            else:
                parameter.copy_(noise * 0.1 + (1 if name.endswith("weight") else 0))


def show(value):
    """A result: tensors in short."""
    if isinstance(value, torch.Tensor):
        flat = value.detach().flatten().double()
        return {
            "$dtype": str(value.dtype).split(".")[1],
            "shape": list(value.shape),
            "head": [float(f"{x:.7g}") for x in flat[:12].tolist()],
            "sum": flat.sum().item() if flat.isfinite().all() else None,
            "size": flat.abs().sum().item() if flat.isfinite().all() else None,
        }
    if isinstance(value, dict):
        return {key: show(part) for key, part in value.items()}
    if hasattr(value, "_asdict"):
        return {key: show(part) for key, part in value._asdict().items()}
    return [show(part) for part in value] if isinstance(value, (list, tuple)) else value


def tensors(value):
    """The tensors in a result, in order."""
    if isinstance(value, torch.Tensor):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else []
    return [tensor for part in parts for tensor in tensors(part)]


def loss_of(result):
    return sum(tensor.square().mean() for tensor in tensors(result) if tensor.is_floating_point() and tensor.requires_grad)


def strip(data):
    """The file without the bytes of its parameters, which are zeros then."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as read, zipfile.ZipFile(made, "w") as write:
        config = next(name for name in read.namelist() if name.endswith("model_weights_config.json"))
        entries = json.loads(read.read(config))["config"].values()
        empty = {entry["path_name"] for entry in entries if entry["is_param"]}
        for info in read.infolist():
            path, _, name = info.filename.rpartition("/")
            content = b"" if path.endswith("data/weights") and name in empty else read.read(info)
            write.writestr(zipfile.ZipInfo(info.filename), content)
    return made.getvalue()


def forget_machine(module):
    """Where the author wrote each node stays, where it lay on this machine does not."""
    for graph in (part for part in module.modules() if isinstance(part, torch.fx.GraphModule)):
        for node in graph.graph.nodes:
            trace = node.meta.get("stack_trace")
            if trace:
                node.meta["stack_trace"] = re.sub(r'File "[^"]*/(site-packages|scripts/record)/', 'File "', trace)


def record(name):
    make, args, kwargs, dynamic, others, options = models[name]
    torch.manual_seed(2)
    module = make().train(options.get("train", False))
    given = arguments(args, kwargs)
    program = torch.export.export(module, given[0], given[1], dynamic_shapes=dynamic)
    if options.get("decompose"):
        program = program.run_decompositions()
    forget_machine(program.graph_module)
    buffer = io.BytesIO()
    torch.export.save(program, buffer)
    if options.get("whole"):
        (folder / f"{name}.pt2").write_bytes(buffer.getvalue())
    else:
        data = strip(buffer.getvalue())
        (folder / f"{name}.pt2.gz").write_bytes(gzip.compress(data, 9, mtime=0))
        buffer = io.BytesIO(data)
    buffer.seek(0)
    program = torch.export.load(buffer)
    fill(program.named_parameters())
    run = program.module()
    calls = []
    for one in [(args, kwargs), *others]:
        positional, named = arguments(*one)
        result = run(*positional, **named)
        calls.append({"args": describe(one[0]), "kwargs": describe(one[1]), "result": show(result)})
    losses = []
    parameters = list(run.parameters())
    if parameters:
        learning = options["learn"](dict(run.named_parameters())) if "learn" in options else run
        optimizer = torch.optim.SGD(parameters, lr=0.01)
        for _ in range(3):
            positional, named = arguments(args, kwargs)
            loss = loss_of(learning(*positional, **named))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    buffers = {key: show(value) for key, value in run.named_buffers() if value.numel() < 100}
    return {"calls": calls, "losses": losses, "buffers": buffers}


if __name__ == "__main__":
    path = folder / "recorded.json"
    recorded = json.loads(path.read_text()) if path.exists() else {}
    for name in sys.argv[1:] or models:
        recorded[name] = record(name)
        print(name, recorded[name]["losses"])
    path.write_text(json.dumps({name: recorded[name] for name in models if name in recorded}) + "\n")
