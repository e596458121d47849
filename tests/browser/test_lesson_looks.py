"""Lessons with races and with the lab: no rule is broken in any look, nothing scrolls sideways, each is small."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lessons import answer, keeps_every_rule_in_each_look, open_lesson
from tests.browser.pages import PageOpener
from tests.browser.test_lesson_races import press, race
from tests.filled import filled

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
    for place in filled(page.locator("[data-instrument]").all()):
        place.scroll_into_view_if_needed()
        expect(place.locator(":visible").first).to_be_visible()


@pytest.mark.parametrize(("slug", "language", "question"), LOOKS)
def test_no_rule_is_broken_in_any_look(
    open_page: PageOpener, slug: str, language: str, question: str | None
) -> None:
    page = open_lesson(open_page, slug, language)
    bring_in(page)
    # A figure is drawn while it is seen.
    page.locator(".figure-plot").first.scroll_into_view_if_needed()
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
    keeps_every_rule_in_each_look(page, f"lessons-{slug}-{language}")


@pytest.mark.parametrize("slug", ["downhill", "training"])
def test_what_a_lesson_shows_first_is_small(open_page: PageOpener, slug: str) -> None:
    # So low that no instrument is near: each loads its own scripts when it comes into view.
    page = open_page(f"/en/lessons/{slug}", width=390, height=400)
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_load_state("networkidle")
    sizes = page.evaluate(
        """() => performance.getEntries().filter(({ name }) => !name.includes('plotly') && !name.includes('/api/'))
            .map(({ name, encodedBodySize }) => [name, encodedBodySize ?? 0])"""
    )
    assert sum(size for _, size in sizes) <= 110_000, sizes
