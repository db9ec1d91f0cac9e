"""The public names of PyTorch 2.13.0, by module: those that it exports (`__all__`) or documents, to
test/docs/pytorch-names.json. docs/pytorch-coverage.md says which of them are here."""
import inspect
import json
import pathlib
import types

import torch
import torch.distributions
import torch.func
import torch.nn.utils.parametrizations
import torch.nn.utils.parametrize
import torch.nn.utils.prune
import torch.nn.utils.rnn
import torch.nn.utils.stateless
import torch.optim.lr_scheduler
import torch.optim.swa_utils
import torch.utils.checkpoint


def exported(module):
    names = getattr(module, "__all__", None)
    if names is None:
        names = [name for name, value in vars(module).items() if belongs(module, value)]
    return sorted({name for name in names if not name.startswith("_") and not isinstance(getattr(module, name, None), types.ModuleType)})


def belongs(module, value):
    if inspect.isclass(value) or inspect.isfunction(value):
        return value.__module__.startswith(module.__name__)
    return inspect.isbuiltin(value)


modules = {
    "torch": torch,
    "torch.nn": torch.nn,
    "torch.nn.functional": torch.nn.functional,
    "torch.nn.init": torch.nn.init,
    "torch.nn.utils": torch.nn.utils,
    "torch.nn.utils.parametrize": torch.nn.utils.parametrize,
    "torch.nn.utils.parametrizations": torch.nn.utils.parametrizations,
    "torch.nn.utils.prune": torch.nn.utils.prune,
    "torch.nn.utils.rnn": torch.nn.utils.rnn,
    "torch.nn.utils.stateless": torch.nn.utils.stateless,
    "torch.optim": torch.optim,
    "torch.optim.lr_scheduler": torch.optim.lr_scheduler,
    "torch.optim.swa_utils": torch.optim.swa_utils,
    "torch.distributions": torch.distributions,
    "torch.linalg": torch.linalg,
    "torch.fft": torch.fft,
    "torch.special": torch.special,
    "torch.autograd": torch.autograd,
    "torch.autograd.functional": torch.autograd.functional,
    "torch.autograd.forward_ad": torch.autograd.forward_ad,
    "torch.autograd.graph": torch.autograd.graph,
    "torch.func": torch.func,
    "torch.amp": torch.amp,
    "torch.utils.checkpoint": torch.utils.checkpoint,
}

record = {name: exported(module) for name, module in modules.items()}
record["torch.Tensor"] = sorted(
    name for name in dir(torch.Tensor) if not name.startswith("_") and name not in dir(object)
)
out = pathlib.Path(__file__).resolve().parents[2] / "test" / "docs" / "pytorch-names.json"
out.write_text(json.dumps({"version": torch.__version__.split("+")[0], "names": record}, indent=0) + "\n")
print({name: len(names) for name, names in record.items()})
