"""No caption, table or legend is cut off, on any page with figures, at any width, in either language."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from app.lessons import source
from tests.browser.cut_off import WIDTHS, assert_nothing_is_cut_off, show_all_numbers
from tests.browser.lab import choose
from tests.browser.lessons import open_lesson
from tests.browser.pages import PageOpener, wait_until_drawn
from tests.browser.test_lesson_looks import bring_in

LANGUAGES = ["en", "ru"]
SLUGS = sorted(folder.name for folder in (Path(source.__file__).parent / "content").iterdir() if folder.is_dir())
# Russian words are longer: what has room for them has room for the English ones, so these are seen in fewer widths.
LESSON_WIDTHS = {"en": (1024, 320), "ru": WIDTHS}


def settle(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    wait_until_drawn(page)


def in_each_task(page: Page) -> None:
    """Measure the lab's three tasks, after a step, with what can be asked for in them, and with all tables open."""
    page.click('[data-task-choice="train"]')
    page.keyboard.press("Shift+ArrowRight")
    for task in ("step", "train", "inside"):
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        page.click(f'[data-task-choice="{task}"]')
        settle(page)
        for button in ("#check-all", "#votes-pin"):
            if page.locator(button).is_visible():
                page.click(button)
        settle(page)
        assert_nothing_is_cut_off(page, task)
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    show_all_numbers(page)
    settle(page)
    assert_nothing_is_cut_off(page, "inside, with tables")


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_the_lab(open_page: PageOpener, language: str) -> None:
    page = open_page(f"/{language}/lab", width=1440, height=900, language=language)
    page.wait_for_selector("#network-plot .main-svg")
    choose(page, "spiral")
    in_each_task(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_projector(open_page: PageOpener, language: str) -> None:
    page = open_page(f"/{language}/lab?projector", width=1440, height=900, language=language)
    page.wait_for_selector("#network-plot .main-svg")
    page.keyboard.press("Shift+ArrowRight")
    for task in ("step", "train", "inside"):
        page.click(f'[data-task-choice="{task}"]')
        settle(page)
        assert_nothing_is_cut_off(page, task, (1920, 1440, 1024))


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_a_race(open_page: PageOpener, language: str) -> None:
    page = open_page(f"/{language}/race", width=1440, height=900, language=language)
    page.wait_for_selector("#race-map-plot .main-svg, #race-map-plot canvas")
    settle(page)
    show_all_numbers(page)
    settle(page)
    assert_nothing_is_cut_off(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_the_first_page(open_page: PageOpener, language: str) -> None:
    page = open_page(f"/{language}/", width=1440, height=900, language=language)
    settle(page)
    assert_nothing_is_cut_off(page)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS)
def test_in_a_lesson(open_page: PageOpener, slug: str, language: str) -> None:
    page = open_lesson(open_page, slug, language)
    bring_in(page)
    settle(page)
    show_all_numbers(page)
    settle(page)
    assert_nothing_is_cut_off(page, widths=LESSON_WIDTHS[language])


# A style sheet made by a script: the page's rules allow no other.
ADD_STYLE = """(text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [sheet];
}"""


def test_the_tester_sees_what_is_cut(open_page: PageOpener) -> None:
    page = open_page("/en/race", width=1440, height=900)
    page.wait_for_selector("#race-map-plot .main-svg, #race-map-plot canvas")
    for broken in (
        "figcaption { height: 1em; overflow: hidden; }",
        "figcaption { white-space: nowrap; overflow: hidden; }",
        "figcaption { width: 300%; margin-left: 30%; }",
        ".figure-head { transform: translateX(60px); }",
        ".main-svg { transform: translateX(-60px); }",
    ):
        page.evaluate(ADD_STYLE, broken)
        with pytest.raises(AssertionError, match=r"cut by|leaves"):
            assert_nothing_is_cut_off(page, widths=(390,))
        page.evaluate("() => { document.adoptedStyleSheets = []; }")
    assert_nothing_is_cut_off(page, widths=(390,))
