"""Illnesses made on purpose, one at a time, and networks that have none."""

from math import sqrt

import numpy as np
import pytest

from app.engine.activations import ACTIVATIONS
from app.engine.health import HEALTH, LAYER_RULES, SATURATED_SHARE, SATURATED_SLOPE, LayerGradient
from app.engine.network import Layer, LayerParameters, Network, Objective, loss_of
from app.engine.progress import FLAT_GRADIENT
from app.engine.survey import Subject, survey
from app.engine.training import Examples, first_state, take_step
from tests.engine.runs import choice
from tests.filled import filled

SQUARED = Objective("half_squared_error")
TEN = np.arange(-4.5, 5.0).reshape(10, 1)  # −4.5, −3.5, … 4.5
DRAWS = np.random.default_rng(8)


def health_of(network: Network, parameters, inputs, targets=None, objective=SQUARED):
    targets = np.zeros((len(inputs), network.outputs)) if targets is None else targets
    return survey(Subject(network, objective, Examples(inputs, targets)), parameters).layers


def states(layer):
    return [unit.state for unit in layer.units]


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_steepest_slope_of_a_row_is_the_steepest_there_is(name):
    row = ACTIVATIONS[name]
    z = np.linspace(-20, 20, 400_001).reshape(-1, 1)
    with np.errstate(all="ignore"):
        slopes = np.abs(np.diff(row.function(z), axis=0)) / np.diff(z, axis=0)
    if row.last_layer_only:
        pairs = np.column_stack([z, -z])
        slopes = np.abs(row.derivative(pairs, row.function(pairs)))
    if name == "step":
        slopes = slopes[slopes < 1]  # all but the one jump
    assert slopes.max() == pytest.approx(row.steepest, rel=1e-4, abs=1e-12)


@pytest.mark.parametrize("name", ["sigmoid", "tanh"])
def test_a_unit_at_an_end_of_a_bounded_function_is_saturated(network_of, parameters_of, name):
    network = network_of(1, (3, name), (1, "identity"))
    # Unit 0 is always far out, unit 1 near the middle, unit 2 far out on both sides.
    weights = [[0.1], [0.1], [100.0]]
    health = health_of(network, parameters_of((weights, [20.0, 0.0, 0.0]), ([[1.0, 1.0, 1.0]], [0.0])), TEN)
    assert states(health[0]) == ["saturated", None, "saturated"]
    assert states(health[1]) == [None]


@pytest.mark.parametrize(("flat", "state"), [(9, "saturated"), (8, None)])
def test_saturated_means_flat_in_nine_examples_of_ten(network_of, parameters_of, flat, state):
    assert SATURATED_SHARE == 0.9
    network = network_of(1, (1, "tanh"), (1, "identity"))
    inputs = np.array([[30.0]] * flat + [[0.0]] * (10 - flat))
    health = health_of(network, parameters_of(([[1.0]], [0.0]), ([[1.0]], [0.0])), inputs)
    assert states(health[0]) == [state]


@pytest.mark.parametrize(("share", "state"), [(0.99, "saturated"), (1.01, None)])
def test_flat_means_below_a_tenth_of_the_steepest_slope(network_of, parameters_of, share, state):
    # tanh′ = 1 − a², so a slope s is found at z = artanh √(1 − s).
    z = np.arctanh(sqrt(1 - share * SATURATED_SLOPE))
    network = network_of(1, (1, "tanh"), (1, "identity"))
    health = health_of(network, parameters_of(([[z]], [0.0]), ([[1.0]], [0.0])), np.ones((5, 1)))
    assert states(health[0]) == [state]
    assert health[0].units[0].slope == pytest.approx(share * SATURATED_SLOPE)


@pytest.mark.parametrize(
    ("name", "state"), [("relu", "dead"), ("leaky_relu", None), ("elu", None), ("step", None), ("identity", None)]
)
def test_a_unit_that_nothing_comes_back_through_is_dead_if_its_function_has_slopes(
    network_of, parameters_of, name, state
):
    network = network_of(1, (2, name), (1, "identity"))
    health = health_of(network, parameters_of(([[1.0], [1.0]], [-5.0, 0.5]), ([[1.0, 2.0]], [0.0])), TEN)
    assert states(health[0]) == [state, None]
    if name == "relu":
        assert [unit.active for unit in health[0].units] == [0.0, 0.5]
        assert [unit.slope for unit in health[0].units] == [0.0, 0.5]


