"""Whether the card of a parameter is right, in each notation: sum, matrix, LaTeX, NumPy, PyTorch, Python."""

import contextlib
import io
import re
from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from tests.shown.elements import elements, formulas_in, with_class
from tests.shown.latex import lines_of
from tests.shown.reading import LeftOutError, segments, value_of
from tests.shown.rounded import Rounded, apart, half_a_digit
from tests.shown.step import StepMeanings
from tests.shown.tokens import Name, Node, Op, number_of, of_mathml, text_of

Step = Mapping[str, Any]


class Card:
    """What is known of the parameter of a card."""

    def __init__(self, step: Step, place: Mapping[str, Any], explanation: Mapping[str, Any]) -> None:
        self.step, self.explanation = step, explanation
        self.layer, self.unit, self.input = place["layer"], place["unit"], place["input"]
        self.meanings = StepMeanings(step["experiment"], step["trace"], step["example"])
        own = step["trace"]["layers"][self.layer]
        self.is_bias = self.input == "bias"
        self.gradient = own["db"][self.unit] if self.is_bias else own["dW"][self.unit][self.input]
        self.vote = explanation["example_gradients"][step["example"]]
        self.meanings.more["part"] = self.vote
        self.penalty = 0.0 if self.is_bias else float(self.meanings.penalty_of(self.layer)[self.unit, self.input])
        self.whole = np.array([own["db"]]) if self.is_bias else np.array(own["dW"])

    def problems(self, shown: Mapping[str, Any]) -> Iterator[str]:
        for name, check in CHECKS.items():
            for problem in check(self, shown):
                yield f"{name}: {problem}"

    # Formulas

    def line(self, tokens: tuple) -> Iterator[str]:
        """Every part of a line is the gradient, or the layer's matrix of gradients."""
        for part in segments(tokens):
            # "+ …" is the penalty, which is not written out.
            is_cut = part[-2:] == (Op("+"), Op("…"))
            wanted = self.whole - self.meanings.penalty_of(self.layer) if is_cut else self.whole
            try:
                found = value_of(part[:-2] if is_cut else part, self.meanings)
            except LeftOutError:
                continue
            if apart(found, wanted if isinstance(found, np.ndarray) else self.gradient):
                yield f"{part} comes to {found}, not to {self.gradient}"

    def lines(self, lines: list[tuple]) -> Iterator[str]:
        joined: list[tuple] = []
        for line in lines:
            if line[0] == Op("·"):  # a product that goes on
                joined[-1] += line
            else:
                joined.append(line)
        for line in joined:
            yield from self.line(line)

    def number(self, tree: Any, wanted: float) -> Iterator[str]:
        shown = number_of(text_of(tree).replace("+", ""))
        if not abs(shown - wanted) <= half_a_digit(shown) * 1.001 + 1e-12:
            yield f"{shown} stands there, not {wanted}"


def sums(card: Card, shown: Mapping[str, Any]) -> Iterator[str]:
    """The sum: symbols, numbers, and where it is long a table."""
    (own,) = [found for tree in shown["notations"] for found in with_class(tree, "is-sum")]
    formulas = [line for part in with_class(own, "formula-line") for line in formulas_in(part)]
    yield from card.lines([of_mathml(line) for line in formulas])
    total, rows = Rounded(0.0), elements(own, "tr")
    for row in rows:
        *_, cell = elements(row, "td")
        numbers = [number_of(text_of(one).replace("+", "")) for one in with_class(row, "ask-number")]
        product = numbers[-1]
        total = total + Rounded(product, half_a_digit(product))
        factors = [Rounded(one, half_a_digit(one)) for one in numbers[:-1]]
        if len(factors) == 2 and apart(factors[0] * factors[1] - Rounded(product, half_a_digit(product)), 0.0):
            yield f"{text_of(row)}"
        if "sum" not in cell["attributes"]["class"]:
            yield "the product stands in the wrong column"
    if rows and apart(total, card.gradient):
        yield f"the table adds up to {total}, not to {card.gradient}"


def matrices(card: Card, shown: Mapping[str, Any]) -> Iterator[str]:
    (own,) = [found for tree in shown["notations"] for found in with_class(tree, "is-matrix")]
    yield from card.lines([of_mathml(line) for line in formulas_in(own)])


def latex(card: Card, shown: Mapping[str, Any]) -> Iterator[str]:
    """What is copied as LaTeX: the same lines once more."""
    lines = [line for line in lines_of(shown["latex"], is_shown=True) if line]
    yield from card.lines(lines)
    (sum_, matrix) = (
        [found for tree in shown["notations"] for found in with_class(tree, name)]
        for name in ("is-sum", "is-matrix")
    )
    if len(lines) != sum(len(with_class(one, "formula-line")) for one in (*sum_, *matrix)):
        yield "a line is missing"


