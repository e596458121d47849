"""How often each price is paid in the estimate of a request, beside the number worked out by hand.

The prices themselves are measured (`make calibrate`). A wrong number of them would let through what is too long, or
refuse what is short.
"""

import sys
from types import ModuleType
from typing import Any

import pytest
from fastapi import Response

from app.api import cost, work
from app.engine.chain import CANDIDATES_AT_ONCE
from app.engine.progress import HALVINGS
from tests.api.conftest import Client

UNIT = 1e-6  # small, so that the learning rates' budget is not reached

# 2-3-1: 13 parameters, 4 units in 2 layers; xor: 4 examples of 2 inputs and 1 target.
NETWORK: dict[str, Any] = {
    "inputs": 2,
    "layers": [{"units": 3, "activation": "tanh"}, {"units": 1, "activation": "sigmoid"}],
}
MOMENT = [{"weights": [[1, 2], [3, 4], [5, 6]]}, {"weights": [[1, 2, 3]]}]
XOR = {"network": NETWORK, "data": {"dataset": "xor"}, "loss": "binary_cross_entropy"}
HERE = {**XOR, "parameters": MOMENT}
SGD = {"optimizer": {"name": "sgd"}}
MIDDLE = {"units": 2, "activation": "tanh"}
PLACE = {"layer": 0, "unit": 0, "input": 0}
# Two of these four are the same.
TWINS = {"data": {"inputs": [[0, 0], [0, 0], [1, 1], [1, 0]], "targets": [[0], [1], [1], [0]]}}