def test_units_are_alike_where_all_weights_in_and_out_are_equal_to_the_bit(network_of, parameters_of):
    network = network_of(2, (5, "tanh"), (2, "identity"))
    first = [[0.1, 0.2], [0.1, 0.2], [0.1, 0.2], [0.1, np.nextafter(0.2, 1)], [0.1, 0.2]]
    biases = [0.3, 0.3, 0.3, 0.3, 0.4]
    last = [[1.0, 1.0, 1.0, 1.0, 1.0], [2.0, 2.0, 2.1, 2.0, 2.0]]
    inputs = DRAWS.normal(size=(6, 2))
    health = health_of(network, parameters_of((first, biases), (last, [0.0, 0.0])), inputs)
    assert states(health[0]) == ["alike", "alike", None, None, None]


def test_outputs_are_never_called_alike(network_of, parameters_of):
    network = network_of(1, (2, "identity"))
    health = health_of(network, parameters_of(([[1.0], [1.0]], [0.0, 0.0])), TEN)
    assert states(health[0]) == [None, None]


@pytest.mark.parametrize(
    ("last", "loss", "state"),
    [
        ("sigmoid", "binary_cross_entropy", None),
        ("softmax", "cross_entropy", None),
        ("softmax", "half_squared_error", None),
        ("sigmoid", "half_squared_error", "saturated"),
    ],
)
def test_a_last_layer_is_saturated_only_where_the_gradient_takes_its_slope(
    network_of, parameters_of, last, loss, state
):
    network = network_of(1, (2, last))
    parameters = parameters_of(([[0.0], [0.0]], [30.0, -30.0]))
    health = health_of(network, parameters, TEN, np.tile([0.0, 1.0], (10, 1)), Objective(loss))
    assert states(health[0]) == [state, state]


def norm_by_nudges(network, parameters, examples, objective, layer):
    """Return the norm of a layer's gradient, by central differences."""
    total = 0.0
    for array in (parameters[layer].weights, parameters[layer].biases):
        array.flags.writeable = True
        for place in np.ndindex(array.shape):
            losses = []
            for h in (1e-5, -1e-5):
                array[place] += h
                losses.append(loss_of(network, parameters, examples.inputs, examples.targets, objective))
                array[place] -= h
            total += ((losses[0] - losses[1]) / 2e-5) ** 2
    return sqrt(total)


@pytest.mark.parametrize("objective", [SQUARED, Objective("huber", "sum", 0.1, 0.2)])
def test_the_norm_of_a_layer_is_that_of_all_its_gradients(network_of, draw_parameters, objective):
    network = network_of(2, (3, "tanh"), (2, "sigmoid"))
    parameters = draw_parameters(network, 4)
    examples = Examples(DRAWS.normal(size=(7, 2)), DRAWS.normal(size=(7, 2)))
    health = health_of(network, parameters, examples.inputs, examples.targets, objective)
    for index, layer in filled(enumerate(health)):
        by_nudges = norm_by_nudges(network, parameters, examples, objective, index)
        assert layer.gradient_norm == pytest.approx(by_nudges, rel=1e-6)
        assert layer.state is None


@pytest.mark.parametrize(
    ("norm", "relative", "largest", "state"),
    [
        (1.0, 1.0, 1.0, None),
        (0.0011, 1.0, 1.0, None),
        (0.0009, 1.0, 1.0, "vanishing"),
        (0.5, 0.0101, 1.0, None),
        (0.5, 0.0099, 1.0, "vanishing"),
        (0.0, 0.0, 1.0, "vanishing"),
        (1000.0, 1.0, 1000.0, None),
        (1001.0, 1.0, 1001.0, "exploding"),
        (np.inf, np.inf, 1.0, "exploding"),
        (np.nan, np.nan, 1.0, "exploding"),
    ],
)
def test_the_rules_of_layers_by_their_numbers(norm, relative, largest, state):
    gradient = LayerGradient(norm, relative)
    assert next((rule.name for rule in LAYER_RULES if rule.holds(gradient, largest)), None) == state


