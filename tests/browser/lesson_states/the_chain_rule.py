"""States of the lesson about the chain rule."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.lesson_states.state import State

CHAIN, TWICE, OWN = 0, 6, 9


def press(page: Page, index: int, button: str) -> None:
    """Press a button, which is switched off where one is there already."""
    page.locator(f"#expression-{index}-{button}").evaluate("(button) => button.click()")


def walk(index: int, steps: int | str = "last", **values: float) -> Callable[[Page], None]:
    """Type values, then walk from the beginning: so many steps one by one, or at once to the end."""

    def go(page: Page) -> None:
        for name, value in values.items():
            page.fill(f"#expression-{index}-value-{name}", f"{value:g}")
            page.press(f"#expression-{index}-value-{name}", "Enter")
        page.wait_for_timeout(100)
        page.wait_for_function("() => !document.querySelector('.lesson-expression.is-stale')")
        if steps == "last":
            press(page, index, "last")
            return
        press(page, index, "first")
        for _ in range(int(steps)):
            page.click(f"#expression-{index}-forward")

    return go


def write(index: int, formula: str, steps: int | str) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        page.fill(f"#expression-{index}-formula", formula)
        page.press(f"#expression-{index}-formula", "Enter")
        page.wait_for_timeout(100)
        walk(index, steps)(page)

    return go


STATES = {
    "forward": [
        State("wrong", walk(CHAIN, 4), {"forward": 0, "skipped": 0}, False),
        # Straight to the end: nothing was walked through.
        State("near", walk(CHAIN), {"forward": 1, "done": 1, "skipped": (1, 20)}, False, fresh=True),
        State("right", walk(CHAIN, 5), {"forward": 1, "skipped": 0}, True),
    ],
    "order": [
        State("wrong", walk(CHAIN, 5), {"forward": 1, "done": 0}, None),
        State("near", walk(CHAIN, 6), {"done": 0, "order": "reversed"}, None),
        State("right", walk(CHAIN), {"done": 1, "order": "reversed"}, 2),
    ],
    "shut": [
        State("wrong", walk(CHAIN), {"zero": 0, "done": 1}, False),
        State("near", walk(CHAIN, x=0), {"zero": 1, "value": 1, "others": 1}, False),
        State("near", walk(CHAIN, w_in=2, w_out=0, x=1.5), {"zero": 1, "value": 1, "others": 1}, False),
        # Nothing comes back where the loss is 0: that is another silence.
        State("near", walk(CHAIN, w_in=-1, y=0, w_out=0.5), {"zero": 1, "value": 0}, False, fresh=True),
        State("right", walk(CHAIN, w_in=-1, y=1), {"zero": 1, "value": 1, "others": 0}, True),
    ],
    "meet": [
        State("wrong", walk(TWICE, 0), {"meets": 0, "joined": "unseen"}, None),
        # Sum and product are the same there: that decides nothing.
        State("near", walk(TWICE, v1=2, v2=2), {"meets": 1, "joined": "unclear"}, None),
        State("right", walk(TWICE, v1=0.5, v2=-0.2), {"meets": 1, "joined": "sum"}, 3),
    ],
    "own": [
        State("wrong", walk(OWN), {"operations": 2, "shared": 0, "done": 1}, False),
        State("near", write(OWN, "a*b + c*d + a2", "last"), {"operations": 4, "shared": 0, "done": 1}, False),
        State("near", write(OWN, "a*b + tanh(a)", "last"), {"operations": 3, "shared": 1, "done": 1}, False),
        State("near", write(OWN, "a*b + tanh(a) + c", 5), {"operations": 4, "shared": 1, "done": 0}, False),
        State("right", walk(OWN), {"operations": 4, "shared": 1, "done": 1}, True),
    ],
}
