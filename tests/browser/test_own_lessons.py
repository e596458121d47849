"""A lesson put beside the others by whoever runs the server: it appears, works, and its mistakes are told."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from app.lessons.lesson import CONTENT
from tests.browser.pages import PageOpener
from tests.lessons.guide import example_for_authors
from tests.running_server import RunningServer


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("lessons")
    for name in ("nearly-white", "broken"):
        (folder / name).mkdir()
        for code, text in example_for_authors().items():
            broken = text.replace("order: 20", "order: last") if name == "broken" else text
            (folder / name / f"{code}.md").write_text(broken, encoding="utf-8")
    running = RunningServer(folder / "log.txt", BACKSTEP_LESSONS=str(folder))
    yield running
    running.stop()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_lesson_dropped_in_appears_and_works(browser: Browser, own_server: RunningServer, language: str) -> None:
    opener = PageOpener(browser, own_server.url)
    page = opener(f"/{language}/", language=language)
    rows = page.locator("[data-lesson]")
    expect(rows).to_have_count(1 + sum(path.is_dir() for path in CONTENT.iterdir()))
    rows.last.locator("a").click()
    page.wait_for_url("**/nearly-white")
    page.click("#q-grey [data-part=skip]")
    dots = page.locator(".pixel")
    expect(dots).to_have_count(64)
    page.check("input[name=pixels-shade][value='128']")
    dots.nth(0).click()
    expect(page.locator("#q-grey [data-part=outcome]")).to_have_class("lesson-outcome is-shown")
    dots.nth(1).click()
    dots.nth(2).click()
    expect(page.locator("#q-three")).to_have_class("card lesson-block lesson-task is-done")
    assert opener.close() == []


def test_the_mistakes_of_a_broken_one_are_told_when_the_server_starts(own_server: RunningServer) -> None:
    for code in ("en", "ru"):
        assert f'broken/{code}.md:5: "order" is a whole number from 0 to 9999, not "last".' in own_server.log()


def test_a_folder_that_is_not_there_is_told_and_the_server_starts(tmp_path: Path) -> None:
    running = RunningServer(tmp_path / "log.txt", BACKSTEP_LESSONS=str(tmp_path / "nowhere"))
    assert "nowhere:1: There is no such folder." in running.log()
    running.stop()
