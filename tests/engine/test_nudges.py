"""A parameter moved by a little and along a line, where the loss is known by hand."""

import numpy as np
import pytest

from app.engine.flat import flatten, place_at, place_in_vector
from app.engine.network import LayerParameters, Objective, loss_of
from app.engine.nudges import line, nudge
from app.engine.training import Examples
from tests.filled import filled

# L = ½(2w + b − ½)², at w = 3, b = 1: 21.125, and ∂L/∂w = 13, ∂²L/∂w² = 4.
EXAMPLES = Examples(np.array([[2.0]]), np.array([[0.5]]))
OBJECTIVE = Objective("half_squared_error")


@pytest.fixture
def parabola(network_of, parameters_of):
    return network_of(1, (1, "identity")), parameters_of(([[3.0]], [1.0]))


def test_the_secant_of_a_parabola_is_off_by_half_its_curvature_times_h_and_the_central_one_is_not(parabola):
    sizes = [1.0, 0.5, -0.25, 2.0**-10]
    for h, found in zip(sizes, nudge(*parabola, EXAMPLES, OBJECTIVE, 0, sizes), strict=True):
        assert found.h == h
        assert found.loss == pytest.approx(0.5 * (6.5 + 2 * h) ** 2, rel=1e-14)
        assert found.secant == pytest.approx(13 + 2 * h, rel=1e-10)
        assert found.central == pytest.approx(13, rel=1e-10)


def test_a_nudge_that_is_lost_in_rounding_moves_nothing(parabola):
    (found,) = nudge(*parabola, EXAMPLES, OBJECTIVE, 0, [1e-300])
    assert (found.loss, found.secant, found.central) == (21.125, 0.0, 0.0)


def test_a_line_gives_the_loss_at_each_value(parabola):
    values = np.linspace(-1.0, 2.0, 7)
    found = line(*parabola, EXAMPLES, OBJECTIVE, 0, values)
    assert found.values.tolist() == values.tolist()
    assert found.losses == pytest.approx([0.5 * (2 * w + 0.5) ** 2 for w in values], rel=1e-14)


def test_a_line_changes_its_own_parameter_and_no_other(network_of, draw_parameters, bits):
    network = network_of(2, (3, "tanh"), (2, "sigmoid"))
    parameters, draws = draw_parameters(network, 6), np.random.default_rng(3)
    examples = Examples(draws.normal(size=(4, 2)), draws.normal(size=(4, 2)))
    before = bits(parameters)
    found = line(network, parameters, examples, OBJECTIVE, 10, np.array([-0.5, 0.5]))
    assert bits(parameters) == before
    for value, loss in zip((-0.5, 0.5), found.losses, strict=True):
        weights = parameters[1].weights.copy()
        weights[0, 1] = value
        changed = (parameters[0], LayerParameters(weights, parameters[1].biases))
        assert loss == loss_of(network, changed, examples.inputs, examples.targets, OBJECTIVE)


def test_the_place_of_a_number_in_the_vector_is_found_both_ways(network_of, draw_parameters):
    network = network_of(3, (4, "tanh"), (1, "relu"), (2, "identity"))
    parameters = draw_parameters(network, 2)
    for number, value in filled(enumerate(flatten(parameters))):
        layer, unit, source = place_at(network, number)
        assert place_in_vector(network, layer, unit, source) == number
        own = parameters[layer]
        assert value == (own.biases[unit] if source is None else own.weights[unit, source])
    with pytest.raises(IndexError):
        place_at(network, network.parameter_count)
