"""Records normalization: python scripts/record/nn_normalization.py"""
from nn_record import Records, x

r = Records("normalization")
for dims in (1, 2, 3):
    size = (2, 3, *[3, 2, 2][:dims])
    for training in (True, False):
        r.add(f"BatchNorm{dims}d", 3, dtype="float64", inputs=x(*size), training=training)
    r.add(f"BatchNorm{dims}d", 3, momentum=None, affine=False, dtype="float64", inputs=x(*size))
    r.add(f"BatchNorm{dims}d", 3, eps=0.001, trackRunningStats=False, dtype="float64", inputs=x(*size))
    r.add(f"BatchNorm{dims}d", 3, bias=False, momentum=0.3, dtype="float64", inputs=x(*size))
    r.add(f"InstanceNorm{dims}d", 3, inputs=x(*size))
    r.add(f"InstanceNorm{dims}d", 3, affine=True, dtype="float64", inputs=x(*size[1:]))
    for training in (True, False):
        r.add(f"InstanceNorm{dims}d", 3, trackRunningStats=True, dtype="float64", inputs=x(*size), training=training)
r.add("BatchNorm1d", 3, dtype="float64", inputs=x(4, 3))
r.add("SyncBatchNorm", 3, dtype="float64", inputs=x(4, 3), training=False)
r.add("LayerNorm", 4, dtype="float64", inputs=x(2, 3, 4))
r.add("LayerNorm", (3, 4), eps=0.001, bias=False, dtype="float64", inputs=x(2, 3, 4))
r.add("LayerNorm", (3, 4), elementwiseAffine=False, inputs=x(2, 3, 4))
r.add("RMSNorm", 4, dtype="float64", inputs=x(2, 3, 4))
r.add("RMSNorm", (3, 4), eps=0.001, elementwiseAffine=False, inputs=x(2, 3, 4))
r.add("GroupNorm", 2, 4, dtype="float64", inputs=x(2, 4, 3))
r.add("GroupNorm", 2, 4, bias=False, eps=0.001, dtype="float64", inputs=x(2, 4))
r.add("GroupNorm", 1, 4, affine=False, inputs=x(2, 4, 2))
r.add("LocalResponseNorm", 2, inputs=x(2, 4, 3))
r.add("LocalResponseNorm", 3, alpha=0.5, beta=0.25, k=2.0, inputs=x(1, 4, 2, 2))
r.add("LocalResponseNorm", 3, alpha=0.5, inputs=x(1, 4, 2, 2, 2))
# Python's gradient of it is another function's.
r.add("CrossMapLRN2d", 3, alpha=0.5, beta=0.25, k=2, inputs=x(1, 5, 2, 2), grads=False)
r.add("CrossMapLRN2d", 2, inputs=x(1, 6, 2, 2), grads=False)
r.save()
