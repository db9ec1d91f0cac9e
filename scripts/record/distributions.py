"""Records every distribution, divergence, transform and constraint: python scripts/record/distributions.py test/distributions"""
import json
import math
import pathlib
import sys

import torch
from torch import distributions as D
from torch.distributions import constraints as C
from torch.distributions import kl

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
T = torch.tensor
MATRIX = [[2.0, 0.5, 0.1], [0.5, 1.5, -0.2], [0.1, -0.2, 1.0]]
TRIL = [[1.2, 0.0], [-0.4, 0.8]]


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(part.title() for part in rest)


def plain(value):
    """Numbers as JSON has them; the others by name."""
    if isinstance(value, torch.Tensor):
        return {"dtype": str(value.dtype)[6:], "data": plain(value.detach().tolist())}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


# Family, positional arguments, named ones. Lists stand for tensors, numbers for numbers.
CASES = [
    ("Bernoulli", [], {"probs": [0.2, 0.5, 0.9]}),
    ("Bernoulli", [], {"logits": [-1.5, 0.0, 2.0]}),
    ("Bernoulli", [0.3], {}),
    ("Beta", [[0.5, 2.0, 3.5], [1.5, 0.7, 2.0]], {}),
    ("Beta", [2.0, 3.0], {}),
    ("Binomial", [5, [0.2, 0.5, 0.9]], {}),
    ("Binomial", [7], {"logits": [-1.5, 0.0, 2.0]}),
    ("Categorical", [[[0.2, 0.3, 0.5], [1.0, 5.0, 2.0]]], {}),
    ("Categorical", [], {"logits": [[-1.0, 0.3, 0.5], [1.0, 0.0, 2.0]]}),
    ("Cauchy", [[0.0, 1.5], [1.0, 0.3]], {}),
    ("Chi2", [[0.7, 2.0, 5.0]], {}),
    ("ContinuousBernoulli", [[0.2, 0.4995, 0.9]], {}),
    ("ContinuousBernoulli", [], {"logits": [-1.5, 0.1, 2.0]}),
    ("Dirichlet", [[[0.5, 2.0, 3.0], [1.5, 0.8, 0.7]]], {}),
    ("Exponential", [[0.5, 2.0]], {}),
    ("FisherSnedecor", [[1.5, 5.0, 3.0], [1.0, 6.0, 3.0]], {}),
    ("Gamma", [[0.5, 2.0, 4.0], [1.5, 0.3, 1.0]], {}),
    ("Gamma", [2, 1.5], {}),
    ("GeneralizedPareto", [[0.0, 1.0, -1.0], [1.0, 0.5, 2.0], [0.3, 0.0, -0.4]], {}),
    ("Geometric", [[0.2, 0.5, 0.9]], {}),
    ("Geometric", [], {"logits": [-1.5, 0.0, 2.0]}),
    ("Gumbel", [[0.0, 1.5], [1.0, 0.3]], {}),
    ("HalfCauchy", [[1.0, 0.3]], {}),
    ("HalfNormal", [[1.0, 0.3]], {}),
    ("InverseGamma", [[0.5, 1.5, 4.0], [1.5, 0.3, 1.0]], {}),
    ("Kumaraswamy", [[1.5, 2.0, 0.5], [3.0, 1.2, 2.0]], {}),
    ("LKJCholesky", [3, [0.5, 1.0, 2.0]], {}),
    ("LKJCholesky", [2, 1.5], {}),
    ("Laplace", [[0.0, 1.5], [1.0, 0.3]], {}),
    ("LogNormal", [[0.0, 0.5], [1.0, 0.3]], {}),
    ("LogisticNormal", [[[0.0, 0.5], [1.0, 0.1], [0.2, 0.2]], [[1.0, 0.3], [0.4, 0.5], [0.6, 0.7]]], {}),
    ("LowRankMultivariateNormal", [[[0.0, 1.0, -1.0], [0.5, 0.5, 0.5]], [[1.0], [0.5], [-0.3]], [0.5, 1.0, 0.7]], {}),
    ("MixtureSameFamily", [{"Categorical": [[[0.2, 0.3, 0.5], [1.0, 2.0, 1.0]]]}, {"Normal": [[[0.0, 1.0, -1.0], [2.0, 0.0, 1.0]], [[1.0, 0.5, 0.3], [1.0, 2.0, 0.6]]]}], {}),
    ("Multinomial", [6, [[0.2, 0.3, 0.5], [1.0, 5.0, 2.0]]], {}),
    ("Multinomial", [4], {"logits": [-1.0, 0.3, 0.5]}),
    ("MultivariateNormal", [[[0.0, 1.0, -1.0], [0.5, 0.5, 0.5]], MATRIX], {}),
    ("MultivariateNormal", [[0.0, 1.0, -1.0]], {"precision_matrix": MATRIX}),
    ("MultivariateNormal", [[0.0, 1.0]], {"scale_tril": [TRIL, [[0.5, 0.0], [0.1, 2.0]]]}),
    ("NegativeBinomial", [[1.5, 3.0, 4.0], [0.2, 0.5, 0.9]], {}),
    ("NegativeBinomial", [2.5], {"logits": [-1.5, 0.0, 2.0]}),
    ("Normal", [[0.0, 1.5], [1.0, 0.3]], {}),
    ("Normal", [0, 2.0], {}),
    ("OneHotCategorical", [[[0.2, 0.3, 0.5], [1.0, 5.0, 2.0]]], {}),
    ("OneHotCategorical", [], {"logits": [-1.0, 0.3, 0.5]}),
    ("OneHotCategoricalStraightThrough", [[[0.2, 0.3, 0.5], [1.0, 5.0, 2.0]]], {}),
    ("Pareto", [[1.0, 0.5, 2.0], [0.7, 1.5, 3.0]], {}),
    ("Poisson", [[0.5, 3.0, 20.0]], {}),
    ("RelaxedBernoulli", [[0.7], [0.2, 0.5, 0.9]], {}),
    ("RelaxedBernoulli", [[0.7]], {"logits": [-1.5, 0.0, 2.0]}),
    ("RelaxedOneHotCategorical", [[0.7], [[0.2, 0.3, 0.5], [1.0, 5.0, 2.0]]], {}),
    ("LogitRelaxedBernoulli", [[0.7], [0.2, 0.5, 0.9]], {}),
    ("ExpRelaxedCategorical", [[0.7], [[0.2, 0.3, 0.5], [1.0, 5.0, 2.0]]], {}),
    ("StudentT", [[0.5, 1.5, 5.0], [0.0, 1.0, -1.0], [1.0, 0.3, 2.0]], {}),
    ("Uniform", [[0.0, -1.0], [1.0, 4.0]], {}),
    ("VonMises", [[0.0, 1.5, -1.0], [0.5, 3.0, 10.0]], {}),
    ("Weibull", [[1.0, 0.5, 2.0], [0.7, 1.5, 3.0]], {}),
    ("Wishart", [4.0, [[1.5, 0.3], [0.3, 0.8]]], {}),
    ("Wishart", [[3.5, 5.0]], {"scale_tril": TRIL}),
    ("Wishart", [5.0], {"precision_matrix": [[1.5, 0.3], [0.3, 0.8]]}),
    ("Independent", [{"Normal": [[[0.0, 1.5], [1.0, 0.3]], [[1.0, 0.3], [0.5, 0.6]]]}, 1], {}),
    ("TransformedDistribution", [{"Normal": [[0.0, 1.5], [1.0, 0.3]]}, [{"ExpTransform": []}, {"AffineTransform": [1.0, -2.0]}]], {}),
]
BESIDE = {
    "LogitRelaxedBernoulli": D.relaxed_bernoulli.LogitRelaxedBernoulli,
    "ExpRelaxedCategorical": D.relaxed_categorical.ExpRelaxedCategorical,
}


