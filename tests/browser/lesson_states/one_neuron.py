"""States of the lesson about one neuron."""

from playwright.sync_api import Page

from tests.browser.lesson_states.state import State
from tests.browser.lessons import put


def first(**numbers: float):
    return lambda page: put(page, 0, **numbers)


def corners(**numbers: float):
    return lambda page: put(page, 4, **numbers)


def bias_of_a_relu(page: Page) -> None:
    put(page, 0, b=0, w1=0, w2=0)
    page.select_option("#neuron-0-activation", "relu")
    put(page, 0, b=0.25)


def up(page: Page) -> None:
    put(page, 0, w1=0, w2=0, b=0)
    page.click("#neuron-0-b-up")


STATES = {
    "bias": [
        State("wrong", first(b=-0.5), {"bias": -0.5, "yes": 0}, None),
        # With a weight z is not the bias; without a threshold a small bias is no yes.
        State("near", first(w1=1, b=0.25), {"bias": 0.25, "w1": 1, "yes": (1, 7)}, None),
        State("near", bias_of_a_relu, {"bias": 0.25, "activation": "relu", "yes": 0}, None),
        State("right", up, {"bias": (0.001, 1), "w1": 0, "w2": 0, "yes": 8}, 2, fresh=True),
    ],
    "part": [
        State("wrong", first(w1=0, w2=0, b=-1), {"right": 4}, False),
        State("near", first(b=-3.2, w1=1, w2=1), {"right": 7}, False),
        State("right", first(b=-1.5), {"right": 8}, True),
    ],
    "xor": [
        State("wrong", corners(b=-1), {"right": 2}, None),
        State("near", corners(b=1), {"right": 2}, None),
        State("right", corners(w1=1, w2=1, b=-0.5), {"right": 3}, 3),
    ],
    "three": [
        State("wrong", corners(b=-1.5, w1=1, w2=-1), {"right": 2}, False),
        State("near", corners(w2=0, b=-0.5), {"right": 2, "yes": 2}, False),
        State("right", corners(w1=1, w2=1, b=-0.5), {"right": 3}, True),
    ],
}
