"""Says what a value of a checkpoint is, as test/serialization/describe.ts says it."""

from collections import OrderedDict

import torch


def describe(value):
    """What test/serialization/describe.ts says of the same value."""
    if isinstance(value, torch.Tensor):
        if value.is_nested:
            return {"nested": [describe(part) for part in value.unbind()]}
        result = {"dtype": str(value.dtype)[6:], "shape": list(value.shape), "layout": str(value.layout)[6:]}
        if value.requires_grad:
            result["requiresGrad"] = True
        plain = value.detach()
        if value.device.type == "meta":
            return {**result, "device": "meta", "stride": list(value.stride())}
        if value.layout == torch.strided:
            result |= {"stride": list(value.stride()), "offset": value.storage_offset()}
            result["storage"] = value.untyped_storage().nbytes()
        else:
            plain = plain.to_dense()
        if value.is_quantized:
            result["values"] = plain.int_repr().tolist()
            result["dequantized"] = plain.dequantize().tolist()
        elif value.is_complex():
            result["values"] = torch.view_as_real(plain.to(torch.complex64).resolve_conj()).tolist()
        elif value.dtype in (torch.uint16, torch.uint32, torch.uint64):
            result["values"] = plain.to(torch.int64).tolist()
        else:
            result["values"] = plain.to(torch.float64).tolist() if value.is_floating_point() else plain.tolist()
        return result
    if isinstance(value, (dict, OrderedDict)):
        return {"dict": [[describe(key), describe(item)] for key, item in value.items()]}
    if isinstance(value, (list, set)):
        items = sorted(value) if isinstance(value, set) else value
        return {type(value).__name__: [describe(item) for item in items]}
    if isinstance(value, tuple):
        return {"tuple": [describe(item) for item in value]}
    if isinstance(value, (bytes, bytearray)):
        return {"bytes": list(value)}
    if isinstance(value, complex):
        return {"complex": [value.real, value.imag]}
    if isinstance(value, (torch.dtype, torch.layout)):
        return str(value)[6:]
    if isinstance(value, torch.device):
        return str(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2**53:
        return {"big": str(value)}
    return value