def test_seven_sigmoids_vanish_and_large_weights_explode(network_of, draw_parameters):
    inputs = DRAWS.normal(size=(20, 2))
    targets = np.ones((20, 1))
    sigmoids = network_of(2, *[(4, "sigmoid")] * 7, (1, "identity"))
    health = health_of(sigmoids, draw_parameters(sigmoids, 1, 0.5), inputs, targets)
    assert health[0].state == "vanishing"
    assert health[-1].state is None
    straight = network_of(2, *[(4, "identity")] * 7, (1, "identity"))
    health = health_of(straight, draw_parameters(straight, 1, 4.0), inputs, targets)
    assert {layer.state for layer in health} == {"exploding"}


def test_numbers_that_no_longer_fit_are_an_explosion_and_not_an_error(network_of, parameters_of):
    network = network_of(1, (1, "identity"), (1, "identity"))
    health = health_of(network, parameters_of(([[1e200]], [0.0]), ([[1e200]], [0.0])), TEN)
    assert [layer.state for layer in health] == ["exploding", "exploding"]


def test_the_numbers_that_are_told_are_those_that_judge():
    assert HEALTH == {
        "saturated_slope": 0.1,
        "saturated_share": 0.9,
        "exploding_norm": 1000.0,
        "vanishing_share": 0.001,
        "flat_gradient": 0.01,
        "nothing_learnt": 0.01,
        "all_learnt": 0.01,
        "usual_rate": 0.1,
    }


def after(network, parameters, examples, objective, steps, optimizer="sgd", **settings):
    """Return the parameters after so many steps on all examples."""
    state = first_state(parameters, optimizer)
    for _ in range(steps):
        state = take_step(network, examples, objective, choice(optimizer, **settings), state).after
    return state.parameters


DEEP = ([[1.0], [1.0]], [0.0, 0.0]), ([[1.0, 1.0], [1.0, 1.0]], [0.0, -5.0]), ([[1.0, 1.0]], [0.0])
THREE = Examples(np.array([[0.5], [1.0], [1.5]]), np.array([[8.0], [16.0], [24.0]]))


def test_a_unit_of_a_later_layer_may_come_back_and_does(network_of, parameters_of):
    # Nothing comes through unit 2 of layer 2, but the first layer learns through unit 1, and sends it more.
    network = network_of(1, (2, "relu"), (2, "relu"), (1, "identity"))
    found = []
    for steps in range(6):
        parameters = after(network, parameters_of(*DEEP), THREE, SQUARED, steps, learning_rate=0.01)
        unit = health_of(network, parameters, THREE.inputs, THREE.targets)[1].units[1]
        found.append((unit.state, unit.revival))
    assert found[:3] == [("dead", "layers")] * 3
    assert found[5] == (None, None)


def test_a_unit_of_the_first_layer_is_not_brought_back_by_gradients(network_of, parameters_of):
    network = network_of(1, (2, "relu"), (1, "identity"))
    parameters = parameters_of(([[1.0], [1.0]], [0.0, -5.0]), ([[1.0, 1.0]], [0.0]))
    layer = health_of(network, parameters, THREE.inputs, THREE.targets)[0]
    assert [(unit.state, unit.revival) for unit in layer.units] == [(None, None), ("dead", None)]
    later = after(network, parameters, THREE, SQUARED, 50, learning_rate=0.01)
    assert later[0].weights[1] == parameters[0].weights[1]
    assert health_of(network, later, THREE.inputs, THREE.targets)[0].units[1].state == "dead"


def test_a_layer_that_is_dead_as_a_whole_brings_none_of_it_back(network_of, parameters_of):
    # The layer before learns nothing either: it has no other way to the loss.
    network = network_of(1, (2, "relu"), (2, "relu"), (1, "identity"))
    parameters = parameters_of(DEEP[0], ([[1.0, 1.0], [1.0, 1.0]], [-9.0, -9.0]), DEEP[2])
    units = health_of(network, parameters, THREE.inputs, THREE.targets)[1].units
    assert [(unit.state, unit.revival) for unit in units] == [("dead", None)] * 2


