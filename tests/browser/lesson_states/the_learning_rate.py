"""States of the lesson about the learning rate."""

from tests.browser.lesson_states.races import race
from tests.browser.lesson_states.state import State

STATES = {
    "lowest": [
        State("wrong", race(0, 0), {"step": 0}, None),
        State("near", race(0, 19), {"step": 19, "lowest": 2}, None),
        State("right", race(0, 20), {"step": 20, "lowest": 2}, 2),
        State("right", race(0), {"step": 20, "lowest": 2}, 2, fresh=True),
    ],
    "jump": [
        State("wrong", race(1), {"step": 30, "rate": 0.1, "jumps": 0}, False),
        # At this rate the first step ends at the lowest place: what comes then is rounding.
        State("near", race(1, rate=0.4), {"step": 30, "rate": 0.4, "jumps": 0}, False),
        State("near", race(1, 1, rate=0.5), {"step": 1, "jumps": 1}, False, fresh=True),
        State("right", race(1, 2, rate=0.5), {"step": 2, "jumps": 2}, True),
    ],
    "bounce": [
        State("wrong", race(1, rate=0.5), {"outcome": "converged"}, False),
        State("near", race(1, rate=0.805), {"outcome": "oscillating", "growing": 1}, False),
        State("near", race(1, 29, rate=0.76), {"outcome": "unseen", "growing": 0}, False, fresh=True),
        State("right", race(1, rate=0.76), {"outcome": "oscillating", "growing": 0}, True),
    ],
    "fly": [
        State("wrong", race(1, rate=0.5), {"outcome": "converged"}, False),
        State("near", race(1, rate=0.85), {"outcome": "oscillating", "growing": 1}, False),
        State("right", race(1, rate=1.5), {"outcome": "diverged"}, True),
    ],
    "border": [
        State("wrong", race(1, rate=0.5), {"off_limit": 0.3}, False),
        State("near", race(1, rate=0.79), {"off_limit": 0.01}, False),
        State("near", race(1, rate=0.806), {"off_limit": 0.006}, False),
        State("right", race(1, rate=0.8), {"step": 30, "off_limit": 0}, True),
    ],
    "luck": [
        State("wrong", race(2), {"outcome": "converged", "at": (-1, -0.9)}, None),
        # It is on the right side, but does not come to rest there.
        State("near", race(2, rate=0.245), {"outcome": "oscillating", "at": (0.9, 1.3)}, None),
        State("right", race(2, rate=0.17), {"outcome": "converged", "at": (0.9, 1.1)}, 3),
    ],
    "deeper": [
        State("wrong", race(2), {"outcome": "converged", "at": (-1, -0.9)}, False),
        State("near", race(2, rate=0.145), {"outcome": "converged", "at": (-1, -0.9)}, False),
        State("right", race(2, rate=0.1575), {"outcome": "converged", "at": (0.9, 1.1)}, True),
    ],
}
