"""Values as JSON, so that Python and the test read the same numbers from a file."""
import math

import torch

COMPRESSED = {
    torch.sparse_csr: ("crow_indices", "col_indices"),
    torch.sparse_csc: ("ccol_indices", "row_indices"),
    torch.sparse_bsr: ("crow_indices", "col_indices"),
    torch.sparse_bsc: ("ccol_indices", "row_indices"),
}


class Unrecordable(Exception):
    """A value that a file cannot hold: a generator, a stream."""


def short(value):
    """The name of a dtype, layout or memory format without its module."""
    return str(value).removeprefix("torch.")


def number(value, digits):
    if isinstance(value, bool) or not isinstance(value, float):
        return value
    if not math.isfinite(value):
        return repr(value)
    rounded = float(f"{value:.{digits}g}")
    negative_zero = rounded == 0 and math.copysign(1, rounded) < 0
    return int(rounded) if rounded.is_integer() and abs(rounded) < 1e6 and not negative_zero else rounded


def elements(tensor, digits):
    """All elements in order; a complex one is two numbers."""
    flat = tensor.detach().resolve_conj().resolve_neg()
    if flat.is_complex():
        flat = torch.view_as_real(flat.to(torch.complex64) if flat.dtype == torch.complex32 else flat)
    flat = flat.reshape(-1)
    if flat.dtype == torch.bool:
        flat = flat.to(torch.uint8)
    if flat.dtype.itemsize == 1 and flat.dtype.is_floating_point:
        flat = flat.to(torch.float32)
    values = [number(value, digits) for value in flat.tolist()]
    # Beyond 2 ** 53 JavaScript's numbers are not exact.
    return [str(v) if isinstance(v, int) and abs(v) > 2**53 else v for v in values]


def encode_tensor(tensor, digits):
    if tensor.is_nested:
        if tensor.layout != torch.strided:
            raise Unrecordable("a jagged tensor")
        return {"dtype": short(tensor.dtype), "nested": [encode_tensor(part, digits) for part in tensor.unbind()]}
    record = {"dtype": short(tensor.dtype), "shape": list(tensor.shape)}
    if tensor.is_quantized:
        record["data"] = elements(tensor.int_repr(), digits)
        if tensor.qscheme() == torch.per_tensor_affine:
            return record | {"scale": tensor.q_scale(), "zeroPoint": tensor.q_zero_point()}
        scales, points = tensor.q_per_channel_scales(), tensor.q_per_channel_zero_points()
        return record | {"scale": scales.tolist(), "zeroPoint": points.tolist(), "axis": tensor.q_per_channel_axis()}
    if tensor.is_mkldnn:
        return record | {"layout": "_mkldnn", "data": elements(tensor.to_dense(), digits)}
    if tensor.layout == torch.strided:
        return record | {"data": elements(tensor, digits)}
    record["layout"] = short(tensor.layout)
    if tensor.layout == torch.sparse_coo:
        parts = [tensor._indices(), tensor._values()]
        record["coalesced"] = tensor.is_coalesced()
    elif tensor.layout in COMPRESSED:
        parts = [getattr(tensor, part)() for part in COMPRESSED[tensor.layout]] + [tensor.values()]
    else:
        raise Unrecordable(str(tensor.layout))
    return record | {"parts": [encode_tensor(part, digits) for part in parts]}


def encode(value, digits=4):
    """`digits` significant digits of each number that is not whole: few for arguments, all for results."""
    if isinstance(value, torch.Tensor):
        if value.device.type != "cpu" or type(value) not in (torch.Tensor, torch.nn.Parameter):
            raise Unrecordable(str(value.device))
        return encode_tensor(value, digits)
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        if abs(value) > 2**53:
            raise Unrecordable("a number beyond 2 ** 53")
        return value
    if isinstance(value, float):
        plain = number(value, max(digits, 7))
        return {"number": plain} if isinstance(plain, str) else plain
    if isinstance(value, complex):
        return {"complex": [number(value.real, 7), number(value.imag, 7)]}
    if isinstance(value, (list, tuple)):
        return [encode(each, digits) for each in value]
    if isinstance(value, (torch.dtype, torch.layout, torch.memory_format, torch.device, torch.qscheme)):
        return short(value)
    raise Unrecordable(type(value).__name__)


def of_text(text):
    """A number that JSON has no number for."""
    return int(text) if text.lstrip("-").isdigit() else float(text)


def decode_tensor(record):
    if "nested" in record:
        return torch._nested_tensor_from_tensor_list([decode_tensor(part) for part in record["nested"]])
    dtype, shape = getattr(torch, record["dtype"]), record["shape"]
    if "parts" in record:
        layout = getattr(torch, record["layout"])
        parts = [decode_tensor(part) for part in record["parts"]]
        if layout == torch.sparse_coo:
            tensor = torch.sparse_coo_tensor(*parts, shape, check_invariants=False)
            return tensor._coalesced_(record["coalesced"])
        return torch.sparse_compressed_tensor(*parts, shape, layout=layout, check_invariants=False)
    numbers = [of_text(v) if isinstance(v, str) else v for v in record["data"]]
    if "scale" in record:
        stored = {torch.qint8: torch.int8, torch.quint8: torch.uint8, torch.qint32: torch.int32}[dtype]
        whole = torch.tensor(numbers, dtype=stored).reshape(shape)
        if "axis" not in record:
            return torch._make_per_tensor_quantized_tensor(whole, record["scale"], record["zeroPoint"])
        scales = torch.tensor(record["scale"], dtype=torch.float64)
        points = torch.tensor(record["zeroPoint"])
        return torch._make_per_channel_quantized_tensor(whole, scales, points, record["axis"])
    if dtype.is_complex:
        real = torch.tensor(numbers, dtype=torch.float64).reshape([*shape, 2])
        return torch.view_as_complex(real).to(dtype)
    tensor = torch.tensor(numbers, dtype=dtype).reshape(shape)
    return tensor.to_mkldnn() if record.get("layout") == "_mkldnn" else tensor


# Strings that stand for something else than a string.
NAMES = {short(v): v for v in vars(torch).values() if isinstance(v, (torch.dtype, torch.layout, torch.memory_format))}


def decode(value):
    if isinstance(value, list):
        return [decode(each) for each in value]
    if isinstance(value, str):
        return NAMES.get(value, value)
    if not isinstance(value, dict):
        return value
    if "number" in value:
        return float(value["number"])
    if "complex" in value:
        return complex(*map(float, value["complex"]))
    return decode_tensor(value)
