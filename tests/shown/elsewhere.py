"""Whether the mathematics that is shown outside a step is right: passes by hand, walks through formulas, races."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from app.engine.optimizers import OPTIMIZERS
from tests.shown.letters import Letters
from tests.shown.plain import of_plain
from tests.shown.reading import key_of, segments, value_of
from tests.shown.rounded import Rounded, apart, half_a_digit
from tests.shown.tokens import Node, Num, number_of, of_mathml

# Sentences of the walk through a formula, as the English page has them.
_FORWARD = re.compile(r"Forward: \[\[.*\]\] is (?P<sum>.*) = \[\[(?P<value>.*)\]\]\.")
_BACKWARD = re.compile(r"Backward to \[\[.*\]\]: .*: (?P<sum>[^:]*) = \[\[(?P<gradient>.*)\]\]\.")
_RULE = re.compile(r"∂\((?P<of>.*)\) ∕ ∂(?P<by>[ab]) = (?P<slope>.*)")


# The whole pass by hand


class PassMeanings:
    """The numbers of a pass by the names of its lines; those of a mistake in the place of some of them."""

    UNITS = (("x1", "x2"), ("h1", "h2"), ("o1", "o2"))

    def __init__(self, made: Mapping[str, Any], line: Mapping[str, Any], weights: str) -> None:
        self.made, self.line = made, line
        self.values = {one["name"]: one["value"] for one in made["lines"]}
        if weights == "updated":
            self.values |= made["updated"]
        self.bound: dict[str, int] = {}

    def unit(self, layer: int | None, unit: int) -> str:
        return self.UNITS[0 if layer is None else layer][unit - 1]

    def weight(self, index: tuple, layer: int) -> tuple[str, float]:
        j, i = index
        name = f"{self.unit(layer, j)}_{self.unit(layer - 1, i)}"
        return name, self.made["parameters"][layer - 1]["weights"][j - 1][i - 1]

    def symbol(self, letter: str, index: tuple, layer: int | None, mark: str) -> Rounded:
        return Rounded(self.number(letter, index, layer, mark.strip("\u00a0")))

    def number(self, letter: str, index: tuple, layer: int | None, mark: str) -> float:
        if letter == "w" and layer is not None:
            name, before = self.weight(index, layer)
            return self.values[f"weight_{name}"] if mark == "new" else before
        found: float
        match letter, index:
            case "x" | "y", (unit,):
                found = self.made["inputs" if letter == "x" else "targets"][unit - 1]
            case "η", ():
                found = self.made["learning_rate"]
            case "z", ():  # inside the sigmoid
                found = self.values[f"z_{self.unit(self.line['layer'] + 1, self.line['unit'] + 1)}"]
            case "L", ():
                found = self.values["loss_after" if mark == "new" else "loss"]
            case "L", (unit,):
                found = self.values[f"loss_o{unit}"]
            case "b", _:
                found = self.made["parameters"][(layer or 1) - 1]["biases"][index[0] - 1]
            case _:
                kind = {"δ": "delta"}.get(letter, letter)
                found = self.values[f"{kind}_{self.unit(layer, index[0])}"]
        return found

    def derivative(self, top: tuple, bottom: tuple) -> Rounded:
        assert key_of(top, {})[0] == "L"
        letter, index, layer, _ = key_of(bottom, {})
        if letter == "w":
            return Rounded(self.values[f"dW_{self.weight(index, layer or 0)[0]}"])
        return Rounded(self.values[f"da_{self.unit(layer, index[0])}"])

    def called(self, name: str, argument: tuple) -> Rounded:
        """f or f′ of a z, or of the number that z is."""
        if isinstance(argument[-1], Num | Node) and not isinstance(argument[-1], Num):
            _, index, layer, _ = key_of(argument, {})
            kind = "derivative" if name == "f′" else "a"
            return Rounded(self.values[f"{kind}_{self.unit(layer, index[0])}"])
        z = value_of(argument, self).value
        return Rounded(float(1 / (1 + np.exp(-z))), 1e-4)

    def reach(self, index: str) -> int:
        raise NotImplementedError(index)


def rounded(tokens: Any) -> Any:
    """The same with every decimal taken for one that was rounded."""
    if isinstance(tokens, tuple):
        return tuple(map(rounded, tokens))
    if isinstance(tokens, Num) and re.search("[.,]", tokens.text):
        return Num(tokens.text, tokens.value, half_a_digit(tokens.value))
    return Node(tokens.kind, rounded(tokens.parts)) if isinstance(tokens, Node) else tokens


def pass_problems(made: Mapping[str, Any], lines: list[dict[str, Any]], weights: str) -> Iterator[str]:
    for line, shown in zip(made["lines"], lines, strict=True):
        meanings = PassMeanings(made, line, weights)
        wanted = meanings.values[line["name"]]
        if shown["value"] != wanted:
            yield f"{line['name']} has another number"
        for tree in shown["parts"]:
            tokens = sum((of_mathml(piece) for piece in tree), ())
            for part in segments(rounded(tokens)):
                found = value_of(part, meanings)
                if apart(found, wanted):
                    yield f"{weights}, {line['name']}: {part} comes to {found}, not to {wanted}"


# The walk through a formula


def number(text: str) -> float:
    return number_of(text.strip("()"))


def sum_problems(text: str, wanted: float) -> Iterator[str]:
    """Whether each part of a sum with its numbers comes to a value."""
    for part in segments(of_plain(text.replace("\u00a0", " "))):
        found = value_of(part, Letters({}))
        if apart(found, wanted):
            yield f"{text}: comes to {found}, not to {wanted}"


def step_problems(step: Mapping[str, Any], answer: Mapping[str, Any]) -> Iterator[str]:
    """What is told of one step of the walk."""
    node = answer["nodes"][step["node"]]
    words = step["words"]
    if step["phase"] == "forward":
        said = _FORWARD.fullmatch(words[0])
        assert said, words
        yield from sum_problems(said["sum"], node["value"])
        if apart(Rounded(number(said["value"]), half_a_digit(number(said["value"]))), node["value"]):
            yield words[0]
        return
    if not node["contributions"]:
        return
    said = _BACKWARD.fullmatch(words[0])
    assert said, words
    yield from sum_problems(said["sum"], node["gradient"])
    (rules,) = [one for one in words if one.startswith("The rule: ")]
    told = rules.removeprefix("The rule: ").removesuffix(".").split("; ")
    if len(told) != len(
        {(answer["nodes"][one["node"]]["operation"], one["input"]) for one in node["contributions"]}
    ):
        yield f"{rules} has too few or too many"
    for rule in told:
        yield from rule_problems(rule, node, answer)


def rule_problems(rule: str, node: Mapping[str, Any], answer: Mapping[str, Any]) -> Iterator[str]:
    """A rule in letters, at the numbers of one of the operations it is told of: the engine's local derivative."""
    said = _RULE.fullmatch(rule)
    assert said, rule
    if not any(_is_rule(said, one, answer) for one in node["contributions"]):
        yield f"{rule} is not the rule of any"


