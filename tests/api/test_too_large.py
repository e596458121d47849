"""What is too large is refused: every cap of `app.limits`, exactly at it and one beyond."""

import re
from typing import Any

import pytest

from app import limits
from app.api import examples
from tests.api.conftest import Client

SQUARE = {"data": {"inputs": [[1, 2], [3, 4]], "targets": [[0], [1]]}}
XOR = examples.TRAIN["xor"]["value"]
WORKED = examples.TRACE["worked"]["value"]
GRID = examples.SURVEY["grid"]["value"]
SMALL = {
    **{"inputs": 2, "layers": [{"units": 3, "activation": "tanh"}, {"units": 1, "activation": "sigmoid"}]},
}
MOMENT = [{"weights": [[1, 2], [3, 4], [5, 6]]}, {"weights": [[1, 2, 3]]}]
MAP = {
    **{"data": {"dataset": "xor"}, "network": SMALL, "parameters": MOMENT, "loss": "binary_cross_entropy"},
    **{"plane": {"kind": "random", "seed": 1}, "resolution": 5, "path": [MOMENT, MOMENT]},
}

# Each cap on a count of numbers: a request, the field that is named, and the count, worked out by hand.
COUNTS: dict[str, tuple[str, dict[str, Any], str, int]] = {
    # 2-3-1: (2 + 1)·3 + (3 + 1)·1.
    "PARAMETERS": ("/api/parameters", {"network": SMALL, "initializer": {"name": "zeros"}}, "network.layers", 13),
    # 2 examples of 2 inputs and 1 target.
    "NUMBERS": ("/api/dataset", SQUARE, "data", 6),
    # Two moments of 13 numbers.
    "PATH_NUMBERS": ("/api/landscape", MAP, "path", 26),
}


def found(client: Client, path: str, body: Any) -> int:
    """The number in a refusal of what is allowed nothing at all."""
    (problem,) = client.refused(path, body)
    return int(re.findall(r"\d[\d,]*", problem["msg"])[0].replace(",", ""))


@pytest.mark.parametrize("name", COUNTS)
def test_numbers_are_counted_and_the_last_one_allowed_is_taken(
    client: Client, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path, body, field, count = COUNTS[name]
    monkeypatch.setattr(limits, name, count - 1)
    (problem,) = client.refused(path, body)
    assert problem["loc"] == ["body", *field.split(".")]
    assert problem["type"] == "too_large"
    assert f"{count:,}" in problem["msg"]
    assert f"{count - 1:,}" in problem["msg"]
    monkeypatch.setattr(limits, name, count)
    client.ok(path, body)


@pytest.mark.parametrize(
    ("name", "path", "body", "field"),
    [
        ("TRACE_NUMBERS", "/api/trace", WORKED, "data"),
        ("OPERATIONS", "/api/trace", {**WORKED, "example": 0}, "example"),
        ("FRAME_NUMBERS", "/api/train", {**XOR, "record_every": 5}, "record_every"),
        ("GRID_NUMBERS", "/api/survey", GRID, "grid.resolution"),
    ],
)
def test_what_an_answer_would_hold_is_refused_one_beyond_the_most(
    client: Client, monkeypatch: pytest.MonkeyPatch, name: str, path: str, body: Any, field: str
) -> None:
    monkeypatch.setattr(limits, name, 0)
    count = found(client, path, body)
    monkeypatch.setattr(limits, name, count - 1)
    (problem,) = client.refused(path, body)
    assert (problem["loc"], problem["type"]) == (["body", *field.split(".")], "too_large")
    assert f"{count - 1:,}" in problem["msg"]
    monkeypatch.setattr(limits, name, count)
    client.ok(path, body)


def test_an_answer_holds_about_as_many_numbers_as_were_counted(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A count that is far off would refuse what is small, or let through what is not."""
    bodies = {
        "TRACE_NUMBERS": ("/api/trace", WORKED),
        "FRAME_NUMBERS": ("/api/train", {**XOR, "record_every": 5}),
        "GRID_NUMBERS": ("/api/survey", GRID),
    }
    for name, (path, body) in bodies.items():
        with monkeypatch.context() as patch:
            patch.setattr(limits, name, 0)
            counted = found(client, path, body)
        held = numbers_in(client.ok(path, body))
        # A grid's answer keeps a part of what its units answer.
        assert counted / 3 < held < counted * 3, (name, counted, held)


def numbers_in(value: Any) -> int:
    if isinstance(value, dict | list):
        return sum(map(numbers_in, value.values() if isinstance(value, dict) else value))
    return isinstance(value, int | float) and not isinstance(value, bool)


def test_every_cap_is_listed_under_its_name() -> None:
    caps = {name.lower(): value for name, value in vars(limits).items() if name.isupper() and name != "CATALOG"}
    assert {name: caps[name] for name in limits.CATALOG} == limits.CATALOG
    assert set(caps) - set(limits.CATALOG) == {"problems"}
