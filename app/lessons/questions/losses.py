"""Questions about losses and their slopes."""

from typing import Final

import numpy as np

from app.engine.losses import LOSSES
from app.engine.surfaces import SURFACES
from app.engine.tangent import tangent
from app.lessons.questions.made import Example, Line, Numbers, Question, Slip


def _prediction(numbers: Numbers) -> tuple[float, float]:
    """Draw a prediction in hundredths and a target, not too near to each other and not in the middle."""
    prediction = numbers.whole(11, 89) / 100
    if abs(prediction - 0.5) < 0.05:
        return _prediction(numbers)
    return prediction, float(numbers.whole(0, 1))


def _compared(loss: str, prediction: float, target: float) -> tuple[float, float]:
    """Return the loss of one prediction and its slope, as the engine has them."""
    a, y = np.array([[prediction]]), np.array([[target]])
    row = LOSSES[loss]
    return float(row.parts(a, y).sum()), float(row.derivative(a, y)[0, 0])


def _squared_loss(numbers: Numbers) -> Example:
    prediction, target = _prediction(numbers)
    off, _ = _compared("mean_absolute_error", prediction, target)
    loss, _ = _compared("mean_squared_error", prediction, target)
    return Example(
        {"prediction": prediction, "target": target},
        (Line("how far off", "abs(ŷ − y)", off), Line("times itself", "(ŷ − y)²", loss)),
        (
            Slip("no_square", off, 1),
            Slip("halved", _compared("half_squared_error", prediction, target)[0], 1),
            Slip("wrong_target", _compared("mean_squared_error", prediction, 1.0 - target)[0], 0),
        ),
    )


def _secant(numbers: Numbers) -> Example:
    at, nudge = float(numbers.whole(1, 9)), numbers.whole(1, 5) / 5
    found = tangent(SURFACES["parabola"], at, nudge)
    return Example(
        {"at": at, "nudge": nudge, "nearby": at + nudge},
        (
            Line("the value here", "½·w²", found.value),
            Line("the value nearby", "½·(w + h)²", found.nudged_value),
            Line("the change, divided by the nudge", "(f(w + h) − f(w)) ∕ h", found.secant),
        ),
        (
            *((Slip("no_division", found.nudged_value - found.value, 2),) if nudge != 1.0 else ()),
            Slip("turned", -found.secant, 2),
            Slip("one_value", found.nudged_value / nudge, 2),
        ),
    )


def _squared_slope(numbers: Numbers) -> Example:
    prediction, target = _prediction(numbers)
    loss, slope = _compared("mean_squared_error", prediction, target)
    _, half = _compared("half_squared_error", prediction, target)
    return Example(
        {"prediction": prediction, "target": target},
        (Line("how far off", "ŷ − y", half), Line("twice that", "2·(ŷ − y)", slope)),
        (Slip("no_two", half, 1), Slip("wrong_sign", -slope, 0), Slip("loss_for_slope", loss, 1)),
    )


ROWS: Final = (
    Question("squared_loss", _squared_loss, 0.002),
    Question("secant", _secant, 0.005),
    Question("squared_slope", _squared_slope, 0.002),
)

SLIPS: Final = {
    "no_square": "That is how far off it is; the squared error multiplies that by itself.",
    "halved": "That is half of it: this loss has no ½ in front.",
    "wrong_target": "That was compared with the other target: look at which one is right here.",
    "no_division": "The values were subtracted, but not divided by how far apart the places are.",
    "turned": "The values were taken the other way round; it should be the later one minus the first.",
    "one_value": "Only the later value was divided; what counts is how much it changed.",
    "no_two": "The 2 is missing: the slope of a square is twice what is squared.",
    "wrong_sign": "The sign is wrong: it is the prediction minus the target.",
    "loss_for_slope": "That is the loss itself; what was asked for is how fast it changes.",
}

LINES: Final = (
    "the value here",
    "the value nearby",
    "the change, divided by the nudge",
    "how far off",
    "times itself",
    "twice that",
)
