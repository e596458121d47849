"""Mathematics that is shown outside a step: passes by hand, walks through formulas, races, sums, limits."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser

from app.engine.expression import OPERATIONS
from app.engine.optimizers import OPTIMIZERS
from app.engine.surfaces import SURFACES
from tests.browser.empty_page import Ok, shown_of
from tests.browser.test_shown import complain
from tests.engine.formulas import formulas, read
from tests.filled import filled
from tests.running_server import RunningServer
from tests.shown.elements import elements
from tests.shown.elsewhere import PassMeanings, pass_problems, race_problems, step_problems
from tests.shown.letters import Letters
from tests.shown.plain import of_plain
from tests.shown.reading import segments, value_of
from tests.shown.rounded import Rounded, apart, half_a_digit
from tests.shown.tokens import number_of, text_of

PARAMETERS = [
    {"weights": [[1.5, -0.25], [-0.75, 2.125]], "biases": [0.5, -1.25]},
    {"weights": [[-1.5, 0.625]], "biases": [0.375]},
]
POINTS = {"inputs": [[0.5, -2.0], [-1.5, 0.75], [0.0, 1.0]], "targets": [1, 0, 1]}
SURFACES_RACED = {1: "parabola", 2: "ravine"}
FIXED = [
    "abs(x) + abs(w)",
    "max(w, x) * min(w, b)",
    "sqrt(w*w) / exp(b)",
    "log(abs(x) + 1)**w",
    "w*w + w",
    "-(x - w)",
]


def layers(parameters: list[dict[str, Any]], ok: Ok) -> list[dict[str, Any]]:
    """What sigmoid neurons with these parameters answer at the points."""
    sizes = [2, *(len(own["biases"]) for own in parameters)]
    network = {"inputs": 2, "layers": [{"units": units, "activation": "sigmoid"} for units in sizes[1:]]}
    data = {"inputs": POINTS["inputs"], "targets": [[one] for one in POINTS["targets"]]}
    body = {
        "network": network,
        "data": data,
        "loss": "huber",
        "optimizer": {"name": "sgd"},
        "parameters": parameters,
    }
    found: list[dict[str, Any]] = ok("/api/trace", body)["layers"]
    return found


def races(ok: Ok) -> list[dict[str, Any]]:
    found = []
    for name, row in OPTIMIZERS.items():
        changed = {one.name: one.default * 0.5 for one in row.settings}
        for settings in ({one.name: one.default for one in row.settings}, changed):
            for surface in SURFACES_RACED.values():
                body = {"surface": surface, "start": [*SURFACES[surface].start], "steps": 5}
                answer = ok("/api/descent", {**body, "runs": [{"name": name, **settings}]})["runs"][0]
                axes = SURFACES[surface].axes
                found.append(
                    {"answer": answer, "axes": axes, "rate": settings["learning_rate"], "settings": settings}
                )
    return found


def asked(ok: Ok) -> dict[str, Any]:
    drawn = formulas(60, 7)
    texts = [*((one.text, one.values) for one in drawn), *((text, drawn[0].values) for text in FIXED)]
    found = layers(PARAMETERS, ok)
    (alone,) = layers([{"weights": PARAMETERS[0]["weights"][:1], "biases": PARAMETERS[0]["biases"][:1]}], ok)
    neuron = {"weights": PARAMETERS[0]["weights"][0], "bias": PARAMETERS[0]["biases"][0]}
    return {
        "passes": [ok("/api/pass", {"seed": seed, "blanks": "none"}) for seed in range(4)],
        "formulas": [
            ok("/api/expression", {"expression": text, "values": {name: values[name] for name in read(text).names}})
            for text, values in texts
        ],
        "races": races(ok),
        "neurons": [{"neuron": neuron, "points": POINTS, "chosen": place, "layer": alone} for place in range(3)],
        "networks": [
            {"parameters": PARAMETERS, "points": POINTS, "chosen": place, "layers": found} for place in range(3)
        ],
        "limits": [
            {"bend": bend, "rate": 0.1, "optimizer": optimizer}
            for bend in (0.5, 4.0)
            for optimizer in (
                {"name": "sgd"},
                {"name": "momentum", "momentum": 0.9},
                {"name": "momentum", "momentum": 0.4},
            )
        ],
    }


@pytest.fixture(scope="module")
def shown(browser: Browser, server: RunningServer) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was asked, and what is shown of it, from one empty page."""
    return shown_of(browser, server.url, asked, "shown-elsewhere.js")


def test_each_line_of_the_whole_pass_comes_to_its_number_and_so_does_the_mistake(shown) -> None:
    made, found = shown
    assert {line["kind"] for line in made["passes"][0]["lines"]} >= {
        "z",
        "a",
        "part",
        "da",
        "delta",
        "dW",
        "weight",
    }
    for one, (old, updated) in filled(zip(made["passes"], found["passes"], strict=True)):
        assert one["updated"]
        complain([*pass_problems(one, old, "old"), *pass_problems(one, updated, "updated")])
    assert PassMeanings(made["passes"][0], {}, "old").symbol("η", (), None, "").value == 0.5


