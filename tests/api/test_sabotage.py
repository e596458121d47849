"""Sabotage over HTTP: the evidence is whole and does not tell, verdicts do, and bad input is refused by name."""

import json
from typing import Any

import numpy as np
import pytest

from app.engine.bugs import BUGS, EASY
from app.engine.sabotage import accepted, plant
from tests.api.conftest import Client

PATH = "/api/sabotage"
VERDICT = "/api/sabotage/verdict"


def test_the_evidence_is_that_of_the_case_and_its_answer_stays_with_the_server(client: Client) -> None:
    for seed in range(10):
        case = plant(seed)
        answer = client.ok(PATH, {"seed": seed})
        assert [bug["name"] for bug in answer["bugs"]] == list(BUGS)
        assert answer["inputs"] == case.batch.inputs.tolist()
        for layer, back in zip(answer["layers"], case.came_back, strict=True):
            assert layer["gradients"] == {"weights": back.dW.tolist(), "biases": back.db.tolist()}
            assert layer["delta"] == back.delta.tolist()
            ratio = np.array(layer["gradients"]["weights"]) / np.array(layer["numerical"]["weights"])
            np.testing.assert_allclose(layer["ratios"]["weights"], ratio)
            assert layer["passes"] == (layer["worst"] <= answer["tolerance"])
        assert not answer["layers"][case.layer]["passes"]
        # Of all mistakes it is told alike: by their names in one list.
        text = json.dumps({**answer, "bugs": []})
        assert not any(f'"{name}"' in text or bug.label in text for name, bug in BUGS.items())


def test_a_right_guess_is_told_what_it_was_and_a_wrong_one_where_to_look(client: Client) -> None:
    for seed in range(10):
        case = plant(seed, EASY)
        right = client.ok(VERDICT, {"seed": seed, "bugs": "easy", "layer": case.layer, "bug": case.bug})
        assert right == {
            **{"layer_is_right": True, "bug_is_right": True, "is_right": True, "hint": None},
            **{"label": BUGS[case.bug].label, "description": BUGS[case.bug].description},
        }
        other = next(name for name in EASY if (case.layer, name) not in accepted(case))
        wrong = client.ok(VERDICT, {"seed": seed, "bugs": "easy", "layer": case.layer, "bug": other})
        assert (wrong["layer_is_right"], wrong["bug_is_right"], wrong["is_right"]) == (True, False, False)
        assert wrong["hint"] == BUGS[case.bug].look_for
        assert wrong["label"] is wrong["description"] is None


def test_the_easy_ones_are_asked_for_by_name(client: Client) -> None:
    assert [bug["name"] for bug in client.ok(PATH, {"seed": 1, "bugs": "easy"})["bugs"]] == list(EASY)


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        (PATH, {}, "seed"),
        (PATH, {"seed": -1}, "seed"),
        (PATH, {"seed": 1.5}, "seed"),
        (PATH, {"seed": 1, "bugs": "hard"}, "bugs"),
        (PATH, {"seed": 1, "layer": 0}, "layer"),
        (VERDICT, {"seed": 1, "layer": 0}, "bug"),
        (VERDICT, {"seed": 1, "layer": 3, "bug": "sum"}, "layer"),
        (VERDICT, {"seed": 1, "layer": -1, "bug": "sum"}, "layer"),
        (VERDICT, {"seed": 1, "layer": 0, "bug": "gremlin"}, "bug"),
    ],
)
def test_what_makes_no_sense_is_refused_and_the_field_named(
    client: Client, path: str, body: Any, field: str
) -> None:
    problems = client.refused(path, body)
    assert any(field in problem["loc"] for problem in problems)


def test_a_layer_that_is_not_there_is_said_in_a_sentence(client: Client) -> None:
    (problem,) = client.refused(VERDICT, {"seed": 1, "layer": 5, "bug": "sum"})
    assert problem["msg"] == "There is no layer 5: here they are numbered from 0 to 2."
