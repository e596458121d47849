"""What the engine knows of formulas, the scripts can say: rules, remarks, problems, functions, presets."""

import re
from pathlib import Path

import pytest

from app.engine.expression import OPERATIONS, REMARKS
from app.engine.parsing import PROBLEMS
from app.lessons.instruments import INSTRUMENTS

SCRIPTS = Path(__file__).parents[1] / "static" / "js"
SIGNS = (SCRIPTS / "lib/expression/signs.js").read_text(encoding="utf-8")
WORDS = (SCRIPTS / "lib/expression/problems.js").read_text(encoding="utf-8")
FIELD = (SCRIPTS / "lessons/expression-field.js").read_text(encoding="utf-8")
PRESETS = (SCRIPTS / "lessons/expression.js").read_text(encoding="utf-8")
FUNCTIONS = {row.name for row in OPERATIONS.values() if row.is_function}


def rules(source: str) -> dict[str, int]:
    """How many rules the table has for each operation."""
    (body,) = re.findall(r"^export const RULES = \{\n(.*?)^\};$", source, re.MULTILINE | re.DOTALL)
    return {name: len(re.findall(r"'[^']+'", row)) for name, row in re.findall(r"^  (\w+): \[(.*)\],$", body, re.M)}


def cases(source: str) -> set[str]:
    return set(re.findall(r"case '(\w+)':", source))


def test_every_operation_has_a_rule_for_each_of_its_inputs_and_nothing_else_has() -> None:
    assert rules(SIGNS) == {row.name: row.inputs for row in OPERATIONS.values()}


def test_every_problem_and_every_remark_has_its_words_and_there_are_no_others() -> None:
    assert cases(WORDS) == {*REMARKS, *(f"formula_{name}" for name in PROBLEMS), "string_too_long"}


@pytest.mark.parametrize("source", [WORDS, FIELD])
def test_the_functions_that_are_named_are_those_there_are(source: str) -> None:
    named = max(re.findall(r"relu, [a-z, ]+", source), key=len)
    assert set(named.rstrip(", ").split(", ")) == FUNCTIONS


def test_every_formula_that_a_lesson_may_begin_with_is_there() -> None:
    presets = re.findall(r"^  (\w+): \{(?: text|$)", PRESETS, re.MULTILINE)
    assert tuple(presets) == INSTRUMENTS["expression"].settings["formula"].words


def test_what_is_missing_is_found() -> None:
    made_up = "export const RULES = {\n  add: ['1', '1'],\n  exp: ['exp(a)'],\n};\n"
    assert rules(made_up) == {"add": 2, "exp": 1}
    assert cases("case 'a':\n  case 'b_c':") == {"a", "b_c"}
