"""Hears every call of an operator, at any depth, with the arguments as its schema names them."""
import collections
import contextlib
import itertools

import torch
from torch._C import DispatchKey
from torch._dispatch.python import enable_python_dispatcher

KEYS = [
    DispatchKey.AutogradCPU, DispatchKey.AutogradOther, DispatchKey.AutogradFunctionality, DispatchKey.BackendSelect,
    DispatchKey.CPU, DispatchKey.SparseCPU, DispatchKey.SparseCsrCPU, DispatchKey.QuantizedCPU, DispatchKey.Undefined,
]
# More elements than this in one call are not worth their place in the files.
LARGEST = 120


class Call:
    def __init__(self, overload, args, kwargs):
        self.overload, self.args, self.kwargs = overload, args, kwargs

    def tensors(self):
        return [t for t in torch.utils._pytree.tree_leaves((self.args, self.kwargs)) if isinstance(t, torch.Tensor)]

    def size(self):
        return sum(t.numel() if t.layout == torch.strided else t._nnz() * 3 for t in self.tensors())

    def outline(self):
        """What makes a call another case: the overload, the arguments given, dtypes and numbers of dimensions."""
        def of(value):
            if isinstance(value, torch.Tensor):
                return short_kind(value), value.dim(), str(value.layout)
            return tuple(map(of, value)) if isinstance(value, (list, tuple)) else type(value).__name__

        return self.overload, tuple(map(of, self.args)), tuple((k, of(v)) for k, v in sorted(self.kwargs.items()))

    def distinct(self):
        values = [None if isinstance(v, torch.Tensor) else str(v) for v in (*self.args, *self.kwargs.values())]
        return self.outline(), str([v for v in values if v is None or len(v) < 200])


def short_kind(tensor):
    return "complex" if tensor.is_complex() else "float" if tensor.is_floating_point() else str(tensor.dtype)


def copy(value):
    if isinstance(value, torch.Tensor):
        return value.detach().resolve_conj().resolve_neg().clone()
    return type(value)(copy(v) for v in value) if type(value) in (list, tuple) else value


class Capture:
    """The calls heard, by the operator's name; what is asked for by `names` only."""

    def __init__(self, names, most=60):
        self.calls = {name: {} for name in names}
        self.large = {}
        self.most = most
        self.quiet = False
        for name in names:
            packet = getattr(torch.ops.aten, name)
            for overload in map(packet.__getattr__, packet.overloads()):
                # Not the forms that write into arguments behind the star: `out`, `values` and `indices`.
                if not any(a.kwarg_only and a.alias_info and a.alias_info.is_write for a in overload._schema.arguments):
                    self.listen(name, overload)

    def listen(self, name, overload):
        def heard(*args, **kwargs):
            if not self.quiet:
                self.keep(name, overload, args, kwargs)
            # The operator itself, this time without us.
            cache, overload._dispatch_cache = overload._dispatch_cache, {}
            try:
                return overload._op(*args, **kwargs)
            finally:
                overload._dispatch_cache = cache

        for key in KEYS:
            overload._dispatch_cache[key] = heard

    def keep(self, name, overload, args, kwargs):
        self.quiet = True
        try:
            kwargs = {k: v for k, v in kwargs.items() if k not in ("device", "pin_memory") and v != torch.strided}
            call = Call(overload._overloadname, args, kwargs)
            found, key = self.calls[name], None
            if len(found) < self.most and (key := call.distinct()) not in found:
                tensors = call.tensors()
                if any(type(t) is not torch.Tensor or t.device.type != "cpu" or t.is_quantized for t in tensors):
                    return
                call.args, call.kwargs = copy(tuple(args)), {k: copy(v) for k, v in kwargs.items()}
                if call.size() <= LARGEST:
                    found[key] = call
                elif name not in self.large or call.size() < self.large[name].size():
                    self.large[name] = call
        finally:
            self.quiet = False

    @contextlib.contextmanager
    def listening(self):
        with enable_python_dispatcher():
            yield

    def candidates(self, name):
        """The small calls, in turn of each dtype; several elements before single ones, empty tensors last."""
        def rank(call):
            sizes = [t.numel() for t in call.tensors()]
            return 0 in sizes, bool(sizes) and max(sizes) == 1

        calls = sorted(self.calls[name].values(), key=rank)
        kinds = collections.defaultdict(list)
        for call in calls:
            kinds["".join(short_kind(t) for t in call.tensors()[:1])].append(call)
        # Twice the first kind, which is floating point where the operator takes that.
        first = calls[:1] and [kinds[next(iter(kinds))].pop(0)]
        turns = itertools.zip_longest(*kinds.values())
        return first + [call for turn in turns for call in turn if call]
