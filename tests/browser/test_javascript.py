"""Runs the JavaScript tests (tests/js/*.test.js) in the real browser: each of their tests is a subtest here."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error

from tests.browser.file_server import FileServer
from tests.browser.pages import Observer
from tests.filled import filled
from tests.pictures import STORED, files

ROOT = Path(__file__).parents[2]
FOLDERS = {"/static": ROOT / "static", "/tests/js": ROOT / "tests" / "js"}
TEST_FILES = sorted((ROOT / "tests" / "js").rglob("*.test.js"))

RUN = """async (file) => {
    const harness = await import('/tests/js/harness.js');
    await import(file);
    return await harness.run();
}"""


class BrokenFileError(Exception):
    """A file of tests that could not be loaded, holds no test, or complained outside of its tests."""


def run_tests(browser: Browser, folders: dict[str, Path], file: str) -> list[dict[str, Any]]:
    """Return the outcome of each test in a file: its name, whether it passed, and the message if not."""
    with FileServer(folders) as files, browser.new_context(base_url=files.url) as context:
        observer = Observer(context, files.url)
        page = context.new_page()
        page.goto("/")
        try:
            results: list[dict[str, Any]] = page.evaluate(RUN, file)
        except Error as error:
            raise BrokenFileError("\n".join([str(error), *observer.complaints])) from None
        page.evaluate("new Promise((done) => setTimeout(done))")
    if not results:
        raise BrokenFileError(f"{file} holds no test")
    if observer.complaints:
        raise BrokenFileError("\n".join(observer.complaints))
    return results


@pytest.mark.parametrize("file", [pytest.param(f, id=f.name.removesuffix(".test.js")) for f in TEST_FILES])
def test_in_the_browser(file: Path, browser: Browser, subtests: pytest.Subtests) -> None:
    for result in filled(run_tests(browser, FOLDERS, f"/{file.relative_to(ROOT).as_posix()}")):
        with subtests.test(result["name"]):
            if not result["passed"]:
                pytest.fail(result["message"], pytrace=False)


def test_there_are_tests_in_javascript() -> None:
    assert TEST_FILES


def test_every_stored_picture_has_a_file_of_tests_that_draws_it() -> None:
    assert {file.stem for file in STORED.glob("*.json")} == {
        name for file in files() for name in re.findall(r"await pictures\('([\w-]+)'\)", file.read_text("utf-8"))
    }


IMPORT = "import { assert, test } from '/tests/js/harness.js';"


def run_source(browser: Browser, folder: Path, source: str) -> list[dict[str, Any]]:
    (folder / "made-up.test.js").write_text(source, encoding="utf-8")
    return run_tests(browser, {**FOLDERS, "/made-up": folder}, "/made-up/made-up.test.js")


def test_a_failing_javascript_test_is_reported_with_its_name_and_reason(browser: Browser, tmp_path: Path) -> None:
    source = f"{IMPORT} test('one is two', () => assert.equal(1, 2)); test('one is one', () => assert.equal(1, 1));"
    wrong, right = run_source(browser, tmp_path, source)
    assert (wrong["name"], wrong["passed"]) == ("one is two", False)
    assert "expected 2, but got 1" in wrong["message"]
    assert "made-up.test.js:1" in wrong["message"]
    assert (right["name"], right["passed"]) == ("one is one", True)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        pytest.param(IMPORT, "holds no test", id="no test"),
        pytest.param(f"{IMPORT} test('a', () => {{", "SyntaxError", id="a mistake in the syntax"),
        pytest.param(f"{IMPORT} import '/static/js/nothing.js';", "nothing.js", id="a missing module"),
        pytest.param(f"{IMPORT} import {{ no }} from '/tests/js/harness.js';", "no", id="a missing export"),
        pytest.param(f"{IMPORT} throw new Error('at the top');", "at the top", id="an error at the top"),
        pytest.param(
            f"{IMPORT} test('a', () => {{ Promise.reject(new Error('unseen')); }});",
            "unseen",
            id="a rejected promise that nobody awaits",
        ),
    ],
)
def test_a_file_that_cannot_be_trusted_fails(source: str, reason: str, browser: Browser, tmp_path: Path) -> None:
    with pytest.raises(BrokenFileError, match=reason):
        run_source(browser, tmp_path, source)