def test_what_is_told_of_each_step_through_a_formula_is_so(shown) -> None:
    made, found = shown
    complain(
        [
            problem
            for answer, steps in filled(zip(made["formulas"], found["formulas"], strict=True))
            for step in steps
            for problem in step_problems(step, answer)
        ]
    )
    told = {node["operation"] for answer in made["formulas"] for node in answer["nodes"] if node["inputs"]}
    assert told == {*OPERATIONS}


def test_the_parts_of_an_update_are_what_their_signs_say(shown) -> None:
    made, found = shown
    for race, own in filled(zip(made["races"], found["races"], strict=True)):
        complain([*race_problems(race, own, race["settings"])])


def test_the_ledger_has_where_it_was_the_gradient_the_rate_and_where_it_went(shown) -> None:
    made, found = shown
    for race, own in filled(zip(made["races"], found["races"], strict=True)):
        walk, rows = race["answer"], [elements(row, "td") for row in elements(own["ledger"], "tr")[1:]]
        count = len(walk["points"]) - 1
        assert len(rows) == count * len(race["axes"])
        for place, cells in enumerate(rows):
            step, axis = count - place // len(race["axes"]), place % len(race["axes"])
            wanted = [
                walk["points"][step - 1][axis],
                walk["gradients"][step - 1][axis],
                race["rate"],
                walk["points"][step][axis],
            ]
            numbers = [text_of(cell) for cell in cells if text_of(cell) not in (*race["axes"], "yes", "no")]
            for text, number in zip(numbers, wanted, strict=True):
                value = number_of(text.removeprefix("+"))
                assert not apart(Rounded(value, half_a_digit(value)), number), (text, number)


@pytest.mark.parametrize("kind", ["neurons", "networks"])
def test_the_sum_of_a_neuron_is_written_out_with_its_numbers(kind: str, shown) -> None:
    made, found = shown
    for slice_, lines in filled(zip(made[kind], found[kind], strict=True)):
        chosen = slice_["chosen"]
        x = dict(zip(("x1", "x2"), POINTS["inputs"][chosen], strict=True))
        own = slice_.get("layers") or [slice_["layer"]]
        weights = dict(zip(("w1", "w2"), PARAMETERS[0]["weights"][0], strict=True))
        units = [(layer, unit) for layer in range(len(own)) for unit in range(len(own[layer]["z"][0]))]
        letters = Letters(
            {**x, **weights, "b": PARAMETERS[0]["biases"][0], "z": own[0]["z"][chosen][0]}, f=_sigmoid
        )
        answers = [own[layer]["a"][chosen][unit] for layer, unit in units]
        wanted = answers if kind == "networks" else [letters.numbers["z"], answers[0]]
        assert len(lines) == len(wanted)
        for line, value in zip(lines, wanted, strict=True):
            _, *parts = segments(of_plain(line))
            assert len(parts) == (2 if "a =" in line else 3)
            for part in parts:
                assert not apart(value_of(part, letters), value, 1e-4), (line, value)


def _sigmoid(z: float) -> float:
    return float(1 / (1 + np.exp(-z)))


def _grows(optimizer: dict[str, Any], bend: float, rate: float) -> bool:
    """Whether an optimizer flies away on a parabola."""
    settings = {"momentum": 0.0, **optimizer, "learning_rate": rate}
    row, w = OPTIMIZERS[optimizer["name"]], np.ones(1)
    slots = tuple(np.zeros(1) for _ in row.slots)
    for t in range(1, 3000):
        w, slots = row.update(w, bend * w, slots, settings, t)
    return bool(abs(w[0]) > 1)


def test_the_limit_of_the_rate_is_what_its_formula_says_and_what_the_engine_does(shown) -> None:
    made, found = shown
    for one, limit in filled(zip(made["limits"], found["limits"], strict=True)):
        optimizer, bend = one["optimizer"], one["bend"]
        letters = Letters({"λ": bend, "μ": optimizer.get("momentum", 0.0)})
        assert value_of(of_plain(limit["formula"], is_shown=False), letters).value == pytest.approx(limit["rate"])
        assert [_grows(optimizer, bend, limit["rate"] * share) for share in (0.98, 1.02)] == [False, True]
        # Over the rate, the same formula is the sharpness that a rate can bear.
        assert value_of(
            of_plain(limit["formula"].replace("λ", "η"), is_shown=False),
            Letters({**letters.numbers, "η": one["rate"]}),
        ).value == pytest.approx(limit["edge"])
    rates = [limit["rate"] for limit in found["limits"]]
    assert rates
    assert all(one != other for one, other in pairwise(rates))
