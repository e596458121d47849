"""The README is held to the truth: its paths, commands, settings and words."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from app.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def links(text: str) -> list[str]:
    return [target for target in re.findall(r"\]\(([^)]+)\)", text) if not target.startswith("http")]


def paths(text: str) -> list[str]:
    """Everything in backticks or at the start of a line of a block that looks like a path of the project."""
    quoted = re.findall(r"`((?:app|static|templates|tests)(?:/[\w./-]+)?)`", text)
    listed = re.findall(r"^(app(?:/\w+)?|templates|tests)\s{2,}", text, re.MULTILINE)
    return quoted + listed


def make_targets(text: str) -> set[str]:
    return set(re.findall(r"`make ([a-z]+)", text))


def modules(text: str) -> set[str]:
    return set(re.findall(r"python -m (app[\w.]*)", text))


@pytest.mark.parametrize("target", links(README) + paths(README))
def test_every_path_of_the_readme_exists(target: str) -> None:
    assert (ROOT / target).exists()


def test_the_readme_has_what_these_tests_look_at() -> None:
    assert len(links(README)) > 12
    assert len(paths(README)) > 5
    assert {"run", "test", "check", "bench", "messages", "lock", "help"} <= make_targets(README)
    assert {"app", "app.wire_types"} <= modules(README)


@pytest.mark.parametrize("target", sorted(make_targets(README)))
def test_every_make_command_of_the_readme_is_a_target(target: str) -> None:
    assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE)


@pytest.mark.parametrize("module", sorted(modules(README)))
def test_every_module_of_the_readme_can_be_run(module: str) -> None:
    place = ROOT / module.replace(".", "/")
    assert place.with_suffix(".py").exists() or (place / "__main__.py").exists()


def test_the_table_of_settings_is_the_settings() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", README, re.MULTILINE)
    wanted = [
        (
            setting.metadata["variable"],
            "the number of cores" if setting.name == "slots" else str(setting.default) or "none",
            setting.metadata["description"],
        )
        for setting in fields(Settings)
    ]
    assert rows == wanted


def test_the_words_of_the_readme_are_those_of_the_code() -> None:
    answers = (ROOT / "app/api/answers.py").read_text(encoding="utf-8")
    for word in ("weights", "biases", "z", "a", "da", "delta", "dW", "db", "loss"):
        assert f"`{word}`" in README
        assert re.search(rf"^    {word}: ", answers, re.MULTILINE)


def test_a_wrong_path_command_or_module_would_be_seen() -> None:
    wrong = "see [x](app/nowhere.py), `static/js/none.js`, `make nothing`, python -m app.nothing"
    assert links(wrong) == ["app/nowhere.py"]
    assert paths(wrong) == ["static/js/none.js"]
    assert make_targets(wrong) == {"nothing"}
    assert modules(wrong) == {"app.nothing"}
    assert not (ROOT / "app/nowhere.py").exists()