def legend(card: Card, shown: Mapping[str, Any]) -> Iterator[str]:
    """What can be lit: the error, what comes in, the gradient."""
    chips = [found for tree in shown["notations"] for found in with_class(tree, "ask-chip")]
    own = card.step["trace"]["layers"][card.layer]
    example = card.step["example"]
    before = card.step["trace"]["inputs"] if card.layer == 0 else card.step["trace"]["layers"][card.layer - 1]["a"]
    entering = [] if card.is_bias else [before[example][card.input]]
    for chip, number in zip(chips, [own["delta"][example][card.unit], *entering, card.gradient], strict=True):
        (formula,) = formulas_in(chip)
        if apart(value_of(of_mathml(formula), card.meanings), number):
            yield text_of(chip)


# Code


class Parameter(np.ndarray):
    """An array with a gradient, as PyTorch's have one."""

    grad: Any = None


def arrays(card: Card) -> dict[str, Any]:
    """The arrays that code speaks of, by name: layers count from 1, and a single one has no number."""
    layers = card.step["trace"]["layers"]
    found: dict[str, Any] = {"x": np.array(card.step["trace"]["inputs"])}
    for index, own in enumerate(layers):
        suffix = str(index + 1) if len(layers) > 1 else ""
        found |= {f"{name}{suffix}": np.array(own[name]) for name in ("delta", "a", "dW", "db")}
        found[f"W{suffix}"] = card.meanings.weights(index)
    return found


def result_problems(text: str, value: Any) -> Iterator[str]:
    """Whether a result beside the code, a number or a list with a gap perhaps, is that value."""
    runs = [[float(one) for one in re.findall(r"-?[\d.]+(?:e[+-]?\d+)?", run)] for run in text.split("…")]
    numbers = np.ravel(value).tolist()
    if len(runs) == 1 and len(runs[0]) != len(numbers):
        yield f"{text} has not {len(numbers)} numbers"
    starts = range(len(numbers))
    places = [[0], *([starts] * (len(runs) - 2)), [len(numbers) - len(runs[-1])]] if len(runs) > 1 else [[0]]
    for run, possible in zip(runs, places, strict=True):
        if not any(is_run(run, numbers[start:]) for start in possible):
            yield f"{run} of {text} is not in {numbers}"


def is_run(shown: list[float], numbers: list[float]) -> bool:
    return len(numbers) >= len(shown) and all(
        abs(one - number) <= half_a_digit(one) * 1.001 + 1e-15 for one, number in zip(shown, numbers, strict=False)
    )


def numpy(card: Card, shown: Mapping[str, Any]) -> Iterator[str]:
    names = {"np": np, **arrays(card)}
    for code, result in shown["numpy"]:
        target, _, formula = code.rpartition(" = ")
        value = eval(formula, names)  # noqa: S307 - a line of our own
        yield from result_problems(result, value)
        if target and eval(target, names) != card.gradient:  # noqa: S307
            yield f"{target} is not the gradient"
    if not np.isclose(value, card.gradient, rtol=1e-12):
        yield f"{code} gives {value}, not {card.gradient}"


def torch(card: Card, shown: Mapping[str, Any]) -> Iterator[str]:
    """PyTorch is no part of these tests: a stand-in has the few names that are used, made of NumPy's arrays."""
    names = {"torch": SimpleNamespace(sign=np.sign), **arrays(card)}
    layers = card.step["trace"]["layers"]
    parameters = card.step["experiment"]["parameters"]
    made = {}
    for index, own in enumerate(parameters):
        weight, bias = (np.array(own[name]).view(Parameter) for name in ("weights", "biases"))
        made[index] = (weight, bias)
        names[f"layer{index + 1 if len(layers) > 1 else ''}"] = SimpleNamespace(weight=weight, bias=bias)

    def backward() -> None:
        for index, (weight, bias) in made.items():
            weight.grad, bias.grad = np.array(layers[index]["dW"]), np.array(layers[index]["db"])

    names["loss"] = SimpleNamespace(backward=backward)
    for code, result in shown["torch"]:
        value = eval(code, names)  # noqa: S307 - a line of our own
        if value is None:
            continue
        if not np.isclose(value, card.gradient, rtol=1e-12):
            yield f"{code} gives {value}, not {card.gradient}"
        yield from result_problems(result.removeprefix("tensor(").removesuffix(")"), value)


