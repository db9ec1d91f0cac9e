"""Records convolutions: python scripts/record/nn_conv.py"""
from nn_record import Records, x

r = Records("conv")
for dims in (1, 2, 3):
    size = (1, 2, *[5, 4, 3][:dims])
    pair = (2, 3, 1)[:dims]
    r.add(f"Conv{dims}d", 2, 4, 2, dtype="float64", inputs=x(*size))
    options = {"padding": 1, "dilation": pair, "groups": 2, "bias": False}
    r.add(f"Conv{dims}d", 2, 2, 2, **options, stride=1, dtype="float64", inputs=x(*size[1:]))
    r.add(f"Conv{dims}d", 2, 2, 3, padding="same", paddingMode="circular", dtype="float64", inputs=x(*size))
    r.add(f"Conv{dims}d", 2, 2, 2, padding=1, paddingMode="reflect", dtype="float64", inputs=x(*size))
    r.add(f"ConvTranspose{dims}d", 2, 4, 2, dtype="float64", inputs=x(*size))
    options = {"stride": 2, "padding": 1, "outputPadding": 1, "groups": 2, "bias": False}
    r.add(f"ConvTranspose{dims}d", 2, 2, 3, **options, dtype="float64", inputs=x(*size[:2], *(2, 3, 2)[:dims]))
    wanted = [2 * s + 1 for s in (2, 3, 2)[:dims]]
    small = x(*size[:2], *(2, 3, 2)[:dims])
    r.add(f"ConvTranspose{dims}d", 2, 2, 2, stride=2, dtype="float64", inputs=[small, wanted])
r.save()
