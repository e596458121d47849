"""States of the lesson about 1986.

Of the starts with the seeds 15 to 22 the last is the first to have all patterns right, after 1900 sweeps.
"""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.lesson_states.state import State

FIRST_SEED = 15
ROUND = 100


def other_starts(page: Page) -> None:
    """Take other starts: those that are drawn."""
    page.evaluate("(seed) => { Math.random = () => (seed + 0.5) / 100000; }", FIRST_SEED)
    page.click(".lesson-symmetry [data-part=other]")


def sweep_to(sweeps: int) -> Callable[[Page], None]:
    """Go on, a hundred sweeps a press."""

    def go(page: Page) -> None:
        at = page.locator(".symmetry-at")
        while (now := int(at.inner_text().split()[1])) < sweeps:
            page.click(".lesson-symmetry [data-part=step]")
            expect(at).to_have_text(f"sweep {now + ROUND}")

    return go


def look_at(start: int, sweeps: int = 0) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        page.locator(".symmetry-start").nth(start - 1).click()
        sweep_to(sweeps)(page)

    return go


STATES = {
    "plateau": [
        State("wrong", other_starts, {"steps": 0, "solved": 0, "course": None}, None),
        State("near", sweep_to(1800), {"steps": 1800, "solved": 0, "course": None}, None),
        State("right", sweep_to(1900), {"steps": 1900, "solved": 1, "course": "plateau"}, 2),
    ],
    "mirror": [
        State("wrong", other_starts, {"steps": 0, "solved": 0, "mismatch": None}, None, fresh=True),
        State("near", sweep_to(1800), {"steps": 1800, "solved": 0, "mismatch": None}, None),
        State("right", sweep_to(1900), {"steps": 1900, "solved": 1, "mismatch": (0, 0.01)}, 2),
    ],
    "doubling": [
        State("wrong", look_at(1), {"steps": 1900, "found_124": 1, "shown": "stuck"}, False),
        # It has all patterns right, but its sizes are not there yet.
        State("near", look_at(6, 2300), {"steps": 2300, "found_124": 1, "shown": "other"}, False),
        State("right", look_at(8), {"shown": "124"}, True),
    ],
    "other": [
        State("wrong", look_at(8), {"found_234": 1, "shown": "124"}, False),
        State("near", look_at(6), {"found_234": 1, "shown": "other"}, False),
        State("right", look_at(1), {"shown": "234"}, True),
    ],
    "eight": [
        State("wrong", other_starts, {"steps": 0, "solved": 0}, None, fresh=True),
        State("near", sweep_to(1800), {"steps": 1800, "solved": 0}, None),
        State("right", sweep_to(1900), {"steps": 1900, "solved": 1}, 2),
    ],
}
