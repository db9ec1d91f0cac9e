"""Records linear layers: python scripts/record/nn_linear.py"""
from nn_record import Records, x

r = Records("linear")
r.add("Identity", inputs=x(2, 3))
r.add("Linear", 4, 3, inputs=x(2, 4), dtype="float64")
r.add("Linear", 4, 3, inputs=x(2, 5, 4), bias=False, dtype="float64")
r.add("Flatten", inputs=x(2, 3, 2))
r.add("Flatten", 0, 1, inputs=x(2, 3, 2))
r.add("Bilinear", 2, 3, 4, dtype="float64", inputs=[x(2, 2), x(2, 3)])
r.add("Bilinear", 2, 3, 4, bias=False, dtype="float64", inputs=[x(2, 2), x(2, 3)])
r.save()
