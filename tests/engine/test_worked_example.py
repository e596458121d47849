"""The published figures of the 2-2-2 example (Mazur, 2015), as far as they were printed there and elsewhere."""

import numpy as np
import pytest

from app.engine.activations import ACTIVATIONS
from app.engine.network import LayerParameters, backward, forward, loss_of
from app.engine.training import first_state, take_step


@pytest.fixture(scope="module")
def step(worked):
    start = first_state(worked.parameters, "sgd")
    return take_step(worked.network, worked.examples, worked.objective, worked.optimizer, start)


def loss_after(worked, network, step):
    examples = worked.examples
    return loss_of(network, step.after.parameters, examples.inputs, examples.targets, worked.objective)


def nine(value):
    return round(float(value), 9)


def test_the_forward_pass_is_as_published(step):
    hidden, output = step.passed
    assert nine(hidden.z[0, 0]) == 0.3775
    assert [nine(a) for a in hidden.a[0]] == [0.593269992, 0.596884378]
    assert nine(output.z[0, 0]) == 1.105905967
    assert [nine(a) for a in output.a[0]] == [0.751365070, 0.772928465]


def test_the_loss_is_as_published(step):
    assert nine(step.loss.loss) == 0.298371109
    assert [nine(part) for part in step.loss.parts[0]] == [0.274811083, 0.023560026]


def test_the_factors_of_the_first_output_weight_are_as_published(step):
    back = step.came_back[1]
    assert nine(back.da[0, 0]) == 0.741365070
    assert nine(back.derivative[0, 0]) == 0.186815602
    assert nine(back.delta[0, 0]) == 0.138498562
    assert nine(back.dW[0, 0]) == 0.082167041


def test_the_gradient_of_the_first_hidden_weight_is_as_published(step):
    back = step.came_back[0]
    assert nine(back.da[0, 0]) == 0.036350306
    assert nine(back.derivative[0, 0]) == 0.241300709
    assert nine(back.dW[0, 0]) == 0.000438568


def test_the_updated_weights_are_as_published(step):
    hidden, output = step.after.parameters
    assert [round(float(w), 8) for w in output.weights.ravel()] == [0.35891648, 0.40866619, 0.51130127, 0.56137012]
    assert [round(float(w), 8) for w in hidden.weights.ravel()] == [0.14978072, 0.19956143, 0.24975114, 0.29950229]


def test_the_frozen_biases_stay(step):
    assert [own.biases.tolist() for own in step.after.parameters] == [[0.35, 0.35], [0.60, 0.60]]


def test_the_loss_after_one_step_is_as_published(worked, step):
    assert nine(loss_after(worked, worked.network, step)) == 0.291027774


def test_the_loss_after_one_step_is_lower_where_the_biases_learn_too(worked):
    network = worked.network_with_biases
    step = take_step(
        network, worked.examples, worked.objective, worked.optimizer, first_state(worked.parameters, "sgd")
    )
    assert nine(loss_after(worked, network, step)) == 0.280471447


def test_the_updated_output_weights_would_give_another_gradient_and_are_not_used(worked, step):
    mixed = (step.before.parameters[0], step.after.parameters[1])
    slip = backward(worked.network, mixed, step.passed, worked.examples.targets, worked.objective)
    assert nine(slip[0].dW[0, 0]) == 0.000364723
    assert nine(step.came_back[0].dW[0, 0]) != 0.000364723


def test_a_step_made_by_hand_gives_the_same_update(worked, step):
    # The same formulas unit by unit, with plain numbers.
    x, y = worked.examples.inputs[0].tolist(), worked.examples.targets[0].tolist()
    (w1, b1), (w2, b2) = ((own.weights.tolist(), own.biases.tolist()) for own in worked.parameters)
    sigmoid = ACTIVATIONS["sigmoid"].function
    h = [float(sigmoid(np.array([[w1[j][0] * x[0] + w1[j][1] * x[1] + b1[j]]]))[0, 0]) for j in range(2)]
    o = [float(sigmoid(np.array([[w2[j][0] * h[0] + w2[j][1] * h[1] + b2[j]]]))[0, 0]) for j in range(2)]
    d2 = [(o[j] - y[j]) * o[j] * (1 - o[j]) for j in range(2)]
    d1 = [(d2[0] * w2[0][i] + d2[1] * w2[1][i]) * h[i] * (1 - h[i]) for i in range(2)]
    expected = [
        LayerParameters([[w1[j][i] - 0.5 * d1[j] * x[i] for i in range(2)] for j in range(2)], b1),
        LayerParameters([[w2[j][i] - 0.5 * d2[j] * h[i] for i in range(2)] for j in range(2)], b2),
    ]
    for own, by_hand in zip(step.after.parameters, expected, strict=True):
        np.testing.assert_allclose(own.weights, by_hand.weights, rtol=1e-14)


def test_a_second_forward_pass_repeats_every_bit(worked, step, bits):
    assert bits(forward(worked.network, worked.parameters, worked.examples.inputs)) == bits(step.passed)
