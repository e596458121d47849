"""One gradient taken apart: votes, nudges, lines and terms; and which rows a step is about."""

import math
from typing import Any

import numpy as np
import pytest

from app.api import examples, presets
from app.engine.training import Batching, batch_indices
from tests.api.conftest import Client
from tests.filled import filled

HIDDEN = examples.EXPLAIN["hidden"]["value"]
MOONS = presets.PRESETS["moons"].experiment
FIELDS = ("network", "data", "loss", "optimizer")


def moons(client: Client, **more: Any) -> dict[str, Any]:
    """Return the body of a trace of the moons' first parameters."""
    start = client.ok("/api/train", {**MOONS, "steps": 0})["state"]["parameters"]
    return {**{name: MOONS[name] for name in FIELDS}, "parameters": start, **more}


PLACES = [
    {"layer": 0, "unit": 1, "input": 0},
    {"layer": 1, "unit": 2, "input": "bias"},
    {"layer": 2, "unit": 0, "input": 3},
]


@pytest.mark.parametrize("place", PLACES, ids=str)
@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_the_votes_are_the_examples_own_gradients(client: Client, place: Any, reduction: str) -> None:
    body = moons(client, reduction=reduction, l2=0.1, batch={"size": 7, "shuffle": True, "seed": 1}, step=3)
    answer = client.ok("/api/explain", {**body, "parameter": place})
    votes = np.array(answer["votes"])
    together = votes.mean() if reduction == "mean" else votes.sum()
    assert together + answer["penalty_gradient"] == pytest.approx(answer["gradient"], rel=1e-12)
    trace = client.ok("/api/trace", body)
    for row, vote in filled(enumerate(votes)):
        alone = {"inputs": [trace["inputs"][row]], "targets": [trace["targets"][row]]}
        one = {name: body[name] for name in ("network", "loss", "parameters")}
        own = client.ok("/api/explain", {**one, "data": alone, "parameter": place})
        assert vote == pytest.approx(own["gradient"], rel=1e-9, abs=1e-15)


def test_the_terms_of_the_worked_example_are_those_published(client: Client) -> None:
    # Mazur, 2015: ∂E/∂out_h1 = 0.138498562 · 0.40 − 0.038098236 · 0.50 = 0.036350306.
    terms = client.ok("/api/explain", HIDDEN)["da_terms"]
    assert [term["index"] for term in terms] == [0, 1]
    assert [term["left"] for term in terms] == pytest.approx([0.138498562, -0.038098236], abs=1e-9)
    assert [term["right"] for term in terms] == [0.40, 0.50]
    assert math.fsum(term["product"] for term in terms) == pytest.approx(0.036350306, abs=1e-9)


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_the_terms_add_up_to_the_unit_s_gradient_for_the_example_that_is_followed(
    client: Client, place: Any
) -> None:
    body = moons(client)
    answer = client.ok("/api/explain", {**body, "parameter": place, "example": 4})
    if place["layer"] == 2:
        assert answer["da_terms"] is None
        return
    trace = client.ok("/api/trace", body)
    da = trace["layers"][place["layer"]]["da"][4][place["unit"]]
    assert math.fsum(term["product"] for term in answer["da_terms"]) == pytest.approx(da, rel=1e-12)


def test_nudges_and_the_line_are_the_loss_of_a_trace_with_that_one_number_changed(client: Client) -> None:
    body = moons(client, l1=0.01)
    place = {"layer": 1, "unit": 2, "input": 3}
    sizes = [0.5, -0.25, 1e-3]
    line = {"range": [-1, 1], "points": 5}
    answer = client.ok("/api/explain", {**body, "parameter": place, "nudges": sizes, "line": line})

    def loss(value: float) -> float:
        changed = [{**layer, "weights": [[*row] for row in layer["weights"]]} for layer in body["parameters"]]
        changed[1]["weights"][2][3] = value
        found: float = client.ok("/api/trace", {**body, "parameters": changed})["loss"]
        return found

    w = answer["value"]
    for h, found in zip(sizes, answer["nudges"], strict=True):
        assert (found["h"], found["loss"]) == (h, loss(w + h))
        assert found["secant"] == (loss(w + h) - loss(w)) / h
        assert found["central"] == (loss(w + h) - loss(w - h)) / (2 * h)
    assert answer["nudges"][-1]["central"] == pytest.approx(answer["gradient"], rel=1e-4)
    assert answer["line"]["values"] == [-1, -0.5, 0, 0.5, 1]
    assert answer["line"]["losses"] == [loss(value) for value in answer["line"]["values"]]


def test_without_nudges_and_a_line_there_are_none(client: Client) -> None:
    answer = client.ok("/api/explain", HIDDEN)
    assert (answer["nudges"], answer["line"]) == ([], None)


