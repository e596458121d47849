"""`make mutants`, tested: it plants what it says, and tells what tests notice from what they do not."""

import contextlib
import shutil
import time
from pathlib import Path

import pytest

from tests.filled import filled
from tests.mutants.__main__ import ROOT, equivalents, sample
from tests.mutants.groups import GROUPS, Group, files_of, javascript_tests, mutants_of, python_tests
from tests.mutants.javascript import javascript_mutants
from tests.mutants.python import python_mutants
from tests.mutants.trial import JavascriptTests, python_passes
from tests.mutants.work import tried

PYTHON = """
LIMIT: Literal[3] = 5

def clipped(x, least=0.5, is_on=True):
    "Not 5 < 6."
    if x is None or not is_on:
        raise ValueError(f"{x + 1}")
    note(x)
    return max(-x, least) ** 2
"""
JAVASCRIPT = """
/** Not a + b. */
export function clipped(x, least = 0) {
  if (x === null || !least) return `${x + 1} - 1`;
  note(x);
  const letters = /[a-z]+/;
  return Math.max(-x, least) / 2 - 'a + b'.length;
}
"""


def changes(mutants) -> list[str]:
    return [f"{one.change}" for one in mutants]


def test_what_is_changed_in_python() -> None:
    assert changes(python_mutants("a.py", PYTHON)) == [
        "5 → 6",
        "0.5 → (0.5 * 1.3)",
        "True → False",
        "x is None or not is_on → (not (x is None or not is_on))",
        "is → is not",
        "or → and",
        "not → nothing",
        'raise ValueError(f"{x + 1}") → pass',
        "note(x) → pass",
        "max → min",
        "- → nothing",
        "** → *",
        "2 → 3",
    ]


def test_what_is_changed_in_javascript() -> None:
    assert changes(javascript_mutants("a.js", JAVASCRIPT)) == [
        "0 → 1",
        "(x === null || !least) → (!(x === null || !least))",
        "=== → !==",
        "|| → &&",
        "! → nothing",
        "+ → -",
        "1 → 2",
        "note(x); → ;",
        "max → min",
        "- → nothing",
        "/ → *",
        "2 → 3",
        "- → +",
    ]
    mathematics = changes(javascript_mutants("a.js", "say('a + b²', x);", is_mathematics=True))
    assert mathematics == ["+ → −", "² → ³"]


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_every_mutant_is_one_change_and_every_file_has_tests(group: Group) -> None:
    files = files_of(group, ROOT)
    assert len(files) > 5
    for one in filled(sample(mutants_of(group, ROOT), 60, 3)):
        assert one.mutated != one.source
        assert one.old in one.source.splitlines()[one.number - 1] or "\n" in one.old
        if one.file.endswith(".py"):
            compile(one.mutated, one.file, "exec")
    for file in files:
        assert python_tests(group, file, ROOT) if file.endswith(".py") else javascript_tests(file, ROOT), file


def test_the_nearest_tests_come_first() -> None:
    engine = next(group for group in GROUPS if group.name == "engine")
    assert python_tests(engine, "app/engine/losses.py", ROOT)[0] == "tests/engine/test_losses.py"
    assert javascript_tests("static/js/lib/format.js", ROOT)[0] == "tests/js/format.test.js"


def test_tests_that_are_slow_are_run_for_what_they_are_of_only() -> None:
    api = next(group for group in GROUPS if group.name == "API")
    assert "tests/api/test_work.py" in python_tests(api, "app/api/work.py", ROOT)
    assert not set(python_tests(api, "app/api/presets.py", ROOT)) & set(api.slow)
    named = [path for group in GROUPS for path in (*group.slow, *group.served)]
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_a_sample_depends_on_its_seed_and_not_on_other_lines() -> None:
    before = python_mutants("a.py", PYTHON)
    after = python_mutants("a.py", f"# {PYTHON.count('x')} lines come before\n\n{PYTHON}")
    first, second = sample(before, 6, 1), sample(before, 6, 2)
    assert changes(sample(after, 6, 1)) == changes(first)
    assert changes(first) != changes(second)


