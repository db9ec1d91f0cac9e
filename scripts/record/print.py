"""Records how Python prints tensors: python scripts/record/print.py > test/tensor/print.json

A row is {"steps", "settings"?, "text"}. A step is [name, *arguments]: the first is a function of torch, each other one a
method or attribute of the tensor so far; {...} are keywords. "Parameter" wraps; "tap" runs steps and drops their result.
An argument that begins with a name is itself such a step. What JSON or JavaScript's numbers cannot hold is text.
"""
import json
import warnings
import torch

warnings.simplefilter("ignore")


def value(x):
    if isinstance(x, list):
        return run([x]) if x and x[0] in ("tensor", "arange", "ones") else [value(y) for y in x]
    if isinstance(x, str):
        if x in ("inf", "-inf", "nan"):
            return float(x)
        return int(x) if x.lstrip("-").isdigit() else getattr(torch, x, x)
    return x


def run(steps, x=torch):
    for name, *arguments in steps:
        if name == "Parameter":
            x = torch.nn.Parameter(x, *arguments)
        elif name == "tap":
            run(arguments[0], x)
        else:
            keywords = arguments.pop() if arguments and isinstance(arguments[-1], dict) else {}
            member = getattr(x, name)
            if callable(member):
                x = member(*map(value, arguments), **{k: value(v) for k, v in keywords.items()})
            else:
                x = member
    return x


cases = []


def case(*steps, **settings):
    cases.append((steps, settings))


def tensor(data, dtype=None, **keywords):
    # To JavaScript 1.0 is a whole number, so the dtype is said.
    dtype = dtype or str(torch.tensor(value(data)).dtype).removeprefix("torch.")
    return ["tensor", data, {"dtype": dtype, **keywords}]


def reals(n):
    return ["arange", n, {"dtype": "float32"}]


FLOATS = ["float16", "bfloat16", "float32", "float64"]
FLOAT8 = ["float8_e4m3fn", "float8_e5m2", "float8_e4m3fnuz", "float8_e5m2fnuz", "float8_e8m0fnu"]
INTS = ["uint8", "int8", "int16", "int32", "int64", "uint16", "uint32", "uint64"]

for dtype in INTS:
    case(tensor([1, 20, 100], dtype))
    case(tensor([[1], [2]], dtype))
for dtype in FLOATS + FLOAT8:
    case(tensor([1.0, 2.0, 4.0]), ["to", dtype])
    case(tensor([[0.5, 0.25], [2.0, 64.0]]), ["to", dtype])
for dtype in FLOATS:
    case(tensor([1.5, -0.0, "nan", "inf"], dtype))
    case(tensor([1e-4, 3.0], dtype))
for dtype in ["complex32", "complex64", "complex128"]:
    case(["complex", tensor([1.0, -2.0]), tensor([0.5, "-inf"])], ["to", dtype])
case(tensor([True, False]))
case(tensor([[True], [False]]))
case(tensor([-5, 300, 0]))
case(tensor(["-9223372036854775807", "9223372036854775807"]))

# No dimensions.
for x in [0, 7, -3, True, 0.0, -0.0, 1.0, 3.14159265, 1e-5, 123456789.0, 1e25, "nan", "-inf"]:
    case(tensor(x))
case(tensor(2.5, "float16"))
case(tensor(2, "uint8"))

# Nothing in it.
for shape in ([0], [2, 0], [0, 3, 2]):
    case(["zeros", shape])
    case(["zeros", shape, {"dtype": "int64"}])
case(["zeros", [0], {"dtype": "bool"}])
case(["zeros", [0], {"dtype": "complex64"}])
case(["zeros", [0], {"dtype": "complex32"}])

# The form of numbers.
for data in (
    ["nan", 1.0], ["inf", 1.0], ["-inf", 100.0, 2.0], ["nan", "inf", "-inf"], ["nan", 0.0], [0.0, -0.0],
    [-1.0, 10.0], [0.1, 1000.0], [1.0, 1000.0], [1.0, 1001.0], [1e-4, 0.05], [9.9e-5, 0.05], [1e8, 2e8], [1.5e8, 1e8],
    [0.03125, 0.09375], [-0.03125, 5.03125], [1.0, 100005.0], [1.0, 100015.0], [1e-38, 1e38], [1e-45, "nan", 0.0, 1.0],
    [1e30, 1.5e30], [0.99999, 0.5], [0.00001, 0.00002], [1.0, 2.5, -300.75], [0.0, "inf", 0.001],
):
    case(tensor(data))
