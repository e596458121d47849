"""Right, wrong and taken for what, counted by plain loops."""

import numpy as np
import pytest

from app.engine.losses import LOSSES
from app.engine.measures import measure, measures_of
from app.engine.network import Objective, loss_of
from app.engine.training import Examples


def counted(outputs, targets, classes, answer):
    """Return the confusion, counted one example after the other."""
    table = [[0] * classes for _ in range(classes)]
    for row, target in zip(outputs.tolist(), targets.tolist(), strict=True):
        table[answer(target)][answer(row)] += 1
    return table


@pytest.mark.parametrize(("loss", "low", "middle"), [("binary_cross_entropy", 0, 0.5), ("hinge", -1, 0.0)])
def test_one_output_answers_with_the_side_of_the_middle_it_lies_on(loss, low, middle):
    draws = np.random.default_rng(1)
    outputs, targets = draws.uniform(low, 1, (50, 1)), draws.choice([low, 1.0], (50, 1))
    found = measures_of(outputs, 0 * outputs, targets, 0.25, Objective(loss), has_classes=True)
    expected = counted(outputs, targets, 2, lambda row: int(row[0] > middle))
    assert found.confusion.tolist() == expected
    assert found.right == expected[0][0] + expected[1][1]
    assert (found.count, found.accuracy, found.loss) == (50, found.right / 50, 0.25)


def test_several_outputs_answer_with_the_largest():
    draws = np.random.default_rng(2)
    outputs, targets = draws.uniform(0, 1, (60, 4)), np.eye(4)[draws.integers(0, 4, 60)]
    found = measures_of(outputs, 0 * outputs, targets, 0.0, Objective("cross_entropy"), has_classes=True)
    expected = counted(outputs, targets, 4, lambda row: row.index(max(row)))
    assert found.confusion.tolist() == expected
    assert found.right == sum(expected[k][k] for k in range(4))


def test_by_hand():
    outputs, targets = np.array([[0.9], [0.4], [0.6], [0.2]]), np.array([[1.0], [1.0], [0.0], [0.0]])
    found = measures_of(outputs, 0 * outputs, targets, 0.0, Objective("mean_squared_error"), has_classes=True)
    assert (found.right, found.accuracy, found.confusion.tolist()) == (2, 0.5, [[1, 1], [1, 1]])


@pytest.mark.parametrize("outputs", [np.array([[0.5], [np.nan]]), np.array([[0.1], [0.2]])])
def test_without_classes_or_without_an_answer_nothing_is_right(outputs):
    has_classes = bool(np.isnan(outputs).any())
    targets = np.array([[0.0], [1.0]])
    found = measures_of(outputs, 0 * outputs, targets, 0.0, Objective("huber"), has_classes=has_classes)
    assert (found.right, found.undecided, found.accuracy, found.confusion) == (None,) * 4


@pytest.mark.parametrize("loss", [name for name, row in LOSSES.items() if row.task == "any"])
def test_the_loss_is_that_of_the_objective_penalty_included(network_of, draw_parameters, loss):
    network = network_of(3, (4, "tanh"), (2, "identity"))
    parameters, draws = draw_parameters(network, 3), np.random.default_rng(4)
    examples = Examples(draws.normal(size=(9, 3)), draws.normal(size=(9, 2)))
    objective = Objective(loss, "sum", 0.1, 0.2)
    found = measure(network, parameters, examples, objective, has_classes=False, keeps_outputs=True)
    assert found.loss == loss_of(network, parameters, examples.inputs, examples.targets, objective)
    by_hand = np.tanh(examples.inputs @ parameters[0].weights.T + parameters[0].biases)
    by_hand = by_hand @ parameters[1].weights.T + parameters[1].biases
    assert found.outputs == pytest.approx(by_hand, rel=1e-12)
