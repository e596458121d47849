"""Networks at places where no function has a kink near, so that central differences are derivatives."""

from itertools import count

import numpy as np
import pytest

from app.engine.flat import flatten, unflatten
from app.engine.network import Layer, LayerParameters, Network, Objective, backward, forward, loss_of

NUDGE = 1e-5
LOGARITHMIC = ("binary_cross_entropy", "cross_entropy")


class Case:
    """A network, its parameters and examples, at which no function is near a kink."""

    def __init__(self, network, parameters, inputs, targets, objective):
        self.network, self.parameters, self.inputs, self.targets = network, parameters, inputs, targets
        self.objective = objective

    def gradient(self):
        passed = forward(self.network, self.parameters, self.inputs)
        came_back = backward(self.network, self.parameters, passed, self.targets, self.objective)
        return flatten(tuple(LayerParameters(back.dW, back.db) for back in came_back))

    def loss_at(self, vector):
        return loss_of(self.network, unflatten(vector, self.network), self.inputs, self.targets, self.objective)

    def numerical_gradient(self):
        vector = flatten(self.parameters)
        nudges = NUDGE * np.eye(vector.size)
        return np.array([(self.loss_at(vector + h) - self.loss_at(vector - h)) / (2 * NUDGE) for h in nudges])

    def worst_error(self):
        return worst_error(self.gradient(), self.numerical_gradient())

    def is_smooth(self):
        """Whether every z and every prediction is far enough from the places where a derivative jumps."""
        passed = forward(self.network, self.parameters, self.inputs)
        a, y = passed[-1].a, self.targets
        jumps = [*(layer.z for layer in passed), flatten(self.parameters)]
        if self.network.layers[-1].activation != "step":
            jumps += [a - y, np.abs(a - y) - 1.0, 1.0 - a * y]
        return min(float(np.abs(jump).min()) for jump in jumps) > 0.005


def worst_error(gradient, numerical):
    size = np.maximum(np.maximum(np.abs(gradient), np.abs(numerical)), 1e-3)
    return float((np.abs(gradient - numerical) / size).max())


@pytest.fixture(scope="module")
def case_of(draw_parameters, draw_targets):
    """Return `case_of(hidden, last, loss, …)`: the first drawn case that is smooth."""

    def make(hidden, last, loss, *, bias=True, **objective):
        network = Network(2, (Layer(3, hidden, bias), Layer(2, "tanh"), Layer(2, last, bias)))
        for seed in count():
            draws = np.random.default_rng(seed)
            inputs = draws.normal(size=(3, 2))
            targets = draw_targets(loss, (3, 2), draws)
            parameters = draw_parameters(network, seed)
            if loss in LOGARITHMIC and last not in ("sigmoid", "softmax"):
                # z between 0.15 and 0.5: there every activation gives a share, and a step gives 1.
                end = LayerParameters(0.08 * np.tanh(parameters[2].weights), np.array([0.32, 0.33]))
                parameters = (*parameters[:2], end)
                if last == "step":
                    targets = np.ones_like(targets)
            case = Case(network, parameters, inputs, targets, Objective(loss, **objective))
            if case.is_smooth():
                return case
        raise AssertionError

    return make
