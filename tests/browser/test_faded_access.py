"""The faded example in every look: no rule broken, nothing scrolls sideways, all of it translated; and on paper."""

from collections.abc import Generator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import OF_COLOUR, assert_accessible
from tests.browser.faded import fill, line, open_pass, write_lesson
from tests.browser.looks import WIDTHS
from tests.browser.pages import PageOpener, wait_until_drawn
from tests.browser.profiles import Profiles
from tests.browser.screenshots import shoot
from tests.browser.test_pseudo import TEXTS, untranslated
from tests.running_server import RunningServer


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Generator[dict[str, RunningServer]]:
    folder = tmp_path_factory.mktemp("faded")
    write_lesson(folder)
    running = {
        module: RunningServer(folder / f"{module}.txt", module=module, BACKSTEP_LESSONS=str(folder))
        for module in ("app", "tests.pseudo")
    }
    yield running
    for one in running.values():
        one.stop()


@pytest.fixture
def opener(browser: Browser, profiles: Profiles, servers: dict[str, RunningServer]) -> Generator[PageOpener]:
    made = PageOpener(browser, servers["app"].url, profiles)
    yield made
    assert made.close() == []


def nothing(_: Page) -> None:
    return


def answered(page: Page) -> None:
    """A slip, a wrong number without one, a right one, one that was shown, and something that is no number."""
    fill(page, "z_h1", 0.3825)
    fill(page, "a_o2", 99)
    fill(page, "delta_o1", 0.1385)
    page.click("#faded-0-loss_o1-show")
    expect(line(page, "loss_o1").locator(".faded-value")).to_be_visible()
    page.fill("#faded-0-da_h1-field", "?")
    page.press("#faded-0-da_h1-field", "Enter")


def mistaken(page: Page) -> None:
    answered(page)
    page.check("#faded-0-weights-updated")


def whole(page: Page) -> None:
    page.select_option("#faded-0-level", "none")
    expect(page.locator(".faded-form")).to_have_count(0)


def drawn(page: Page) -> None:
    page.click("#faded-0-others")
    expect(page.locator("#faded-0-first")).to_be_enabled()


STATES = {"fresh": nothing, "answered": answered, "mistaken": mistaken, "whole": whole, "drawn": drawn}
OVERFLOW = "() => document.documentElement.scrollWidth - innerWidth"
# What is cut off, or lies outside of the card: formulas may scroll, each in its line.
OUTSIDE = """() => {
    const card = document.querySelector('.lesson-faded').getBoundingClientRect();
    return [...document.querySelectorAll('.lesson-faded :is(p, button, input, label, strong, text, h3)')]
        .filter((one) => { const { left, right, width } = one.getBoundingClientRect();
            return width > 1 && (left < card.left - 0.5 || right > card.right + 0.5); })
        .map((one) => one.outerHTML.slice(0, 120));
}"""


@pytest.mark.parametrize(
    ("state", "language"),
    [("fresh", "en"), ("answered", "ru"), ("mistaken", "en"), ("mistaken", "ru"), ("whole", "ru"), ("drawn", "en")],
)
def test_no_rule_is_broken_in_any_look(opener: PageOpener, state: str, language: str) -> None:
    page = open_pass(opener, language)
    STATES[state](page)
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        wait_until_drawn(page)
        shoot(page, f"faded-{state}-{language}-{width}-light", full_page=True)
        assert_accessible(page, ".lesson-faded")
        assert page.evaluate(OVERFLOW) <= 0
        assert page.evaluate(OUTSIDE) == []
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    shoot(page, f"faded-{state}-{language}-dark", full_page=True)
    assert_accessible(page, ".lesson-faded", only=OF_COLOUR)


def test_what_can_be_pressed_on_a_phone_is_large_enough(opener: PageOpener) -> None:
    page = open_pass(opener, width=390, height=844, has_touch=True, is_mobile=True)
    small = page.evaluate(
        """() => [...document.querySelectorAll('.lesson-faded :is(button, input[type=text], select, label)')]
            .filter((one) => one.getBoundingClientRect().height < 40).map((one) => one.outerHTML.slice(0, 100))"""
    )
    assert [one for one in small if "for=" not in one] == []


def test_on_paper_there_are_lines_and_empty_fields_and_nothing_to_press(opener: PageOpener) -> None:
    page = open_pass(opener)
    page.emulate_media(media="print")
    for gone in (".faded-controls", "#faded-0-z_h1-check", "#faded-0-z_h1-show", ".faded-choice"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(line(page, "a_h1").locator(".faded-value")).to_be_visible()
    expect(page.locator(".faded-picture")).to_be_visible()
    expect(page.locator("#faded-0-z_h1-field")).to_be_visible()


def test_every_word_is_of_the_catalog_and_none_too_long(
    browser: Browser, servers: dict[str, RunningServer]
) -> None:
    opener = PageOpener(browser, servers["tests.pseudo"].url)
    page = open_pass(opener)
    mistaken(page)
    page.evaluate("document.querySelectorAll('.lesson > :not(.lesson-faded)').forEach((one) => one.remove())")
    page.evaluate("document.querySelectorAll('header, footer, title').forEach((one) => one.remove())")
    assert untranslated(page.evaluate(TEXTS)) == []
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(OVERFLOW) <= 0
    assert opener.close() == []