def build(value, leaves):
    if isinstance(value, dict):
        ((name, args),) = value.items()
        return getattr(D, name)(*[build(arg, leaves) for arg in args])
    if isinstance(value, list):
        if value and isinstance(value[0], dict):
            return [build(v, leaves) for v in value]
        leaf = T(value).requires_grad_()
        leaves.append(leaf)
        return leaf
    return value


def attempt(fn):
    try:
        return fn()
    except NotImplementedError:
        return None


def weights(like):
    return torch.arange(1, like.numel() + 1, dtype=like.dtype).sin().reshape(like.shape)


def gradients(output, inputs):
    return [
        plain(g) for g in torch.autograd.grad((output * weights(output)).sum(), inputs, allow_unused=True, materialize_grads=True)
    ]


def record(name, args, named):
    def make():
        leaves = []
        family = BESIDE.get(name) or getattr(D, name)
        made = family(*[build(a, leaves) for a in args], **{k: build(v, leaves) for k, v in named.items()})
        return made, leaves

    d, leaves = make()
    out = {"name": name, "args": args, "options": {camel(k): v for k, v in named.items()}}
    out["batchShape"] = list(d.batch_shape)
    out["eventShape"] = list(d.event_shape)
    has_rsample = bool(d.has_rsample) or name == "LogitRelaxedBernoulli"  # which has one, but does not say so
    out["hasRsample"] = has_rsample
    torch.manual_seed(0)
    value = d.sample((4,)).detach()
    out["sample"] = plain(value)
    if has_rsample:
        d, leaves = make()
        torch.manual_seed(0)
        drawn = d.rsample((4,))
        out["rsample"] = plain(drawn)
        try:
            out["rsampleGrads"] = gradients(drawn, leaves) if drawn.requires_grad else None
        except RuntimeError as error:  # PyTorch's Wishart changes a mask in place that its own graph needs
            if name != "Wishart":
                raise error
            out["rsampleGrads"] = None
    d, leaves = make()
    log_prob = d.log_prob(value)
    out["logProb"] = plain(log_prob)
    out["logProbGrads"] = gradients(log_prob, leaves) if log_prob.requires_grad else None
    for key in ["mean", "mode", "variance", "stddev"]:
        out[key] = plain(attempt(lambda: getattr(d, key)))
    out["entropy"] = plain(attempt(d.entropy))
    cdf = attempt(lambda: d.cdf(value))
    out["cdf"] = plain(cdf)
    p = torch.linspace(0.1, 0.9, 4).reshape(4, *[1] * (len(d.batch_shape) + len(d.event_shape)))
    out["icdf"] = plain(attempt(lambda: d.icdf(p)))
    out["enumerateSupport"] = plain(attempt(d.enumerate_support)) if d.has_enumerate_support else None
    out["support"] = attempt(lambda: [d.support.event_dim, bool(d.support.is_discrete)])
    expanded = make()[0].expand((2, *d.batch_shape))
    torch.manual_seed(0)
    sample = expanded.sample()
    out["expandedSample"] = plain(sample)
    out["expandedLogProb"] = plain(expanded.log_prob(sample))
    return out


