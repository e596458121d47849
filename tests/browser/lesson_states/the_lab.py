"""States of the lesson that is the lab with everything in it."""

from tests.browser.lesson_states.lab import in_turn, press, rate, setting, to_step, train
from tests.browser.lesson_states.state import State

ADAM = setting("#optimizer", "adam")

STATES = {
    "own": [
        State("wrong", train(1), {"layers": 3}, False),
        State("near", press("#remove-1"), {"layers": 2}, False),
        State("near", press("#add-layer"), {"layers": 3}, False),
        State("right", press("#add-layer"), {"layers": 4}, True),
    ],
    "adam": [
        State("wrong", train(60), {"optimizer": "sgd"}, None, fresh=True),
        # Adam has a rate of its own here: two things were changed.
        State("near", in_turn(to_step(0), ADAM, train(60)), {"optimizer": "adam", "rate": 0.01}, None),
        State("near", in_turn(to_step(0), rate("0.5"), train(59)), {"optimizer": "adam", "rate": 0.5}, None),
        State(
            "right",
            in_turn(train(60), to_step(0), ADAM, rate("0.5"), train(60)),
            {"compared": 60, "against": (0.3, 0.9)},
            2,
            fresh=True,
        ),
        State(
            "right",
            in_turn(setting("#seed", "1"), train(60), to_step(0), ADAM, rate("0.5"), train(60)),
            {"compared": 60, "against": (1.1, 2)},
            3,
            fresh=True,
        ),
    ],
    "good": [
        State("wrong", train(60), {"accuracy": (0.9, 0.92), "same_data": 1}, False, fresh=True),
        State("near", train(90), {"accuracy": 118 / 120, "same_data": 1}, False),
        # All right, but of points that are easier.
        State("near", in_turn(setting("#data-noise", "0"), train(300)), {"accuracy": 1, "same_data": 0}, False),
        State("right", in_turn(setting("#data-noise", "0.1"), train(200)), {"accuracy": 1, "same_data": 1}, True),
    ],
}