case(tensor([1e-310, 1e300], "float64"))
case(tensor([5e-324], "float64"))
case(tensor([0.1, 0.2], "float64"), precision=17)

# Lines.
case(["arange", 25])
case(["arange", 40], ["div", 3])
case(["arange", 60], ["view", 2, 30])
case(["arange", 96], ["view", 2, 2, 24], ["mul", 1.5])
case(["arange", 64], ["view", 2, 2, 2, 8])
case(["arange", 24], ["to", "float16"])
case(["arange", 16], ["to", "int32"])
case(["arange", 22], ["to", "int16"])
case(["ones", 20, {"requires_grad": True}])
case(["ones", 14, {"dtype": "float64", "requires_grad": True}])
for n in range(15, 20):
    case(["ones", n], ["requires_grad_"])
    case(["ones", 2, n], ["requires_grad_"])
case(reals(6), ["view", 2, 3], ["t"])
case(["complex", reals(9), reals(9)])
case(["complex", reals(9), reals(9)], ["view", 3, 3], ["mul", -0.5])

# Only the edges.
case(["arange", 1000])
case(["arange", 1001])
case(["arange", 1001], ["mul", 0.5])
case(["arange", 2000], ["view", 2, 1000])
case(["arange", 2000], ["view", 1000, 2])
case(["arange", 2500], ["view", 50, 50], ["to", "float32"], ["neg"])
case(["arange", 3000], ["view", 10, 30, 10])
case(["arange", 4096], ["view", 8, 8, 8, 8])
case(["arange", 1200], ["view", 2, 100, 6], ["div", 7])
case(["zeros", [7, 7, 7, 7]], ["to", "bfloat16"])
case(["zeros", 1500, {"dtype": "bool"}])
case(["zeros", 1500, {"dtype": "uint8"}])
for dtype in ["float8_e4m3fn", "float8_e4m3fnuz", "float8_e5m2", "float8_e5m2fnuz", "float8_e8m0fnu"]:
    case(["ones", 1500], ["to", dtype])
for dtype in ["uint16", "uint32", "uint64"]:
    case(["arange", 1200], ["view", 2, 600], ["to", dtype])
case(["complex", reals(1500), ["ones", 1500]])
case(["complex", ["ones", 1500], ["ones", 1500]], ["to", "complex32"])
case(["complex", reals(1600), ["ones", 1600]], ["view", 40, 40])
# Those that are not shown do not count for the form.
case(reals(2000), ["tap", [["select", 0, 1000], ["fill_", 0.5]]])
case(reals(2000), ["tap", [["select", 0, 0], ["fill_", 0.5]]])

# What stands behind the elements.
case(tensor([1.0, 2.0], requires_grad=True))
case(tensor([1.0, 2.0], requires_grad=True), ["add", 1])
case(tensor([[1.0, 2.0]], requires_grad=True), ["mul", 2], ["sum"])
case(tensor([1.0], requires_grad=True), ["to", "float64"])
case(tensor([1.0, 2.0], requires_grad=True), ["view", 2, 1])
case(tensor([1.0, 2.0], requires_grad=True), ["mul", 1], ["tap", [["select", 0, 0], ["add_", 1]]])
case(tensor([1.0, 2.0], requires_grad=True), ["detach"])
case(tensor([1.0, 2.0]), ["Parameter"])
case(tensor([1.0, 2.0]), ["Parameter", False])
case(["zeros", 3, 40], ["Parameter"])
case(["zeros", 2, {"device": "meta"}])
case(["zeros", 2, 3, {"device": "meta", "dtype": "int64"}])
case(["zeros", 2, {"device": "meta", "requires_grad": True}])
case(["complex", tensor([1.0]), tensor([2.0])], ["conj"])
case(["complex", tensor([1.0, 0.0]), tensor([2.0, -1.0])], ["conj"], ["imag"])

