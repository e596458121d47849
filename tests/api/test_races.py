"""The races ready to watch: each runs, and what its sentence says of rates, limits and ends comes out."""

from typing import Any

import pytest

from app.api.races import RACES
from tests.api.conftest import Client


def raced(client: Client, name: str) -> tuple[dict[str, Any], list[dict[str, Any]], float | None]:
    body = RACES[name].body()
    answer = client.ok("/api/descent", body)
    return body, answer["runs"], answer["critical_learning_rate"]


def ends(runs: list[dict[str, Any]]) -> list[str]:
    return [run["outcome"] for run in runs]


def values(runs: list[dict[str, Any]]) -> list[float]:
    return [run["values"][-1] for run in runs]


@pytest.mark.parametrize("name", RACES)
def test_a_race_of_the_catalog_can_be_run_as_it_stands(client: Client, name: str) -> None:
    (row,) = [row for row in client.ok("/api/catalog")["races"] if row["name"] == name]
    body = {key: row[key] for key in ("surface", "start", "runs", "steps")}
    assert body == RACES[name].body()
    answer = client.ok("/api/descent", body)
    assert len(answer["runs"]) == len(row["runs"]) > 1


def test_five_rates_and_the_limit_between_them(client: Client) -> None:
    body, runs, limit = raced(client, "rates")
    rates = [run["learning_rate"] for run in body["runs"]]
    assert limit == pytest.approx(0.1)
    assert rates[:4] == sorted(rate for rate in rates if rate < limit)
    assert values(runs[:4]) == sorted(values(runs[:4]), reverse=True)
    assert rates[4] > limit
    assert [run["is_growing"] for run in runs] == [False, False, False, False, True]


def test_momentum_arrives_where_plain_descent_does_not_and_too_much_swings_past(client: Client) -> None:
    _, (plain, momentum, nesterov, much), _ = raced(client, "momentum")
    assert ends([plain, momentum, nesterov, much]) == ["slow", "converged", "converged", "slow"]
    assert max(x for x, _ in much["points"]) > 0.5 > max(x for x, _ in plain["points"])


def test_the_limit_of_the_parabola_is_two(client: Client) -> None:
    _, runs, limit = raced(client, "limit")
    assert limit == 2.0
    assert ends(runs) == ["slow", "converged", "oscillating", "oscillating"]
    assert runs[2]["values"][-1] < 1e-3 * runs[2]["values"][0]
    assert [run["is_growing"] for run in runs] == [False, False, False, True]


def test_a_larger_rate_jumps_into_the_deeper_valley(client: Client) -> None:
    _, runs, _ = raced(client, "valleys")
    assert [run["points"][-1][0] > 0 for run in runs] == [False, False, True, True]


def test_one_step_from_the_wall_flies_off_the_picture_and_comes_back(client: Client) -> None:
    body, runs, _ = raced(client, "wall")
    ten = runs[[run["learning_rate"] for run in body["runs"]].index(10.0)]
    (row,) = [row for row in client.ok("/api/catalog")["surfaces"] if row["name"] == "flat_then_steep"]
    outside = [step for step, (x,) in enumerate(ten["points"]) if not row["x_range"][0] <= x <= row["x_range"][1]]
    assert outside[0] == 1
    assert outside[-1] > 3
    assert ten["outcome"] == "converged"


def test_what_remembers_its_speed_gets_past_the_inflection(client: Client) -> None:
    _, runs, _ = raced(client, "inflection")
    assert [run["points"][-1][0] < 0 for run in runs] == [False, False, True, True]
    assert all(abs(run["values"][-1]) < 0.01 for run in runs[:2])


def test_those_that_divide_leave_the_ridge_first(client: Client) -> None:
    _, runs, _ = raced(client, "saddle")
    left = [next(step for step, (_, y) in enumerate(run["points"]) if abs(y) > 0.5) for run in runs]
    divides = [run["divisors"] is not None for run in runs]
    assert max(step for step, one in zip(left, divides, strict=True) if one) < min(
        step for step, one in zip(left, divides, strict=True) if not one
    )


def test_with_momentum_the_rate_flies_off_the_walls_and_those_that_divide_do_not(client: Client) -> None:
    _, runs, _ = raced(client, "beale")
    assert ends(runs)[1] == "diverged"
    assert "diverged" not in ends(runs[2:])


def test_all_end_in_the_nearest_dent(client: Client) -> None:
    _, runs, _ = raced(client, "rastrigin")
    assert ends(runs) == ["converged"] * 4
    assert all([round(x) for x in run["points"][-1]] == [-2, 1] for run in runs)
