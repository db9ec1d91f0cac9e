"""Records pooling: python scripts/record/nn_pooling.py"""
import torch

from nn_record import Records, distinct, u, x

r = Records("pooling")
for dims in (1, 2, 3):
    size = (1, 2, *[5, 4, 4][:dims])
    pair = (2, 3, 2)[:dims] if dims > 1 else 2
    r.add(f"MaxPool{dims}d", 2, inputs=distinct(*size))
    r.add(f"MaxPool{dims}d", pair, stride=1, padding=1, dilation=1, ceilMode=True, inputs=distinct(*size[1:]))
    r.add(f"MaxPool{dims}d", 2, returnIndices=True, inputs=distinct(*size))
    r.add(f"AvgPool{dims}d", 2, inputs=x(*size))
    r.add(f"AvgPool{dims}d", pair, stride=2, padding=1, countIncludePad=False, ceilMode=True, inputs=x(*size))
    r.add(f"LPPool{dims}d", 2, 2, inputs=u(*size))
    r.add(f"LPPool{dims}d", 3, pair, stride=1, ceilMode=True, inputs=u(*size))
    r.add(f"LPPool{dims}d", float("inf"), 2, inputs=distinct(*size))
    r.add(f"AdaptiveAvgPool{dims}d", 2, inputs=x(*size))
    r.add(f"AdaptiveMaxPool{dims}d", 2, inputs=distinct(*size))
    r.add(f"AdaptiveMaxPool{dims}d", 3, returnIndices=True, inputs=distinct(*size))
    if dims > 1:
        some = (None, 2, 1)[:dims]
        r.add(f"AvgPool{dims}d", 2, divisorOverride=3, inputs=x(*size))
        r.add(f"AdaptiveAvgPool{dims}d", some, inputs=x(*size))
        r.add(f"AdaptiveMaxPool{dims}d", some, inputs=distinct(*size))
        r.add(f"FractionalMaxPool{dims}d", 2, outputSize=2, inputs=distinct(*size), seed=1)
        r.add(f"FractionalMaxPool{dims}d", (2, 1, 2)[:dims], outputRatio=0.5, returnIndices=True, inputs=distinct(*size), seed=1)
    pool = getattr(torch.nn, f"MaxPool{dims}d")(2, return_indices=True)
    values, indices = pool(distinct(*size))
    r.add(f"MaxUnpool{dims}d", 2, inputs=[values.detach(), indices])
    r.add(f"MaxUnpool{dims}d", pair if dims == 1 else (2,) * dims, stride=2, inputs=[values.detach(), indices, list(size[2:])])
r.save()
