"""States of the lesson about going downhill."""

from tests.browser.lesson_states.races import race
from tests.browser.lesson_states.state import State

STATES = {
    "shorter": [
        State("wrong", race(0, 0), {"step": 0, "strides": "none"}, None),
        State("near", race(0, 4), {"step": 4, "strides": "shorter"}, None),
        # At the lowest place there are no steps to compare.
        State("near", race(0, start=1.6), {"step": 16, "off": 0, "strides": "none"}, None),
        State("right", race(0, 5, start=-0.5), {"step": 5, "strides": "shorter"}, 2, fresh=True),
        State("right", race(0), {"step": 16, "strides": "shorter"}, 2, fresh=True),
    ],
    "arrive": [
        State("wrong", race(0, 0), {"step": 0, "off": 2.1}, False),
        State("near", race(0, 10), {"step": 10, "off": (0.1, 0.13)}, False),
        State("right", race(0, 11), {"step": 11, "off": (0.07, 0.1)}, True),
    ],
    "other": [
        State("wrong", race(0, 3), {"step": 3, "start": -0.5}, False),
        State("near", race(0, 2, start=2.5), {"step": 2, "start": 2.5}, False, fresh=True),
        State("near", race(0, 3, start=2), {"step": 3, "start": 2}, False, fresh=True),
        State("right", race(0, 3, start=2.5), {"step": 3, "start": 2.5}, True, fresh=True),
    ],
    "straight": [
        State("wrong", race(1, 0), {"step": 0}, None),
        State("near", race(1, 5), {"step": 5, "way": "across"}, None),
        State("right", race(1, 6), {"step": 6, "way": "across"}, 2),
        # From a start along the valley it is straight, and that is told.
        State("right", race(1, 7, start0=2.5, start1=-1.2748), {"step": 7, "way": "straight"}, 1, fresh=True),
    ],
    "low": [
        State("wrong", race(1, 0), {"step": 0}, False, fresh=True),
        State("near", race(1, 25), {"step": 25, "value": (0.26, 0.262)}, False),
        State("right", race(1, 26), {"step": 26, "value": (0.259, 0.26)}, True),
    ],
}