# Layouts.
matrix = tensor([[0.0, 1.5, 0.0], [2.0, 0.0, 0.0]])
case(matrix, ["to_sparse"])
case(tensor([[2]]), ["to_sparse"], ["to", "meta"])
case(matrix, ["to", "float64"], ["to_sparse"])
case(["zeros", 2, 3], ["to_sparse"])
case(["eye", 40], ["to_sparse"])
case(["sparse_coo_tensor", tensor([[0, 0, 1]]), tensor([1.0, 2.0, 3.0]), [3]])
case(matrix, ["to_sparse"], ["requires_grad_"])
case(["ones", 2, 2, 2], ["to_sparse", 1])
case(matrix, ["to_sparse_csr"])
case(matrix, ["to_sparse_csc"])
case(["eye", 4], ["to_sparse_bsr", [2, 2]])
case(["eye", 4], ["to_sparse_bsc", [2, 2]])
case(["zeros", 2, 2], ["to_sparse_csr"])
case(tensor([[1, 0], [0, 2]], "int32"), ["to_sparse_csr"])
case(["quantize_per_tensor", tensor([0.5, 1.0]), 0.1, 2, "quint8"])
case(["quantize_per_tensor", tensor([0.5, 1.0]), 1e-05, 0, "qint8"])
case(["quantize_per_channel", tensor([[0.5], [1.0]]), tensor([0.5, 1.0]), tensor([0, 1]), 0, "qint8"])
parts = ["_nested_tensor_from_tensor_list", [tensor([1.0, 2.0]), tensor([3.0])]]
case(parts)
case(parts, ["requires_grad_"], ["mul", 2])
case(["_nested_tensor_from_tensor_list", [["ones", 2, 2], ["ones", 1, 2]]])

# Settings.
pi = tensor([3.14159265, 2.71828182])
case(pi, precision=2)
case(pi, precision=0)
case(tensor([0.5, 1.5, 2.5, -0.5]), precision=0)
case(tensor([1.0, 100005.0]), precision=0)
case(pi, precision=10)
case(pi, sci_mode=True)
case(tensor([0.0, "inf", 2.0]), sci_mode=True)
case(tensor([0.0, "inf"]), sci_mode=True)
case(tensor([1e-7, 1e7]), sci_mode=False)
case(tensor([1e25, 0.5], "float64"), sci_mode=False)
case(tensor([-1e22, 3.0], "float64"), sci_mode=False)
case(["arange", 10], threshold=5)
case(["arange", 10], threshold=5, edgeitems=1)
case(["arange", 10], threshold=5, edgeitems=0)
case(["arange", 12], ["view", 3, 4], threshold=5, edgeitems=0)
case(["arange", 3], edgeitems=0)
case(tensor(2.0), threshold=0, edgeitems=0)
case(["arange", 2000], profile="full")
case(["arange", 2000], ["view", 40, 50], ["div", 3], profile="short")
case(["arange", 20], profile="short", linewidth=40)
case(["arange", 30], ["view", 2, 15], linewidth=20)
case(["ones", 3, {"requires_grad": True}], linewidth=20)
case(["arange", 30], linewidth=1)
case(tensor([3.14159265], "float64"), default_dtype="float64")
case(tensor([0.5], "float32"), default_dtype="float64")
case(["complex", tensor([1.0], "float64"), tensor([2.0], "float64")], default_dtype="float64")
case(["zeros", 0, {"dtype": "float32"}], default_dtype="float64")

rows = []
for steps, settings in cases:
    options = dict(settings)
    torch.set_default_dtype(getattr(torch, options.pop("default_dtype", "float32")))
    torch.set_printoptions(**{"profile": "default", **options})
    rows.append(json.dumps({"steps": steps, **({"settings": settings} if settings else {}), "text": repr(run(steps))}))
    torch.set_default_dtype(torch.float32)
print('{"torch": "%s", "rows": [\n%s\n]}' % (torch.__version__.split("+")[0], ",\n".join(rows)))