REQUESTS: dict[str, tuple[str, dict[str, Any]]] = {
    "trace": ("/api/trace", {**HERE, **SGD}),
    "walk": ("/api/trace", {**HERE, **SGD, "example": 0}),
    "check": ("/api/trace", {**HERE, **SGD, "check": True}),
    "explain": (
        "/api/explain",
        {**HERE, "parameter": PLACE, "nudges": [1.0, 2.0, 3.0], "line": {"range": [0, 1], "points": 11}},
    ),
    # Four candidates an example: two ways from the middle layer to the output, then two to it.
    "paths": (
        "/api/explain",
        {
            **{**HERE, "network": {**NETWORK, "layers": [*NETWORK["layers"][:1], MIDDLE, *NETWORK["layers"][1:]]}},
            "parameters": [MOMENT[0], {"weights": [[1, 2, 3], [4, 5, 6]]}, {"weights": [[1, 2]]}],
            **{"parameter": PLACE, "max_paths": 3},
        },
    ),
    "survey": (
        "/api/survey",
        # One example is held out. 5 × 5 points; every other one is drawn: 3 × 3.
        {**HERE, "test_fraction": 0.25, "grid": {"resolution": 5, "unit_stride": 2}, "outputs": True},
    ),
    "twins": ("/api/survey", {**HERE, **TWINS}),
    # 5 points and 2 moments; of the slopes, every other one: 3.
    "line": (
        "/api/landscape",
        {
            **HERE,
            "plane": {"kind": "parameters", "x": PLACE},
            **{"resolution": 5, "path": [MOMENT, MOMENT], "gradients": True, "gradient_stride": 2},
        },
    ),
    "random": (
        "/api/landscape",
        {
            **HERE,
            "plane": {"kind": "random"},
            **{"resolution": 5, "path": [MOMENT, MOMENT], "gradients": True, "gradient_stride": 2},
        },
    ),
    "by layer": (
        "/api/landscape",
        {**HERE, "plane": {"kind": "random", "normalization": "layer"}, "resolution": 5},
    ),
    "pca": ("/api/landscape", {**HERE, "plane": {"kind": "pca"}, "resolution": 5, "path": [MOMENT] * 3}),
    "curvature": ("/api/curvature", {**HERE, "path": [MOMENT, MOMENT]}),
    "step sizes": ("/api/step-sizes", {**HERE, **SGD, "range": [0.1, 1], "points": 11}),
    "slope": ("/api/slope", {**HERE, **SGD, "parameter": PLACE, "points": 11, "steps": 3}),
    "train": ("/api/train", {**XOR, **SGD, "steps": 10}),
    # The frames of steps 0, 5 and 10, and perhaps one more at the end: 4. Adam remembers two numbers a parameter.
    "frames": (
        "/api/train",
        {**XOR, "optimizer": {"name": "adam"}, "steps": 10, "record_every": 5, "test_fraction": 0.25},
    ),
    "surveys": ("/api/train", {**XOR, **SGD, "steps": 10, "record_every": 5, "survey": {}}),
    # 7 rates, the one in force, and looks before and after.
    "rates": ("/api/rates", {**XOR, **SGD, "rates": [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]}),
    "expression": ("/api/expression", {"expression": "a * b + a", "values": {"a": 1, "b": 2}}),
    "symmetry": ("/api/symmetry", {"runs": [{"seed": 1}, {"seed": 2}], "sweeps": 3}),
}
# A function of `cost.py` counts as the product of the numbers it is given: examples, points, directions and such.
PAID: list[tuple[str, str, float]] = [
    ("trace", "seconds_per_step", 4),
    ("trace", "seconds_of_batch_loss", 4),
    ("trace", "seconds_of_rounding", 4),
    # Of an example: 2 inputs, 1 target, 5 numbers of each unit; of a parameter: 4.
    ("trace", "seconds_of_json", 4 * (2 + 1 + 5 * 4) + 4 * 13),
    ("trace", "_SECONDS_PER_OPERATION", 0),
    # Once as in a trace, each parameter nudged up and down, once as it is; and 17 for the comparison.
    ("check", "seconds_of_batch_loss", 4 * (1 + 2 * 13 + 1 + 17)),
    ("check", "seconds_of_gradient", 4 * 3.5),
    # f and f′ of every unit for every example, twice.
    ("check", "seconds_of_activation", 2 * 2 * 4 * (3 + 1)),
    # Two, two for each of 3 nudges, one for each of 11 points; and 17 for the comparison.
    ("explain", "seconds_of_batch_loss", 4 * (2 + 2 * 3 + 11 + 17)),
    ("explain", "seconds_per_step", 4),
    ("explain", "_SECONDS_PER_EXAMPLE", 4),
    ("explain", "_SECONDS_OF_ASKING", 1),
    ("paths", "_SECONDS_PER_PATH", 4 * 4),
    ("paths", "_SECONDS_PER_LISTED", 3),
    ("paths", "_SECONDS_PER_SORTED", 3 * 16 / CANDIDATES_AT_ONCE),
    ("survey", "seconds_of_gradient", 3),
    ("survey", "seconds_per_pass", 1 + 25),
    ("survey", "seconds_of_rounding", 4),
    ("survey", "_SECONDS_PER_LAYER", 2),
    ("survey", "_SECONDS_PER_UNIT", 4),
    ("survey", "_SECONDS_PER_SLOPE", 3 * 4),
    ("survey", "_SECONDS_PER_ANSWER", 4),
    ("survey", "_SECONDS_PER_LEVEL", 25 * 4 / 2),
    ("survey", "_SECONDS_PER_EXAMPLE", 3),
    # Measures of two parts 2 · 5, 4 of each unit, 3 of each layer, 8 of the network; the grid's two axes, lowest
    # and highest of each unit, and levels, 5 to a number: 3 hidden units on 3 × 3, output and winner on 5 × 5.
    ("survey", "seconds_of_json", 10 + 16 + 6 + 8 + 10 + 8 + (3 * 9 + 2 * 25) // 5 + 2 * 4),
    ("twins", "_SECONDS_PER_HALVING", 2 * HALVINGS),
    ("twins", "seconds_of_loss", (4 + 2) * HALVINGS),
    ("line", "seconds_of_losses", 4 * (5 + 2)),
    ("line", "seconds_of_batch_loss", 4 * 2),
    ("line", "seconds_of_slopes", 4 * 3),
    # The one direction is a parameter's, and is not told.
    ("line", "seconds_of_json", 5 * (1 + 2 / 4)),
    ("random", "seconds_of_losses", 4 * (25 + 2)),
    ("random", "seconds_of_slopes", 4 * 9 * 2),
    ("random", "seconds_of_json", 25 * (1 + 2 / 4) + 2 * 13),
    ("random", "_SECONDS_PER_DRAW", 2 * 13),
    ("random", "_SECONDS_PER_PLANE", 1),
    # Each unit's weights have a length of their own, or each layer's.
    ("random", "_SECONDS_PER_GROUP", 4),
    ("by layer", "_SECONDS_PER_GROUP", 2),
    ("pca", "_SECONDS_PER_SQUARE", 3 * 13 * 3),
    ("pca", "_SECONDS_PER_DRAW", 0),
    ("pca", "_SECONDS_PER_PLANE", 1),
    ("pca", "_SECONDS_PER_MOMENT", 3),
    ("pca", "_SECONDS_PER_PLACE", 3 * 13),
    ("pca", "seconds_of_slopes", 0),
    # Three moments; 13 products each, every one of 13 numbers against 13.
    ("curvature", "seconds_of_gradient", 3 * 4),
    ("curvature", "seconds_of_product", 3 * 4 * 13),
    ("curvature", "_SECONDS_PER_NUMBER", 3 * 13 * 13**2),
    ("curvature", "_SECONDS_PER_SQUARE", 3 * 13**2),
    ("step sizes", "seconds_per_step", 4),
    # 11 points, and 6 rounds of 17 in search of the lowest.
    ("step sizes", "seconds_of_losses", 4 * (11 + 6 * 17)),
    ("step sizes", "seconds_of_slopes", 4),
    ("slope", "seconds_per_step", 4),
    ("slope", "seconds_of_losses", 4 * 11),
    # 34 between two updates, one at each of 1 + 3 places.
    ("slope", "seconds_of_slopes", 4 * (3 * 34 + 4)),
    ("train", "seconds_per_update", 10),
    # Number, loss and rate of each step, and the last state.
    ("train", "seconds_of_json", 3 * 10 + 13),
    ("train", "seconds_of_batch_loss", 0),
    ("frames", "seconds_of_json", 3 * 10 + 39 + 4 * 39),
    ("frames", "seconds_of_batch_loss", 4 * 4),
    ("surveys", "seconds_of_gradient", 4 * 4),
    ("surveys", "_SECONDS_PER_EXAMPLE", 4),  # the lowest loss there is, once
    ("rates", "seconds_of_batch_loss", 4 * (8 + 2)),
    ("rates", "seconds_of_activation", 4 * (3 + 1) * (8 + 2)),
    ("rates", "_SECONDS_PER_RUN", 8 + 2),
    # 20 steps of 8 runs. Two runs are asked for beside one: a run adds 1, and a call by itself nothing.
    ("rates", "seconds_per_update", 20 * 8),
    ("rates", "seconds_of_gradient", 4),
    ("expression", "_SECONDS_PER_NODE", 4),
    ("symmetry", "seconds_per_step", 2 * 3 * 64),
]


def price(one: float) -> Any:
    """Return what stands for a function of `cost.py`: `one` times the numbers it is given."""

    def seconds(*given: Any, **named: Any) -> float:
        product = one
        for number in (*given, *named.values()):
            product *= number if isinstance(number, int | float) and number else 1
        return product

    return seconds


def priced() -> list[tuple[ModuleType, str]]:
    """Return every place where a price stands, outside `cost.py`."""
    modules = [module for name, module in sys.modules.items() if name.startswith("app.api.") and module is not cost]
    return [
        (module, name)
        for module in modules
        for name, value in vars(module).items()
        if name.startswith("_SECONDS") or getattr(value, "__module__", "") == cost.__name__
    ]


def estimated(client: Client, monkeypatch: pytest.MonkeyPatch, request: str, paid: str) -> float:
    """Return the estimate of a request where all prices are 0 but `paid`, which is 1, in units."""
    seconds: list[float] = []

    async def visit(_request: Any, asked: float, compute: Any) -> Any:
        seconds.append(asked)
        return compute() if len(seconds) == 1 else Response(b"{}")

    with monkeypatch.context() as patch:
        patch.setattr(work, "visit", visit)
        for module, name in priced():
            one = UNIT * (name == paid)
            patch.setattr(module, name, one if name.startswith("_SECONDS") else price(one))
        assert client.post(*REQUESTS[request]).status_code == 200
    return seconds[1] / UNIT


@pytest.mark.parametrize(("request_name", "paid", "times"), PAID, ids=str)
def test_a_price_is_paid_as_often_as_by_hand(
    client: Client, monkeypatch: pytest.MonkeyPatch, request_name: str, paid: str, times: float
) -> None:
    free = estimated(client, monkeypatch, request_name, "nothing")
    assert estimated(client, monkeypatch, request_name, paid) - free == pytest.approx(times, abs=1e-6)


def test_as_many_operations_are_paid_as_are_walked_through(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    walked = client.ok(*REQUESTS["walk"])["operations"]
    free = estimated(client, monkeypatch, "walk", "nothing")
    paid = estimated(client, monkeypatch, "walk", "_SECONDS_PER_OPERATION") - free
    assert len(walked) <= paid < len(walked) + 15


def test_prices_are_found_where_they_stand() -> None:
    assert {paid for _, paid, _ in PAID} <= {name for _, name in priced()}
