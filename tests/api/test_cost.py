"""Estimates beside measured times: `make calibrate` in little, with a wide margin, and row by row of the tables."""

import asyncio
from collections.abc import Callable
from time import thread_time

import numpy as np
import pytest

from app.api.cost import seconds_per_step
from app.api.survey import seconds_of_bounds, seconds_of_survey
from app.engine.activations import ACTIVATIONS
from app.engine.fast_training import train
from app.engine.initializers import initialize
from app.engine.losses import LOSSES, is_defined_for
from app.engine.network import Layer, Network, Objective
from app.engine.optimizers import OPTIMIZERS
from app.engine.survey import Subject, survey
from app.engine.training import Examples, OptimizerChoice, Plan, Task, first_state
from tests.calibrate.measuring import sweep
from tests.calibrate.pace import pace

# `make calibrate` finds most within 2, and the worst beyond it; here other tests run at the same time.
MARGIN = 5.0
MARGIN_OF_A_ROW = 5.0
STEPS = 3


def least(compute: Callable[[], object]) -> float:
    """Return the least processor time of a few, at the usual pace of the machine, the best of a few, too."""
    found, paces = [], []
    for _ in range(5):
        paces.append(pace())
        start = thread_time()
        compute()
        found.append(thread_time() - start)
    return min(found) / min(paces)


def ratio_of_step(network: Network, examples: int, loss: str, optimizer: str) -> float:
    """Return estimate over measured time of a step of training."""
    random = np.random.default_rng(1)
    inputs = random.normal(size=(examples, network.inputs))
    targets = np.zeros((examples, network.outputs))
    targets[:, 0] = 1.0
    objective = Objective(loss)
    settings = {setting.name: setting.default for setting in OPTIMIZERS[optimizer].settings}
    choice = OptimizerChoice(optimizer, {**settings, "learning_rate": 1e-6})
    task = Task(network, Examples(inputs, targets), objective, choice)
    start = first_state(initialize(network, "xavier_uniform", 1), optimizer)
    assert train(task, start, Plan(STEPS)).stopped is None
    measured = least(lambda: train(task, start, Plan(STEPS))) / STEPS
    return seconds_per_step(network, examples, objective, optimizer) / measured


def assert_near(ratio: float, margin: float) -> None:
    assert 1 / margin < ratio < margin, f"estimate over measured time is {ratio:.2f}"


@pytest.mark.parametrize("examples", [64, 4000])
@pytest.mark.parametrize("name", [name for name, row in ACTIVATIONS.items() if not row.last_layer_only])
def test_a_step_takes_what_its_activation_takes(name: str, examples: int) -> None:
    network = Network(2, (Layer(100, name), Layer(1, "identity")))
    assert_near(ratio_of_step(network, examples, "huber", "sgd"), MARGIN_OF_A_ROW)


@pytest.mark.parametrize("units", [4, 140])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_step_takes_what_its_optimizer_takes(name: str, units: int) -> None:
    network = Network(140, (Layer(units, "relu"), Layer(units, "relu"), Layer(1, "identity")))
    assert_near(ratio_of_step(network, 2, "mean_squared_error", name), MARGIN_OF_A_ROW)


# The outputs of steps are 0 and 1: a loss with logarithms of them is infinite from the start.
PAIRS = [
    (loss, last)
    for loss, row in LOSSES.items()
    for last in ACTIVATIONS
    if is_defined_for(loss, last) and not (last == "step" and row.lowest == 0.0)
]


@pytest.mark.parametrize(("loss", "last"), PAIRS)
def test_a_step_takes_what_its_loss_takes(loss: str, last: str) -> None:
    network = Network(2, (Layer(20, last),))
    assert_near(ratio_of_step(network, 2000, loss, "sgd"), MARGIN_OF_A_ROW)


def test_of_random_requests_to_every_endpoint_the_estimates_are_near() -> None:
    found = asyncio.run(sweep(3, 1, most=0.1))
    long = [one for one in found if max(one.estimated, one.measured) > 0.003]
    assert len({one.path for one in long}) >= 12
    off = {
        f"{one.path} {one.part} {one.body}"[:900]: one.ratio for one in long if not 1 / MARGIN < one.ratio < MARGIN
    }
    assert off == {}


@pytest.mark.parametrize("same", [1, 2, 30, 300])
def test_a_survey_takes_what_the_groups_of_examples_with_the_same_inputs_take(same: int) -> None:
    network = Network(1, (Layer(1, "identity"),))
    inputs = np.repeat(np.arange(300.0 // same), same)[:, None]
    targets = np.random.default_rng(1).normal(size=(300, 1))
    parameters = initialize(network, "zeros", 0)

    def subject() -> Subject:
        return Subject(network, Objective("mean_squared_error"), Examples(inputs, targets))

    estimated = seconds_of_survey(subject()) + seconds_of_bounds(subject())
    assert_near(estimated / least(lambda: survey(subject(), parameters)), MARGIN_OF_A_ROW)
