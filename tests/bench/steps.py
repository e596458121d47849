"""Rows for one training step: the engine's fast way and its clear way beside the plain loop."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.engine import fast_training, training
from app.engine.draws import Draws
from app.engine.initializers import initialize
from app.engine.network import Layer, Network, Objective
from app.engine.training import Batching, Examples, OptimizerChoice, Plan, Task, first_state
from tests.bench import plain
from tests.bench.measure import Row, side_by_side

RATE = 0.1


@dataclass(frozen=True, slots=True)
class Problem:
    """What is trained, on what, by which plain loop; `size` None takes all examples at once."""

    name: str
    network: Network
    loss: str
    examples: Examples
    size: int | None
    plain: Callable[..., list[float]]
    steps: int


def spiral() -> Examples:
    """Return 200 points of two spiral arms."""
    turn = np.linspace(0.1, 1.0, 100)
    angle = np.concatenate([3.0 * np.pi * turn, 3.0 * np.pi * turn + np.pi])
    radius = np.concatenate([turn, turn])
    arm = np.repeat([0.0, 1.0], 100)
    return Examples(np.column_stack([radius * np.cos(angle), radius * np.sin(angle)]), arm[:, None])


def digits() -> Examples:
    """Return 1797 pictures of 64 grey pixels in 10 classes: what is timed does not depend on what they show."""
    draws = np.random.default_rng(0)
    kinds = draws.integers(0, 10, 1797)
    pictures = np.clip(draws.normal(0.5, 0.3, (10, 64))[kinds] + draws.normal(0.0, 0.2, (1797, 64)), 0.0, 1.0)
    return Examples(pictures, np.eye(10)[kinds])


def problems() -> tuple[Problem, ...]:
    """Return the problems, smallest first."""
    output = Layer(1, "sigmoid")
    xor = Examples(
        np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([[0.0], [1.0], [1.0], [0.0]])
    )
    two_two_one = Network(2, (Layer(2, "tanh"), output))
    two_hidden = Network(2, (Layer(8, "tanh"), Layer(8, "tanh"), output))
    classes = Network(64, (Layer(32, "relu"), Layer(10, "softmax")))
    binary = "binary_cross_entropy"
    return (
        Problem("XOR 2-2-1, all 4", two_two_one, binary, xor, None, plain.train_one_hidden, 1000),
        Problem("spiral 2-8-8-1, 10 of 200", two_hidden, binary, spiral(), 10, plain.train_two_hidden, 1000),
        Problem("spiral 2-8-8-1, all 200", two_hidden, binary, spiral(), None, plain.train_two_hidden, 1000),
        Problem("digits 64-32-10, 32 of 1797", classes, "cross_entropy", digits(), 32, plain.train_classes, 1000),
        Problem("digits 64-32-10, all 1797", classes, "cross_entropy", digits(), None, plain.train_classes, 100),
    )


def task_of(problem: Problem, seed: int) -> Task:
    """Return the problem as the engine takes it."""
    optimizer = OptimizerChoice("sgd", {"learning_rate": RATE})
    batching = Batching(problem.size, shuffle=True, seed=seed)
    return Task(problem.network, problem.examples, Objective(problem.loss), optimizer, batching)


def engine_losses(train: Callable[..., training.Run], problem: Problem, seed: int, steps: int) -> tuple[float, ...]:
    """Train by one of the engine's two ways."""
    start = first_state(initialize(problem.network, "xavier_uniform", 0), "sgd")
    return train(task_of(problem, seed), start, Plan(steps)).losses


def plain_losses(problem: Problem, seed: int, steps: int) -> list[float]:
    """Train by the plain loop, from the same parameters, in the same orders."""
    own = initialize(problem.network, "xavier_uniform", 0)
    parameters = [array.copy() for layer in own for array in (layer.weights, layer.biases)]
    x, y = problem.examples.inputs, problem.examples.targets
    return problem.plain(
        x, y, parameters, RATE, steps, problem.size, lambda epoch: Draws(seed, epoch).permutation(len(x))
    )


def rows(*, repeats: int, share: float = 1.0) -> list[Row]:
    """Time every problem; `share` of its usual number of steps."""
    return [time_steps(problem, repeats, max(2, round(problem.steps * share))) for problem in problems()]


def time_steps(problem: Problem, repeats: int, steps: int) -> Row:
    """Make sure that all three ways compute the same losses, then time them."""
    expected = plain_losses(problem, 0, steps)
    for train in (fast_training.train, training.train):
        np.testing.assert_allclose(engine_losses(train, problem, 0, steps), expected, rtol=0.0, atol=1e-9)
    # A seed of its own for every repeat, so that no order of examples is remembered from the one before.
    return side_by_side(
        problem.name,
        {
            "plain loop": lambda repeat: plain_losses(problem, 1 + 2 * repeat, steps),
            "fast_training": lambda repeat: engine_losses(fast_training.train, problem, 2 + 2 * repeat, steps),
            "training": lambda repeat: engine_losses(training.train, problem, 2 + 2 * repeat, steps),
        },
        count=steps,
        repeats=repeats,
    )
