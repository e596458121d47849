import json
from math import sqrt
from pathlib import Path

import numpy as np
import pytest

from app.engine.arrays import frozen
from app.engine.network import Layer, LayerParameters, Network, Objective
from app.engine.optimizers import OPTIMIZERS
from app.engine.training import Examples, OptimizerChoice, Plan, Task, first_state, train
from tests.filled import filled

TORCH = json.loads(Path(__file__).with_name("oracles").joinpath("torch_figures.json").read_text(encoding="utf-8"))
G = np.array([[0.5, -2.0, 1e-3]])
W = np.array([[1.0, -3.0, 0.25]])
RATE = 0.125


def settings_of(name, **changed):
    return {setting.name: setting.default for setting in OPTIMIZERS[name].settings} | changed


def id_of(figures):
    return f"{figures['name']}-{figures['settings']['learning_rate']}"


@pytest.mark.parametrize("figures", TORCH["optimizers"], ids=id_of)
def test_two_hundred_steps_agree_with_pytorch(figures):
    network = Network(3, (Layer(4, "tanh"), Layer(2, "identity")))
    w1, b1, w2, b2 = map(frozen, TORCH["network"]["parameters"])
    examples = Examples(frozen(TORCH["network"]["inputs"]), frozen(TORCH["network"]["targets"]))
    choice = OptimizerChoice(figures["name"], figures["settings"])
    task = Task(network, examples, Objective("mean_squared_error"), choice)
    start = first_state((LayerParameters(w1, b1), LayerParameters(w2, b2)), figures["name"])
    run = train(task, start, Plan(200))
    assert len(figures["losses"]) == 200
    np.testing.assert_allclose(run.losses, figures["losses"], rtol=0.0, atol=1e-10)
    ours = [array for own in run.state.parameters for array in (own.weights, own.biases)]
    for mine, theirs in filled(zip(ours, figures["parameters"], strict=True)):
        np.testing.assert_allclose(mine, theirs, rtol=0.0, atol=1e-10)


def test_every_optimizer_is_compared_with_pytorch_by_its_defaults_and_once_more():
    # The file may not leave out a setting, and its first run of each optimizer uses the table's own defaults.
    for name in OPTIMIZERS:
        first, second = (figures["settings"] for figures in TORCH["optimizers"] if figures["name"] == name)
        assert first == settings_of(name)
        assert second.keys() == first.keys()
        assert not any(second[setting] == first[setting] for setting in first)


def first_update(name, **changed):
    row = OPTIMIZERS[name]
    slots = tuple(np.zeros_like(W) for _ in row.slots)
    moved, memory = row.update(W, G, slots, settings_of(name, learning_rate=RATE, **changed), 1)
    return moved, dict(zip(row.slots, memory, strict=True))


# What each remembers is 0 before, so that the first step has a closed form.
FIRST_STEPS = {
    "sgd": lambda w, g: w - RATE * g,
    "momentum": lambda w, g: w - RATE * g,
    "nesterov": lambda w, g: w - RATE * 1.9 * g,
    "adagrad": lambda w, g: w - RATE * g / (abs(g) + 1e-8),
    "rmsprop": lambda w, g: w - RATE * g / (0.1 * abs(g) + 1e-8),
    "adam": lambda w, g: w - RATE * g / (abs(g) + 1e-8),
    "adamw": lambda w, g: w * (1 - RATE * 0.01) - RATE * g / (abs(g) + 1e-8),
}
FIRST_MEMORY = {
    "velocity": {"momentum": lambda g: g, "nesterov": lambda g: g},
    "squares": {
        "adagrad": lambda g: g * g,
        "rmsprop": lambda g: 0.01 * g * g,
        "adam": lambda g: 0.001 * g * g,
        "adamw": lambda g: 0.001 * g * g,
    },
    "mean": {"adam": lambda g: 0.1 * g, "adamw": lambda g: 0.1 * g},
}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_first_step_has_its_closed_form(name):
    moved, memory = first_update(name)
    expected = [FIRST_STEPS[name](w, g) for w, g in zip(W[0].tolist(), G[0].tolist(), strict=True)]
    np.testing.assert_allclose(moved[0], expected, rtol=1e-13)
    assert tuple(memory) == OPTIMIZERS[name].slots
    wanted = [[FIRST_MEMORY[slot][name](g) for g in G[0].tolist()] for slot in OPTIMIZERS[name].slots]
    np.testing.assert_allclose([values[0].tolist() for values in memory.values()], wanted, rtol=1e-13)


def test_velocity_decays_by_the_momentum():
    v = np.array([2.0])
    moved, (after,) = OPTIMIZERS["momentum"].update(
        np.array([1.0]), np.array([0.5]), (v,), {"learning_rate": 0.25, "momentum": 0.5}, 7
    )
    assert after.tolist() == [1.5]
    assert moved.tolist() == [1.0 - 0.25 * 1.5]


def test_epsilon_stands_outside_the_root():
    g = 1e-3
    _, memory = first_update("adam", epsilon=1.0)
    moved, _ = first_update("adam", epsilon=1.0)
    assert moved[0, 2] == pytest.approx(W[0, 2] - RATE * g / (g + 1.0), rel=1e-13)
    assert sqrt(memory["squares"][0, 2] / 0.001) == pytest.approx(g, rel=1e-12)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_an_update_changes_nothing_that_it_was_given(name):
    row = OPTIMIZERS[name]
    w, g, slots = frozen(W), frozen(G), tuple(frozen(np.ones_like(W)) for _ in row.slots)
    moved, memory = row.update(w, g, slots, settings_of(name), 3)
    for new in (moved, *memory):
        assert not any(np.shares_memory(new, old) for old in (w, g, *slots))


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_zero_gradient_from_the_start_moves_only_what_decays(name):
    row = OPTIMIZERS[name]
    slots = tuple(np.zeros_like(W) for _ in row.slots)
    moved, _ = row.update(W, np.zeros_like(W), slots, settings_of(name, learning_rate=RATE), 1)
    kept = 1 - RATE * 0.01 if name == "adamw" else 1.0
    assert (moved == W * kept).all()


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_default_is_accepted_by_its_own_limits(name):
    assert OPTIMIZERS[name].settings[0].name == "learning_rate"
    assert [setting.problem(setting.default) for setting in OPTIMIZERS[name].settings] == [None] * len(
        OPTIMIZERS[name].settings
    )
