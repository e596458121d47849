import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.datasets import examples, split, targets_for
from app.engine.features import FEATURES, add_features
from tests.engine.tables import CLASSIFICATION, REGRESSION
from tests.filled import filled

# Targets


@pytest.mark.parametrize("name", CLASSIFICATION)
@pytest.mark.parametrize("loss_targets", ["zero_one", "minus_one_one", "one_hot"])
def test_targets_name_the_class_of_every_example(name, loss_targets):
    made = examples(name)
    targets = targets_for(made, loss_targets)
    off, on = (-1, 1) if loss_targets == "minus_one_one" else (0, 1)
    assert set(np.unique(targets)) == {off, on}
    assert not targets.flags.writeable
    if made.classes == 2 and loss_targets != "one_hot":
        assert targets.shape == (len(made.values), 1)
        assert np.array_equal(targets[:, 0] == on, made.values == 1)
    else:
        assert targets.shape == (len(made.values), made.classes)
        assert np.array_equal(np.argmax(targets, axis=1), made.values)
        assert np.all(np.count_nonzero(targets == on, axis=1) == 1)


def test_targets_of_xor_fit_each_kind_of_loss():
    made = examples("xor")
    assert targets_for(made, "zero_one").tolist() == [[0], [1], [1], [0]]
    assert targets_for(made, "minus_one_one").tolist() == [[-1], [1], [1], [-1]]
    assert targets_for(made, "one_hot").tolist() == [[1, 0], [0, 1], [0, 1], [1, 0]]


@pytest.mark.parametrize("name", REGRESSION)
def test_values_to_predict_are_their_own_targets(name):
    made = examples(name)
    assert np.array_equal(targets_for(made, "zero_one"), made.values)


@pytest.mark.parametrize("name", REGRESSION)
@pytest.mark.parametrize("loss_targets", ["minus_one_one", "one_hot"])
def test_a_loss_that_needs_classes_refuses_values_to_predict(name, loss_targets):
    with pytest.raises(ValueError, match=f'"{name}" has numbers to predict, but this loss needs classes'):
        targets_for(examples(name), loss_targets)


def test_an_unknown_kind_of_targets_is_refused():
    with pytest.raises(ValueError, match='choose "zero_one", "minus_one_one" or "one_hot"'):
        targets_for(examples("xor"), "two_hot")


# Features


def test_features_are_the_formulas_they_are_named_after():
    inputs = examples("moons").inputs
    x1, x2 = inputs.T
    columns = {
        "x1": x1,
        "x2": x2,
        "x1^2": x1**2,
        "x2^2": x2**2,
        "x1*x2": x1 * x2,
        "sin(x1)": np.sin(x1),
        "sin(x2)": np.sin(x2),
    }
    assert list(FEATURES) == list(columns)
    made = add_features(inputs, list(columns))
    assert made == pytest.approx(np.column_stack(list(columns.values())), abs=1e-12)
    assert not made.flags.writeable


def test_features_come_in_the_order_asked_for():
    inputs = examples("xor").inputs
    assert np.array_equal(add_features(inputs, ["x2", "x1"]), inputs[:, ::-1])
    assert add_features(inputs, ["x1*x2"]).tolist() == [[0], [0], [0], [1]]


@pytest.mark.parametrize(
    ("dataset", "features", "sentence"),
    [
        ("line", ["x1"], r"two inputs, x1 and x2; these examples have 1\."),
        ("dogs", ["x1"], r"these examples have 64\."),
        ("moons", [], 'at least one feature: "x1", .* or "sin'),
        ("moons", ["x3"], r'no feature called "x3"; choose "x1", .* or "sin\(x2\)"\.'),
        ("moons", ["x1", "x1"], "only once"),
    ],
)
def test_features_that_cannot_be_made_are_refused_in_a_sentence(dataset, features, sentence):
    with pytest.raises(ValueError, match=sentence):
        add_features(examples(dataset).inputs, features)


# Training and test examples


@given(
    count=st.integers(2, 300),
    fraction=st.floats(0, 1, exclude_min=True, exclude_max=True),
    seed=st.integers(0, 2**70),
)
def test_a_split_puts_every_example_on_one_side_and_some_on_each(count, fraction, seed):
    train, test = split(count, fraction, seed)
    assert train.size
    assert test.size
    assert sorted([*train.tolist(), *test.tolist()]) == list(range(count))
    assert abs(test.size - count * fraction) <= 1


def test_a_split_with_nothing_to_test_keeps_every_example_for_training():
    train, test = split(5, 0, seed=1)
    assert train.tolist() == [0, 1, 2, 3, 4]
    assert test.size == 0


def test_a_split_is_decided_by_its_seed():
    assert np.array_equal(split(100, 0.25, seed=1)[1], split(100, 0.25, seed=1)[1])
    assert not np.array_equal(split(100, 0.25, seed=1)[1], split(100, 0.25, seed=2)[1])


def test_a_split_keeps_examples_in_their_order_and_cannot_be_written_to():
    for indices in filled(split(100, 0.3, seed=0)):
        assert np.all(np.diff(indices) > 0)
        assert not indices.flags.writeable


@pytest.mark.parametrize(
    ("count", "fraction", "seed", "sentence"),
    [
        (10, 1, 0, "at least 0 and below 1, not 1"),
        (10, -0.1, 0, "at least 0 and below 1, not -0.1"),
        (10, math.nan, 0, "at least 0 and below 1, not nan"),
        (1, 0.5, 0, "at least 2 examples, not 1"),
        (0, 0, 0, "at least 1 examples, not 0"),
        (10, 0.5, -1, "seed should be a whole number"),
    ],
)
def test_a_split_that_cannot_be_made_is_refused_in_a_sentence(count, fraction, seed, sentence):
    with pytest.raises(ValueError, match=sentence):
        split(count, fraction, seed)
