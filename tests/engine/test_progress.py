"""Whether a network as a whole learns: the two losses it stands between, plateaus, and what only looks like one."""

from math import log

import numpy as np
import pytest

from app.engine.activations import ACTIVATIONS
from app.engine.losses import LOSSES
from app.engine.network import Network, Objective, batch_loss, forward
from app.engine.progress import best_answer, bounds_of, unreachable
from app.engine.survey import Subject, survey
from app.engine.training import Examples, first_state, take_step
from tests.engine.runs import choice
from tests.filled import filled

XOR = Examples(np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0.0], [1], [1], [0]]))
CROSS = Objective("binary_cross_entropy")
SQUARED = Objective("mean_squared_error")
DRAWS = np.random.default_rng(5)


def look(network, parameters, examples, objective):
    return survey(Subject(network, objective, examples), parameters)


def state_of(network, parameters, examples, objective):
    return look(network, parameters, examples, objective).network.state


def trained(network, parameters, examples, objective, steps, rate):
    state = first_state(parameters, "sgd")
    for _ in range(steps):
        state = take_step(network, examples, objective, choice("sgd", learning_rate=rate), state).after
    return state.parameters


@pytest.mark.parametrize("loss", LOSSES)
def test_the_best_answer_for_all_is_better_than_any_other(draw_targets, loss):
    targets = draw_targets(loss, (9, 3), DRAWS)
    best = best_answer(targets, loss)

    def cost(answer):
        with np.errstate(all="ignore"):
            return LOSSES[loss].parts(np.broadcast_to(answer, targets.shape), targets).sum()

    for _ in range(200):
        other = best + DRAWS.normal(size=3) * DRAWS.choice([0.3, 1e-3])
        if loss == "binary_cross_entropy":
            other = np.clip(other, 1e-9, 1 - 1e-9)
        if loss == "cross_entropy":
            other = np.abs(other) / np.abs(other).sum()
        assert cost(best) <= cost(other) + 1e-9


@pytest.mark.parametrize(
    ("loss", "constant"),
    [
        ("mean_squared_error", 0.25),
        ("half_squared_error", 0.125),
        ("mean_absolute_error", 0.5),
        ("huber", 0.125),
        ("binary_cross_entropy", log(2)),
    ],
)
def test_the_bounds_of_xor_by_hand(network_of, loss, constant):
    bounds = bounds_of(network_of(2, (1, "sigmoid")), XOR.inputs, XOR.targets, Objective(loss))
    assert (bounds.least, bounds.constant) == (0.0, pytest.approx(constant))


def test_examples_with_the_same_inputs_can_have_one_answer_only(network_of):
    inputs, targets = np.array([[1.0], [1.0], [2.0]]), np.array([[0.0], [1.0], [5.0]])
    bounds = bounds_of(network_of(1, (1, "identity")), inputs, targets, SQUARED)
    assert bounds.least == pytest.approx((0.25 + 0.25) / 3)
    assert bounds.constant == pytest.approx(np.var(targets))


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("last", ACTIVATIONS)
def test_no_network_is_below_the_least_loss_and_none_that_says_one_thing_below_the_other(
    network_of, draw_parameters, draw_targets, last, loss
):
    network = network_of(2, (3, "tanh"), (2, last))
    examples = Examples(DRAWS.normal(size=(8, 2)), draw_targets(loss, (8, 2), DRAWS))
    bounds = bounds_of(network, examples.inputs, examples.targets, Objective(loss))
    assert bounds.least <= bounds.constant + 1e-12
    deaf = np.zeros_like(examples.inputs)
    for seed in range(10):
        with np.errstate(all="ignore"):
            for inputs, bound in ((examples.inputs, bounds.least), (deaf, bounds.constant)):
                passed = forward(network, draw_parameters(network, seed), inputs)[-1]
                is_share = loss == "cross_entropy" and last != "softmax"
                is_outside = loss == "binary_cross_entropy" and not ((passed.a >= 0) & (passed.a <= 1)).all()
                found = batch_loss(network, (), passed, examples.targets, Objective(loss)).data_loss
                assert is_share or is_outside or np.isnan(found) or found >= bound - 1e-9


def small(network, draw_parameters, seed):
    return tuple(type(own)(0.01 * np.sign(own.weights), 0.0 * own.biases) for own in draw_parameters(network, seed))


@pytest.mark.parametrize("hidden", ["tanh", "relu", "sigmoid", "elu", "gelu", "silu", "softplus"])
@pytest.mark.parametrize("seed", range(3))
def test_xor_from_next_to_nothing_is_a_plateau(network_of, draw_parameters, hidden, seed):
    network = network_of(2, (2, hidden), (1, "sigmoid"))
    parameters = small(network, draw_parameters, seed)
    # ReLU, which is no straight line near 0, finds its way out first.
    for steps in (0, 20) if hidden == "relu" else (0, 60, 100):
        parameters = trained(network, parameters, XOR, CROSS, steps, 0.1)
        found = look(network, parameters, XOR, CROSS)
        assert found.train.loss == pytest.approx(log(2), rel=1e-3)
        assert found.network.state == "plateau"
        assert [layer.state for layer in found.layers] == [None, None]


