"""The runs of many rates at once leave, to the last bit, what each of them leaves alone."""

from dataclasses import replace

import numpy as np
import pytest

from app.engine import fast_rates
from app.engine.activations import ACTIVATIONS
from app.engine.network import Layer, Network, Objective
from app.engine.pause import watched
from app.engine.rates import ends
from app.engine.training import Batching, Examples, Plan, Task, first_state, train
from tests.engine.runs import EVERY_OPTIMIZER, LAST, choice

# Some learn, some leap to and fro, some fly away at once, one later, one never moves.
RATES = (0.0, 0.003, 0.1, 2.0, 50.0, 1e4, 1e160, 1e300)
HIDDEN = [name for name, row in ACTIVATIONS.items() if not row.last_layer_only]


def assert_same(bits, task, start, rates=RATES, steps=9):
    """Hold both ways against each other; return for each rate whether its run goes to its end."""
    clear, fast = ends(task, start, rates, steps), fast_rates.ends(task, start, rates, steps)
    assert bits(fast) == bits(clear)
    return [one is not None for one in clear]


@pytest.mark.parametrize("last", LAST, ids=" ".join)
def test_every_end_of_a_network(small_task, bits, last):
    outputs = 3 if ACTIVATIONS[last[0]].last_layer_only else 1
    for count in (outputs, 2):
        task, start = small_task(last, hidden=("silu", "leaky_relu"), outputs=count)
        assert assert_same(bits, task, start)[0]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_every_hidden_layer(small_task, bits, hidden):
    task, start = small_task(hidden=(hidden, hidden))
    found = assert_same(bits, task, start)
    assert any(found)
    assert not all(found)


@EVERY_OPTIMIZER
@pytest.mark.parametrize("batching", [Batching(), Batching(1), Batching(3, True, 5)], ids=str)
@pytest.mark.parametrize("objective", [{}, {"l1": 0.01, "l2": 0.1, "reduction": "sum"}], ids=["plain", "penalties"])
def test_every_optimizer_goes_on_from_what_it_remembers(small_task, bits, optimizer, batching, objective):
    task, start = small_task(optimizer=optimizer, batching=batching, objective=objective, learning_rate=0.01)
    state = train(task, start, Plan(4)).state
    assert assert_same(bits, task, state)[0]


@pytest.mark.parametrize("units", [1, 5])
@pytest.mark.parametrize("inputs", [1, 4])
@pytest.mark.parametrize("examples", [1, 2, 33])
def test_every_shape_of_a_product(bits, draw_parameters, inputs, units, examples):
    network = Network(inputs, (Layer(units, "tanh"), Layer(1, "identity")))
    draws = np.random.default_rng(3)
    data = Examples(draws.normal(size=(examples, inputs)), draws.normal(size=(examples, 1)))
    task = Task(network, data, Objective("mean_squared_error"), choice("adam"))
    assert_same(bits, task, first_state(draw_parameters(network, 5), "adam"))


def test_however_many_are_made_at_once(small_task, bits, monkeypatch):
    task, start = small_task()
    whole = fast_rates.ends(task, start, RATES, 9)
    assert fast_rates.runs_at_once(task) > len(RATES)
    for numbers, together in ((1, 1), (100, 2), (300, 7)):
        monkeypatch.setattr(fast_rates, "_NUMBERS_AT_ONCE", numbers)
        assert fast_rates.runs_at_once(task) == together
        assert bits(fast_rates.ends(task, start, RATES, 9)) == bits(whole)


def test_a_penalty_alone_may_be_too_large_to_go_on(small_task, bits):
    task, start = small_task(objective={"l2": 1e300})
    assert assert_same(bits, task, start, (1e-301, 1e-150, 1e150)) == [True, False, False]
    task = replace(task, objective=replace(task.objective, l2=0.0, l1=1e300))
    assert assert_same(bits, task, start, (1e-300, 1e300))[0]


def test_it_looks_up_at_every_layer(small_task):
    task, start = small_task()
    seen = []
    with watched(lambda: seen.append(1)):
        fast_rates.ends(task, start, RATES[:3], 4)
    assert len(seen) == 4 * (3 + 2)
