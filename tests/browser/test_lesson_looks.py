"""Lessons with races and with the lab: no rule is broken in any look, nothing scrolls sideways, each is small."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import OF_COLOUR, assert_accessible
from tests.browser.lab import WIDTHS
from tests.browser.lessons import answer, open_lesson
from tests.browser.pages import PageOpener
from tests.browser.screenshots import shoot
from tests.browser.test_lesson_races import press, race

# Each lesson with the number question that is answered wrongly in it.
LOOKS = [
    ("downhill", "en", "step"),
    ("the-learning-rate", "ru", "limit"),
    ("backpropagation", "ru", "hidden"),
    ("training", "en", "steps"),
    ("the-landscape", "ru", "momentum"),
    ("when-it-does-not-learn", "en", "row"),
    ("the-lab", "ru", None),
]


def bring_in(page: Page) -> None:
    """Let every instrument be mounted."""
    for place in page.locator("[data-instrument]").all():
        place.scroll_into_view_if_needed()
        expect(place.locator(":visible").first).to_be_visible()


@pytest.mark.parametrize(("slug", "language", "question"), LOOKS)
def test_no_rule_is_broken_in_any_look(
    open_page: PageOpener, slug: str, language: str, question: str | None
) -> None:
    page = open_lesson(open_page, slug, language)
    bring_in(page)
    expect(page.locator(".main-svg").first).to_be_visible(timeout=30_000)
    if page.locator("[data-instrument=race]").count():
        press(race(page, 0), "forward", 3)
    if page.locator("#forward").count():
        page.click("#forward")
    if page.locator("#setup-toggle").count():
        page.click("#setup-toggle")
        expect(page.locator("#setup")).to_be_visible()
    if question:
        answer(page, question, 9999)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        expect(page.locator("html")).to_have_attribute("data-theme", theme)
        for width, height in WIDTHS:
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(200)
            shoot(page, f"lessons-{slug}-{language}-{width}-{theme}")
            assert_accessible(page, only=OF_COLOUR if theme == "dark" else ())
            wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{width}-{theme} scrolls sideways by {wide} px"


@pytest.mark.parametrize("slug", ["downhill", "training"])
def test_what_a_lesson_shows_first_is_small(open_page: PageOpener, slug: str) -> None:
    page = open_page(f"/en/lessons/{slug}")
    expect(page.locator("h1")).to_be_visible()
    sizes = page.evaluate(
        """() => performance.getEntries().filter(({ name }) => !name.includes('plotly') && !name.includes('/api/'))
            .map(({ name, encodedBodySize }) => [name, encodedBodySize ?? 0])"""
    )
    assert sum(size for _, size in sizes) <= 110_000, sizes