def test_solved_xor_is_learnt_and_half_solved_xor_learns(network_of, draw_parameters):
    network = network_of(2, (4, "tanh"), (1, "sigmoid"))
    parameters = draw_parameters(network, 3)
    assert state_of(network, parameters, XOR, CROSS) is None
    states = []
    for _ in range(20):
        parameters = trained(network, parameters, XOR, CROSS, 100, 0.5)
        found = look(network, parameters, XOR, CROSS)
        states.append((found.network.state, found.train.loss < 0.01 * log(2)))
    assert states[-1] == ("learnt", True)
    assert all((state == "learnt") == is_low for state, is_low in states)
    assert {state for state, _ in states} == {None, "learnt"}


def test_xor_without_a_hidden_layer_is_at_its_lowest_and_not_on_a_plateau(network_of, parameters_of):
    network = network_of(2, (1, "sigmoid"))
    for weights in ([[0.0, 0.0]], [[1e-9, 1e-9]]):
        assert state_of(network, parameters_of((weights, [0.0])), XOR, CROSS) == "still"


def test_a_linear_network_that_is_stuck_at_0_is_on_a_plateau_where_a_line_would_help(network_of, parameters_of):
    network = network_of(1, (2, "identity"), (1, "identity"))
    nothing = parameters_of(([[1e-5], [-1e-5]], [0.0, 0.0]), ([[1e-5, 1e-5]], [0.5]))
    inputs = np.array([[-1.0], [0.0], [1.0]])
    rising, level = np.array([[0.0], [0.5], [1.0]]), np.array([[1.0], [-0.5], [1.0]])
    assert state_of(network, nothing, Examples(inputs, rising), SQUARED) == "plateau"
    assert state_of(network, nothing, Examples(inputs, level), SQUARED) == "still"


def test_the_bottom_of_a_noisy_regression_is_no_plateau(network_of, parameters_of):
    x = np.linspace(-1, 1, 30).reshape(-1, 1)
    y = 0.8 * x - 0.3 + DRAWS.normal(size=x.shape)
    slope, offset = np.polyfit(x.ravel(), y.ravel(), 1)
    network = network_of(1, (1, "identity"))
    assert state_of(network, parameters_of(([[slope]], [offset])), Examples(x, y), SQUARED) == "still"
    assert state_of(network, parameters_of(([[slope + 1]], [offset])), Examples(x, y), SQUARED) is None


def test_an_exact_fit_is_learnt(network_of, parameters_of):
    network = network_of(1, (1, "identity"))
    x = np.array([[0.0], [1.0], [3.0]])
    found = look(network, parameters_of(([[2.0]], [1.0])), Examples(x, 2 * x + 1), SQUARED)
    assert (found.network.state, found.layers[0].state) == ("learnt", None)


def test_one_answer_is_all_there_is_to_learn_where_all_targets_are_equal(network_of, parameters_of):
    network = network_of(1, (2, "tanh"), (1, "identity"))
    examples = Examples(np.array([[0.0], [1.0], [3.0]]), np.full((3, 1), 5.0))
    deaf = [([[0.0], [0.0]], [0.0, 0.0]), ([[0.0, 0.0]], [5.0])]
    assert state_of(network, parameters_of(*deaf), examples, SQUARED) == "learnt"
    deaf[1] = ([[0.0, 0.0]], [4.0])
    assert state_of(network, parameters_of(*deaf), examples, SQUARED) is None


def test_the_wrong_end_of_a_sigmoid_is_a_plateau_for_squares_and_not_for_cross_entropy(network_of, parameters_of):
    network = network_of(2, (2, "tanh"), (1, "sigmoid"))
    wrong = parameters_of((np.eye(2).tolist(), [0.0, 0.0]), ([[0.0, 0.0]], [20.0]))
    examples = Examples(XOR.inputs, np.array([[0.0], [1], [0], [0]]))
    assert state_of(network, wrong, examples, SQUARED) == "plateau"
    assert state_of(network, wrong, examples, CROSS) is None


def test_what_a_penalty_holds_still_is_not_called_a_plateau(network_of, draw_parameters):
    network = network_of(2, (2, "tanh"), (1, "sigmoid"))
    held = Objective("binary_cross_entropy", l2=0.5)
    parameters = trained(network, draw_parameters(network, 1), XOR, held, 500, 0.1)
    assert state_of(network, parameters, XOR, held) == "still"


