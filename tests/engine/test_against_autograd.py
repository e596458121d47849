"""Whole passes of drawn networks against a second implementation, differentiated by HIPS autograd."""

import autograd.numpy as anp
import numpy as np
from autograd import grad
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.activations import ACTIVATIONS
from app.engine.losses import LOSSES
from app.engine.network import Layer, Network, Objective
from app.engine.training import Examples, OptimizerChoice, first_state, take_step
from tests.filled import filled

RATE = 0.05
HIDDEN = sorted(name for name, row in ACTIVATIONS.items() if not row.last_layer_only)

# Each written another way than in the engine, where there is another way.
FUNCTIONS = {
    "identity": lambda z: z,
    "step": lambda z: anp.where(z > 0.0, 1.0, 0.0) + 0.0 * z,  # autograd warns where z has no part at all
    "sigmoid": lambda z: anp.exp(z) / (1.0 + anp.exp(z)),
    "tanh": lambda z: (anp.exp(z) - anp.exp(-z)) / (anp.exp(z) + anp.exp(-z)),
    "relu": lambda z: 0.5 * (z + anp.abs(z)),
    "leaky_relu": lambda z: anp.maximum(z, 0.01 * z),
    "elu": lambda z: anp.where(z > 0.0, z, anp.exp(z) - 1.0),
    "gelu": lambda z: 0.5 * z * (1.0 + anp.tanh((2.0 / anp.pi) ** 0.5 * (z + 0.044715 * z**3))),
    "silu": lambda z: z / (1.0 + anp.exp(-z)),
    "softplus": lambda z: anp.logaddexp(0.0, z),
    "softmax": lambda z: anp.exp(z) / anp.sum(anp.exp(z), axis=1, keepdims=True),
}
EXAMPLE_LOSSES = {
    "mean_squared_error": lambda a, y: anp.mean((y - a) ** 2, axis=1),
    "half_squared_error": lambda a, y: anp.sum((y - a) ** 2, axis=1) / 2.0,
    "mean_absolute_error": lambda a, y: anp.mean(anp.abs(y - a), axis=1),
    "huber": lambda a, y: anp.mean(
        anp.where(anp.abs(a - y) <= 1.0, 0.5 * (a - y) ** 2, anp.abs(a - y) - 0.5), axis=1
    ),
    "hinge": lambda a, y: anp.mean(anp.where(1.0 - y * a > 0.0, 1.0 - y * a, 0.0), axis=1),
    "binary_cross_entropy": lambda a, y: -anp.mean(y * anp.log(a) + (1.0 - y) * anp.log(1.0 - a), axis=1),
    "cross_entropy": lambda a, y: -anp.sum(y * anp.log(a), axis=1),
}


def loss_by_hand(weights, biases, pushes, network, examples, objective):
    """Return the batch loss with `pushes` added to the z of each layer: its derivative by a push is δ."""
    x = examples.inputs
    for layer, w, b, push in zip(network.layers, weights, biases, pushes, strict=True):
        x = FUNCTIONS[layer.activation](anp.dot(x, anp.transpose(w)) + b + push)
    losses = EXAMPLE_LOSSES[objective.loss](x, examples.targets)
    total = anp.mean(losses) if objective.reduction == "mean" else anp.sum(losses)
    for w in weights:
        total = total + objective.l1 * anp.sum(anp.abs(w)) + objective.l2 * anp.sum(w**2) / 2.0
    return total


def activations_by_hand(network, weights, biases, inputs):
    x, zs, outputs = inputs, [], []
    for layer, w, b in zip(network.layers, weights, biases, strict=True):
        zs.append(np.einsum("ni,ji->nj", x, w) + b)
        x = FUNCTIONS[layer.activation](zs[-1])
        outputs.append(x)
    return zs, outputs


def fitting(loss, outputs):
    """Return the last activations whose values the loss is made for."""
    if loss == "binary_cross_entropy":
        return ["sigmoid", "softmax"] if outputs > 1 else ["sigmoid"]
    return ["sigmoid", "softmax", "softplus"] if loss == "cross_entropy" else sorted(FUNCTIONS)


@st.composite
def problems(draw):
    loss = draw(st.sampled_from(sorted(LOSSES)))
    hidden = draw(st.lists(st.tuples(st.integers(1, 5), st.sampled_from(HIDDEN), st.booleans()), max_size=2))
    outputs = draw(st.integers(1, 5))
    last = (outputs, draw(st.sampled_from(fitting(loss, outputs))), draw(st.booleans()))
    network = Network(draw(st.integers(1, 4)), tuple(Layer(*layer) for layer in (*hidden, last)))
    objective = Objective(
        loss,
        draw(st.sampled_from(["mean", "sum"])),
        draw(st.sampled_from([0.0, 0.01])),
        draw(st.sampled_from([0.0, 0.3])),
    )
    return network, objective, draw(st.integers(1, 6)), draw(st.integers(0, 2**32))


def assert_close(ours, theirs):
    for mine, other in filled(zip(ours, theirs, strict=True)):
        np.testing.assert_allclose(mine, other, rtol=1e-9, atol=1e-9)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(problem=problems())
def test_every_number_of_a_step_agrees_with_autograd(draw_parameters, draw_targets, problem):
    network, objective, count, seed = problem
    draws = np.random.default_rng(seed)
    # Not too large: the logarithm of 1 − a is worth its digits only where a is not nearly 1.
    parameters = draw_parameters(network, seed, 0.6)
    examples = Examples(
        draws.normal(size=(count, network.inputs)), draw_targets(objective.loss, (count, network.outputs), draws)
    )
    choice = OptimizerChoice("sgd", {"learning_rate": RATE})
    step = take_step(network, examples, objective, choice, first_state(parameters, "sgd"))

    weights, biases = [own.weights for own in parameters], [own.biases for own in parameters]
    pushes = [np.zeros((count, layer.units)) for layer in network.layers]
    given_these = (weights, biases, pushes, network, examples, objective)
    dW, db, delta = (grad(loss_by_hand, index)(*given_these) for index in range(3))
    zs, outputs = activations_by_hand(network, weights, biases, examples.inputs)

    assert_close([step.loss.loss], [loss_by_hand(*given_these)])
    assert_close([step.loss.data_loss + step.loss.penalty], [step.loss.loss])
    assert_close([layer.z for layer in step.passed], zs)
    assert_close([layer.a for layer in step.passed], outputs)
    assert_close([back.delta for back in step.came_back], delta)
    assert_close([back.dW for back in step.came_back], dW)
    assert_close([back.db for back in step.came_back], db)
    assert_close(
        [own.weights for own in step.after.parameters],
        [w - RATE * g for w, g in zip(weights, dW, strict=True)],
    )
    assert_close(
        [own.biases for own in step.after.parameters],
        [b - RATE * g * layer.bias for layer, b, g in zip(network.layers, biases, db, strict=True)],
    )


def test_the_second_implementation_covers_every_row():
    assert set(FUNCTIONS) == set(ACTIVATIONS)
    assert set(EXAMPLE_LOSSES) == set(LOSSES)
