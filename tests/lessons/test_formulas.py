"""The formulas in the lessons' own text: each has a value, and it is what the engine computes.

A formula is read from the MathML that the page shows. To write a new one, give it a row in `VALUES`: what it comes
to when its letters stand for numbers; or in `MEANT`, with the reason why it has no value.
"""

import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from app.engine.activations import ACTIVATIONS
from app.engine.losses import LOSSES
from app.engine.network import Layer, LayerParameters, Network, Objective, backward, forward
from app.engine.optimizers import OPTIMIZERS
from app.i18n import LANGUAGES
from app.lessons.lesson import CONTENT
from app.lessons.text import html
from tests.shown.letters import Letters, defined_by
from tests.shown.reading import segments, value_of
from tests.shown.rounded import apart
from tests.shown.tokens import Name, of_mathml

Numbers = dict[str, float]
FORMULA = re.compile(r"\$\$(.+?)\$\$|\$([^$]+)\$", re.DOTALL)
FILES = sorted(CONTENT.glob("*/*.md"))

# What is written and why it has no value of its own.
MEANT = {
    r"\delta = \partial L / \partial z": "says what the error is",
    r"\partial L / \partial w": "names the slope",
    r"\partial L / \partial w_{in}": "names the slope",
    r"f(g(x))": "names the chain",
    r"g(x)": "names the place",
}


def drawn(draws: np.random.Generator) -> Numbers:
    """Numbers for all letters, none near 0."""
    letters = ["w", "x", "b", "y", "v", "c", "h", "a", "z", "g", "μ", "η", "λ", "δ", "u", "ŷ", "ε", "α"]
    names = [*letters, "w1", "w2", "x1", "x2", "L∂w", "E∂w", "wout", "Δw before", "y1", "y2", "d1", "d2"]
    numbers = dict(zip(names, draws.uniform(0.3, 1.7, len(names)).tolist(), strict=True))
    sides = {"x": -numbers["x"], "v": -numbers["v"], "z": float(numbers["z"] * draws.choice([-1.0, 1.0]))}
    sides["a"] = 1 / (1 + math.exp(-sides["z"]))
    return {**numbers, **sides, "Δw(t − 1)": numbers["Δw before"], "reach of ∑": 2}


def array(number: float) -> np.ndarray:
    return np.array([[number]])


def loss(name: str, prediction: str, target: float | str = "y") -> Callable[[Numbers], float]:
    def value(n: Numbers) -> float:
        y = n[target] if isinstance(target, str) else target
        return float(LOSSES[name].parts(array(n[prediction]), array(y))[0, 0])

    return value


def neuron(activation: str, weights: list[float], bias: float, inputs: list[float]) -> float:
    network = Network(len(weights), (Layer(1, activation),))
    return float(
        forward(network, (LayerParameters(np.array([weights]), np.array([bias])),), np.array([inputs]))[0].a[0, 0]
    )


def updated(optimizer: str, n: Numbers, **settings: float) -> tuple[float, float]:
    """A weight and what is remembered after one update, from v."""
    row = OPTIMIZERS[optimizer]
    slots = (array(n["v"]),) if row.slots else ()
    w, after = row.update(array(n["w"]), array(settings.pop("g")), slots, settings, 1)
    return float(w[0, 0]), float(after[0][0, 0]) if after else 0.0


def two_layers(n: Numbers) -> float:
    network = Network(1, (Layer(1, "identity"), Layer(1, "identity")))
    parameters = tuple(LayerParameters(array(n[w]), np.array([n[b]])) for w, b in (("w", "b"), ("v", "c")))
    return float(forward(network, parameters, array(n["x"]))[1].a[0, 0])


def weight_gradient(n: Numbers) -> float:
    """∂L/∂w of a linear neuron whose error is δ."""
    network, own = Network(1, (Layer(1, "identity"),)), (LayerParameters(array(n["w"]), np.zeros(1)),)
    passed = forward(network, own, array(n["x"]))
    back = backward(network, own, passed, passed[0].a - n["δ"], Objective("half_squared_error"))
    return float(back[0].dW[0, 0])


