"""States of the lesson about the landscape."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.lesson_states.races import race
from tests.browser.lesson_states.state import State


def plane(kind: str) -> Callable[[Page], None]:
    return lambda page: page.click(f"label:has(input[name=map-kind][value={kind}])")


def forward(steps: int) -> Callable[[Page], None]:
    """Train on, one step after another."""

    def go(page: Page) -> None:
        for _ in range(steps):
            page.click("#forward")

    return go


def follow(is_on: bool, steps: int = 0) -> Callable[[Page], None]:
    """Let the map stay where it is, or go with the moment on screen."""

    def go(page: Page) -> None:
        page.set_checked("#map-following", is_on)
        forward(steps)(page)

    return go


def start_at(across: float, up: float) -> Callable[[Page], None]:
    """Put the start of the second race where one clicks, at shares of its figure, and go to the end."""

    def go(page: Page) -> None:
        surface = page.locator("[data-instrument=race]").nth(1).locator(".nsewdrag").first
        box = surface.bounding_box()
        assert box is not None
        surface.click(position={"x": across * box["width"], "y": (1 - up) * box["height"]})
        race(1)(page)

    return go


def before_the_end(place: int, start_y: str | None = None) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        one = page.locator("[data-instrument=race]").nth(place)
        one.locator("input[type=range][id$='-step']").fill("59")
        if start_y is not None:
            field = one.locator("input[type=text][id$='-start-1']")
            field.fill(start_y)
            field.press("Enter")

    return go


def train_on(page: Page) -> None:
    """Play, and pause after some thirty steps or more."""
    page.select_option("#speed", "100")
    page.click("#play")
    page.wait_for_function(
        "() => JSON.parse(document.querySelector('[data-instrument=lab]').dataset.facts).step >= 30"
    )
    page.click("#play")


def few_in_their_plane(page: Page) -> None:
    forward(4)(page)
    plane("pca")(page)


STATES = {
    "gap": [
        State("wrong", forward(0), {"step": 0, "off_map": None}, None),
        State("near", forward(29), {"step": 29, "off_map": 29, "start_off_map": 1}, None),
        # The map still goes through the step before.
        State("near", follow(False, 1), {"step": 30, "plane": "parameters", "off_map": None}, None),
        State("near", plane("random"), {"step": 30, "plane": "random"}, None),
        State("near", follow(True), {"step": 30, "plane": "random", "off_map": 30}, None),
        State("right", plane("parameters"), {"step": 30, "off_map": 30, "start_off_map": 1}, 3),
    ],
    "pca": [
        State("wrong", plane("parameters"), {"reached": 30, "held": None}, False),
        State("near", plane("random"), {"reached": 30, "held": None}, False),
        State("near", few_in_their_plane, {"reached": 4, "held": (90, 100)}, False, fresh=True),
        State("right", train_on, {"plane": "pca", "held": (90, 100)}, True),
    ],
    "stuck": [
        State("wrong", race(0), {"start_y": 0.01, "outcome": "converged", "value": -0.25}, False),
        # It says that it has arrived, on the saddle; but it has only not had the time to leave it.
        State("near", race(0, start1=1e-12), {"start_y": 1e-12, "outcome": "converged", "value": 0}, False),
        State("near", before_the_end(0, "0"), {"step": 59, "start_y": 0, "outcome": "unseen"}, False),
        State("right", race(0), {"start_y": 0, "outcome": "converged"}, True),
    ],
    "first": [
        State("wrong", race(1, 0), {"step": 0, "lowest": None}, None),
        State("near", before_the_end(1), {"step": 59, "lowest": 2}, None),
        # All three stay where they are, at the minimum.
        State("near", start_at(0.5, 0.5), {"step": 60, "start": 0, "start_y": 0, "lowest": None}, None),
        State("right", start_at(0.5, 0.77), {"step": 60, "start": 0, "lowest": 1}, 1),
        State("right", start_at(0.06, 0.5), {"step": 60, "start_y": 0, "lowest": 2}, 2, fresh=True),
        State("right", race(1), {"step": 60, "start_y": 0.8, "lowest": 3}, 3, fresh=True),
    ],
}
