"""One call, recorded: arguments, results, gradients, and which of the other forms take it."""
import itertools

import torch
from torch.utils._pytree import tree_leaves

from ops_values import Unrecordable, decode, encode

# What these return is whatever the memory held: only dtype and shape count.
UNINITIALISED = {
    "empty", "empty_like", "empty_permuted", "empty_strided", "empty_quantized", "new_empty", "new_empty_strided",
    "resize_", "resize_as_",
}
# Results at these places are scratch memory.
SCRATCH = {"mkldnn_rnn_layer": 3}
# The vectors are free up to a factor, so only the results at these places have a gradient to compare.
FREE = {"linalg_eigh": [0], "linalg_eig": [0], "linalg_svd": [1], "svd": [1]}

# The raw operators know dtypes as numbers.
BY_NAME = {
    "result_type": torch.result_type,
    "promote_types": torch.promote_types,
    "qscheme": torch.Tensor.qscheme,
}
# PyTorch itself crashes where these are given `out`.
NO_OUT = {"rrelu_with_noise"}


def seeded(fn, *args, **kwargs):
    torch.manual_seed(0)
    return fn(*args, **kwargs)


def tensors(value):
    return [t for t in tree_leaves(value) if isinstance(t, torch.Tensor)]


def floating(value):
    return [t for t in tensors(value) if t.is_floating_point() or t.is_complex()]


def cotangent(tensor):
    """A gradient for a result: 1/4, 2/4 ... 7/4 over and over."""
    steps = torch.arange(tensor.numel()) % 7 + 1
    return (steps / 4).reshape(tensor.shape).to(tensor.dtype)


def whole(value):
    """JavaScript has no 2.0 beside 2."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return type(value)(map(whole, value)) if type(value) in (list, tuple) else value


def digits_of(value):
    """As many digits as the dtype has."""
    wide = any(t.dtype in (torch.float64, torch.complex128) for t in tensors(value))
    return 12 if wide else 7


def results(value, name=""):
    found = encode(value, digits_of(value))
    if name in SCRATCH:
        del found[SCRATCH[name]]["data"]
    return found


def gradient(name, fn, args, kwargs, place):
    """Of the floating tensor at a place among the arguments; None where nothing is differentiable."""
    leaf = floating((args, kwargs))[place].requires_grad_()
    try:
        found = seeded(fn, *args, **kwargs)
        found = found if isinstance(found, (tuple, list)) else [found]
        outputs = [t for i, t in enumerate(found) if name not in FREE or i in FREE[name]]
        outputs = [t for t in tensors(outputs) if t.requires_grad]
        if not outputs or any(t.layout != torch.strided for t in (*outputs, leaf)):
            return None
        [grad] = torch.autograd.grad(outputs, leaf, [cotangent(t) for t in outputs], allow_unused=True)
        return None if grad is None or grad.layout != torch.strided else results(grad)
    except (RuntimeError, NotImplementedError):
        return None


def optional(fn, args):
    """The names of the last ones of `args`, as far as they have defaults."""
    if isinstance(fn, torch._ops.OpOverloadPacket) and len(fn.overloads()) == 1:
        fn = getattr(fn, fn.overloads()[0])
    if not isinstance(fn, torch._ops.OpOverload):
        return []
    given = fn._schema.arguments[: len(args)]
    return [a.name for a in itertools.dropwhile(lambda a: not a.has_default_value(), given)]


def attempt(name, fn, *args, **kwargs):
    try:
        return results(seeded(fn, *args, **kwargs), name)
    except Exception:
        return None


def record(name, call):
    """The sample, or None where the call cannot be recorded."""
    packet = getattr(torch.ops.aten, name)
    fn = BY_NAME.get(name) or (getattr(packet, call.overload) if call.overload else packet)
    for digits in (4, 9):
        try:
            args = encode([whole(v) for v in call.args], digits)
            kwargs = {k: encode(whole(v), digits) for k, v in call.kwargs.items()}
            fresh = lambda: (decode(args), {k: decode(v) for k, v in kwargs.items()})  # noqa: E731
            given, named = fresh()
            found = seeded(fn, *given, **named)
            expected = results(found, name)
            break
        except Unrecordable:
            return None
        except Exception:
            continue
    else:
        return None
    sample = {"args": args, "results": expected}
    if kwargs:
        sample["kwargs"] = kwargs
    if names := optional(fn, args):
        sample["optional"] = names
    given, named = fresh()
    again = attempt(name, fn, *given, **named)
    if name in UNINITIALISED:
        del expected["data"]
        return sample
    if again != expected:
        print("differs from run to run:", name)
        return None
    if not name.endswith("_"):
        grads = [gradient(name, fn, *fresh(), place) for place in range(len(floating(fresh())))]
        if any(grads):
            sample["grads"] = grads
    if isinstance(found, torch.Tensor):
        given, named = fresh()
        twin = getattr(torch.ops.aten, f"{name}_", None)
        if twin and attempt(name, twin, *given, **named) == expected:
            sample["inplace"] = True
        given, named = fresh()
        out = torch.empty(0, dtype=found.dtype)
        if name not in NO_OUT and attempt(name, packet, *given, **named, out=out) == expected:
            sample["out"] = True
    return sample