def test_dead_units_all_over_are_a_plateau_once_the_output_has_settled(network_of, parameters_of):
    network = network_of(2, (2, "relu"), (1, "sigmoid"))
    layers = [(np.eye(2).tolist(), [-9.0, -9.0]), ([[1.0, 1.0]], [3.0])]
    assert state_of(network, parameters_of(*layers), XOR, CROSS) is None
    layers[1] = ([[1.0, 1.0]], [0.0])
    assert state_of(network, parameters_of(*layers), XOR, CROSS) == "plateau"


def test_numbers_that_no_longer_fit_are_no_plateau(network_of, parameters_of):
    network = network_of(2, (1, "identity"))
    assert state_of(network, parameters_of(([[1e200, 1e200]], [0.0])), XOR, SQUARED) is None


def test_a_frozen_bias_is_not_what_a_layer_learns_with(parameters_of, network_of):
    frozen = network_of(2, (2, "tanh", False), (1, "sigmoid", False))
    parameters = parameters_of((np.zeros((2, 2)), [0.0, 0.0]), ([[0.0, 0.0]], [2.0]))
    free = network_of(2, (2, "tanh"), (1, "sigmoid"))
    assert look(frozen, parameters, XOR, CROSS).layers[1].relative_gradient == 0.0
    assert look(free, parameters, XOR, CROSS).layers[1].relative_gradient > 0.1


@pytest.mark.parametrize("seed", range(5))
def test_the_relative_gradient_is_what_a_small_step_gains_scaled_up(network_of, draw_parameters, seed):
    network = network_of(2, (3, "tanh"), (1, "sigmoid"))
    parameters = draw_parameters(network, seed)
    found = look(network, parameters, XOR, CROSS)
    for index, own in filled(enumerate(parameters)):
        size = max(np.sqrt((own.weights**2).sum() + (own.biases**2).sum()), np.sqrt(own.biases.size))
        step = take_step(network, XOR, CROSS, choice("sgd", learning_rate=1.0), first_state(parameters, "sgd"))
        back = step.came_back[index]
        length = np.sqrt((back.dW**2).sum() + (back.db**2).sum())
        share = 1e-6
        moved = list(parameters)
        scale = share * size / length
        moved[index] = type(own)(own.weights - scale * back.dW, own.biases - scale * back.db)
        gained = found.train.loss - look(network, tuple(moved), XOR, CROSS).train.loss
        assert gained / share / found.train.loss == pytest.approx(found.layers[index].relative_gradient, rel=1e-3)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_targets_beyond_the_outputs_range_are_counted(network_of, name):
    row = ACTIVATIONS[name]
    network = network_of(1, (1, name))
    inside = [max(row.lowest, -9.0), min(row.highest, 9.0)]
    if row.last_layer_only:
        inside = [1.0]  # of one output, softmax makes 1
    assert unreachable(network, np.array([inside]).T) is None
    if np.isfinite(row.highest):
        found = unreachable(network, np.array([[*inside, row.highest + 0.01, row.highest + 3]]).T)
        assert (found.count, found.total, found.farthest) == (2, len(inside) + 2, row.highest + 3)
    if np.isfinite(row.lowest):
        found = unreachable(network, np.array([[*inside, row.lowest - 0.01]]).T)
        assert (found.count, found.lowest, found.highest) == (1, row.lowest, row.highest)
        assert found.farthest == row.lowest - 0.01


def test_rounding_at_the_edge_of_the_range_is_within_it(network_of):
    assert unreachable(network_of(1, (1, "sigmoid")), np.array([[np.nextafter(1, 2)], [0.0]])) is None
    assert unreachable(network_of(1, (1, "sigmoid")), np.array([[1 + 1e-9], [0.0]])).count == 1


def test_shares_that_do_not_add_up_to_1_cannot_be_given_by_softmax(network_of):
    network = network_of(1, (2, "softmax"))
    assert unreachable(network, np.array([[0.25, 0.75], [1, 0]])) is None
    assert unreachable(network, np.array([[0.25, 0.75], [1, 0.5]])).count == 2
    assert unreachable(network_of(1, (1, "softmax")), np.array([[0.0], [1.0]])).farthest == 0.0


def test_a_relu_that_is_asked_for_negatives_has_learnt_what_it_can(network_of, parameters_of):
    network = Network(1, network_of(1, (1, "relu")).layers)
    examples = Examples(np.array([[1.0], [2.0]]), np.array([[-1.0], [-2.0]]))
    found = look(network, parameters_of(([[-1.0]], [0.0])), examples, SQUARED).network
    assert found.unreachable.count == 2
    assert found.least_loss == found.constant_loss == pytest.approx(2.5)
    assert found.state == "learnt"
