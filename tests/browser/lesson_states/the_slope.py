"""States of the lesson about the slope."""

from tests.browser.lesson_states.state import State
from tests.browser.lessons import stand


def at(place: int, **numbers: float):
    return lambda page: stand(page, place, **numbers)


STATES = {
    "sign": [
        State("wrong", at(0, at=1.5), {"at": 1.5, "slope": (1, 10)}, None),
        State("near", at(0, at=-1.19), {"at": -1.19, "slope": (-10, -1)}, None),
        State("right", at(0, at=-1.2), {"at": -1.2, "slope": (-10, -1)}, 2),
    ],
    "minimum": [
        State("wrong", at(0, at=-0.076), {"kind": "maximum"}, False),
        State("near", at(0, at=-0.9), {"kind": "rising"}, False),
        State("right", at(0, at=-0.96), {"kind": "minimum"}, True),
        State("right", at(0, at=1.036), {"kind": "minimum"}, True, fresh=True),
    ],
    "maximum": [
        State("wrong", at(0, at=1.036), {"kind": "minimum"}, False),
        State("near", at(0, at=-0.15), {"kind": "rising"}, False),
        State("right", at(0, at=-0.076), {"kind": "maximum"}, True),
    ],
    "nudge": [
        State("wrong", at(0, nudge=1), {"nudge": 1}, False),
        State("near", at(0, nudge=0.011), {"nudge": 0.011}, False),
        State("right", at(0, nudge=0.01), {"nudge": 0.01}, True),
    ],
    "inflection": [
        State("wrong", at(6, at=-1), {"at": -1, "kind": "rising"}, False),
        State("near", at(6, at=0.2), {"at": 0.2, "kind": "rising"}, False),
        State("right", at(6, at=0), {"at": 0, "kind": "inflection"}, True),
    ],
}
