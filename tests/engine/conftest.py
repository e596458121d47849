"""Fixtures for the engine's tests: drawn parameters, and every bit of a record."""

import struct
from collections.abc import Mapping
from dataclasses import fields, is_dataclass

import numpy as np
import pytest

from app.engine.arrays import frozen
from app.engine.network import Layer, LayerParameters, Network, Objective
from app.engine.training import Batching, Examples, OptimizerChoice, Task, first_state
from tests.engine.cases import case_of
from tests.engine.runs import choice

__all__ = ["case_of"]


@pytest.fixture(scope="session")
def network_of():
    """Return `network_of(inputs, (units, activation), …)`."""

    def make(inputs, *layers):
        return Network(inputs, tuple(Layer(*layer) for layer in layers))

    return make


@pytest.fixture(scope="session")
def parameters_of():
    """Return `parameters_of((W, b), …)` for numbers written out."""

    def make(*layers):
        return tuple(LayerParameters(frozen(weights), frozen(biases)) for weights, biases in layers)

    return make


@pytest.fixture(scope="session")
def draw_parameters():
    """Return `draw_parameters(network, seed)`: normally distributed, by NumPy's generator and not by ours."""

    def draw(network, seed, scale=1.0):
        draws = np.random.default_rng(seed)
        return tuple(
            LayerParameters(
                frozen(scale * draws.normal(size=(layer.units, fan_in))), frozen(draws.normal(size=layer.units) / 2)
            )
            for layer, fan_in in zip(network.layers, network.fan_ins, strict=True)
        )

    return draw


@pytest.fixture(scope="session")
def draw_targets():
    """Return `draw_targets(loss, shape, draws)`: targets of the form the loss asks for."""

    def draw(loss, shape, draws):
        if loss == "hinge":
            return draws.choice([-1.0, 1.0], shape)
        if loss == "cross_entropy":
            return np.eye(shape[1])[draws.integers(0, shape[1], shape[0])]
        if loss == "binary_cross_entropy":
            return draws.choice([0.0, 1.0, 0.25], shape)
        return draws.normal(size=shape)

    return draw


@pytest.fixture(scope="session")
def bits():
    """Return `bits(record)`: the record with each float and array as bytes, so that == compares every bit."""

    def of(value):
        if isinstance(value, np.ndarray):
            return (value.shape, value.dtype.str, value.tobytes())
        if isinstance(value, float):
            return struct.pack("<d", value)
        if is_dataclass(value):
            return tuple((field.name, of(getattr(value, field.name))) for field in fields(value))
        if isinstance(value, Mapping):
            return {key: of(own) for key, own in value.items()}
        if isinstance(value, tuple):
            return tuple(map(of, value))
        return value

    return of


@pytest.fixture(scope="session")
def worked(network_of, parameters_of):
    """Return the published example (Mazur, A step by step backpropagation example), by name."""

    class Worked:
        network = network_of(2, (2, "sigmoid", False), (2, "sigmoid", False))
        network_with_biases = network_of(2, (2, "sigmoid"), (2, "sigmoid"))
        parameters = parameters_of(
            ([[0.15, 0.20], [0.25, 0.30]], [0.35, 0.35]), ([[0.40, 0.45], [0.50, 0.55]], [0.60, 0.60])
        )
        examples = Examples(frozen([[0.05, 0.10]]), frozen([[0.01, 0.99]]))
        objective = Objective("half_squared_error")
        optimizer = OptimizerChoice("sgd", {"learning_rate": 0.5})

    return Worked


@pytest.fixture(scope="module")
def small_task(draw_parameters, draw_targets):
    """Return `small_task(…) → (task, start)`: 7 examples of 3 inputs, two hidden layers, one with frozen biases."""

    def make(
        last=("identity", "half_squared_error"),
        optimizer="sgd",
        *,
        hidden=("tanh", "relu"),
        outputs=2,
        batching=None,
        objective=None,
        test=False,
        **settings,
    ):
        activation, loss = last
        first, second = hidden
        network = Network(3, (Layer(4, first), Layer(3, second, False), Layer(outputs, activation)))
        draws = np.random.default_rng(7)
        batches = [Examples(draws.normal(size=(n, 3)), draw_targets(loss, (n, outputs), draws)) for n in (7, 3)]
        task = Task(
            network,
            batches[0],
            Objective(loss, **(objective or {})),
            choice(optimizer, **settings),
            batching or Batching(),
            batches[1] if test else None,
        )
        return task, first_state(draw_parameters(network, 11), optimizer)

    return make