# For each family of a registered pair: the arguments as first and as second distribution.
PAIRS = {
    "Bernoulli": ([[0.2, 0.6]], [[0.5, 0.3]]),
    "Beta": ([[0.5, 2.0], [1.5, 0.7]], [[2.0, 1.2], [3.0, 0.4]]),
    "Binomial": ([[6.0, 5.0], [0.2, 0.6]], [[6.0, 4.0], [0.5, 0.3]]),
    "Categorical": ([[0.2, 0.3, 0.5]], [[0.5, 0.1, 0.4]]),
    "Cauchy": ([[0.0, 1.5], [1.0, 0.3]], [[0.5, 1.0], [2.0, 0.6]]),
    "ContinuousBernoulli": ([[0.2, 0.6]], [[0.5, 0.3]]),
    "Dirichlet": ([[0.5, 2.0, 3.0]], [[1.5, 1.0, 0.7]]),
    "Exponential": ([[0.5, 2.0]], [[1.5, 0.7]]),
    "ExponentialFamily": ("Normal", "Normal"),
    "Gamma": ([[0.5, 2.0], [1.5, 0.7]], [[2.0, 1.2], [3.0, 0.4]]),
    "Geometric": ([[0.2, 0.6]], [[0.5, 0.3]]),
    "Gumbel": ([[0.0, 1.5], [1.0, 0.3]], [[0.5, 1.0], [2.0, 0.6]]),
    "HalfNormal": ([[0.5, 2.0]], [[1.5, 0.7]]),
    "Independent": ([{"Normal": [[0.0, 1.5], [1.0, 0.3]]}, 1], [{"Normal": [[0.5, 1.0], [2.0, 0.6]]}, 1]),
    "Laplace": ([[0.0, 1.5], [1.0, 0.3]], [[0.5, 1.0], [2.0, 0.6]]),
    "LowRankMultivariateNormal": (
        [[[0.0, 1.0, -1.0], [0.5, 0.5, 0.5]], [[1.0], [0.5], [-0.3]], [0.5, 1.0, 0.7]],
        [[0.2, 0.3, 0.4], [[0.5, 0.1], [0.5, 1.0], [0.3, 0.2]], [1.5, 1.0, 0.8]],
    ),
    "MultivariateNormal": ([[[0.0, 1.0, -1.0], [0.5, 0.5, 0.5]], MATRIX], [[0.2, 0.3, 0.4], [[1.0, 0.2, 0.0], [0.2, 2.0, 0.3], [0.0, 0.3, 1.1]]]),
    "Normal": ([[0.0, 1.5], [1.0, 0.3]], [[0.5, 1.0], [2.0, 0.6]]),
    "OneHotCategorical": ([[0.2, 0.3, 0.5]], [[0.5, 0.1, 0.4]]),
    "Pareto": ([[1.0, 0.5], [0.7, 2.5]], [[0.4, 0.6], [1.5, 2.0]]),
    "Poisson": ([[0.5, 3.0]], [[1.5, 2.0]]),
    "TransformedDistribution": ([{"Normal": [[0.0, 1.5], [1.0, 0.3]]}, [{"ExpTransform": []}]], [{"Normal": [[0.5, 1.0], [2.0, 0.6]]}, [{"ExpTransform": []}]]),
    "Uniform": ([[0.2, 0.5, 0.1], [0.7, 0.9, 1.5]], [[0.1, -0.5, 0.3], [0.8, 1.9, 0.5]]),
}
FIT = {"Uniform": 2}  # the first two elements, where the other has two


