"""The page about the project, and the foot of every page that leads to it."""

import itertools

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import OF_COLOUR, assert_accessible
from tests.browser.lab import open_lab
from tests.browser.looks import WIDTHS
from tests.browser.pages import PageOpener
from tests.browser.screenshots import shoot

FOOT = ".site-footer"


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_accessible_and_nothing_scrolls_sideways(open_page: PageOpener, language: str, theme: str) -> None:
    page = open_page(f"/{language}/about", language=language, dark=theme == "dark")
    expect(page.locator("html")).to_have_attribute("data-theme", theme)
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        shoot(page, f"about-{language}-{width}-{theme}", full_page=True)
        assert_accessible(page, only=OF_COLOUR if theme == "dark" else ())
        wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"scrolls sideways by {wide} px at {width}"


def test_headings_are_in_order_and_it_loads_no_script_of_the_lab(open_page: PageOpener) -> None:
    page = open_page("/en/about")
    levels = page.locator("h1, h2, h3").evaluate_all("all => all.map((one) => Number(one.tagName[1]))")
    assert levels[0] == 1
    assert len(levels) == 9
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    loaded = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name.split('/').pop())")
    assert [name for name in loaded if name.endswith(".js")] == ["theme.js"]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_link_of_this_site_leads_to_a_page(open_page: PageOpener, language: str) -> None:
    page = open_page(f"/{language}/about", language=language)
    links = page.locator("a[href]").evaluate_all("all => all.map((one) => one.href)")
    own = {link for link in links if link.startswith(page.url.split(f"/{language}/")[0])}
    assert len(own) >= 6
    assert {link: page.request.get(link).status for link in own} == dict.fromkeys(own, 200)
    # Sources are named with their addresses; none is asked for anything, the fixture would hear it.
    assert len(set(links) - own) >= 6
    assert all(link.startswith("https://") for link in set(links) - own)


@pytest.mark.parametrize("path", ["/en/lab", "/ru/race", "/ru/nothing", "/docs"])
def test_the_foot_of_every_page_leads_there(open_page: PageOpener, path: str) -> None:
    if path.endswith("nothing"):
        open_page.expect("404")
    language = "ru" if path.startswith("/ru") else "en"
    page = open_page(path, language=language)
    page.locator(FOOT).get_by_role("link").first.click()
    page.wait_for_url(f"**/{language}/about")
    expect(page.locator(f"{FOOT} [aria-current=page]")).to_have_count(1)
    other = "en" if language == "ru" else "ru"
    page.click(f"[data-language={other}]")
    page.wait_for_url(f"**/{other}/about")


def test_on_a_short_page_the_foot_is_at_the_bottom(open_page: PageOpener) -> None:
    open_page.expect("404")
    page = open_page("/en/nothing")
    assert bottom(page) == pytest.approx(900, abs=1)
    assert page.evaluate("() => document.documentElement.scrollHeight") == 900


@pytest.mark.parametrize("width", [390, 320])
@pytest.mark.parametrize("task", ["step", "train", "inside"])
def test_on_a_phone_the_foot_of_the_lab_comes_out_from_behind_the_transport(
    open_page: PageOpener, width: int, task: str
) -> None:
    page = open_lab(open_page, "ru", (width, 700))
    page.click(f'[data-task-choice="{task}"]')
    covering = ".sheet-handle" if task == "step" else ".transport"
    # A task's figures come one after the other, and the page grows with them.
    page.wait_for_function(
        """([foot, covering]) => {
            scrollTo(0, document.documentElement.scrollHeight);
            const at = (selector) => document.querySelector(selector).getBoundingClientRect();
            return at(foot).bottom <= at(covering).top + 0.5;
        }""",
        arg=[FOOT, covering],
        polling=100,
    )
    shoot(page, f"foot-{task}-{width}")
    page.locator(f"{FOOT} a").first.click()
    page.wait_for_url("**/ru/about")


def test_the_foot_is_neither_printed_nor_projected(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    expect(page.locator(FOOT)).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(FOOT)).to_be_hidden()
    page = open_lab(open_page)
    page.goto("/en/lab?projector")
    expect(page.locator(FOOT)).to_be_hidden()


def bottom(page: Page) -> float:
    """Where in the window the foot of the page ends."""
    return page.locator(FOOT).evaluate("(one) => one.getBoundingClientRect().bottom")
