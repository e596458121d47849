"""Questions about chains: a product of slopes, a sum where paths meet, and a weight two layers deep."""

from typing import Final

from app.engine.expression import backward, forward
from app.engine.parsing import parse
from app.lessons.questions.made import Example, Line, Numbers, Question, Slip

_MOST: Final = 100
_CHAIN: Final = "(relu(x*w_in)*w_out - y)^2"


def _at(formula: str, **values: float) -> dict[str, tuple[float, float]]:
    """Return the value and the gradient of every part of a formula, by how it is written."""
    graph = parse(formula, most_nodes=_MOST, most_depth=_MOST)
    passed = forward(graph, values)
    gradients = backward(graph, passed).gradients
    pairs = zip(passed.values, gradients, strict=True)
    return {node.label: pair for node, pair in zip(graph.nodes, pairs, strict=True)}


def _value(formula: str, **values: float) -> float:
    return _at(formula, **values)[formula][0]


def _slope(formula: str, by: str, **values: float) -> float:
    return _at(formula, **values)[by][1]


def _chain_product(numbers: Numbers) -> Example:
    a, b, x = float(numbers.whole(2, 5)), float(numbers.whole(-5, 5) or 1), float(numbers.whole(1, 4))
    inner, outer = "a*x + b", "u^2"
    u, own = _value(inner, a=a, x=x, b=b), _slope(inner, "x", a=a, x=x, b=b)
    there = _slope(outer, "u", u=u)
    answer = _slope("(a*x + b)^2", "x", a=a, x=x, b=b)
    return Example(
        {"a": a, "b": b, "x": x},
        (
            Line("the inner one", "u = a·x + b", u),
            Line("its slope", "g′(x) = a", own),
            Line("the slope of the outer one, at u", "f′(u) = 2·u", there),
            Line("the slope of the chain", "f′(u)·g′(x)", answer),
        ),
        (
            Slip("added_links", _value("p + q", p=there, q=own), 3),
            Slip("no_inner", there, 3),
            Slip("outer_at_x", _value("p*q", p=_slope(outer, "u", u=x), q=own), 2),
            Slip("value_for_slope", _value(outer, u=u), 2),
        ),
    )


def _two_paths(numbers: Numbers) -> Example:
    v1, v2, g1, g2 = (numbers.tenth(9) for _ in range(4))
    both = {"h": 1.0, "v1": v1, "v2": v2, "g1": g1, "g2": g2}
    paths = [_value("v*g", v=v, g=g) for v, g in ((v1, g1), (v2, g2))]
    answer = _slope("h*v1*g1 + h*v2*g2", "h", **both)
    slips = (
        Slip("path_alone", paths[0], 2),
        *((Slip("path_alone", paths[1], 2),) if paths[1] != paths[0] else ()),
        Slip("multiplied_paths", _value("p*q", p=paths[0], q=paths[1]), 2),
        Slip("no_links", _value("g1 + g2", g1=g1, g2=g2), 0),
        Slip("crossed_paths", _slope("h*v2*g1 + h*v1*g2", "h", **both), 0),
    )
    return Example(
        {"v1": v1, "v2": v2, "g1": g1, "g2": g2},
        (
            Line("along the first path", "v₁·g₁", paths[0]),
            Line("along the second path", "v₂·g₂", paths[1]),
            Line("where they meet", "v₁·g₁ + v₂·g₂", answer),
        ),
        slips,
    )


def _chain_weight(numbers: Numbers) -> Example:
    # One in four is shut: its sum is below 0.
    x, w_in = float(numbers.whole(2, 4)), (numbers.whole(-3, 9) or 5) / 10
    w_out, y = numbers.tenth(9), float(numbers.whole(-2, 1) or 2)
    values = {"x": x, "w_in": w_in, "w_out": w_out, "y": y}
    parts = _at(_CHAIN, **values)
    (z, at_z), (_, answer) = parts["x*w_in"], parts["w_in"]
    a, at_relu = parts["relu(x*w_in)"]
    prediction, at_loss = parts["relu(x*w_in)*w_out"]
    slips = (
        Slip("no_relu_slope", _value("d*x", d=at_relu, x=x), 5),
        Slip("no_chain_input", at_z, 6),
        Slip("no_outer_weight", _value("d*r*x", d=at_loss, r=_slope("relu(z)", "z", z=z), x=x), 4),
        Slip("no_two", _slope(f"{_CHAIN}/2", "w_in", **values), 3),
        Slip("wrong_sign", -answer, 3),
    )
    return Example(
        values,
        (
            Line("", "z = x·w_in", z),
            Line("", "a = relu(z)", a),
            Line("", "ŷ = a·w_out", prediction),
            Line("f_loss sends back", "2·(ŷ − y)", at_loss),
            Line("through f_out", "2·(ŷ − y)·w_out", at_relu),
            Line("through f_relu_in", "2·(ŷ − y)·w_out·relu′(z)", at_z),
            Line("through f_in", "2·(ŷ − y)·w_out·relu′(z)·x", answer),
        ),
        # Where the neuron is shut nothing comes through: there a slip that changes nothing is none.
        tuple(slip for slip in slips if abs(slip.value - answer) > 1e-9),
    )


SLIPS: Final = {
    "added_links": "The slopes of the links were added; along a chain they are multiplied.",
    "no_inner": "The slope of the inner link is missing: the inside changes too, a times as fast as x.",
    "outer_at_x": "The outer slope was taken at x; it is to be taken where the outer link stands, at g(x).",
    "value_for_slope": "That is the value of the chain; what was asked for is how fast it changes.",
    "path_alone": "That is one path alone; the value acts through both, so both are added.",
    "multiplied_paths": "The two paths were multiplied; where paths meet, what they bring is added.",
    "no_links": "The gradients were added as they are; each comes along a weight, and is multiplied by it.",
    "crossed_paths": "The weights were exchanged: each gradient comes back along the weight it went out by.",
    "no_relu_slope": "The slope of relu was forgotten: below 0 it is 0, and nothing comes through.",
    "no_chain_input": "The input is missing: the slope of x·w_in with respect to w_in is x.",
    "no_outer_weight": "The way through f_out is missing: its slope is w_out.",
}

LINES: Final = (
    "the inner one",
    "its slope",
    "the slope of the outer one, at u",
    "the slope of the chain",
    "along the first path",
    "along the second path",
    "where they meet",
    "f_loss sends back",
    "through f_out",
    "through f_relu_in",
    "through f_in",
)

ROWS: Final = (
    Question("chain_product", _chain_product, 0.5),
    Question("two_paths", _two_paths, 0.005),
    Question("chain_weight", _chain_weight, 0.005),
)
