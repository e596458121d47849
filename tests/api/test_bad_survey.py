"""Surveys, nudges and lines that cannot be served: the field is named, and a sentence says what it should be."""

from typing import Any

import pytest

from app import limits
from app.api import examples
from tests.api.conftest import Client
from tests.api.test_bad_input import EXPLAIN, SURVEY, TRACE, TRAIN, at

BODIES = {
    SURVEY: examples.SURVEY["grid"]["value"],
    EXPLAIN: examples.EXPLAIN["nudges"]["value"],
    TRACE: examples.TRACE["worked"]["value"],
    TRAIN: examples.TRAIN["survey"]["value"],
}

WRONG: list[tuple[str, dict[str, Any], str, str]] = [
    (SURVEY, {"parameters": []}, "parameters", "0 layers, but the network has 1"),
    (SURVEY, {"data": {"dataset": "digits"}}, "data.inputs", "the network takes 2"),
    (SURVEY, {"outputs": 1}, "outputs", "should be true or false"),
    (SURVEY, {"grid": 40}, "grid", "JSON object"),
    (SURVEY, {"grid": {"resolution": 3}}, "grid.resolution", f"should be at least {limits.COARSEST_GRID}"),
    (SURVEY, {"grid": {"resolution": limits.GRID + 1}}, "grid.resolution", f"should be at most {limits.GRID:,}"),
    (SURVEY, {"grid": {"resolution": 10.5}}, "grid.resolution", "should be a whole number"),
    (SURVEY, {"grid": {"unit_stride": 0}}, "grid.unit_stride", "should be at least 1"),
    (SURVEY, {"grid": {"x_range": [1, 1]}}, "grid.x_range", "1 is not below 1"),
    (SURVEY, {"grid": {"x_range": [2, -1]}}, "grid.x_range", "2 is not below -1"),
    (SURVEY, {"grid": {"y_range": [1]}}, "grid.y_range", "at least 2 entries"),
    (SURVEY, {"grid": {"y_range": [1, 2, 3]}}, "grid.y_range", "at most 2 entries"),
    (SURVEY, {"grid": {"y_range": ["0", 1]}}, "grid.y_range.0", "should be a number"),
    (SURVEY, {"grid": {"steps": 3}}, "grid.steps", "There is no field"),
    (SURVEY, {"test_fraction": 1}, "test_fraction", "should be below 1"),
    (SURVEY, {"test_fraction": -0.1}, "test_fraction", "should be at least 0"),
    (TRAIN, {"survey": True}, "survey", "JSON object"),
    (TRAIN, {"survey": {"resolution": 10}}, "survey.resolution", "There is no field"),
    (
        TRAIN,
        {"survey": {"grid": {"resolution": 1}}},
        "survey.grid.resolution",
        f"should be at least {limits.COARSEST_GRID}",
    ),
    (TRACE, {"test_fraction": 0.5}, "test_fraction", "at least 2 examples, not 1"),
    (EXPLAIN, {"test_fraction": 0.5}, "test_fraction", "at least 2 examples, not 1"),
    (EXPLAIN, {"nudges": [0.1, 0]}, "nudges.1", "should not be 0"),
    (EXPLAIN, {"nudges": [-0.0]}, "nudges.0", "should not be 0"),
    (EXPLAIN, {"nudges": 0.1}, "nudges", "list"),
    (EXPLAIN, {"nudges": [1e-3] * (limits.NUDGES + 1)}, "nudges", f"at most {limits.NUDGES:,}"),
    (EXPLAIN, {"line": {"range": [0, 1]}}, "line.points", "missing"),
    (EXPLAIN, {"line": {"points": 3}}, "line.range", "missing"),
    (EXPLAIN, {"line": {"range": [1, 0], "points": 3}}, "line.range", "1 is not below 0"),
    (EXPLAIN, {"line": {"range": [0, 1], "points": 1}}, "line.points", "should be at least 2"),
    (
        EXPLAIN,
        {"line": {"range": [0, 1], "points": limits.LINE_POINTS + 1}},
        "line.points",
        f"should be at most {limits.LINE_POINTS:,}",
    ),
]


@pytest.mark.parametrize("path", BODIES)
def test_what_is_broken_here_is_sound_before(client: Client, path: str) -> None:
    assert client.post(path, BODIES[path]).status_code == 200


@pytest.mark.parametrize(("path", "instead", "field", "sentence"), WRONG, ids=lambda value: str(value)[:40])
def test_a_wrong_value_is_refused_with_its_field_and_a_sentence(
    client: Client, path: str, instead: dict[str, Any], field: str, sentence: str
) -> None:
    found = client.refused(path, {**BODIES[path], **instead})
    told = [problem["msg"] for problem in found if at(problem) == field]
    assert told, found
    assert sentence in told[0]


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"1e999", b'"1"', b"null", b"true"])
@pytest.mark.parametrize("field", [b'"nudges": [7]', b'"line": {"range": [7, 8], "points": 3}'])
def test_a_nudge_or_an_end_that_is_no_ordinary_number_is_refused(
    client: Client, field: bytes, number: bytes
) -> None:
    start = b'{"network": {"inputs": 1, "layers": [{"units": 1, "activation": "tanh"}]}, "loss": "huber", '
    data = b'"data": {"dataset": "line"}, "parameters": [{"weights": [[1]]}], '
    place = b'"parameter": {"layer": 0, "unit": 0, "input": 0}, '
    body = start + data + place + field + b"}"
    assert client.post(EXPLAIN, body).status_code == 200
    client.refused(EXPLAIN, body.replace(b"[7", b"[" + number))


def test_many_nudges_of_a_large_network_are_refused_before_they_are_made(client: Client) -> None:
    network = {
        "inputs": 1,
        "layers": [*[{"units": 200, "activation": "gelu"}] * 2, {"units": 1, "activation": "identity"}],
    }
    start = client.ok("/api/parameters", {"network": network, "initializer": {"name": "zeros"}})["parameters"]
    data = {"dataset": "sine", "samples": limits.EXAMPLES}
    body = {"network": network, "parameters": start, "data": data, "loss": "huber"}
    place = {"parameter": {"layer": 1, "unit": 0, "input": "bias"}, "max_paths": 0}
    line = {"range": [0, 1], "points": limits.LINE_POINTS}
    (problem,) = client.refused(EXPLAIN, {**body, **place, "nudges": [0.1] * limits.NUDGES, "line": line})
    assert problem["type"] == "too_large"
    assert "seconds" in problem["msg"]