def divergences():
    out = []
    for p, q in sorted(kl._KL_REGISTRY, key=lambda pair: (pair[0].__name__, pair[1].__name__)):
        sides = []
        for side, family in enumerate((p, q)):
            name = family.__name__
            args = PAIRS[name][side]
            if isinstance(args, str):  # a family without formula of its own takes the general one
                name, args = "Poisson", PAIRS["Poisson"][side]
            if name in FIT and p is not q:
                args = [a[: FIT[name]] for a in args]
            sides.append((name, args))
        made = [getattr(D, name)(*[build(a, []) for a in args], validate_args=False) for name, args in sides]
        direct = kl._KL_REGISTRY[p, q](*made)
        out.append({"pair": [p.__name__, q.__name__], "p": sides[0], "q": sides[1], "value": plain(direct)})
    return out


VEC = [[0.3, -1.2, 0.8], [1.5, 0.1, -0.4]]
SQUARE = [[0.3, -1.2], [0.8, 0.5]]
TRANSFORMS = [
    ("AbsTransform", [], VEC),
    ("AffineTransform", [1.5, -2.0], VEC),
    ("AffineTransform", [[1.0, 2.0, 3.0], [0.5, -1.0, 2.0]], VEC),
    ("CatTransform", [[{"ExpTransform": []}, {"TanhTransform": []}], 1, [1, 2]], VEC),
    ("ComposeTransform", [[{"AffineTransform": [0.5, 2.0]}, {"SigmoidTransform": []}]], VEC),
    ("ComposeTransform", [[{"AffineTransform": [0.5, 2.0]}, {"StickBreakingTransform": []}]], VEC),
    ("CorrCholeskyTransform", [], VEC),
    ("CumulativeDistributionTransform", [{"Normal": [0.5, 2.0]}], VEC),
    ("ExpTransform", [], VEC),
    ("IndependentTransform", [{"ExpTransform": []}, 1], VEC),
    ("LowerCholeskyTransform", [], SQUARE),
    ("PositiveDefiniteTransform", [], SQUARE),
    ("PowerTransform", [2.5], [0.5, 1.0, 3.0]),
    ("PowerTransform", [[-1.0, 0.5, 2.0]], [0.5, 1.0, 3.0]),
    ("ReshapeTransform", [{"size": [3]}, {"size": [3, 1]}], VEC),
    ("SigmoidTransform", [], VEC),
    ("SoftmaxTransform", [], VEC),
    ("SoftplusTransform", [], VEC),
    ("StackTransform", [[{"ExpTransform": []}, {"TanhTransform": []}, {"AffineTransform": [1.0, 2.0]}], 1], VEC),
    ("StickBreakingTransform", [], VEC),
    ("TanhTransform", [], VEC),
]


def transforms():
    out = []
    for name, args, x in TRANSFORMS:
        built = []
        for arg in args:
            if isinstance(arg, dict) and "size" in arg:
                built.append(torch.Size(arg["size"]))
            elif isinstance(arg, list) and all(isinstance(a, int) for a in arg):
                built.append(arg)
            else:
                built.append(build(arg, []))
        t = getattr(D, name)(*built)
        given = T(x)
        y = t(given)
        out.append(
            {
                "name": name,
                "args": args,
                "x": plain(given),
                "y": plain(y),
                "inverse": plain(t.inv(y)),
                "jacobian": plain(attempt(lambda: t.log_abs_det_jacobian(given, y))),
                "bijective": bool(t.bijective),
                "forwardShape": list(t.forward_shape(given.shape)),
                "inverseShape": list(t.inverse_shape(y.shape)),
                "eventDims": [t.domain.event_dim, t.codomain.event_dim],
            }
        )
    return out


