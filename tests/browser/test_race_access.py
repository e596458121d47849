"""The page of races in every size, theme and language: no rule broken, nothing sideways, nothing untranslated."""

import json

import pytest

from tests.browser.looks import WIDTHS, keeps_every_rule_in_each_look
from tests.browser.pages import PageOpener
from tests.browser.race import Race, open_race
from tests.browser.screenshots import shoot
from tests.browser.test_pseudo import TEXTS, untranslated

STATES = {
    "whole": lambda race: None,
    "on the way": lambda race: (race.choose("momentum"), race.page.click("#runner-choose-3"), steps(race, 12)),
    "line": lambda race: race.choose("valleys"),
    "flown, tables, refused": lambda race: (race.choose("beale"), tables(race), refused(race)),
    "eight": lambda race: (race.choose("seven"), race.page.click("#runner-add"), race.settle()),
}


def steps(race: Race, count: int) -> None:
    race.page.keyboard.press("Home")
    for _ in range(count):
        race.page.keyboard.press("ArrowRight")


def tables(race: Race) -> None:
    for switch in race.page.locator(".numbers-switch").all():
        switch.click()


def refused(race: Race) -> None:
    race.page.fill("#start-x", "?")
    race.page.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("state", "language"),
    [("whole", "en"), ("on the way", "ru"), ("line", "en"), ("flown, tables, refused", "ru"), ("eight", "ru")],
)
def test_no_rule_is_broken_and_nothing_scrolls_sideways(open_page: PageOpener, state: str, language: str) -> None:
    race = open_race(open_page, language=language)
    STATES[state](race)
    keeps_every_rule_in_each_look(race.page, f"race-{state}-{language}", settle=lambda _: race.settle())


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_first_view_is_small(open_page: PageOpener, language: str) -> None:
    page = open_race(open_page, language=language).page
    sizes = page.evaluate(
        """() => performance.getEntries()
            .filter(({ encodedBodySize, name }) => encodedBodySize !== undefined && !name.includes('/plotly/'))
            .map(({ name, encodedBodySize }) => [name, encodedBodySize])"""
    )
    outside_the_api = [[name, size] for name, size in sizes if "/api/" not in name]
    assert len(outside_the_api) > 20
    assert sum(size for _, size in outside_the_api) <= 110_000, json.dumps(sizes, indent=1)


def test_every_text_comes_from_the_catalog_and_may_be_twice_as_long(open_pseudo: PageOpener) -> None:
    race = open_race(open_pseudo)
    page = race.page
    for name in ("momentum", "valleys", "beale"):
        race.choose(name)
        page.keyboard.press("2")
        page.keyboard.press("ArrowLeft")
        race.settle()
        found = untranslated(page.evaluate(TEXTS))
        assert not found, "\n" + "\n".join(sorted(set(found))[:20])
        for width, height in WIDTHS:
            page.set_viewport_size({"width": width, "height": height})
            race.settle()
            shoot(page, f"race-pseudo-{name}-{width}")
            assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
