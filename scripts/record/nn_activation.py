"""Records activations: python scripts/record/nn_activation.py"""
from nn_record import Records, x

r = Records("activation")
for name in (
    "ReLU ReLU6 Hardsigmoid Hardswish Sigmoid LogSigmoid Tanh Tanhshrink Softsign SiLU Mish SELU".split()
):
    r.add(name, inputs=x(3, 4) * 4)
for name in "ReLU ReLU6 Hardsigmoid Hardswish SiLU Mish ELU CELU SELU LeakyReLU Hardtanh".split():
    r.add(name, inplace=True, inputs=x(3, 2) * 4)
r.add("LeakyReLU", inputs=x(3, 4))
r.add("LeakyReLU", 0.2, inputs=x(3, 4))
r.add("RReLU", inputs=x(3, 4), seed=1)
r.add("RReLU", 0.25, 0.5, inplace=True, inputs=x(3, 4), training=False)
r.add("Threshold", 0.1, 20, inputs=x(3, 4))
r.add("Threshold", 0.5, 0.25, inplace=True, inputs=x(3, 4))
r.add("Hardtanh", inputs=x(3, 4) * 2)
r.add("Hardtanh", -0.5, 2.5, inputs=x(3, 4) * 2)
for name in ("Hardshrink", "Softshrink"):
    r.add(name, inputs=x(3, 4))
    r.add(name, 0.25, inputs=x(3, 4))
for name in ("ELU", "CELU"):
    r.add(name, inputs=x(3, 4))
    r.add(name, 1.5, inputs=x(3, 4))
r.add("GELU", inputs=x(3, 4))
r.add("GELU", approximate="tanh", inputs=x(3, 4))
r.add("Softplus", inputs=x(3, 4))
r.add("Softplus", 2.0, 1.5, inputs=x(3, 4))
r.add("PReLU", dtype="float64", inputs=x(3, 4))
r.add("PReLU", 3, init=0.5, dtype="float64", inputs=x(2, 3, 2))
r.add("Softmax", 1, inputs=x(3, 4))
r.add("LogSoftmax", 0, inputs=x(3, 4))
r.add("Softmin", -1, inputs=x(3, 4))
for name in ("Softmax", "LogSoftmax", "Softmin"):
    r.add(name, inputs=x(2, 2, 2))
    r.add(name, inputs=x(2, 3))
r.add("Softmax2d", inputs=x(2, 3, 2, 1))
r.add("GLU", inputs=x(3, 4))
r.add("GLU", 0, inputs=x(2, 3))
r.save()