def rumelhart(n: Numbers) -> float:
    """The change of a weight by momentum, whose memory is the last change over −ε."""
    w, _ = updated(
        "momentum", {**n, "v": -n["Δw before"] / n["ε"]}, g=n["E∂w"], learning_rate=n["ε"], momentum=n["α"]
    )
    return w - n["w"]


VALUES: dict[str, Callable[[Numbers], float]] = {
    r"(\hat y - y)^2": loss("mean_squared_error", "ŷ"),
    r"\frac{1}{2}(\hat y - y)^2": loss("half_squared_error", "ŷ"),
    r"\frac{1}{2}(a - y)^2": loss("half_squared_error", "a"),
    r"\lvert 0 - \hat y \rvert": loss("mean_absolute_error", "ŷ", 0.0),
    r"2\,(\hat y - y)": lambda n: float(
        LOSSES["mean_squared_error"].derivative(array(n["ŷ"]), array(n["y"]))[0, 0]
    ),
    r"E = \frac{1}{2} \sum (y - d)^2": lambda n: float(
        LOSSES["half_squared_error"].parts(np.array([[n["y1"], n["y2"]]]), np.array([[n["d1"], n["d2"]]])).sum()
    ),
    r"a(1 - a)": lambda n: float(ACTIVATIONS["sigmoid"].derivative(array(n["z"]), array(n["a"]))[0, 0]),
    r"\operatorname{relu}(z)": lambda n: float(ACTIVATIONS["relu"].function(array(n["z"]))[0, 0]),
    r"a = f(w_1 x_1 + w_2 x_2 + b)": lambda n: neuron("tanh", [n["w1"], n["w2"]], n["b"], [n["x1"], n["x2"]]),
    r"\hat y = w \cdot x": lambda n: neuron("identity", [n["w"]], 0.0, [n["x"]]),
    r"\hat y = w \cdot x + b": lambda n: neuron("identity", [n["w"]], n["b"], [n["x"]]),
    r"v\,(w x + b) + c = (v w)\,x + (v b + c)": two_layers,
    r"x \cdot \delta": weight_gradient,
    r"w \leftarrow w - \eta \cdot \frac{\partial L}{\partial w}": lambda n: updated(
        "sgd", n, g=n["L∂w"], learning_rate=n["η"]
    )[0],
    r"v \leftarrow \mu v + g": lambda n: updated("momentum", n, g=n["g"], learning_rate=n["η"], momentum=n["μ"])[1],
    # Where all is remembered already, the step goes along v itself.
    r"w \leftarrow w - \eta v": lambda n: updated("momentum", n, g=0.0, learning_rate=n["η"], momentum=1.0)[0],
    r"\Delta w(t) = -\varepsilon \frac{\partial E}{\partial w} + \alpha \, \Delta w(t - 1)": rumelhart,
    r"f(w) = \frac{1}{2} w^2": lambda n: n["w"] * n["w"] / 2,
    # The secant of half of w² is steeper than the tangent by half the nudge.
    r"\frac{f(w + h) - f(w)}{h}": lambda n: n["w"] + n["h"] / 2,
    r"f(u) = u^2": lambda n: n["u"] * n["u"],
    r"g(x) = a x + b": lambda n: neuron("identity", [n["a"]], n["b"], [n["x"]]),
    r"\frac{d}{dx}\,f(g(x)) = f'(g(x)) \cdot g'(x)": lambda n: (1 - math.tanh(n["x"] ** 2) ** 2) * 2 * n["x"],
    # With this rate a step lands just as far on the other side.
    r"2 / \lambda": lambda n: (n["w"] - -n["w"]) / (n["λ"] * n["w"]),
}
# The functions of a formula; of a chain, tanh(x²).
FUNCTIONS: dict[str, dict[str, Callable[[float], float]]] = {
    r"a = f(w_1 x_1 + w_2 x_2 + b)": {"f": math.tanh},
    r"\frac{f(w + h) - f(w)}{h}": {"f": lambda w: w * w / 2},
    r"\frac{d}{dx}\,f(g(x)) = f'(g(x)) \cdot g'(x)": {
        "f": math.tanh,
        "g": lambda x: x * x,
        "f′": lambda u: float(ACTIVATIONS["tanh"].derivative(array(u), array(math.tanh(u)))[0, 0]),
        "g′": lambda x: 2 * x,
    },
}


