"""Passes with blanks over HTTP: what is left out stays out until it was answered or given up; and bad input."""

from typing import Any

import pytest

from app.lessons.faded import BLANKS, LEVELS, pass_of
from tests.api.conftest import Client
from tests.filled import filled


@pytest.mark.parametrize("level", LEVELS)
def test_a_blank_is_not_sent_before_it_was_answered(client: Client, level: str) -> None:
    made = pass_of(3)
    answer = client.ok("/api/pass", {"seed": 3, "blanks": level})
    assert answer["blanks"] == list(LEVELS[level])
    for line in filled(answer["lines"]):
        assert line["value"] == (None if line["name"] in LEVELS[level] else made.value(line["name"]))
    for blank in LEVELS[level]:
        assert answer["updated"].get(blank) != made.value(blank)
        told = client.ok("/api/pass/answer", {"seed": 3, "blank": blank, "answer": 123.0})
        assert told == {"is_right": False, "slips": [], "value": None}
        told = client.ok("/api/pass/answer", {"seed": 3, "blank": blank, "answer": made.value(blank)})
        assert told == {"is_right": True, "slips": [], "value": made.value(blank)}
        told = client.ok("/api/pass/answer", {"seed": 3, "blank": blank, "answer": None})
        assert told == {"is_right": False, "slips": [], "value": made.value(blank)}


def test_a_slip_is_named_with_its_words(client: Client) -> None:
    told = client.ok("/api/pass/answer", {"seed": 0, "blank": "dW_h1_x1", "answer": 0.000364723})
    assert [slip["name"] for slip in told["slips"]] == ["updated_weights"]
    assert "updated already" in told["slips"][0]["label"]
    assert told["value"] is None


def test_without_being_asked_for_blanks_there_are_none(client: Client) -> None:
    answer = client.ok("/api/pass", {"seed": 0})
    assert answer["blanks"] == []
    assert answer["parameters"][1]["weights"] == [[0.4, 0.45], [0.5, 0.55]]
    assert (answer["inputs"], answer["targets"], answer["learning_rate"]) == ([0.05, 0.1], [0.01, 0.99], 0.5)


def test_any_seed_that_javascript_knows_has_a_pass(client: Client) -> None:
    for seed in (1, 99_999, 2**53 - 1):
        assert len(client.ok("/api/pass", {"seed": seed, "blanks": "nine"})["blanks"]) == len(BLANKS)


@pytest.mark.parametrize(
    ("path", "body", "field", "words"),
    [
        ("pass", {}, "seed", "missing"),
        ("pass", {"seed": -1}, "seed", "should be at least 0"),
        ("pass", {"seed": 2**53}, "seed", "should be at most"),
        ("pass", {"seed": 1.5}, "seed", "should be a whole number"),
        ("pass", {"seed": 1, "blanks": "ten"}, "blanks", '"nine", "five" or "none"'),
        ("pass", {"seed": 1, "blanks": 9}, "blanks", "should be text"),
        ("pass", {"seed": 1, "blank": "nine"}, "blank", 'There is no field "blank" here.'),
        ("pass/answer", {"seed": 1, "blank": "z_h1"}, "answer", "missing"),
        ("pass/answer", {"seed": 1, "answer": 1}, "blank", "missing"),
        ("pass/answer", {"seed": 1, "blank": "z_h2", "answer": 1}, "blank", '"z_h1", "a_o2"'),
        ("pass/answer", {"seed": 1, "blank": "z_h1", "answer": "half"}, "answer", "number"),
        ("pass/answer", {"seed": 1, "blank": "z_h1", "answer": [1]}, "answer", "number"),
        ("pass/answer", b'{"seed": 1, "blank": "z_h1", "answer": 1e999}', "answer", "fits into a double"),
        ("pass/answer", b'{"seed": 1, "blank": "z_h1", "answer": NaN}', "answer", ""),
    ],
)
def test_what_makes_no_sense_is_refused_and_the_field_named(
    client: Client, path: str, body: Any, field: str, words: str
) -> None:
    problems = client.refused(f"/api/{path}", body)
    assert any(field in problem["loc"] and words in problem["msg"] for problem in problems), problems
