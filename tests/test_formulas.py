"""How activations and losses are written: static/js/lib/formulas.js has a row for each of the engine's."""

import re
from collections.abc import Collection
from pathlib import Path

import pytest

from app.engine.activations import ACTIVATIONS
from app.engine.losses import LOSSES

FORMULAS = Path(__file__).parents[1] / "static" / "js" / "lib" / "formulas.js"
TABLES = {"ACTIVATIONS": ACTIVATIONS, "LOSSES": LOSSES}


def rows_of(source: str, table: str) -> list[str]:
    """Return the names of the rows of a table, as they stand in the file."""
    (body,) = re.findall(rf"^export const {table} = \{{\n(.*?)^\}};$", source, re.MULTILINE | re.DOTALL)
    return re.findall(r"^  (\w+): \w+\($", body, re.MULTILINE)


def problems(written: Collection[str], expected: Collection[str]) -> list[str]:
    """Return what is missing, of no use, or there twice."""
    missing = [f"{name} is not written" for name in expected if name not in written]
    unknown = [f"{name} is no row of the engine" for name in written if name not in expected]
    return missing + unknown + (["a name is there twice"] if len(set(written)) < len(written) else [])


@pytest.mark.parametrize("table", TABLES)
def test_every_row_of_the_engine_is_written_as_a_formula_and_nothing_else_is(table: str) -> None:
    written = rows_of(FORMULAS.read_text(encoding="utf-8"), table)
    assert written
    assert not problems(written, TABLES[table])


MADE_UP = """
export const ACTIVATIONS = {
  one: activation(
    'a',
    inner(
    ),
  ),
  two: activation(
  ),
};

export const LOSSES = {
  three: loss(
  ),
};
"""


def test_the_rows_are_those_of_the_table_that_is_asked_for() -> None:
    assert rows_of(MADE_UP, "ACTIVATIONS") == ["one", "two"]
    assert rows_of(MADE_UP, "LOSSES") == ["three"]


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (["one"], "two is not written"),
        (["one", "two", "three"], "three is no row of the engine"),
        (["one", "two", "two"], "a name is there twice"),
    ],
)
def test_a_difference_is_reported(written: list[str], problem: str) -> None:
    assert problems(["one", "two"], ["one", "two"]) == []
    assert problems(written, ["one", "two"]) == [problem]
