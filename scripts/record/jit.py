"""python scripts/record/jit.py: writes test/jit/models/ and test/jit/models.json with Python's torch, torchvision and transformers.

The weights are left out: each file holds tensors of one element, expanded. Both sides fill them from a seed, in the order
of named_parameters() and named_buffers(), so that the files are small and the models are the real ones."""

import io
import json
import pathlib
import re
import struct
import zipfile

import torch
from jit_models import AGAIN, MODELS, Boxes, Scaled, Values, hooked
from torch import nn

FOLDER = pathlib.Path(__file__).parents[2] / "test" / "jit" / "models"


def write(name, data, device=b"cpu", line=b"", debug=None):
    """Compressed, for any device, and without the names of this machine's folders, which stand in what is for debugging."""
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(FOLDER / name, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            if entry.filename.endswith(".debug_pkl"):
                continue
            content = source.read(entry)
            if entry.filename.endswith(".json"):
                content = re.sub(rb'/[^" ]*/', b"", content)
            if entry.filename.endswith("/data.pkl"):
                content = content.replace(b"X\x03\0\0\0cpu", b"X" + struct.pack("<I", len(device)) + device)
            if line and "/code/" in entry.filename:
                content = content.replace(b"  return ", b"  " + line + b"\n  return ", 1)
                if debug is not None:
                    target.writestr(zipfile.ZipInfo(entry.filename + ".debug_pkl"), debug)
            target.writestr(zipfile.ZipInfo(entry.filename), content, zipfile.ZIP_DEFLATED)


def scripted(model, **options):
    buffer = io.BytesIO()
    torch.jit.save(model, buffer, **options)
    return buffer.getvalue()


def hollow(model):
    for parameter in model.parameters():
        parameter.data = torch.zeros(1).expand(parameter.shape)
    for name, buffer in model.named_buffers():
        if "running" in name:
            buffer.data = torch.zeros(1).expand(buffer.shape)


def fill(model, seed):
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            numbers = torch.randn(list(parameter.shape), generator=generator)
            if parameter.dim() > 1:
                numbers = numbers / (parameter.numel() / parameter.shape[0]) ** 0.5
            else:
                numbers = numbers * 0.1 + (1 if name.endswith("weight") else 0)
            parameter.data = numbers
        for name, buffer in model.named_buffers():
            if "running" in name:
                numbers = torch.rand(list(buffer.shape), generator=generator)
                buffer.data = numbers + 0.5 if name.endswith("var") else numbers - 0.5


def make(spec, generator):
    if "dict" in spec:
        return {key: make(value, generator) for key, value in spec["dict"].items()}
    if "value" in spec:
        return spec["value"]
    if "ones" in spec:
        return torch.ones(spec["ones"], dtype=torch.long)
    if "below" in spec:
        return torch.randint(spec["below"], spec["shape"], generator=generator)
    return torch.randn(spec["shape"], generator=generator)


def first(output):
    while not isinstance(output, torch.Tensor):
        output = output[0]
    return output


def sample(tensor):
    flat = tensor.detach().flatten()
    return {"shape": list(tensor.shape), "mean": flat.mean().item(), "std": flat.std().item(), "head": flat[:6].tolist()}


def record(name, build, specs, trains, seed):
    torch.manual_seed(0)
    model = build()
    hollow(model)
    write(f"{name}.pt", scripted(model))
    model = torch.jit.load(FOLDER / f"{name}.pt")
    fill(model, seed)
    generator = torch.Generator().manual_seed(seed + 1)
    inputs = [make(spec, generator) for spec in specs]
    model.eval()
    with torch.no_grad():
        output = first(model(*inputs))
        again = []
        for other in AGAIN.get(name, []):
            fresh = torch.Generator().manual_seed(seed + 2)
            result = first(model(*[make(spec, fresh) for spec in other]))
            again.append({"inputs": other, "output": sample(result)})
    if trains:
        model.train()
    target = torch.randn(output.shape, generator=generator)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    torch.manual_seed(seed)
    losses = []
    for step in range(4):
        loss = nn.functional.mse_loss(first(model(*inputs)), target)
        losses.append(loss.item())
        if step < 3:
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return {
        "seed": seed,
        "inputs": specs,
        "trains": trains,
        "parameters": sum(p.numel() for p in model.parameters()),
        "names": len(list(model.named_parameters())),
        "output": sample(output),
        "again": again,
        "losses": losses,
    }


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    records = {name: record(name, *row, seed=100 + i) for i, (name, row) in enumerate(MODELS.items())}
    (FOLDER.parent / "models.json").write_text(json.dumps(records, indent=1) + "\n")

    write("values.pt", scripted(torch.jit.script(Values()), _extra_files={"labels.json": '["cat"]'}))
    torch.manual_seed(0)
    write("hooked.pt", scripted(torch.jit.script(hooked())))
    write("boxes.pt", scripted(torch.jit.script(Boxes())))
    write("scaled.pt", scripted(torch.jit.script(Scaled())))
    linear = nn.Linear(2, 1)
    with torch.no_grad():
        linear.weight.copy_(torch.tensor([[2.0, 3.0]]))
        linear.bias.fill_(1)
    write("linear.pt", scripted(torch.jit.script(linear)))
    write("gpu.pt", scripted(torch.jit.script(linear)), device=b"cuda:0")
    # Hostile ones: code that is too deep for a parser, and code that is wrong with a debugging part that is wrong too.
    plain = scripted(torch.jit.script(linear))
    write("deep.pt", plain, line=b"a = " + b"(" * 20000 + b"1" + b")" * 20000)
    write("wide.pt", plain, line=b"a = " + b"+".join([b"1"] * 20000))
    write("debug.pt", plain, line=b"a = 1 +", debug=b"\x80\x02\x98")
    exported = io.BytesIO()
    torch.export.save(torch.export.export(linear, (torch.ones(3, 2),)), exported)
    write("exported.pt2", exported.getvalue())
    torch.save(linear.state_dict(), FOLDER / "checkpoint.pt")
    torch.save(linear.state_dict(), FOLDER / "legacy.pt", _use_new_zipfile_serialization=False)


main()