def test_one_layer_deeper_costs_what_the_deeper_network_costs(client: Client) -> None:
    units = [{"units": n, "activation": "tanh"} for n in (3, 2)]
    one, two = ({"inputs": 4, "layers": layers} for layers in (units, [units[0], *units]))
    counts = []
    for network in (one, two):
        start = client.ok("/api/parameters", {"network": network, "initializer": {"name": "zeros"}})["parameters"]
        data = {"inputs": [[0, 0, 0, 0]] * 5, "targets": [[0, 0]] * 5}
        body = {"network": network, "parameters": start, "data": data, "loss": "huber"}
        counts.append(client.ok("/api/explain", {**body, "parameter": {"layer": 0, "unit": 0, "input": 0}}))
    assert counts[0]["multiplications_deeper"] == counts[1]["multiplications"]
    # By hand, for one example: a pass over 4·3 + 3·2 weights; back, one a weight, one a later weight, one a unit.
    assert counts[0]["multiplications"]["backpropagation"] == 5 * (18 + 18 + 6 + 5)
    assert counts[1]["multiplications"]["backpropagation"] == 5 * (27 + 27 + 15 + 8)


def test_nudges_that_leave_the_doubles_are_null(client: Client) -> None:
    body = {**HIDDEN, "network": {"inputs": 2, "layers": [{"units": 2, "activation": "identity"}] * 2}}
    answer = client.ok(
        "/api/explain", {**body, "nudges": [1e308, -1e308, 1e-320], "line": {"range": [-1e308, 1e308], "points": 3}}
    )
    assert answer["nudges"][0]["loss"] is None
    assert answer["nudges"][2]["secant"] == 0.0
    assert answer["line"]["losses"][0] is None


# Which rows


@pytest.mark.parametrize("path", ["/api/trace", "/api/explain"])
@pytest.mark.parametrize("fraction", [0, 0.3])
@pytest.mark.parametrize("batch", [None, {"size": 8, "shuffle": True, "seed": 5}])
def test_the_rows_of_a_batch_are_named_and_none_is_held_out(
    client: Client, path: str, fraction: float, batch: Any
) -> None:
    body = moons(client, test_fraction=fraction, batch=batch, step=2)
    if path == "/api/explain":
        body["parameter"] = PLACES[0]
    answer = client.ok(path, body)
    parted = client.ok("/api/dataset", {"data": MOONS["data"], "test_fraction": fraction})
    kept = parted["train_indices"]
    assert len(kept) == 120 * (1 - fraction)
    rows = answer["indices"]
    places = batch_indices(len(kept), Batching(**batch) if batch else Batching(), 2)
    assert rows == (kept if places is None else [kept[place] for place in places])
    if path == "/api/trace":
        assert answer["inputs"] == [parted["inputs"][row] for row in rows]
        assert answer["targets"] == [parted["targets"][row] for row in rows]


def test_a_trace_of_kept_examples_is_the_step_that_training_makes(client: Client) -> None:
    experiment = {**MOONS, "test_fraction": 0.25, "batch": {"size": 16, "shuffle": True, "seed": 3}}
    run = client.ok("/api/train", {**experiment, "steps": 4})
    two = client.ok("/api/train", {**experiment, "steps": 2})["state"]
    body = {**{name: MOONS[name] for name in FIELDS}, "test_fraction": 0.25, "batch": experiment["batch"]}
    state = {"parameters": two["parameters"], "optimizer_state": two["optimizer_state"], "step": two["step"]}
    assert client.ok("/api/trace", {**body, **state})["loss"] == run["losses"][2]


def test_a_trace_with_features_begins_with_them(client: Client) -> None:
    experiment = presets.PRESETS["circles"].experiment
    start = client.ok("/api/train", {**experiment, "steps": 0})["state"]["parameters"]
    body = {**{name: experiment[name] for name in FIELDS}, "parameters": start, "example": 5}
    answer = client.ok("/api/trace", body)
    raw = client.ok("/api/dataset", {"data": {**experiment["data"], "features": None}})["inputs"]
    assert answer["raw_inputs"] == raw
    first, second, third = answer["operations"][:3]
    for column, operation in enumerate((first, second)):
        assert (operation["kind"], operation["phase"], operation["input"]) == ("feature", "forward", column)
        assert operation["value"] == raw[5][column] ** 2 == answer["inputs"][5][column]
        x = raw[5][column]
        assert operation["terms"] == [{"index": column, "left": x, "right": x, "product": operation["value"]}]
    assert third["kind"] == "z"
    assert client.ok("/api/trace", moons(client))["raw_inputs"] is None


def test_the_worst_place_of_a_gradient_check_is_where_the_worst_error_is(client: Client) -> None:
    check = client.ok("/api/trace", moons(client, check=True))["gradient_check"]
    place = check["worst_place"]
    errors = check["relative_errors"][place["layer"]]
    is_bias = place["input"] == "bias"
    own = errors["biases"][place["unit"]] if is_bias else errors["weights"][place["unit"]][place["input"]]
    assert own == check["worst"]
