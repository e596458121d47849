"""Forward and backward passes against PyTorch's figures; `test_optimizers.py` compares whole runs."""

import json
from pathlib import Path

import numpy as np
import pytest

from app.engine.activations import ACTIVATIONS
from app.engine.arrays import frozen
from app.engine.losses import FUSED, LOSSES
from app.engine.network import Layer, LayerParameters, Network, Objective, backward, batch_loss, forward

TORCH = json.loads(Path(__file__).with_name("oracles").joinpath("torch_figures.json").read_text(encoding="utf-8"))
ENDS = {(figures["activation"], figures["loss"]): figures for figures in TORCH["ends"]}


def assert_close(mine, theirs, tolerance=1e-13):
    np.testing.assert_allclose(mine, theirs, rtol=tolerance, atol=1e-15)


@pytest.mark.parametrize("name", TORCH["activations"])
def test_values_and_derivatives_agree_with_pytorch_at_zero_and_in_the_tails_too(name):
    figures, row = TORCH["activations"][name], ACTIVATIONS[name]
    z = np.array([figures["z"]])
    a = row.function(z)
    assert_close(a[0], figures["a"])
    # 1 + tanh of a large negative number is what rounding leaves of it.
    assert_close(row.derivative(z, a)[0], figures["derivative"], 1e-12)


def test_every_activation_but_the_step_is_compared_with_pytorch():
    assert {*TORCH["activations"], "softmax"} == set(ACTIVATIONS) - {"step"}
    assert {loss for _, loss in ENDS} == set(LOSSES)
    assert {activation for activation, _ in ENDS} == set(ACTIVATIONS) - {"step"}


def test_softmax_and_its_backward_step_agree_with_pytorch():
    figures, row = TORCH["softmax"], ACTIVATIONS["softmax"]
    a = row.function(np.array(figures["z"]))
    assert_close(a, figures["a"])
    assert_close(row.jacobian_product(np.array(figures["da"]), a), figures["delta"])


@pytest.mark.parametrize("pair", ENDS, ids="-".join)
def test_every_number_of_a_pass_agrees_with_pytorch(pair):
    activation, loss = pair
    figures = ENDS[pair]
    network = Network(3, (Layer(4, "tanh"), Layer(2, activation)))
    w1, b1, w2, b2 = map(frozen, TORCH["network"]["parameters"])
    parameters = (LayerParameters(w1, b1), LayerParameters(w2, b2))
    targets, objective = frozen(figures["targets"]), Objective(loss)
    passed = forward(network, parameters, frozen(figures["inputs"]))
    came_back = backward(network, parameters, passed, targets, objective)
    value = batch_loss(network, parameters, passed[-1], targets, objective)
    assert value.loss == pytest.approx(figures["value"], rel=1e-13)
    for layer in range(2):
        for name in ("z", "a"):
            assert_close(getattr(passed[layer], name), figures[name][layer])
        for name in ("delta", "dW", "db"):
            np.testing.assert_allclose(
                getattr(came_back[layer], name), figures[name][layer], rtol=1e-11, atol=1e-14, err_msg=name
            )


@pytest.mark.parametrize("figures", TORCH["saturated"], ids=lambda figures: figures["loss"])
def test_fused_losses_agree_with_pytorch_where_the_activation_is_saturated(figures):
    fused = FUSED[figures["activation"], figures["loss"]]
    z, targets = np.array(figures["z"]), np.array(figures["targets"])
    assert_close(fused.parts(z, targets).sum(axis=1), figures["examples"])
    a = ACTIVATIONS[figures["activation"]].function(z)
    # PyTorch subtracts y from the rounded a, and is off by as much as a is near 1.
    np.testing.assert_allclose(fused.delta(z, a, targets), figures["delta"], rtol=1e-13, atol=2.0**-53)
