"""Records what PyTorch's operators give: python scripts/record/ops.py

Calls the samples of PyTorch's own tests (`op_db`) and those of `ops_cases.py`, and writes for each row of `src/ops`
a few calls with their results, gradients, and whether the in-place and `out` forms take them, to
`test/ops/samples/<module>.json.gz`. A run with the same version of PyTorch writes the same files.
"""
import collections
import gzip
import itertools
import json
import os
import pathlib
import random
import re
import sys
import types
import warnings

import numpy
import torch

# PyTorch's test helpers import a package that they need for other things only.
sys.modules.setdefault("expecttest", types.SimpleNamespace(TestCase=object))
from torch.testing._internal.common_methods_invocations import op_db  # noqa: E402

import ops_cases  # noqa: E402
from ops_capture import Call, Capture  # noqa: E402
from ops_record import record  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "test/ops/samples"
PER_ROW = 4
VERBOSE = "-v" in sys.argv
DTYPES = [torch.float32, torch.complex64, torch.int64, torch.bool]


def rows():
    sources = sorted((ROOT / "src/ops").rglob("*.ts"))
    found = [name for file in sources for name in re.findall(r">\(\s*'aten::(\w+)'", file.read_text())]
    return sorted(set(found))


def seed():
    torch.manual_seed(0)
    numpy.random.seed(0)
    random.seed(0)


def invoke(capture, fn, sample):
    try:
        with capture.listening():
            fn(sample.input, *sample.args, **sample.kwargs)
    except Exception:  # What is heard before a call fails may still be a sample.
        pass


def hear(capture):
    """Runs the samples of op_db, aliases and in-place forms too."""
    for info in op_db:
        for dtype in [d for d in DTYPES if d in info.supported_dtypes("cpu")]:
            seed()
            try:
                samples = list(itertools.islice(info.sample_inputs("cpu", dtype, requires_grad=False), 20))
            except Exception as error:
                print("no samples:", info.name, dtype, type(error).__name__)
                continue
            forms = [info.op, info.method_variant, info.inplace_variant, *(alias.op for alias in info.aliases)]
            for fn, sample in itertools.product([f for f in forms if f], samples):
                invoke(capture, fn, sample)


def telling(value):
    """Whether a result holds anything that could be wrong: a number, rather than nothing or NaN."""
    if isinstance(value, list):
        return any(map(telling, value))
    if isinstance(value, dict):
        if "data" in value:
            return any(isinstance(number, (int, float)) for number in value["data"])
        return telling(value.get("parts") or value.get("nested") or 0)
    return value is not None


def choose(name, calls, large):
    """The first telling calls that differ in outline, with one for the in-place form; a call of no elements last."""
    chosen, alike, dull = [], [], []
    seen, outlines = set(), set()
    for call in calls:
        if len(chosen) >= PER_ROW and any("inplace" in sample for sample in chosen):
            break
        sample = record(name, call)
        if sample is None or (text := json.dumps(sample)) in seen:
            continue
        seen.add(text)
        if not telling(sample["results"]):
            dull.append(sample)
        elif call.outline() in outlines:
            alike.append(sample)
        elif len(chosen) < PER_ROW or "inplace" in sample:
            outlines.add(call.outline())
            chosen.append(sample)
    if not chosen and large and (sample := record(name, large)):
        chosen.append(sample)
    if not any("inplace" in sample for sample in chosen):
        chosen += [sample for sample in alike if "inplace" in sample][:1]
    chosen += [sample for sample in alike if sample not in chosen][: max(0, 2 - len(chosen))]
    return chosen + dull[: max(1, 2 - len(chosen)) if len(chosen) <= PER_ROW else 0]


def modules():
    """The file of each name: PyTorch's Python module."""
    yaml = (pathlib.Path(torch.__file__).parent / "../torchgen/packaged/ATen/native/native_functions.yaml").read_text()
    found = {}
    for entry in yaml.split("\n- func: ")[1:]:
        module = re.search(r"python_module: (\w+)", entry)
        if module:
            found.setdefault(re.match(r"\w+", entry)[0], module[1])
    return found


def main(only):
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    os.chdir(ROOT)
    names = only or rows()
    capture = Capture(names)
    if not only or not set(names) <= set(ops_cases.CASES):
        hear(capture)
    files, without, module = collections.defaultdict(dict), [], modules()
    for name in names:
        if VERBOSE:
            print(name, flush=True)
        own = [Call(*case) for case in ops_cases.CASES.get(name, [])]
        samples = choose(name, own + capture.candidates(name), capture.large.get(name))
        if samples:
            files[module.get(name, "torch")][f"aten::{name}"] = samples
        else:
            without.append(name)
    if only:
        print(json.dumps(files, indent=1))
    else:
        FOLDER.mkdir(exist_ok=True)
        for old in FOLDER.glob("*.json.gz"):
            old.unlink()
        for name, found in files.items():
            content = {"torch": torch.__version__.split("+")[0], "samples": found}
            data = json.dumps(content, separators=(",", ":")).encode()
            (FOLDER / f"{name}.json.gz").write_bytes(gzip.compress(data, 9, mtime=0))
            print(name, len(found), len(data))
    every = [pair for found in files.values() for pair in found.items()]
    twins = {f"{name[6:]}_" for name, each in every if any("inplace" in sample for sample in each)}
    print("without a sample:", *(name for name in without if name not in twins))


main([name for name in sys.argv[1:] if name != "-v"])