def python(card: Card, shown: Mapping[str, Any]) -> Iterator[str]:
    """What is copied runs by itself and prints the gradient, to all its digits."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(shown["python"], {})  # noqa: S102 - a script of our own
    if not np.isclose(float(said.getvalue()), card.gradient, rtol=1e-12, atol=1e-15):
        yield f"it prints {said.getvalue()}, not {card.gradient}"


# The other sections


def facts(card: Card, shown: Mapping[str, Any]) -> Iterator[str]:
    """Each symbol of a list stands beside its own number."""
    for tree in (*shown["values"], *shown["unit"]):
        for div in elements(tree, "div"):
            formulas = [found for dt in elements(div, "dt") for found in formulas_in(dt)]
            numbers = with_class(div, "ask-number")
            if len(elements(div, "dt")) != 1 or len(formulas) != 1 or len(numbers) != 1:
                continue
            found = value_of(of_mathml(formulas[0]), card.meanings)
            shown_number = number_of(text_of(numbers[0]).replace("+", ""))
            if apart(found - Rounded(shown_number, half_a_digit(shown_number)), 0.0):
                yield f"{text_of(div)}: {found}"


def next_value(card: Card, shown: Mapping[str, Any]) -> Iterator[str]:
    """The four numbers at the top: value, gradient, the same by nudging, next value."""
    numbers = [
        one for tree in shown["values"] for dl in elements(tree, "dl") for one in with_class(dl, "ask-number")
    ]
    after = card.step["trace"]["updated_parameters"][card.layer]
    before = card.step["experiment"]["parameters"][card.layer]
    value, moved = (
        own["biases"][card.unit] if card.is_bias else own["weights"][card.unit][card.input]
        for own in (before, after)
    )
    for number, wanted in zip(
        numbers, (value, card.gradient, card.explanation["numerical_gradient"], moved), strict=True
    ):
        yield from card.number(number, wanted)


def chain(card: Card, shown: Mapping[str, Any]) -> Iterator[str]:
    """Factor by factor: the product is the followed example's part, or the gradient if that is alone."""
    trees = shown["chain"]
    lines = [
        of_mathml(one)
        for tree in trees
        if "formula-line" in tree["attributes"]["class"]
        for one in formulas_in(tree)
    ]
    alone = len(card.step["trace"]["inputs"]) == 1
    for line in lines[:2]:
        for part in segments(line):
            found = value_of(part, card.meanings)
            if apart(found, card.gradient if alone else card.vote):
                yield f"{part} comes to {found}, not to {card.vote}"
    for one in [found for tree in trees for found in with_class(tree, "ask-factors")]:
        factors = [child for child in one["children"] if formulas_in(child)]
        for factor in factors:
            (symbol,), (number,) = formulas_in(factor), with_class(factor, "ask-number")
            found = value_of(of_mathml(symbol), card.meanings)
            if found.error > 0 or apart(found, found.value):
                yield text_of(factor)
            yield from card.number(number, found.value)
    yield from summed(
        card, [row for tree in trees for body in elements(tree, "tbody") for row in elements(body, "tr")]
    )
    for foot in [found for tree in trees for found in elements(tree, "tfoot")]:
        (symbol,), number = formulas_in(foot), with_class(foot, "ask-number")[-1]
        yield from card.number(number, value_of(of_mathml(symbol), card.meanings).value)


def summed(card: Card, rows: list[Any]) -> Iterator[str]:
    """Rows of δ · w = product, each number beside its symbol."""
    for row in rows:
        symbols, numbers = formulas_in(row), with_class(row, "ask-number")
        product = 1.0
        if len(symbols) != 2 or len(numbers) != 3:
            continue  # a row of what is told of the loss
        for symbol, number in zip(symbols, numbers[:2], strict=True):
            value = value_of(of_mathml(symbol), card.meanings).value
            product *= value
            yield from card.number(number, value)
        yield from card.number(numbers[2], product)


def paths(card: Card, shown: Mapping[str, Any]) -> Iterator[str]:
    """Each path's product, what there is so far, and all of it."""
    total = 0.0
    explained = card.explanation
    for item, path in zip(
        [found for tree in shown["paths"] for found in with_class(tree, "ask-path")],
        explained["paths"],
        strict=True,
    ):
        (product,), (adds, so_far) = formulas_in(item), with_class(item, "ask-number")
        total += path["contribution"]
        if apart(value_of(of_mathml(product), card.meanings), path["contribution"]):
            yield text_of(item)
        yield from card.number(adds, path["contribution"])
        yield from card.number(so_far, total)
    (ends,) = [found for tree in shown["paths"] for found in with_class(tree, "ask-ends")]
    *more, last = with_class(ends, "ask-number")
    listed = Rounded(total)
    for one in more:
        number = number_of(text_of(one).replace("+", ""))
        listed = listed + Rounded(number, half_a_digit(number))
    if apart(listed, card.gradient):
        yield f"the paths add up to {listed}, not to {card.gradient}"
    yield from card.number(last, card.gradient)


def connections(card: Card, shown: Mapping[str, Any]) -> Iterator[str]:
    """Each parameter of the unit with its value and its gradient."""
    for row in [
        found for tree in shown["unit"] for body in elements(tree, "tbody") for found in elements(body, "tr")
    ]:
        (symbol,), (value, slope) = formulas_in(row), with_class(row, "ask-number")
        token = of_mathml(symbol)
        yield from card.number(value, value_of(token, card.meanings).value)
        gradient = value_of((Node("frac", ((Op("∂"), Name("L")), (Op("∂"), *token))),), card.meanings)
        yield from card.number(slope, gradient.value)


CHECKS = {
    check.__name__: check
    for check in (sums, matrices, latex, legend, numpy, torch, python, facts, next_value, chain, paths, connections)
}
