"""The experiment of 1986 over HTTP: split anywhere it is the same, and bad input is refused by name."""

from typing import Any

import pytest

from app import limits
from tests.api.conftest import Client


def test_several_starts_go_on_from_their_states_to_the_same_numbers(client: Client) -> None:
    whole = client.ok("/api/symmetry", {"runs": [{"seed": 1}, {"seed": 2}], "sweeps": 120})
    first = client.ok("/api/symmetry", {"runs": [{"seed": 1}, {"seed": 2}], "sweeps": 50})
    rest = {"runs": [{"seed": run["seed"], "state": run["state"]} for run in first["runs"]], "sweeps": 70}
    second = client.ok("/api/symmetry", rest)
    assert whole["patterns"] == 64
    for one, early, late in zip(whole["runs"], first["runs"], second["runs"], strict=True):
        assert late["state"] == one["state"]
        assert late["finding"] == one["finding"]
        assert early["losses"] + late["losses"] == one["losses"]
        assert early["steps"] + late["steps"] == one["steps"] == list(range(120))
    assert whole["runs"][0]["state"] != whole["runs"][1]["state"]


def test_it_is_told_what_a_start_came_to(client: Client) -> None:
    (run,) = client.ok("/api/symmetry", {"runs": [{"seed": 22}], "sweeps": 2000})["runs"]
    last = client.ok("/api/symmetry", {"runs": [{"seed": 22, "state": run["state"]}], "sweeps": 2000})["runs"][0]
    assert last["is_settled"]
    assert last["finding"]["right"] == 64
    assert last["finding"]["outcome"] == "124"
    (fresh,) = client.ok("/api/symmetry", {"runs": [{"seed": 22}], "sweeps": 0})["runs"]
    assert (fresh["finding"]["outcome"], fresh["steps"], fresh["is_settled"]) == ("stuck", [], False)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"runs": [], "sweeps": 1}, "runs"),
        ({"runs": [{"seed": 1}] * (limits.RUNS + 1), "sweeps": 1}, "runs"),
        ({"runs": [{"seed": -1}], "sweeps": 1}, "seed"),
        ({"runs": [{"state": None}], "sweeps": 1}, "seed"),
        ({"runs": [{"seed": 1}], "sweeps": limits.WALK_STEPS + 1}, "sweeps"),
        ({"runs": [{"seed": 1}], "sweeps": 1.5}, "sweeps"),
        ({"runs": [{"seed": 1}], "steps": 1}, "steps"),
        ({"runs": [{"seed": 1, "state": {"parameters": []}}], "sweeps": 1}, "parameters"),
        (
            {
                "runs": [
                    {
                        "seed": 1,
                        "state": {
                            "parameters": [
                                {"weights": [[1, 2, 3], [4, 5, 6]], "biases": [0, 0]},
                                {"weights": [[1, 2]], "biases": [0]},
                            ]
                        },
                    }
                ],
                "sweeps": 1,
            },
            "weights",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_and_the_field_named(client: Client, body: Any, field: str) -> None:
    assert any(field in problem["loc"] for problem in client.refused("/api/symmetry", body))
