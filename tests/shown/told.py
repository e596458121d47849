"""Whether what is told of an operation is so: each line, worked out, against the number that the engine has."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from tests.shown.elements import elements, formulas_in
from tests.shown.plain import of_plain
from tests.shown.reading import LeftOutError, segments, value_of
from tests.shown.rounded import Rounded, apart, half_a_digit
from tests.shown.step import StepMeanings
from tests.shown.tokens import Name, Node, Op, number_of, of_mathml, text_of

Operation = Mapping[str, Any]


def meanings_of(operation: Operation, step: Mapping[str, Any]) -> StepMeanings:
    """What symbols stand for where this operation is told."""
    trace, example = step["trace"], step["example"]
    own = StepMeanings(step["experiment"], trace, example)
    own.loss = trace["loss"]
    own.is_raw = operation["kind"] == "feature"
    if operation["kind"] == "example_loss":
        own.loss = trace["example_losses"][example]
        own.parts = [term["product"] for term in operation["terms"]]
    if operation["kind"] == "batch_loss":
        own.parts = trace["example_losses"]
        own.more["penalty"] = trace["penalty"]
    if operation["kind"] == "dW":
        layer, unit, source = operation["layer"], operation["unit"], operation["input"]
        own.more["penalty"] = float(own.penalty_of(layer)[unit, source])
    layers = step["experiment"]["network"]["layers"]
    if operation["layer"] is not None:
        after = operation["layer"] + (operation["kind"] != "delta_softmax")
        own.more["reach of k"] = layers[after]["units"] if after < len(layers) else 0
        own.more["reach of i"] = len(step["experiment"]["parameters"][operation["layer"]]["weights"][0])
    return own


def problems(operation: Operation, told: Mapping[str, Any], step: Mapping[str, Any]) -> Iterator[str]:
    """What is told and is not so."""
    meanings = meanings_of(operation, step)
    lines = _whole([of_mathml(line) for line in told["lines"]], is_one=not told["rows"])
    value = operation["value"]
    yield from _named(told, meanings, operation)
    extra = Rounded(0.0)
    lines = [line for line in lines if not _defines(line, meanings)]
    if operation["kind"] == "feature":  # its name is a formula, too
        lines[0] = (*of_plain(lines[0][0].text, is_shown=False), *lines[0][1:])
    for line in lines:
        if line[0] == Op("+"):  # what is added below a table
            extra = value_of(line[1:], meanings)
            continue
        parts = segments(line)
        for place, part in enumerate(parts):
            is_before = Op("←") in line and place == 0
            wanted = operation["before"] if is_before else value
            yield from _compared(part, wanted, meanings, told)
    yield from _table(operation, told, meanings, extra)


def _whole(lines: list[tuple], is_one: bool) -> list[tuple]:
    """Lines that begin with a plus go on from the one before, unless there is a table between them."""
    found: list[tuple] = []
    for line in lines:
        if is_one and line[0] == Op("+"):
            found[-1] += line
        else:
            found.append(line)
    return found


def _defines(line: tuple, meanings: StepMeanings) -> bool:
    """Whether a line only says what a letter stands for, as v in GELU: then that is remembered."""
    if line[0] not in (Name("v"), Node("sup", ((Name("v"),), (Op("′"),)))):
        return False
    assert line[1] == Op("=")
    name = "v" if line[0] == Name("v") else "v′"
    meanings.more[name] = value_of(line[2:], meanings).value
    return True


def _named(told: Mapping[str, Any], meanings: StepMeanings, operation: Operation) -> Iterator[str]:
    if told["result"]["value"] != operation["value"]:
        yield "the result is another number"
    if operation["kind"] not in ("weight", "bias", "feature"):
        yield from _compared(of_mathml(told["result"]["name"]), operation["value"], meanings, told)


def _compared(part: tuple, wanted: float, meanings: StepMeanings, told: Mapping[str, Any]) -> Iterator[str]:
    try:
        found = value_of(part, meanings)
    except LeftOutError:
        return
    if apart(found, wanted):
        shown = " | ".join(map(text_of, told["lines"]))
        yield f"{shown}: a part comes to {found.value:.9g} ± {found.error:.1g}, and not to {wanted:.9g}"


def _table(operation: Operation, told: Mapping[str, Any], meanings: StepMeanings, extra: Rounded) -> Iterator[str]:
    """A long sum as a table: each row is its product, and all of them are the value."""
    rows = [row for tree in told["shown"] for row in elements(tree, "tr")]
    if not rows:
        return
    if len(rows) != told["rows"] + bool(told["rest"]):
        yield "a row is missing"
    total = extra
    for row in rows:
        *formulas, _ = [*formulas_in(row), None]
        cell = elements(row, "td")[-1]
        shown = number_of(text_of(cell).replace("+", ""))
        total = total + Rounded(shown, half_a_digit(shown))
        if formulas:
            label, numbers = formulas
            yield from _row(operation, label, numbers, shown, meanings)
    if apart(total, operation["value"]):
        yield f"the table adds up to {total.value}, not to {operation['value']}"


def _row(operation: Operation, label: Any, numbers: Any, shown: float, meanings: StepMeanings) -> Iterator[str]:
    found = value_of(of_mathml(numbers), meanings)
    if not abs(found.value - shown) <= found.error + half_a_digit(shown):
        yield f"{text_of(numbers)} is not {shown}"
    name = of_mathml(label)
    if operation["kind"] in ("dW", "db"):  # n with the number of an example
        (token,) = name
        index = int(token.parts[1][0].text)
        meanings.bound["n"] = index
        place = (operation["unit"], operation["input"])
        deltas = meanings.trace["layers"][operation["layer"]]["delta"]
        left = operation["terms"][[term["index"] for term in operation["terms"]].index(index - 1)]["left"]
        if deltas[index - 1][place[0]] != left:
            yield f"row {index} is of another example"
        del meanings.bound["n"]
        return
    said = value_of(name, meanings)
    if operation["kind"] in ("delta_softmax", "batch_loss"):  # the label names the first of the two factors
        first = value_of(of_mathml(numbers)[:1], meanings)
        if not math.isclose(abs(said.value), abs(first.value), rel_tol=1e-3):
            yield f"{text_of(label)} is {said.value}, not {first.value}"
    elif not abs(said.value - shown) <= said.error + half_a_digit(shown):
        yield f"{text_of(label)} is {said.value}, not {shown}"
