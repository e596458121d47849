"""`POST /api/surface` and `POST /api/descent`: numbers worked out by hand, and bad input."""

from typing import Any

import numpy as np
import pytest

from app import limits
from app.api import examples
from app.engine.surfaces import SURFACES
from tests.api.conftest import Client

RACE = examples.DESCENT["ravine"]["value"]


def test_the_catalog_lists_every_surface_with_its_start_and_minima(client: Client) -> None:
    listed = client.ok("/api/catalog")["surfaces"]
    assert [row["name"] for row in listed] == list(SURFACES)
    assert {row["variables"] for row in listed} == {1, 2}
    for row in listed:
        assert len(row["start"]) == row["variables"]
        assert (row["y_range"] is None) == (row["variables"] == 1)
        assert row["minima"] == [list(minimum) for minimum in SURFACES[row["name"]].minima]
        assert {len(minimum) for minimum in row["minima"]} <= {row["variables"]}


def test_a_grid_has_a_row_for_each_y(client: Client) -> None:
    answer = client.ok("/api/surface", {"surface": "bowl", "resolution": 5, "x_range": [0, 4], "y_range": [-2, 2]})
    assert answer["x"] == [0, 1, 2, 3, 4]
    assert answer["y"] == [-2, -1, 0, 1, 2]
    assert answer["values"] == [[(x * x + y * y) / 2 for x in answer["x"]] for y in answer["y"]]
    line = client.ok("/api/surface", {"surface": "parabola", "resolution": 4, "x_range": [0, 3]})
    assert line == {"x": [0, 1, 2, 3], "y": None, "values": [[0, 0.5, 2, 4.5]]}


@pytest.mark.parametrize(
    ("rate", "outcome"),
    [(0.01, "slow"), (0.5, "converged"), (1.98, "oscillating"), (2.02, "oscillating"), (60.0, "diverged")],
)
def test_on_a_parabola_every_point_is_the_one_worked_out_by_hand(client: Client, rate: float, outcome: str) -> None:
    body = {"surface": "parabola", "start": [-2], "runs": [{"name": "sgd", "learning_rate": rate}], "steps": 12}
    answer = client.ok("/api/descent", body)
    assert (answer["critical_learning_rate"], answer["critical_at"]) == (2.0, [0.0])
    (run,) = answer["runs"]
    expected = -2.0 * (1 - rate) ** np.arange(13)
    assert np.ravel(run["points"]) == pytest.approx(expected, rel=1e-9)
    assert run["values"] == pytest.approx(expected**2 / 2, rel=1e-9)
    assert np.ravel(run["gradients"]) == pytest.approx(expected, rel=1e-9)
    assert np.ravel(run["moves"]) == pytest.approx(np.diff(expected), rel=1e-9)
    assert run["outcome"] == outcome
    assert run["is_growing"] == (rate > 2)
    assert run["remembered"] is run["divisors"] is None


def test_runs_of_a_race_keep_their_order_and_what_they_remember(client: Client) -> None:
    answer = client.ok("/api/descent", RACE)
    plain, momentum, adam = answer["runs"]
    assert [run["optimizer"] for run in answer["runs"]] == ["sgd", "momentum", "adam"]
    assert all(run["points"][0] == RACE["start"] for run in answer["runs"])
    assert all(len(run["points"]) == RACE["steps"] + 1 for run in answer["runs"])
    assert plain["remembered"] is plain["divisors"] is momentum["divisors"] is None
    np.testing.assert_allclose(momentum["moves"], -0.02 * np.array(momentum["remembered"]), rtol=1e-9)
    np.testing.assert_allclose(
        adam["moves"], -0.3 * np.array(adam["remembered"]) / np.array(adam["divisors"]), rtol=1e-9
    )
    # The first velocity is the gradient; Adam's first move is one rate along each axis, whatever the slope.
    assert momentum["remembered"][0] == momentum["gradients"][0]
    assert np.abs(adam["moves"][0]) == pytest.approx([0.3, 0.3], rel=1e-6)
    assert answer["critical_learning_rate"] == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("path", "body", "field", "words"),
    [
        ("descent", {**RACE, "surface": "hill"}, "surface", "rosenbrock"),
        ("descent", {**RACE, "start": [1.0]}, "start", "is 2 numbers, but there are 1"),
        ("descent", {**RACE, "surface": "parabola"}, "start", "is 1 number, but there are 2"),
        ("descent", {**RACE, "start": []}, "start", "at least 1 entry"),
        ("descent", {**RACE, "runs": []}, "runs", "at least 1 entry"),
        ("descent", {**RACE, "runs": RACE["runs"] * 3}, "runs", str(limits.RUNS)),
        ("descent", {**RACE, "runs": [{"name": "sgd", "learning_rate": -1}]}, "runs", "at least 0"),
        ("descent", {**RACE, "steps": limits.WALK_STEPS + 1}, "steps", f"{limits.WALK_STEPS:,}"),
        ("surface", {"surface": "parabola", "y_range": [0, 1]}, "y_range", "one variable"),
        ("surface", {"surface": "bowl", "x_range": [1, 0]}, "x_range", "not below"),
        ("surface", {"surface": "bowl", "resolution": 9999}, "resolution", str(limits.SURFACE)),
    ],
)
def test_what_makes_no_sense_is_refused_and_the_field_named(
    client: Client, path: str, body: Any, field: str, words: str
) -> None:
    (problem,) = client.refused(f"/api/{path}", body)
    assert field in problem["loc"]
    assert words in problem["msg"]


def test_a_start_far_beyond_everything_is_answered_with_nulls(client: Client) -> None:
    answer = client.ok("/api/descent", {**RACE, "surface": "rosenbrock", "start": [1e200, -1e200]})
    assert answer["runs"][0]["values"][0] is None
    assert {run["outcome"] for run in answer["runs"]} == {"diverged"}
    grid = client.ok(
        "/api/surface", {"surface": "beale", "resolution": 4, "x_range": [0, 1e200], "y_range": [0, 1e200]}
    )
    assert grid["values"][3][3] is None
