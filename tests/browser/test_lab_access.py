"""The lab for everyone: accessibility in every state, focus, size of the first view, without JavaScript."""

import json

import pytest
from playwright.sync_api import Page

from tests.browser.lab import accessible_in_each_look, choose, diverge, open_lab, wait_for_the_picture
from tests.browser.looks import COLOURED, WIDTHS
from tests.browser.pages import PageOpener


def press(page: Page, key: str, times: int = 1) -> None:
    for _ in range(times):
        page.keyboard.press(key)


STATES = {
    "whole": lambda page: None,
    "forward": lambda page: press(page, "ArrowRight"),
    "backward": lambda page: press(page, "ArrowRight", 18),
    "setup": lambda page: page.click("#setup-toggle"),
    "keys": lambda page: press(page, "?"),
    "moons": lambda page: (choose(page, "moons"), page.keyboard.press("ArrowRight")),
    "diverged": diverge,
    "refused": lambda page: (page.locator("#rate-field").fill("x"), page.keyboard.press("Enter")),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_state_is_accessible_in_every_size_and_theme(
    open_page: PageOpener, state: str, language: str
) -> None:
    page = open_lab(open_page, language)
    STATES[state](page)
    # On a phone the field that is refused is on the sheet, which is closed.
    sizes = WIDTHS if state != "refused" else WIDTHS[:1]
    looks = list(accessible_in_each_look(page, f"lab-{state}-{language}", sizes))
    assert len(looks) == 2 * len(sizes) - sum(width < COLOURED for width, _ in sizes)


def test_the_lab_has_few_tab_stops_and_shows_the_focus(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    stops = 0
    while True:
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """() => {
                const element = document.activeElement;
                if (element === document.body) return null;
                const box = element.getBoundingClientRect();
                const seen = element.matches('input[type=radio]') ? element.nextElementSibling : element;
                const style = getComputedStyle(seen);
                const isFoot = element.closest('.site-footer') !== null;
                return { outline: parseFloat(style.outlineWidth), width: box.width, height: box.height, isFoot };
            }"""
        )
        if focused is None:
            break
        stops += not focused["isFoot"]  # which comes last, behind all of the lab
        assert focused["outline"] >= 2
        assert min(focused["width"], focused["height"]) >= 24
    assert 10 < stops <= 25


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_first_view_is_small(open_page: PageOpener, language: str) -> None:
    page = open_page(f"/{language}/lab", language=language)
    wait_for_the_picture(page)
    sizes = page.evaluate(
        """() => {
            const all = performance.getEntries().filter((entry) => entry.encodedBodySize !== undefined);
            const plotly = all.find((entry) => entry.name.includes('/plotly/'));
            return all.filter((entry) => entry !== plotly && entry.startTime < plotly.responseEnd)
                .map((entry) => [entry.name, entry.encodedBodySize]);
        }"""
    )
    total = sum(size for _, size in sizes)
    assert len(sizes) > 20
    assert total <= 110_000, json.dumps(sizes, indent=1)


def test_the_page_says_what_it_needs_without_javascript(open_page: PageOpener) -> None:
    open_page.expect("request failed: csp")  # what the page would load ahead, the browser refuses aloud
    page = open_page("/en/lab", java_script_enabled=False)
    assert "JavaScript" in page.locator("noscript").inner_text()


def test_switching_the_theme_redraws_the_figures_and_is_kept(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    light = page.evaluate("() => document.querySelector('#network-plot').layout.annotations[0].font.color")
    page.click("#theme")
    page.wait_for_function(
        "(light) => document.querySelector('#network-plot').layout.annotations[0].font.color !== light", arg=light
    )
    page.reload()
    wait_for_the_picture(page)
    assert page.locator("html").get_attribute("data-theme") == "dark"
