"""The experiment of 1986: its rule by hand, what it comes to from many starts, and what is said of weights."""

from collections import Counter
from itertools import combinations

import numpy as np
import pytest

from app.api.presets import PRESETS
from app.engine import symmetry
from app.engine.network import LayerParameters
from app.engine.symmetry import NETWORK, OBJECTIVE, OPTIMIZER, find, patterns, start, sweep
from app.engine.training import Plan, Task, train
from tests.filled import filled

SEEDS = range(24)


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def made(left, output=-15.0, bias=-2.0, output_bias=7.0, mirror=-1.0):
    """Parameters whose first hidden unit has these weights on the left, and the second the opposite."""
    row = np.concatenate([left, mirror * np.array(left)[::-1]])
    hidden = LayerParameters(np.stack([row, -row]), np.array([bias, bias]))
    return (hidden, LayerParameters(np.array([[output, output]]), np.array([output_bias])))


def test_eight_of_the_64_patterns_read_the_same_from_both_ends() -> None:
    examples = patterns()
    assert sorted(int("".join(str(int(bit)) for bit in row), 2) for row in examples.inputs) == list(range(64))
    palindromes = [str(int(t)) for row, t in zip(examples.inputs, examples.targets[:, 0], strict=True)]
    assert [row.tolist() == row.tolist()[::-1] for row in examples.inputs] == [one == "1" for one in palindromes]
    assert palindromes.count("1") == 8


def test_the_rule_is_the_one_of_the_paper() -> None:
    # Δw(t) = −ε ∂E/∂w + α Δw(t − 1), E = ½ Σ (y − d)², with the gradients written out for this network alone.
    x, d = patterns().inputs, patterns().targets
    state = start(5)
    (w1, b1), (w2, b2) = ((own.weights.copy(), own.biases.copy()) for own in state.parameters)
    moved = [np.zeros_like(one) for one in (w1, b1, w2, b2)]
    for _ in range(30):
        h = sigmoid(x @ w1.T + b1)
        y = sigmoid(h @ w2.T + b2)
        at_output = (y - d) * y * (1 - y)
        at_hidden = (at_output @ w2) * h * (1 - h)
        gradients = (at_hidden.T @ x, at_hidden.sum(axis=0), at_output.T @ h, at_output.sum(axis=0))
        moved = [-0.1 * g + 0.9 * before for g, before in zip(gradients, moved, strict=True)]
        w1, b1, w2, b2 = (one + change for one, change in zip((w1, b1, w2, b2), moved, strict=True))
    after = sweep(state, 30).state.parameters
    for mine, own in ((w1, after[0].weights), (b1, after[0].biases), (w2, after[1].weights), (b2, after[1].biases)):
        np.testing.assert_allclose(own, mine, rtol=1e-9)


def test_first_weights_lie_within_the_range_of_the_paper_and_differ_from_start_to_start() -> None:
    drawn = np.concatenate([own.weights.ravel() for seed in SEEDS for own in start(seed).parameters])
    assert np.abs(drawn).max() <= 0.3 < 1.05 * np.abs(drawn).max()
    assert np.unique(drawn).size == drawn.size


def test_it_is_the_experiment_that_the_lab_has_as_an_example() -> None:
    preset = PRESETS["symmetry"].experiment
    assert preset["network"]["inputs"] == NETWORK.inputs
    assert [(row["units"], row["activation"]) for row in preset["network"]["layers"]] == [
        (layer.units, layer.activation) for layer in NETWORK.layers
    ]
    assert (preset["loss"], preset["reduction"]) == (OBJECTIVE.loss, OBJECTIVE.reduction)
    assert preset["optimizer"] == {"name": OPTIMIZER.name, **OPTIMIZER.settings}
    assert (preset["initializer"]["low"], preset["initializer"]["high"]) == (-0.3, 0.3)


def test_every_start_learns_it_and_four_in_five_come_to_1_2_4_all_others_to_2_3_4() -> None:
    ended = [sweep(start(seed), 6000) for seed in SEEDS]
    found = [find(run.state.parameters) for run in ended]
    assert {one.right for one in found} == {64}
    assert {run.stopped for run in ended} == {"target_loss"}
    outcomes = Counter(one.outcome for one in found)
    assert set(outcomes) == {"124", "234"}
    assert 0.6 <= outcomes["124"] / len(SEEDS) <= 0.92
    for one in found:
        wanted = {"124": [1, 2, 4], "234": [1, 1.5, 2]}[one.outcome]
        for unit in filled(one.units):
            assert unit.ratio == pytest.approx(wanted, rel=0.03)
            assert unit.mismatch < 0.01
            assert np.diff(np.sort(unit.sums)).min() > 0.45 * unit.sizes.min()


