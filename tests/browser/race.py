"""What tests of the page of races share: opening it, reading it, dragging its start."""

import json
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.pages import PageOpener, wait_until_drawn

MAP = "#race-map-plot"


class Race:
    """The page, and what was asked and answered about its race so far."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.heard: list[tuple[dict[str, Any], dict[str, Any]]] = []
        page.on("response", self._keep)

    def _keep(self, response: Any) -> None:
        if response.url.endswith("/api/descent") and response.ok:
            self.heard.append((json.loads(response.request.post_data), response.json()))

    @property
    def answer(self) -> dict[str, Any]:
        """The last answer."""
        return self.heard[-1][1]

    @property
    def asked(self) -> dict[str, Any]:
        """What it was asked for with."""
        return self.heard[-1][0]

    def settle(self) -> None:
        """Wait until what is on screen is of what was asked for last, and drawn."""
        self.page.wait_for_function(
            """() => !document.querySelector('.runner-outcome.is-unknown')
                && document.querySelector('#race-map-plot .main-svg, #race-map-plot canvas')"""
        )
        wait_until_drawn(self.page)

    def choose(self, name: str) -> None:
        """Choose a race of the catalog."""
        before = len(self.heard)
        self.page.select_option("#race-name", name)
        self.page.wait_for_function("(name) => document.querySelector('#race-name').value === name", arg=name)
        self.wait_for_answers(before + 1)
        self.settle()

    def wait_for_answers(self, count: int) -> None:
        """Wait until so many answers have come."""
        for _ in range(200):
            if len(self.heard) >= count:
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"{len(self.heard)} answers, but {count} were waited for")

    def numbers(self) -> list[str]:
        """The values in the list of runs."""
        return self.page.locator(".runner-value").all_inner_texts()

    def start(self) -> list[float]:
        """The start, as its fields have it."""
        texts = self.page.evaluate(
            "() => [...document.querySelectorAll('[id^=start-][type=text]')].map((f) => f.value)"
        )
        return [float(text.replace("−", "-").replace(",", ".")) for text in texts]

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where in the window a place of the surface is, seen from above."""
        box = self.page.locator(MAP).bounding_box()
        assert box
        at = self.page.evaluate(
            """([x, y]) => {
                const { xaxis, yaxis } = document.querySelector('#race-map-plot')._fullLayout;
                return [xaxis._offset + xaxis.d2p(x), yaxis._offset + yaxis.d2p(y)];
            }""",
            [x, y],
        )
        return box["x"] + at[0], box["y"] + at[1]


def open_race(open_page: PageOpener, language: str = "en", link: str = "", **more: Any) -> Race:
    page = open_page("about:blank", language=language, **more)
    race = Race(page)
    page.goto(f"/{language}/race{link}")
    expect(page.locator(f"{MAP} .main-svg").first).to_be_visible(timeout=30_000)
    race.settle()
    return race
