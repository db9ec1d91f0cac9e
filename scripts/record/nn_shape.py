"""Records padding, dropout, distances and what moves elements: python scripts/record/nn_shape.py"""
from nn_record import Records, x

r = Records("shape")
for dims in (1, 2, 3):
    size = (1, 2, *[3, 4, 3][:dims])
    each = [1, 2, 0, 1, 2, 1][: 2 * dims]
    for kind in ("Reflection", "Replication", "Circular", "Zero"):
        r.add(f"{kind}Pad{dims}d", 1, inputs=x(*size))
        if dims < 3:
            r.add(f"{kind}Pad{dims}d", tuple(each), inputs=x(*size))
    r.add(f"ConstantPad{dims}d", 1, 2.5, inputs=x(*size))
    r.add(f"ConstantPad{dims}d", tuple(each), -1.0, inputs=x(*size[1:]))
    r.add(f"Dropout{dims}d", 0.5, inputs=x(2, *size[1:]), seed=1)
    r.add(f"Dropout{dims}d", 0.25, inplace=True, inputs=x(2, *size[1:]), seed=1)
for name in ("Dropout", "AlphaDropout", "FeatureAlphaDropout"):
    r.add(name, inputs=x(4, 3, 2), seed=1)
    r.add(name, 0.25, inplace=True, inputs=x(4, 3, 2), seed=1)
    r.add(name, 0.5, inputs=x(4, 3), training=False)
r.add("CosineSimilarity", inputs=[x(2, 3), x(2, 3)])
r.add("CosineSimilarity", dim=0, eps=1e-3, inputs=[x(2, 3), x(2, 3)])
r.add("PairwiseDistance", inputs=[x(2, 3), x(2, 3)])
r.add("PairwiseDistance", 3.0, eps=1e-2, keepdim=True, inputs=[x(2, 3), x(2, 3)])
r.add("PixelShuffle", 2, inputs=x(1, 8, 2, 1))
r.add("PixelUnshuffle", 2, inputs=x(1, 2, 4, 2))
r.add("ChannelShuffle", 2, inputs=x(1, 4, 2, 2))
r.add("Upsample", scaleFactor=2.0, inputs=x(1, 2, 3))
r.add("Upsample", size=(3, 5), inputs=x(1, 2, 2, 3))
r.add("Upsample", size=5, mode="linear", inputs=x(1, 2, 3))
r.add("Upsample", scaleFactor=(2.0, 1.5), mode="bilinear", alignCorners=True, inputs=x(1, 2, 2, 3))
r.add("Upsample", scaleFactor=1.7, mode="bicubic", recomputeScaleFactor=True, inputs=x(1, 1, 3, 3))
r.add("Upsample", scaleFactor=1.7, mode="bicubic", inputs=x(1, 1, 3, 3))
r.add("Upsample", scaleFactor=2.0, mode="trilinear", inputs=x(1, 1, 2, 2, 2))
r.add("Upsample", scaleFactor=2.0, mode="nearest-exact", inputs=x(1, 1, 2, 2, 2))
r.add("Upsample", scaleFactor=0.5, mode="area", inputs=x(1, 1, 4, 4))
r.add("UpsamplingNearest2d", scaleFactor=2.0, inputs=x(1, 1, 2, 3))
r.add("UpsamplingBilinear2d", size=(3, 4), inputs=x(1, 1, 2, 3))
r.add("Unflatten", 1, (2, 3), inputs=x(2, 6))
r.add("Unfold", 2, inputs=x(1, 2, 3, 4))
r.add("Unfold", (2, 3), dilation=1, padding=1, stride=(2, 1), inputs=x(1, 1, 3, 4))
r.add("Fold", (3, 4), 2, inputs=x(1, 8, 6))
r.add("Fold", (4, 5), (3, 2), padding=1, stride=2, inputs=x(1, 6, 6))
r.save()