def test_before_it_drops_the_loss_stands_at_that_of_a_network_that_always_says_no() -> None:
    # ½ · 1² for each of the eight patterns that are symmetric.
    for seed in range(5):
        losses = np.array(sweep(start(seed), 1000).losses)
        assert losses[300:].min() > 3.9
        assert losses[300:].max() < 4.01


def sums(sizes):
    return {sum(part) for count in range(len(sizes) + 1) for part in combinations(sizes, count)}


def test_of_all_triples_up_to_4_only_the_two_that_are_found_have_eight_sums() -> None:
    triples = [triple for triple in combinations(range(1, 5), 3) if len(sums(triple)) == 8]
    assert triples == [(1, 2, 4), (2, 3, 4)]
    assert sorted(sums((2, 3, 4))) == [0, 2, 3, 4, 5, 6, 7, 9]
    # What the lesson says of four pairs.
    assert [len(sums(one)) for one in ((1, 2, 3, 4), (1, 2, 4, 8), (2, 4, 6, 8), (3, 5, 6, 7))] == [11, 16, 11, 16]


@pytest.mark.parametrize(
    ("parameters", "outcome"),
    [
        (made([3.0, -6.0, 12.0]), "124"),
        (made([6.2, 3.0, -11.8]), "124"),
        (made([-8.4, 11.2, 5.6]), "234"),
        (made([4.0, -7.0, 16.0]), "other"),
        (made([3.0, 6.0, 14.0]), "other"),
        (made([3.0, -6.0, 12.0], output_bias=-7.0), "stuck"),
        (made([3.0, 6.0, 12.0], mirror=1.0), "stuck"),
        (made([0.0, 0.0, 0.0]), "stuck"),
    ],
)
def test_weights_are_told_by_what_they_do_and_by_their_ratio(parameters, outcome) -> None:
    assert find(parameters).outcome == outcome


def test_a_pair_that_is_not_opposite_spoils_the_ratio() -> None:
    hidden, output = made([3.0, -6.0, 12.0])
    weights = hidden.weights.copy()
    weights[:, 5] *= 1.3
    spoiled = find((LayerParameters(weights, hidden.biases), output))
    assert (spoiled.right, spoiled.outcome) == (64, "other")


def test_what_is_said_of_a_unit_is_worked_out_by_hand() -> None:
    unit = find(made([3.0, -6.0, 12.0])).units[0]
    assert unit.sizes.tolist() == [3.0, 6.0, 12.0]
    assert unit.ratio.tolist() == [1.0, 2.0, 4.0]
    assert unit.mismatch == 0.0
    assert unit.sums.tolist() == [0.0, 12.0, -6.0, 6.0, 3.0, 15.0, -3.0, 9.0]  # 000, 001, 010 … 111
    assert unit.gap == 3.0
    assert find(made([1.0, 2.0, 4.0], mirror=1.0)).units[0].mismatch == pytest.approx(2.0)


def test_weights_that_no_double_can_add_up_harm_nothing() -> None:
    assert find(made([1e308, 1e308, 1e308])).outcome in ("stuck", "other")


def test_a_run_can_be_split_anywhere_and_is_the_clear_way_of_training() -> None:
    whole = sweep(start(7), 200)
    half = sweep(sweep(start(7), 80).state, 120)
    task = Task(NETWORK, patterns(), OBJECTIVE, OPTIMIZER)
    clear = train(task, start(7), Plan(200, target_loss=symmetry.SETTLED_LOSS))
    for run in (half, clear):
        for one, other in filled(zip(run.state.parameters, whole.state.parameters, strict=True)):
            np.testing.assert_array_equal(one.weights, other.weights)
    assert clear.losses == whole.losses


def test_a_run_that_has_settled_goes_no_further() -> None:
    ended = sweep(start(22), 6000)
    again = sweep(ended.state, 100)
    assert again.state.step == ended.state.step
    assert ended.losses[-1] <= symmetry.SETTLED_LOSS < ended.losses[-2]
