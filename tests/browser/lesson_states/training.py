"""States of the lesson about training."""

from tests.browser.lesson_states.lab import experiment, hand, in_turn, press, rate, to_step, train
from tests.browser.lesson_states.state import State

STATES = {
    "xor": [
        State("wrong", train(10), {"trained": 10, "accuracy": 0.75}, False),
        # All four are right, but a weight was set by hand.
        State("near", in_turn(train(9), hand("weight from input 1")), {"trained": 0, "accuracy": 1}, False),
        State("near", train(10), {"trained": 10, "reached": 29, "accuracy": 1}, False),
        State("right", train(10), {"trained": 20, "accuracy": 1}, True),
    ],
    "rate": [
        State("wrong", train(30), {"changes": 0, "reached": 30}, False, fresh=True),
        # A rate from the very beginning is no change: the curve has no mark.
        State("near", in_turn(to_step(0), rate("0.3"), train(30)), {"changes": 0, "reached": 30}, False),
        State("near", in_turn(rate("0.2"), train(19)), {"changes": 1, "since_change": 19}, False),
        State("right", train(1), {"changes": 1, "since_change": 20}, True),
    ],
    "branch": [
        State("wrong", train(60), {"branches": 1, "forked": 0}, False, fresh=True),
        # A branch, but by another seed; then one by the rate, which is a step short.
        State("near", press("#other-seed"), {"branches": 2, "forked": 0}, False),
        State("near", in_turn(to_step(10), rate("0.2"), train(19)), {"branches": 3, "forked": 19}, False),
        State("right", train(1), {"forked": 20}, True),
    ],
    "rough": [
        State("wrong", in_turn(experiment("moons"), train(200)), {"preset": "moons", "rises": 0}, None),
        State("near", in_turn(experiment("spiral"), train(199)), {"step": 199, "rises": (0.3, 0.7)}, None),
        State(
            "right",
            in_turn(experiment("spiral"), rate("0.001"), train(200)),
            {"step": 200, "fallen": (0.95, 1.05)},
            3,
        ),
        State(
            "right",
            in_turn(experiment("spiral"), train(200)),
            {"step": 200, "rises": (0.3, 0.7), "fallen": (0.7, 0.95)},
            2,
            fresh=True,
        ),
    ],
    "dogs": [
        State("wrong", in_turn(experiment("moons"), train(200)), {"preset": "moons", "accuracy": 1}, False),
        State("near", in_turn(experiment("dogs"), train(200)), {"accuracy": 0.945, "trained": 200}, False),
        State("right", train(100), {"accuracy": 0.97}, True),
    ],
}
