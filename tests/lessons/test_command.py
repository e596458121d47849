"""`python -m app.lessons`: says what is wrong with lessons, with file and line, and whether anything is."""

import runpy
import shutil
import sys
from pathlib import Path

import pytest

from app.lessons.lesson import CONTENT
from tests.filled import filled


def said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *folders: Path
) -> tuple[int, str, str]:
    """The exit status, what was printed, and what was printed of errors."""
    monkeypatch.setattr(sys, "argv", ["app.lessons", *map(str, folders)])
    monkeypatch.delitem(sys.modules, "app.lessons.__main__", raising=False)
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("app.lessons", run_name="__main__")
    printed = capsys.readouterr()
    return int(ended.value.code or 0), printed.out, printed.err


def test_the_lessons_that_come_along_are_right(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    count = sum(1 for one in CONTENT.iterdir() if (one / "en.md").exists())
    assert said(monkeypatch, capsys) == (0, f"{count} lessons can be shown.\n", "")


def test_what_is_wrong_is_told_with_file_and_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for slug in ("downhill", "the-slope"):
        shutil.copytree(CONTENT / slug, tmp_path / slug)
    assert said(monkeypatch, capsys, tmp_path) == (0, "2 lessons can be shown.\n", "")
    broken = tmp_path / "downhill" / "ru.md"
    text = broken.read_text(encoding="utf-8")
    broken.write_text(text + "\n:::nothing\n:::\n", encoding="utf-8")
    status, out, err = said(monkeypatch, capsys, tmp_path)
    assert (status, out) == (1, "1 lessons can be shown.\n")
    for line in filled(err.splitlines()):
        assert line.startswith(f"{broken}:{len(text.splitlines()) + 2}: ")


def test_only_the_folders_that_are_named_are_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder, slug in zip(folders, ("downhill", "the-slope"), strict=True):
        shutil.copytree(CONTENT / slug, folder / slug)
    assert said(monkeypatch, capsys, folders[0])[1] == "1 lessons can be shown.\n"
    assert said(monkeypatch, capsys, *folders)[1] == "2 lessons can be shown.\n"
