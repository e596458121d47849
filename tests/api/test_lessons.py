"""What lessons compute with, over HTTP: the detector, questions and answers; and bad input."""

from typing import Any

import pytest

from app.lessons.questions import QUESTIONS, example
from tests.api.conftest import Client


def test_the_detector_shows_every_stage(client: Client) -> None:
    assert client.ok("/api/detector", {"pixels": [[255, 100], [0, 255]]}) == {
        "difference": [[0, -155], [-255, 0]],
        "distance": [[0, 155], [255, 0]],
        "total": 410,
        "is_a_dog": True,
    }
    assert client.ok("/api/detector", {"pixels": [[7]], "white": 7})["is_a_dog"] is False


def test_a_tangent_is_the_one_worked_out_by_hand(client: Client) -> None:
    assert client.ok("/api/tangent", {"surface": "parabola", "at": 2, "nudge": 2}) == {
        **{"value": 2, "slope": 2, "bend": 1, "nudged_value": 8, "secant": 3, "kind": "rising"},
    }
    far = client.ok("/api/tangent", {"surface": "two_valleys", "at": 1e200, "nudge": 1})
    assert far["value"] is None


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_keeps_its_answer_to_itself(client: Client, name: str) -> None:
    made = example(QUESTIONS[name], 5)
    asked = client.ok("/api/question", {"question": name, "seed": 5})
    assert asked == {"given": made.given, "tolerance": QUESTIONS[name].tolerance}
    right = client.ok("/api/answer", {"question": name, "seed": 5, "answer": made.answer})
    assert right["is_right"] is True
    assert len(right["lines"]) == len(made.lines)
    wrong = client.ok("/api/answer", {"question": name, "seed": 5, "answer": made.slips[0].value})
    assert wrong["is_right"] is False
    assert made.slips[0].name in [slip["name"] for slip in wrong["slips"]]
    assert all(slip["label"] for slip in wrong["slips"])


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("detector", {"pixels": []}, "pixels"),
        ("detector", {"pixels": [[1, 2], [3]]}, "pixels"),
        ("detector", {"pixels": [[256]]}, "pixels"),
        ("detector", {"pixels": [[0] * 33]}, "pixels"),
        ("tangent", {"surface": "bowl", "at": 1, "nudge": 1}, "surface"),
        ("tangent", {"surface": "parabola", "at": 1, "nudge": 0}, "nudge"),
        ("question", {"question": "riddle", "seed": 1}, "question"),
        ("question", {"question": "neuron_z", "seed": -1}, "seed"),
        ("answer", {"question": "neuron_z", "seed": 1}, "answer"),
        ("answer", {"question": "neuron_z", "seed": 1, "answer": "half"}, "answer"),
    ],
)
def test_what_makes_no_sense_is_refused_and_the_field_named(
    client: Client, path: str, body: Any, field: str
) -> None:
    problems = client.refused(f"/api/{path}", body)
    assert any(field in problem["loc"] for problem in problems)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_lessons_can_be_read_and_an_unknown_one_is_not_there(client: Client, language: str) -> None:
    page = client.get(f"/{language}/lessons/a-picture-is-numbers")
    assert page.status_code == 200
    again = client.get(f"/{language}/lessons/a-picture-is-numbers", if_none_match=page.headers["etag"])
    assert again.status_code == 304
    assert client.get(f"/{language}/lessons/nothing").status_code == 404
    assert "a-picture-is-numbers" in client.get(f"/{language}/").text
