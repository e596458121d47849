"""The tests, tested: none compares a thing with itself, or passes because there was nothing to look at."""

from pathlib import Path

import pytest

from tests.filled import filled
from tests.looking_away import problems_of_javascript, problems_of_python

HERE = Path(__file__).parent
PYTHON = sorted(HERE.rglob("*.py"))
JAVASCRIPT = sorted((HERE / "js").glob("*.js"))


def test_no_assertion_looks_away() -> None:
    assert PYTHON
    assert JAVASCRIPT
    found = {
        file.relative_to(HERE).as_posix(): problems
        for files, problems_of in ((PYTHON, problems_of_python), (JAVASCRIPT, problems_of_javascript))
        for file in files
        if (problems := problems_of(file.read_text(encoding="utf-8")))
    }
    assert found == {}


def in_a_test(*lines: str) -> str:
    return "\n".join(["def test_it(given):", *(f"    {line}" for line in lines)])


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        (["assert f(1) == f(1)"], "itself"),
        (["assert given == approx(given, abs=0)"], "itself"),
        (["np.testing.assert_allclose(given.a, given.a, atol=1)"], "itself"),
        (["assert len(given) >= 0"], "never negative"),
        (["assert 0 <= page.locator('p').count()"], "never negative"),
        (["assert (given, 'is 1')"], "whatever"),
        (["assert (one > 0 for one in given)"], "whatever"),
        (["assert given == approx(2.0, rel=0.5)"], "tolerance of 0.5"),
        (["np.testing.assert_allclose(given, 2.0, rtol=1)"], "tolerance of 1"),
        (["for one in page.locator('p').all():", "    assert one"], "nothing in page.locator('p').all()"),
        (["for one in page.locator('p').all():", "    expect(one).to_be_visible()"], "nothing in"),
        (["for one in found['rows']:", "    np.testing.assert_array_equal(one, 1)"], "nothing in found['rows']"),
        (["for one in range(len(found)):", "    assert one"], "nothing in range"),
        (["found = [one for one in given if one]", "for one in found:", "    assert one"], "nothing in found"),
        (["assert all(one > 0 for one in made(given))"], "nothing in made(given)"),
        (["assert given and all(one > 0 for one in made(given))"], "nothing in made(given)"),
        (["assert not any(one > 0 for one in made(given))"], "nothing in made(given)"),
        (["assert not [one for one in made(given) if one]"], "nothing in made(given)"),
        (["if given:", "    assert f(given)"], "unless an `if` holds"),
        (["if given:", "    assert f(given)", "elif f(1):", "    assert f(2)"], "unless an `if` holds"),
        (["assert given", "for one in (1, 2):", "    if f(one):", "        assert one"], "unless an `if` holds"),
    ],
)
def test_what_looks_away_in_python_is_found(lines: list[str], what: str) -> None:
    (problem,) = problems_of_python(in_a_test(*lines))
    assert what in problem


@pytest.mark.parametrize(
    "lines",
    [
        ["assert f(1) == f(2)", "assert len(given) >= 1", "assert given == approx(2.0, rel=0.05)"],
        ["for one in (1, 2):", "    assert one"],
        ["for at, one in enumerate(TABLE):", "    assert one"],
        ["for one in sorted(TABLE.items())[:3]:", "    assert one"],
        ["for one in given:", "    assert one"],
        ["rows = page.locator('p')", "expect(rows).to_have_count(3)", "for one in rows.all():", "    assert one"],
        ["assert len(found['rows']) == 2", "for one in found['rows']:", "    assert one"],
        ["for one in filled(page.locator('p').all()):", "    assert one"],
        ["found = [f(one) for one in TABLE]", "assert all(one > 0 for one in found)"],
        ["for one in found['rows']:", "    print(one)"],
        ["if given:", "    assert f(given)", "else:", "    assert g(given)"],
        ["with raises(A):", "    f(1)", "assert f(2)", "if given:", "    assert f(given)"],
        [
            "seen = set()",
            "for one in (1, 2):",
            "    if one:",
            "        assert one",
            "        seen.add(one)",
            "assert seen",
        ],
        ["if not given:", "    pytest.fail(given)"],
    ],
    ids=lambda lines: lines[0],
)
def test_what_looks_in_python_is_left_alone(lines: list[str]) -> None:
    assert problems_of_python(in_a_test(*lines)) == []


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("assert.equal(made.a, made.a);", "itself"),
        ("assert.ok(rows.length >= 0);", "never negative"),
        ("for (const one of found) assert.ok(one);", "nothing in found"),
        (
            "for (const { at } of rows(found, 2)) {\n  const n = at + 1;\n  assert.ok(n);\n}",
            "nothing in rows(found, 2)",
        ),
    ],
)
def test_what_looks_away_in_javascript_is_found(source: str, what: str) -> None:
    (problem,) = problems_of_javascript(source)
    assert what in problem


@pytest.mark.parametrize(
    "source",
    [
        "assert.equal(made.a, made.b);\nassert.ok(rows.length >= 1);",
        "for (const one of filled(found)) assert.ok(one);",
        "for (const [one, other] of [[1, 2]]) assert.ok(one < other);",
        "for (const one of TABLE) assert.ok(one);",
        "const found = [1, 2];\nfor (const one of found) assert.ok(one);",
        "assert.equal(found.length, 2);\nfor (const one of found) assert.ok(one);",
        "for (const one of found) use(one);\nassert.ok(1);",
    ],
)
def test_what_looks_in_javascript_is_left_alone(source: str) -> None:
    assert problems_of_javascript(source) == []


def test_going_through_nothing_fails() -> None:
    assert list(filled(iter([1, 2]))) == [1, 2]
    with pytest.raises(AssertionError, match="nothing here"):
        list(filled([]))