def tree_of(element: ElementTree.Element) -> dict[str, Any]:
    children = [tree_of(child) for child in element]
    return {
        "tag": element.tag.rpartition("}")[2],
        "attributes": {},
        "children": children or [element.text or ""],
    }


def shown(latex: str) -> tuple:
    """The tokens of what the page shows of a formula."""
    complaints: list[str] = []
    made = html(f"${latex}$", 1, "en", lambda line, words: complaints.append(f"{line}: {words}"))
    assert not complaints
    return of_mathml(tree_of(ElementTree.fromstring(re.findall("<math.*</math>", made)[0])))  # noqa: S314 - our own


def written(file: Path) -> list[str]:
    return [(found[0] or found[1]).strip() for found in FORMULA.findall(file.read_text(encoding="utf-8"))]


def is_name(latex: str) -> bool:
    """Whether a formula is one symbol, perhaps with an equals sign before a number that is filled in."""
    tokens = shown(latex.removesuffix("="))
    return len(tokens) == 1 and getattr(tokens[0], "kind", "sub") == "sub"


EVERY = sorted({latex for file in FILES for latex in written(file) if not is_name(latex)})


def problems(latex: str, tokens: tuple, numbers: Numbers) -> Iterator[str]:
    """The parts of a formula that do not come to what it is worth; a name before an equals sign is given that."""
    wanted = VALUES[latex](numbers)
    letters = Letters(numbers, **FUNCTIONS.get(latex, {}))
    first, *others = segments(tokens)
    is_name = bool(others) and (first[0] == Name("Δ") or bool(defined_by(first)))
    for part in others if is_name else [first, *others]:
        found = value_of(part, letters)
        if apart(found, wanted, 1e-6):
            yield f"{latex}: {part} comes to {found.value}, not to {wanted}"


@pytest.mark.parametrize("latex", EVERY)
def test_a_formula_of_a_lesson_comes_to_what_the_engine_computes(latex: str) -> None:
    if latex in MEANT:
        assert MEANT[latex]
        return
    assert latex in VALUES, "a new formula needs a row in VALUES, or in MEANT"
    for seed in range(5):
        assert list(problems(latex, shown(latex), drawn(np.random.default_rng(seed)))) == []


def test_no_row_is_left_of_a_formula_that_is_gone() -> None:
    assert {*VALUES, *MEANT} == {*EVERY}


@pytest.mark.parametrize("folder", sorted({file.parent for file in FILES}), ids=lambda one: one.name)
def test_both_languages_show_the_same_formulas(folder: Path) -> None:
    for start in ("", "teach."):
        own = [sorted(written(folder / f"{start}{code}.md")) for code in LANGUAGES]
        assert all(one == own[0] for one in own)


WRONG = [
    (r"a(1 - a)", r"a(1 + a)"),
    (r"2\,(\hat y - y)", r"(\hat y - y)"),
    (r"v \leftarrow \mu v + g", r"v \leftarrow \mu v - g"),
    (r"\frac{f(w + h) - f(w)}{h}", r"\frac{f(w + h) + f(w)}{h}"),
    (r"\frac{d}{dx}\,f(g(x)) = f'(g(x)) \cdot g'(x)", r"\frac{d}{dx}\,f(g(x)) = f'(x) \cdot g'(x)"),
]


@pytest.mark.parametrize(("right", "wrong"), WRONG)
def test_a_wrong_formula_would_be_noticed(right: str, wrong: str) -> None:
    numbers = drawn(np.random.default_rng(1))
    assert list(problems(right, shown(right), numbers)) == []
    assert list(problems(right, shown(wrong), numbers))
