"""What a forward pass may be off by for rounding, held to exact arithmetic; which answers that leaves undecided."""

from fractions import Fraction

import numpy as np
import pytest

from app.engine.activations import ACTIVATIONS
from app.engine.losses import LOSSES
from app.engine.measures import UNDECIDED, answers_of, measure
from app.engine.network import LayerParameters, Objective, forward
from app.engine.rounding import rounding_of
from app.engine.training import Examples
from tests.filled import filled

XOR = Examples(np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0.0], [1], [1], [0]]))
CROSS = Objective("binary_cross_entropy")


def exactly(network, parameters, row, sums):
    """Return each layer's a in exact arithmetic, of identity, ReLU and threshold; `sums` are the z as computed.

    A threshold whose z is computed as 0 says what it says at 0.
    """
    x, found = [Fraction(value) for value in row], []
    for layer, own, told in zip(network.layers, parameters, sums, strict=True):
        z = [
            sum((Fraction(w) * value for w, value in zip(weights, x, strict=True)), Fraction(bias))
            for weights, bias in zip(own.weights.tolist(), own.biases.tolist(), strict=True)
        ]
        functions = {"identity": lambda one: one, "relu": lambda one: max(one, 0), "step": lambda one: int(one > 0)}
        if layer.activation == "step":
            z = [one if near else Fraction(0) for one, near in zip(z, told.tolist(), strict=True)]
        x = [Fraction(functions[layer.activation](one)) for one in z]
        found.append(x)
    return found


@pytest.mark.parametrize("seed", range(60))
def test_no_number_is_further_off_than_it_is_said_to_be(network_of, draw_parameters, seed):
    draws = np.random.default_rng(seed)
    kinds = draws.choice(["identity", "relu", "step"], 3)
    network = network_of(3, (4, kinds[0]), (4, kinds[1]), (2, kinds[2]))
    parameters = draw_parameters(network, seed, 10.0 ** draws.uniform(-3, 3))
    inputs = np.round(draws.normal(size=(5, 3)), 1)
    # Sums that cancel: the first unit's is nothing but rounding.
    weights = parameters[0].weights.copy()
    biases = parameters[0].biases.copy()
    biases[0] = -float(weights[0] @ inputs[0])
    parameters = (LayerParameters(weights, biases), *parameters[1:])
    passed = forward(network, parameters, inputs)
    off = rounding_of(network, parameters, passed)
    for number, row in filled(enumerate(inputs.tolist())):
        sums = [one.z[number] for one in passed]
        for layer, exact in filled(enumerate(exactly(network, parameters, row, sums))):
            for unit, value in filled(enumerate(exact)):
                error = abs(Fraction(float(passed[layer].a[number, unit])) - value)
                assert error <= Fraction(float(off[layer][number, unit]))


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_what_is_said_to_be_rounding_is_of_its_size(network_of, draw_parameters, name):
    network = network_of(3, (4, "tanh"), (2, name))
    parameters = draw_parameters(network, 4)
    passed = forward(network, parameters, np.random.default_rng(1).normal(size=(6, 3)))
    off = rounding_of(network, parameters, passed)[-1]
    assert (off < 1e-13).all()


def test_xor_from_next_to_nothing_decides_nothing(network_of, parameters_of):
    network = network_of(2, (1, "sigmoid"))
    for size, right, undecided in ((0.0, 0, 4), (1e-18, 0, 4), (1e-9, 2, 1)):
        found = measure(network, parameters_of(([[size, size]], [0.0])), XOR, CROSS, has_classes=True)
        assert (found.right, found.undecided) == (right, undecided)
        assert found.accuracy == right / 4
        assert found.confusion.sum() == 4 - undecided


@pytest.mark.parametrize(
    ("weights", "bias", "answers"),
    [
        ([0.1, 0.2], -0.3, [0, 0, 0, UNDECIDED]),  # 0.1 + 0.2 is 0.30000000000000004 here
        ([1.0, 1.0], -1.0, [0, 0, 0, 1]),  # a sum of exactly 0 is no
        ([1.0, 1.0], -0.999, [0, 1, 1, 1]),
        ([0.0, 0.0], 0.0, [0, 0, 0, 0]),
    ],
)
def test_a_threshold_says_no_at_0_and_nothing_at_what_is_0_but_for_rounding(
    network_of, parameters_of, weights, bias, answers
):
    network, parameters = network_of(2, (1, "step")), parameters_of(([weights], [bias]))
    passed = forward(network, parameters, XOR.inputs)
    found = answers_of(passed[-1].a, rounding_of(network, parameters, passed)[-1], "mean_squared_error")
    assert found.tolist() == answers


@pytest.mark.parametrize("loss", [name for name, row in LOSSES.items() if row.targets != "one_hot"])
@pytest.mark.parametrize("by", [0.0, 1e-17, -1e-17, 1e-6, -1e-6])
def test_an_output_within_rounding_of_the_middle_is_undecided_and_one_beside_it_is_not(
    network_of, parameters_of, loss, by
):
    middle = 0.0 if loss == "hinge" else 0.5
    network = network_of(1, (1, "identity"))
    examples = Examples(np.array([[1.0]]), np.array([[1.0]]))
    parameters = parameters_of(([[middle + 0.3]], [-0.3 + by]))
    found = measure(network, parameters, examples, Objective(loss), has_classes=True, keeps_outputs=True)
    is_near = abs(by) < 1e-9
    assert found.undecided == int(is_near)
    assert found.answers == ((None,) if is_near else (int(by > 0),))


def test_of_several_outputs_two_that_are_equal_but_for_rounding_decide_nothing(network_of, parameters_of):
    network = network_of(1, (3, "softmax"))
    examples = Examples(np.array([[1.0]]), np.array([[1.0, 0.0, 0.0]]))
    for weights, undecided in (([0.3, 0.1 + 0.2, 0.0], 1), ([0.3, 0.0, 0.0], 0), ([0.0, 0.3, 0.3], 1)):
        parameters = parameters_of(([[one] for one in weights], [0.0, 0.0, 0.0]))
        found = measure(network, parameters, examples, Objective("cross_entropy"), has_classes=True)
        assert found.undecided == undecided