EYE = [[1.0, 0.0], [0.0, 1.0]]
# The name here, PyTorch's constraint, values to check, and an input to its transforms.
CONSTRAINTS = [
    ("boolean", C.boolean, [0.0, 1.0, 2.0], None),
    ("oneHot", C.one_hot, [[0.0, 1.0, 0.0], [1.0, 1.0, 0.0]], None),
    ("nonnegativeInteger", C.nonnegative_integer, [-1.0, 0.0, 1.0, 1.5], None),
    ("positiveInteger", C.positive_integer, [-1.0, 0.0, 1.0, 1.5], None),
    ("real", C.real, [1.0, math.nan], VEC),
    ("realVector", C.real_vector, [[1.0, 2.0], [math.nan, 1.0]], VEC),
    ("positive", C.positive, [-1.0, 0.0, 1.0], VEC),
    ("nonnegative", C.nonnegative, [-1.0, 0.0, 1.0], VEC),
    ("unitInterval", C.unit_interval, [-1.0, 0.0, 1.0, 1.5], VEC),
    ("simplex", C.simplex, [[0.5, 0.5], [0.6, 0.5], [1.5, -0.5]], VEC),
    ("lowerTriangular", C.lower_triangular, [EYE, [[1.0, 1.0], [0.0, 1.0]]], None),
    ("lowerCholesky", C.lower_cholesky, [EYE, [[1.0, 0.0], [0.5, -1.0]]], SQUARE),
    ("corrCholesky", C.corr_cholesky, [EYE, [[1.0, 0.0], [0.5, 1.0]]], VEC),
    ("square", C.square, [EYE], None),
    ("symmetric", C.symmetric, [EYE, [[1.0, 1.0], [0.0, 1.0]]], None),
    ("positiveSemidefinite", C.positive_semidefinite, [EYE, [[1.0, 1.0], [1.0, 1.0]], [[1.0, 2.0], [2.0, 1.0]]], SQUARE),
    ("positiveDefinite", C.positive_definite, [EYE, [[1.0, 2.0], [2.0, 1.0]]], SQUARE),
    (["Interval", -1.0, 3.0], C.interval(-1.0, 3.0), [-2.0, -1.0, 3.0, 4.0], VEC),
    (["HalfOpenInterval", -1.0, 3.0], C.half_open_interval(-1.0, 3.0), [-2.0, -1.0, 3.0, 4.0], VEC),
    (["GreaterThan", 1.0], C.greater_than(1.0), [0.0, 1.0, 2.0], VEC),
    (["GreaterThanEq", 1.0], C.greater_than_eq(1.0), [0.0, 1.0, 2.0], VEC),
    (["LessThan", 1.0], C.less_than(1.0), [0.0, 1.0, 2.0], VEC),
    (["IntegerInterval", 1.0, 3.0], C.integer_interval(1.0, 3.0), [0.0, 1.0, 2.5, 3.0, 4.0], None),
    (["Multinomial", 3], C.multinomial(3), [[1.0, 2.0], [2.0, 2.0]], None),
]


def constraint_records():
    out = []
    for name, constraint, values, x in CONSTRAINTS:
        row = {"name": name, "values": plain(T(values)), "valid": constraint.check(T(values)).tolist()}
        row["eventDim"] = constraint.event_dim
        row["isDiscrete"] = bool(constraint.is_discrete)
        for key, registry in (("bijectTo", D.biject_to), ("transformTo", D.transform_to)):
            row[key] = plain(attempt(lambda: registry(constraint)(T(x)))) if x is not None else None
        row["x"] = plain(T(x)) if x is not None else None
        out.append(row)
    return out


folder = pathlib.Path(sys.argv[1])
version = torch.__version__.split("+")[0]
for file, rows in [
    ("families", [record(*case) for case in CASES]),
    ("divergences", divergences()),
    ("transforms", transforms()),
    ("constraints", constraint_records()),
]:
    text = ",\n".join(json.dumps(row) for row in rows)
    (folder / f"{file}.json").write_text(f'{{"torch": "{version}", "records": [\n{text}\n]}}\n')