def _is_rule(said: re.Match[str], one: Mapping[str, Any], answer: Mapping[str, Any]) -> bool:
    operation = answer["nodes"][one["node"]]
    inputs = [answer["nodes"][place]["value"] for place in operation["inputs"]]
    if "b" in re.findall(r"\b\w\b", said["of"]) and len(inputs) == 1:
        return False  # the rule of another operation
    letters = Letters(dict(zip("ab", inputs, strict=False)))
    value = value_of(of_plain(said["of"]), letters).value
    slope = value_of(of_plain(said["slope"].removeprefix("±")), letters).value
    if said["slope"].startswith("±"):
        slope = float(np.copysign(slope, one["derivative"]))
    return bool(
        "ab"[one["input"]] == said["by"]
        and np.isclose(value, operation["value"], rtol=1e-9)
        and np.isclose(slope, one["derivative"], rtol=1e-9)
    )


# Races


def signs_at(walk: Mapping[str, Any], settings: Mapping[str, float], axis: int) -> tuple[dict[str, float], float]:
    """What the signs of an update stand for at the last step of a walk along one axis; and v before it."""
    row = OPTIMIZERS[walk["optimizer"]]
    points, gradients = (np.array(walk[name])[:, axis] for name in ("points", "gradients"))
    slots: tuple = tuple(np.zeros(1) for _ in row.slots)
    before = slots
    for t in range(1, len(points)):
        before = slots
        _, slots = row.update(points[[t - 1]], gradients[[t - 1]], slots, settings, t)
    t, last = len(points) - 1, dict(zip(row.slots, (float(one[0]) for one in slots), strict=True))
    found = {"w": float(points[-2]), "g": float(gradients[-2]), "v": last.get("velocity", 0.0)}
    squares = last.get("squares", 0.0)
    found |= {"s": squares, "Σg": squares**0.5}  # Σg² is read as the square of one letter
    if "mean" in last:
        found |= {
            "m\u0302": last["mean"] / (1 - settings["beta1"] ** t),
            "v\u0302": squares / (1 - settings["beta2"] ** t),
        }
    names = {"learning_rate": "η", "momentum": "μ", "epsilon": "ε", "weight_decay": "λ"}
    found |= {sign: settings[name] for name, sign in names.items() if name in settings}
    return found, float(before[0][0]) if before else 0.0


def race_problems(
    race: Mapping[str, Any], shown: Mapping[str, Any], settings: Mapping[str, float]
) -> Iterator[str]:
    """Each line of the last step: its sign, worked out, is the number beside it; and that is the walk's."""
    walk = race["answer"]
    wanted = [
        walk["points"][-2],
        walk["gradients"][-2],
        *([walk["remembered"][-1]] if walk["remembered"] else []),
        *([walk["divisors"][-1]] if walk["divisors"] else []),
        walk["moves"][-1],
        walk["points"][-1],
    ]
    for place, (part, numbers) in enumerate(zip(shown["parts"], wanted, strict=True)):
        for axis, (text, number_) in enumerate(zip(part["numbers"], numbers, strict=True)):
            if apart(Rounded(number_of(text), half_a_digit(number_of(text))), number_):
                yield f"{part['sign']}: {text} is not {number_}"
            letters, v_before = signs_at(walk, settings, axis)
            if place == len(wanted) - 1:
                letters["w"] = walk["points"][-1][axis]
            parts = segments(of_plain(part["sign"], is_shown=False))
            if len(parts) > 1:  # v ← μ·v + g
                letters["v"] = v_before
            found = value_of(parts[-1], Letters(letters))
            if apart(found, number_, 1e-6):
                yield f"{walk['optimizer']}, {part['sign']} comes to {found.value}, not to {number_}"