def test_every_equivalent_is_still_there_and_has_a_reason() -> None:
    all_mutants = [one for group in GROUPS for one in mutants_of(group, ROOT)]
    rows = equivalents()
    assert min((len(row["reason"]) for row in rows), default=99) > 20
    found = {(one.file, one.line, one.change) for one in all_mutants if one.file in {row["file"] for row in rows}}
    gone = [row for row in rows if (row["file"], row["line"], row["change"]) not in found]
    assert gone == []


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """A repository with one module in each language, and tests that notice a part of what could go wrong in it."""
    for folder in ("app", "static/js/lib", "tests/js"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[tool.pytest.ini_options]\npythonpath = ["."]\n', encoding="utf-8")
    shutil.copy(ROOT / "tests/js/harness.js", tmp_path / "tests/js")
    share = "export const share = (part, whole) => {\n  if (whole < 0) return 0;\n  return part / whole;\n};\n"
    texts = {
        "app/toy.py": "def share(part, whole):\n    if whole < 1:\n        return 0\n    return part / whole\n",
        "tests/test_toy.py": ("from app.toy import share\ndef test_it():\n    assert share(6, 2) == 3\n"),
        "static/js/lib/toy.js": share,
        "tests/js/toy.test.js": (
            "import { assert, test } from './harness.js';\nimport { share } from '../../static/js/lib/toy.js';\n"
            "test('it', () => assert.equal(share(6, 2), 3));\n"
        ),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_what_is_noticed_is_told_from_what_survives(toy: Path, capfd: pytest.CaptureFixture[str]) -> None:
    group = Group(name="toy", files=("app/*.py", "static/js/lib/*.js"), tests=("tests",))
    outcomes = tried([(group, one) for one in mutants_of(group, toy)], jobs=1, root=toy)
    noticed = [(one.mutant.file[-2:], one.mutant.change) for one in outcomes if not one.survived]
    survived = [(one.mutant.file[-2:], one.mutant.change) for one in outcomes if one.survived]
    # Nobody asks for a share in less than nothing.
    assert noticed == [("py", "/ → *"), ("js", "(whole < 0) → (!(whole < 0))"), ("js", "/ → *")]
    assert [change for language, change in survived if language == "py"] == ["< → <=", "1 → 2", "0 → 1"]
    assert [change for language, change in survived if language == "js"] == ["< → <=", "0 → 1", "0 → 1"]
    assert capfd.readouterr().out.count("survived (toy): ") == len(survived)


def test_what_takes_too_long_is_noticed(toy: Path) -> None:
    (toy / "tests" / "test_slow.py").write_text(
        "import time\ndef test_it():\n    time.sleep(60)\n", encoding="utf-8"
    )
    begin = time.monotonic()
    assert not python_passes(toy, ["tests/test_slow.py"], seconds=2)
    assert time.monotonic() - begin < 50


def test_javascript_that_never_ends_is_noticed(toy: Path) -> None:
    tests = toy / "tests" / "js"
    text = (tests / "toy.test.js").read_text(encoding="utf-8")
    endless = text.replace("assert.equal(share(6, 2), 3)", "{ while (share(6, 2) === 3); }")
    assert endless != text
    (tests / "endless.test.js").write_text(endless, encoding="utf-8")
    with contextlib.closing(JavascriptTests(toy)) as trial:
        begin = time.monotonic()
        assert not trial.passes(["tests/js/endless.test.js"], seconds=3)
        assert time.monotonic() - begin < 30
        assert trial.passes(["tests/js/toy.test.js"], seconds=60)


def test_a_third_of_the_time_may_be_computed(toy: Path) -> None:
    (toy / "tests" / "test_limit.py").write_text(
        "import resource\ndef test_it():\n    assert resource.getrlimit(resource.RLIMIT_CPU)[0] == 20\n",
        encoding="utf-8",
    )
    assert python_passes(toy, ["tests/test_limit.py"], seconds=60)
    assert not python_passes(toy, ["tests/test_limit.py"], seconds=90)
