"""The catalog says of the engine what is so: what activations reach, what losses are computed with."""

from typing import Any

import numpy as np
import pytest

from app.engine.activations import ACTIVATIONS
from app.engine.losses import LOSSES
from app.engine.optimizers import OPTIMIZERS
from tests.api.conftest import Client
from tests.filled import filled

# Of the losses that are named, the last activation whose derivative cancels with theirs to a − y.
FUSED = {"binary_cross_entropy": "sigmoid", "cross_entropy": "softmax"}


@pytest.fixture
def catalog(client: Client) -> dict[str, Any]:
    return client.ok("/api/catalog")


def test_an_activation_comes_near_its_bounds_and_never_passes_them(catalog: dict[str, Any]) -> None:
    one = np.concatenate([-np.geomspace(1e4, 1e-3, 2000), [0.0], np.geomspace(1e-3, 1e4, 2000)])
    for row in filled(catalog["activations"]):
        z = np.stack([one, -one], axis=1) if row["name"] == "softmax" else one[:, None]
        a = ACTIVATIONS[row["name"]].function(z)
        for bound, extreme in ((row["lowest"], a.min()), (row["highest"], a.max())):
            assert (bound is None) == (abs(extreme) >= 100), row["name"]
            assert bound is None or extreme == pytest.approx(bound, abs=1e-3), row["name"]


def test_softmax_alone_is_for_the_last_layer_only(catalog: dict[str, Any]) -> None:
    assert [row["name"] for row in catalog["activations"] if row["last_layer_only"]] == ["softmax"]


def test_a_loss_names_the_activation_with_which_it_leaves_a_difference(catalog: dict[str, Any]) -> None:
    assert {row["name"]: row["fused_with"] for row in catalog["losses"]} == {
        name: FUSED.get(name) for name in LOSSES
    }


def test_the_kinds_of_losses(catalog: dict[str, Any]) -> None:
    special = {"hinge": "minus_one_one", "cross_entropy": "one_hot"}
    classes = {"hinge", "binary_cross_entropy", "cross_entropy"}
    for row in filled(catalog["losses"]):
        assert row["targets"] == special.get(row["name"], "zero_one")
        assert row["task"] == ("classification" if row["name"] in classes else "any")


def test_every_optimizer_has_a_rate_and_its_own_settings_besides(catalog: dict[str, Any]) -> None:
    own = {
        **{"momentum": ["momentum"], "nesterov": ["momentum"], "adagrad": ["epsilon"]},
        **{"rmsprop": ["decay", "epsilon"], "adam": ["beta1", "beta2", "epsilon"]},
        "adamw": ["beta1", "beta2", "epsilon", "weight_decay"],
    }
    listed = {row["name"]: [one["name"] for one in row["settings"]] for row in catalog["optimizers"]}
    assert listed == {name: ["learning_rate", *own.get(name, [])] for name in OPTIMIZERS}


NET = {"inputs": 2, "layers": [{"units": 2, "activation": "tanh"}, {"units": 1, "activation": "sigmoid"}]}
STEP = {
    **{"data": {"dataset": "xor"}, "loss": "half_squared_error", "network": NET},
    **{"initializer": {"name": "xavier_uniform", "seed": 3}, "optimizer": {"name": "sgd", "learning_rate": 0.5}},
    **{"steps": 3},
}


def with_bias(is_trained: bool | None) -> dict[str, Any]:
    own = {} if is_trained is None else {"bias": is_trained}
    return {**STEP, "network": {**NET, "layers": [{**layer, **own} for layer in NET["layers"]]}}


def test_biases_are_trained_unless_they_are_frozen(client: Client) -> None:
    ends = [client.ok("/api/train", with_bias(one))["state"]["parameters"] for one in (None, True, False)]
    assert ends[0] == ends[1]
    for usual, frozen in zip(ends[0], ends[2], strict=True):
        assert all(bias != 0 for bias in filled(usual["biases"]))
        assert all(bias == 0 for bias in filled(frozen["biases"]))