@pytest.mark.parametrize(
    ("bias", "penalty", "revival"),
    [
        (0.5, {"l2": 0.1}, "penalty"),
        (0.0, {"l2": 0.1}, None),
        (-0.5, {"l2": 0.1}, None),
        (-0.5, {"l1": 0.1}, "penalty"),
        (0.5, {}, None),
    ],
)
def test_a_penalty_brings_a_unit_of_the_first_layer_back_where_it_can(
    network_of, parameters_of, bias, penalty, revival
):
    network = network_of(1, (1, "relu"), (1, "identity"))
    objective = Objective("half_squared_error", **penalty)
    parameters = parameters_of(([[-2.0]], [bias]), ([[1.0]], [0.0]))
    unit = health_of(network, parameters, THREE.inputs, THREE.targets, objective)[0].units[0]
    assert (unit.state, unit.revival) == ("dead", revival)
    if "l1" not in penalty:
        states = set()
        for _ in range(200):
            parameters = after(network, parameters, THREE, objective, 1, learning_rate=0.1)
            states.add(health_of(network, parameters, THREE.inputs, THREE.targets, objective)[0].units[0].state)
        assert (None in states) == (revival is not None)


def deadened(draw_parameters, seed):
    """Return a random network many of whose units are dead, its examples and what it is to lower."""
    draws = np.random.default_rng(seed)
    network = Network(2, (*(Layer(units, "relu") for units in (4, 3, 2)), Layer(1, "identity")))
    objective = Objective("half_squared_error", l2=float(draws.choice([0.0, 0.05])))
    parameters = tuple(
        LayerParameters(own.weights, own.biases - draws.uniform(0, 3, own.biases.shape))
        for own in draw_parameters(network, seed)
    )
    return network, parameters, Examples(draws.normal(size=(6, 2)), draws.normal(size=(6, 1))), objective


@pytest.mark.parametrize("seed", range(40))
def test_of_what_nothing_is_said_to_bring_back_nothing_comes_back(draw_parameters, seed):
    network, parameters, examples, objective = deadened(draw_parameters, seed)
    before = health_of(network, parameters, examples.inputs, examples.targets, objective)
    later = after(network, parameters, examples, objective, 30, learning_rate=0.05)
    now = health_of(network, later, examples.inputs, examples.targets, objective)
    lasting = [
        (layer, unit)
        for layer, own in enumerate(before)
        for unit, health in enumerate(own.units)
        if health.state == "dead" and health.revival is None
    ]
    assert all(now[layer].units[unit].state == "dead" for layer, unit in filled(lasting))
    if not objective.l2:
        for layer, unit in filled(lasting):
            assert np.array_equal(later[layer].weights[unit], parameters[layer].weights[unit])


def test_the_sweep_of_dead_units_has_some_of_each_kind(draw_parameters):
    found = set()
    for seed in range(40):
        network, parameters, examples, objective = deadened(draw_parameters, seed)
        layers = health_of(network, parameters, examples.inputs, examples.targets, objective)
        found |= {unit.revival for layer in layers for unit in layer.units if unit.state == "dead"}
    assert found == {None, "layers", "penalty"}


def test_a_layer_is_held_against_the_largest_gradient_of_all(network_of, parameters_of):
    # ∂L/∂w₁ is w₂ / w₁ of ∂L/∂w₂: a two-thousandth, though the layer has much to gain by its own weight's size.
    network = network_of(1, (1, "identity", False), (1, "identity", False))
    for second, state in ((0.05, "vanishing"), (0.2, None)):
        parameters = parameters_of(([[100.0]], [0.0]), ([[second]], [0.0]))
        first, last = health_of(network, parameters, np.array([[1.0]]), np.array([[100 * second - 1.0]]))
        assert first.relative_gradient > 10 * FLAT_GRADIENT
        assert (first.state, last.state) == (state, None)
