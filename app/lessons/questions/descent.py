"""Questions about going downhill: the gradient of one weight, the next weight, the rate beyond which it bounces."""

from typing import Final

import numpy as np

from app.engine.descent import critical_learning_rate, descend
from app.engine.losses import Reduction
from app.engine.network import Layer, LayerParameters, Network, Objective, backward, forward
from app.engine.optimizers import OPTIMIZERS
from app.engine.surface import Surface
from app.engine.training import OptimizerChoice
from app.lessons.questions.made import Example, Line, Numbers, Question, Slip

_ONE_WEIGHT: Final = Network(1, (Layer(1, "identity", bias=False),))


def _gradient(weight: float, x: list[float], y: list[float], reduction: Reduction = "mean") -> float:
    """Return ∂L/∂w of ŷ = w·x by the half squared error, as the engine has it."""
    parameters = (LayerParameters(np.array([[weight]]), np.zeros(1)),)
    inputs, targets = np.array(x)[:, None], np.array(y)[:, None]
    passed = forward(_ONE_WEIGHT, parameters, inputs)
    objective = Objective("half_squared_error", reduction)
    (layer,) = backward(_ONE_WEIGHT, parameters, passed, targets, objective)
    return float(layer.dW[0, 0])


def _weight_gradient(numbers: Numbers) -> Example:
    weight = numbers.whole(1, 8) / 2
    x = [float(numbers.whole(2, 3)), float(numbers.whole(4, 5))]
    y = [float(numbers.whole(1, 9)), float(numbers.whole(1, 9))]
    first, second = (_gradient(weight, [one], [wanted]) for one, wanted in zip(x, y, strict=True))
    answer = _gradient(weight, x, y)
    # As if each input were 1: its prediction stays what it was.
    forgot = [_gradient(weight * one, [1.0], [wanted]) for one, wanted in zip(x, y, strict=True)]
    return Example(
        {"w": weight, "x1": x[0], "y1": y[0], "x2": x[1], "y2": y[1]},
        (
            Line("what the first example says", "(w·x₁ − y₁)·x₁", first),
            Line("what the second example says", "(w·x₂ − y₂)·x₂", second),
            Line("their mean: the gradient", "∂L/∂w", answer),
        ),
        (
            Slip("no_input", float(np.mean(forgot)), 0),
            Slip("turned_sign", -answer, 0),
            Slip("summed", _gradient(weight, x, y, "sum"), 2),
            Slip("extra_two", 2.0 * answer, 2),
        ),
    )


def _stepped(weight: float, gradient: float, rate: float) -> float:
    """Return the weight after one update, by the optimizer's own rule."""
    rule = OPTIMIZERS["sgd"].update
    after, _ = rule(np.array([weight]), np.array([gradient]), (), {"learning_rate": rate}, 1)
    return float(after[0])


def _new_weight(numbers: Numbers) -> Example:
    weight, gradient = numbers.tenth(20), numbers.tenth(20)
    rate = numbers.whole(1, 5) / 10
    after = _stepped(weight, gradient, rate)
    return Example(
        {"w": weight, "gradient": gradient, "rate": rate},
        (
            Line("how far it goes", "η·∂L/∂w", weight - after),
            Line("the new weight", "w − η·∂L/∂w", after),
        ),
        (
            Slip("uphill", _stepped(weight, -gradient, rate), 1),
            Slip("no_rate", _stepped(weight, gradient, 1.0), 0),
            Slip("only_step", weight - after, 1),
            Slip("only_rate", _stepped(weight, 1.0, rate), 0),
        ),
    )


def _bounce_limit(numbers: Numbers) -> Example:
    bend, slope = float(numbers.whole(2, 10)), numbers.tenth(20)
    curve = Surface(
        "curve",
        "",
        "",
        lambda p: 0.5 * bend * p[:, 0] ** 2,
        lambda p: bend * p,
        lambda p: np.full((p.shape[0], 1, 1), bend),
        (-1.0, 1.0),
        (1.0,),
        minima=((0.0,),),
    )
    limit, _ = critical_learning_rate(curve, curve.start)
    # The rate that lands in the minimum with one step: where the two slopes meet.
    walk = descend(curve, curve.start, OptimizerChoice("sgd", {"learning_rate": 1.0}), 1)
    landing = float(walk.points[0, 0] / walk.gradients[0, 0])
    assert limit is not None
    return Example(
        {"slope1": slope, "slope2": slope + bend},
        (
            Line("how much the slope grows over one unit: the bend λ", "λ", bend),
            Line("the limit", "2 ∕ λ", limit),
        ),
        (
            Slip("one_over", landing, 1),
            Slip("half_bend", bend / 2.0, 1),
            Slip("bend_itself", bend, 1),
            # Where the second slope is 0, nobody divides by it.
            *((Slip("one_slope", 2.0 / (slope + bend), 0),) if slope + bend != 0.0 else ()),
        ),
    )


ROWS: Final = (
    Question("weight_gradient", _weight_gradient, 0.005),
    Question("new_weight", _new_weight, 0.0005),
    Question("bounce_limit", _bounce_limit, 0.01),
)

SLIPS: Final = {
    "no_input": "The input was left out: how far off it is has to be multiplied by it.",
    "turned_sign": "The sign is flipped; it should be what the network says minus what it should have said.",
    "summed": "The examples were added up; this loss is their mean.",
    "extra_two": "That is twice as much: the ½ in front of the square and the 2 of its derivative cancel.",
    "uphill": "The gradient was added: that is uphill. A step goes against it.",
    "no_rate": "The whole gradient was taken away; the step is only η times as long.",
    "only_step": "That is the step; what was asked for is where it leads.",
    "only_rate": "The rate itself was taken away; it is multiplied by the gradient first.",
    "one_over": "That is 1 ∕ λ: with it one step lands right in the minimum. It begins to fly away at twice that.",
    "half_bend": "That is upside down: the more it is bent, the smaller the rate has to be.",
    "one_slope": "2 was divided by a slope; what counts is how much the slope grows from one place to the next.",
    "bend_itself": "That is the bend itself; the limit is 2 divided by it.",
}

LINES: Final = (
    "what the first example says",
    "what the second example says",
    "their mean: the gradient",
    "how far it goes",
    "the new weight",
    "how much the slope grows over one unit: the bend λ",
    "the limit",
)
