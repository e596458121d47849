"""Formulas over HTTP: the graph node by node, whatever is wrong with a formula at its character, never a 5xx."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import limits
from app.engine.expression import OPERATIONS, REMARKS
from tests.api.conftest import Client, problems
from tests.engine.formulas import by_autograd, formulas
from tests.filled import filled

PATH = "/api/expression"
SOUND = formulas(20, seed=3)


def ask(client: Client, expression: str, **values: float) -> Any:
    return client.ok(PATH, {"expression": expression, "values": values})


def test_the_chain_is_the_one_worked_out_by_hand(client: Client) -> None:
    answer = ask(client, "(relu(x*w_in)*w_out - y)**2", x=2, w_in=0.75, w_out=2, y=1)
    assert answer["value"] == 4
    assert answer["gradients"] == {"x": 6, "w_in": 16, "w_out": 6, "y": -4}
    assert list(answer["gradients"]) == ["x", "w_in", "w_out", "y"]
    assert answer["order"] == answer["backward"][::-1] == [node["id"] for node in answer["nodes"]]
    product = next(node for node in answer["nodes"] if node["label"] == "x*w_in")
    assert (product["operation"], product["sign"], product["depth"], product["start"]) == ("multiply", "×", 1, 6)
    assert (product["value"], product["gradient"], product["local_derivatives"]) == (1.5, 8, [0.75, 2])
    assert product["contributions"] == [{"node": 3, "input": 0, "gradient": 8, "derivative": 1, "value": 8}]
    assert product["remark"] is None


@pytest.mark.parametrize("drawn", SOUND, ids=lambda one: one.text[:30])
def test_what_is_answered_is_what_autograd_makes_of_it(client: Client, drawn: Any) -> None:
    answer = client.ok(PATH, {"expression": drawn.text, "values": {n: drawn.values[n] for n in drawn.names}})
    value, gradients = by_autograd(drawn)
    assert answer["value"] == pytest.approx(value, rel=1e-9)
    assert answer["gradients"] == pytest.approx(gradients, rel=1e-7, abs=1e-9)


def test_what_has_no_value_is_null_and_said_once(client: Client) -> None:
    answer = ask(client, "log(x) * w", x=0, w=2)
    assert answer["value"] is None
    assert answer["gradients"] == {"x": None, "w": None}
    remarks = [node["remark"] for node in answer["nodes"] if node["remark"]]
    assert remarks == [{"name": "log_domain", **REMARKS["log_domain"]}]
    too_large = ask(client, "exp(x)", x=1000)["nodes"][-1]
    assert (too_large["value"], too_large["remark"]["name"]) == (None, "overflow")
    small = ask(client, "(x*w)*(x*w)", x=1e200, w=1e-200)["nodes"][0]
    assert small["remark"] is None
    steep = ask(client, "(x*w)*(x*w)*z", x=1e150, w=1, z=1e200)
    assert next(node["remark"] for node in steep["nodes"] if node["label"] == "x*w")["name"] == "overflow"


def test_a_formula_of_numbers_alone_needs_no_values(client: Client) -> None:
    for body in ({"expression": "2 + 3*4"}, {"expression": "2 + 3*4", "values": {}}):
        answer = client.ok(PATH, body)
        assert (answer["value"], answer["gradients"]) == (14, {})
        assert not any(node["varies"] for node in filled(answer["nodes"]))


def many_parts() -> str:
    """Sums of fifty names each, added: 250 names and their 249 sums leave room for one name more."""
    sums = ["(" + "+".join(f"x{50 * row + at}" for at in range(50)) + ")" for row in range(7)]
    return "+".join(sums)


@pytest.mark.parametrize(
    ("body", "field", "sentence"),
    [
        ({"expression": "x +"}, "expression.3", "At character 4, the end: Here a number, a name"),
        ({"expression": ""}, "expression.0", "The formula is empty"),
        ({"expression": "2x", "values": {"x": 1}}, "expression.1", "a product is written with *"),
        ({"expression": "tg(x)", "values": {"x": 1}}, "expression.0", '"tg": There is no such function'),
        ({"expression": "0,5*x"}, "expression.1", "decimals have a point"),
        (
            {"expression": "x" * (limits.EXPRESSION_CHARACTERS + 1)},
            "expression",
            f"{limits.EXPRESSION_CHARACTERS:,} characters",
        ),
        ({"expression": "(" * 500}, "expression.100", f"{limits.EXPRESSION_DEPTH} is the most"),
        ({"expression": "+".join("x" * 102)}, "expression.202", "too deeply"),
        ({"expression": many_parts()}, f"expression.{many_parts().index('x251')}", "500 is the most"),
        ({"expression": "w*x", "values": {"x": 1}}, "values.w", 'has "w", and its value is missing'),
        ({"expression": "w*x"}, "values.w", "missing"),
        ({"expression": "x", "values": {"x": 1, "q": 2}}, "values.q", 'no "q" in the formula; it has "x"'),
        ({"expression": "2", "values": {"q": 2}}, "values.q", "it has no names"),
        ({"expression": "x", "values": {"x": "1"}}, "values.x", "number"),
        ({"expression": "x", "values": {"x": None}}, "values.x", "number"),
        ({"expression": "x", "values": [1]}, "values", "should be a JSON object"),
        ({"expression": 5}, "expression", "should be text"),
        ({"values": {}}, "expression", "missing"),
        ({"expression": "x", "value": {"x": 1}, "values": {"x": 1}}, "value", 'There is no field "value" here.'),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_makes_no_sense_is_refused_with_its_field(
    client: Client, body: Any, field: str, sentence: str
) -> None:
    found = client.refused(PATH, body)
    told = {".".join(map(str, one["loc"][1:])): one["msg"] for one in found}
    assert sentence in told[field]


def test_every_name_that_is_missing_or_unknown_is_told_at_once(client: Client) -> None:
    found = client.refused(PATH, {"expression": "w*x + b", "values": {"x": 1, "q": 2, "r": 3}})
    assert [(one["loc"], one["type"]) for one in found] == [
        (["body", "values", name], kind)
        for name, kind in (("q", "unknown_name"), ("r", "unknown_name"), ("w", "missing"), ("b", "missing"))
    ]


def test_the_largest_formulas_are_answered(client: Client) -> None:
    deep = limits.EXPRESSION_DEPTH - 1
    for text in ("x".ljust(limits.EXPRESSION_CHARACTERS), "sin(" * deep + "x" + ")" * deep, "-" * deep + "x"):
        assert ask(client, text, x=0.5)["nodes"]


PIECES = st.sampled_from(
    [
        *(row.name for row in OPERATIONS.values()),
        *"xwyb01.,()+-*/^ ²$",
        "**",
        "max(",
        "relu(",
        "1e308",
        "1e-320",
        "é",
    ]
)
NUMBERS = st.one_of(st.floats(), st.integers(), st.sampled_from([10**400, -0.0, 5e-324, 1.7e308]))


@settings(derandomize=True, deadline=None, max_examples=600, suppress_health_check=list(HealthCheck))
@given(
    st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=40)),
    st.dictionaries(st.sampled_from(["x", "w", "y", "b", "", "\0"]), NUMBERS, max_size=5),
)
def test_whatever_is_written_is_answered_or_refused(client: Client, expression: str, values: Any) -> None:
    body = json.dumps({"expression": expression, "values": values}).encode()
    answer = client.post(PATH, body)
    assert answer.status_code == 200 or (400 <= answer.status_code < 500 and problems(answer))


@settings(derandomize=True, deadline=None, max_examples=300, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 19), st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=4, max_size=4))
def test_sound_formulas_with_any_values_are_answered(client: Client, index: int, numbers: list[float]) -> None:
    drawn = SOUND[index]
    values = dict(zip(drawn.names, numbers, strict=False))
    answer = client.ok(PATH, {"expression": drawn.text, "values": values})
    no_value = [node for node in answer["nodes"] if node["value"] is None]
    assert not no_value or no_value[0]["remark"]
