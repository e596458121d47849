"""States of the lesson about a network."""

from playwright.sync_api import Page

from tests.browser.lesson_states.state import State
from tests.browser.lessons import turn


def of(unit: int, **numbers: float):
    return lambda page: turn(page, unit, **numbers)


def opened(*units: int):
    def look(page: Page) -> None:
        for unit in units:
            page.check(f'input[name=network-0-unit][value="{unit}"]')

    return look


def whole(first: tuple[float, ...], second: tuple[float, ...], output: tuple[float, ...]):
    """All three neurons, each with two weights and a bias."""

    def set_all(page: Page) -> None:
        # The output first: on the way no other network answers all four rightly.
        turn(page, 2, w1=0, w2=0, b=0)
        for unit, (w1, w2, b) in enumerate((first, second)):
            turn(page, unit, w1=w1, w2=w2, b=b)
        w1, w2, b = output
        turn(page, 2, b=b, w1=w1, w2=w2)

    return set_all


STATES = {
    "knobs": [
        State("wrong", opened(0), {"opened": 1, "parameters": 9}, None),
        State("near", opened(2), {"opened": 2, "parameters": 9}, None),
        State("right", opened(1), {"opened": 3, "parameters": 9}, 3),
    ],
    "or": [
        State("wrong", of(0, b=1), {"first": 4}, False),
        # Three of four, but another corner is left out: NAND.
        State("near", of(0, w1=-1, w2=-1, b=1.5), {"first": 3, "first_00": "yes", "first_11": "no"}, False),
        State("right", of(0, w1=1, w2=1, b=-0.5), {"first": 3, "first_00": "no", "first_11": "yes"}, True),
    ],
    "xor": [
        State("wrong", whole((0, 0, 0), (0, 0, 0), (0, 0, 0)), {"right": 2}, False),
        State("near", whole((1, 1, -0.5), (1, 1, -1.5), (1, 0, -0.5)), {"right": 3}, False),
        # Another way than that of the hint: yes on the outer sides of two lines.
        State("right", whole((1, -1, -0.5), (-1, 1, -0.5), (1, 1, -0.5)), {"right": 4}, True),
    ],
}
