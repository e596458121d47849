"""The tools of the browser tests, tested: whatever is wrong with a page must be noticed."""

import asyncio
import re
from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error

from tests.browser import pages
from tests.browser.axe import assert_accessible, violations
from tests.browser.file_server import FileServer
from tests.browser.pages import PageOpener, wait_until
from tests.browser.screenshots import shoot

STRICT_POLICY = "default-src 'self'; img-src data:"
HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>T</title><link rel="icon" href="data:,">'
SOUND = f"{HEAD}<main><h1>Sound</h1></main>"


@pytest.fixture
def files(tmp_path: Path) -> Generator[FileServer]:
    with FileServer({"/files": tmp_path}) as running:
        yield running


def opened(browser: Browser, files: FileServer, html: str, expected: tuple[str, ...] = ()) -> list[str]:
    """Return what a page made of `html` complains about."""
    (files.folders["/files"] / "page.html").write_text(html, encoding="utf-8")
    opener = PageOpener(browser, files.url)
    for pattern in expected:
        opener.expect(pattern)
    opener("/files/page.html").evaluate("new Promise((done) => setTimeout(done, 500))")
    return opener.close()


def test_a_sound_page_complains_of_nothing(browser: Browser, files: FileServer) -> None:
    assert opened(browser, files, SOUND) == []


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("console.error('oh')", "console error: oh"),
        ("console.warn('hm')", "console warning: hm"),
        ("throw new Error('thrown')", "script error: thrown"),
        ("Promise.reject(new Error('rejected'))", "script error: rejected"),
        ("fetch('/files/missing.json')", "404.*missing.json"),
        ("fetch('http://example.test/').catch(() => 0)", "another host: http://example.test/"),
        ("new WebSocket('ws://example.test/')", "another host: ws://example.test/"),
        ("fetch('http://127.0.0.1:1/').catch(() => 0)", "another host: http://127.0.0.1:1/"),
    ],
)
def test_every_complaint_of_a_page_is_noticed_unless_it_is_expected(
    script: str, complaint: str, browser: Browser, files: FileServer
) -> None:
    html = f"{SOUND}<script>{script}</script>"
    assert any(re.search(complaint, noticed) for noticed in opened(browser, files, html))
    left = opened(browser, files, html, expected=(complaint,))
    assert not re.search(complaint, "\n".join(left))


def test_what_was_expected_in_vain_is_noticed(browser: Browser, files: FileServer) -> None:
    assert opened(browser, files, SOUND, expected=("a warning",)) == ["expected, but did not happen: a warning"]


def test_a_request_aborted_by_the_page_itself_is_no_complaint(browser: Browser, files: FileServer) -> None:
    script = "const c = new AbortController(); fetch('page.html', c).catch(() => 0); c.abort();"
    assert opened(browser, files, f"{SOUND}<script>{script}</script>") == []


def test_a_page_is_opened_as_asked(browser: Browser, files: FileServer) -> None:
    opener = PageOpener(browser, files.url)
    page = opener("/", width=390, height=800, language="ru", dark=True)
    assert page.evaluate("[innerWidth, innerHeight, navigator.language]") == [390, 800, "ru-RU"]
    for query in ("prefers-color-scheme: dark", "prefers-reduced-motion: reduce"):
        assert page.evaluate(f"matchMedia('({query})').matches")
    assert opener.close() == []


def test_axe_finds_what_is_wrong_and_says_where_even_under_a_strict_policy(
    browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / "wrong.html").write_text(f'{HEAD}<main><h1>H</h1><img id="mute" src="data:,"></main>')
    (tmp_path / "sound.html").write_text(SOUND)
    with FileServer({"/files": tmp_path}, {"Content-Security-Policy": STRICT_POLICY}) as files:
        opener = PageOpener(browser, files.url)
        page = opener("/files/wrong.html")
        assert [violation["id"] for violation in violations(page)] == ["image-alt"]
        assert violations(page, within="h1") == []
        assert violations(page, without=("image-alt",)) == []
        with pytest.raises(AssertionError, match=r"(?s)1 broken .*image-alt.*#mute"):
            assert_accessible(page)
        assert_accessible(opener("/files/sound.html"))
        assert opener.close() == []


def test_figures_in_three_dimensions_can_be_drawn(browser: Browser, files: FileServer) -> None:
    opener = PageOpener(browser, files.url)
    assert opener("/").evaluate("!!document.createElement('canvas').getContext('webgl2')")
    assert opener.close() == []


def test_pictures_are_saved_only_where_a_folder_is_set(
    browser: Browser, files: FileServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opener = PageOpener(browser, files.url)
    page = opener("/")
    monkeypatch.delenv("BACKSTEP_SCREENSHOTS", raising=False)
    shoot(page, "none")
    monkeypatch.setenv("BACKSTEP_SCREENSHOTS", str(tmp_path / "pictures"))
    shoot(page, "one")
    assert opener.close() == []
    assert [picture.name for picture in tmp_path.rglob("*.png")] == ["one.png"]


def test_other_tests_may_run_a_loop_of_their_own_after_a_browser_test(browser: Browser) -> None:
    # What is done after each test here, so that another can follow.
    assert asyncio.get_running_loop() is browser._loop
    asyncio._set_running_loop(None)
    assert asyncio.run(asyncio.sleep(0, "done")) == "done"
    asyncio._set_running_loop(browser._loop)


@pytest.fixture(scope="module")
def opened_once(browser: Browser) -> Generator[str]:
    with browser.new_context() as context:
        yield context.new_page().url


def test_what_is_made_once_for_a_file_may_use_the_browser_after_other_tests(opened_once: str) -> None:
    assert opened_once == "about:blank"


def test_no_wait_takes_a_promise_for_true() -> None:
    found = [
        path.name
        for path in Path(__file__).parent.glob("*.py")
        if re.search(r'wait_for_function\(\s*(f?"+)\s*async\b', path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_what_never_comes_true_is_said(
    browser: Browser, files: FileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MILLISECONDS_TO_WAIT", 100)
    opener = PageOpener(browser, files.url)
    page = opener("/")
    wait_until(page, "async () => document.body !== null")
    with pytest.raises(Error, match="never came true"):
        wait_until(page, "async () => false")
    assert opener.close() == []
