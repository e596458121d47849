import math
import re
from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from app.engine.choices import listed
from app.engine.datasets import DATASETS, examples
from tests.engine.tables import CLASSIFICATION, EVERY, FIXED, NOISY, OPEN, VARIANTS

EXPECTED_NAMES = [
    "and",
    "or",
    "xor",
    "nand",
    "blobs",
    "circles",
    "moons",
    "spiral",
    "line",
    "sine",
    "plane",
    "symmetry",
    "dogs",
    "digits",
    "worked",
]


def bytes_of(made):
    return made.inputs.tobytes() + made.values.tobytes()


def is_in_triangle(point, corners):
    """Solve for the weights of the corners that sum to 1 and give the point; all are ≥ 0 inside."""
    weights = np.linalg.solve(np.vstack([np.array(corners).T, np.ones(3)]), [*point, 1])
    return bool(np.all(weights >= 0))


# The table


def test_the_table_holds_the_datasets_that_lessons_and_links_name():
    assert sorted(EXPECTED_NAMES) == EVERY


@pytest.mark.parametrize("name", EVERY)
def test_a_row_says_what_it_is_in_a_label_and_one_sentence(name):
    row = DATASETS[name]
    assert row.name == name
    assert row.label
    assert row.description.endswith(".")
    assert not re.search(r"\.\s", row.description)


@pytest.mark.parametrize("name", EVERY)
def test_a_row_counts_either_classes_or_outputs(name):
    row = DATASETS[name]
    assert (row.classes is None) == (row.task == "regression")
    assert (row.outputs is None) == (row.task == "classification")


@pytest.mark.parametrize("name", EVERY)
def test_a_rows_defaults_and_sliders_lie_within_its_own_limits(name):
    row = DATASETS[name]
    for setting in (row.samples, row.noise, *row.settings):
        for value in (setting.default, *(setting.slider or ())):
            assert setting.problem(value) is None


def test_neither_the_table_nor_its_rows_can_be_changed():
    with pytest.raises(TypeError):
        DATASETS["xor"] = DATASETS["or"]
    with pytest.raises(FrozenInstanceError):
        DATASETS["xor"].label = "OR"


# Every dataset


@pytest.mark.parametrize(("name", "settings"), [*((name, {}) for name in EVERY), *VARIANTS])
def test_examples_have_the_shapes_the_row_announces(name, settings):
    made = examples(name, settings=settings)
    row, count = made.row, int(made.row.samples.default)
    assert made.inputs.shape == (count, row.inputs(made.settings))
    assert made.inputs.dtype == np.float64
    if row.task == "classification":
        assert made.classes == row.classes(made.settings)
        assert made.values.shape == (count,)
        assert made.values.dtype == np.int64
        assert set(made.values.tolist()) == set(range(made.classes))
    else:
        assert made.classes is None
        assert made.values.shape == (count, row.outputs)
        assert made.values.dtype == np.float64
    if row.image_side:
        assert row.image_side(made.settings) ** 2 == row.inputs(made.settings)


@pytest.mark.parametrize("name", EVERY)
def test_examples_are_finite_and_small_enough_to_learn_from_unscaled(name):
    made = examples(name)
    assert np.all(np.isfinite(made.inputs))
    assert np.all(np.abs(made.inputs) <= 2)
    assert np.all(np.isfinite(made.values))


@pytest.mark.parametrize("name", EVERY)
def test_examples_stay_finite_at_the_loudest_noise(name):
    made = examples(name, noise=DATASETS[name].noise.maximum)
    assert np.all(np.isfinite(made.inputs))
    assert np.all(np.isfinite(made.values))


@pytest.mark.parametrize("name", EVERY)
def test_the_same_seed_gives_the_same_bytes(name):
    noise = DATASETS[name].noise.maximum
    first, again = (examples(name, noise=noise, seed=5) for _ in range(2))
    assert first is not again
    assert bytes_of(first) == bytes_of(again)


@pytest.mark.parametrize("name", OPEN)
def test_another_seed_gives_other_examples(name):
    assert bytes_of(examples(name, noise=0, seed=1)) != bytes_of(examples(name, noise=0, seed=2))


@pytest.mark.parametrize("name", FIXED)
def test_a_fixed_set_without_noise_is_the_same_for_every_seed(name):
    assert bytes_of(examples(name, noise=0, seed=1)) == bytes_of(examples(name, noise=0, seed=2))


@pytest.mark.parametrize("name", NOISY)
def test_noise_moves_the_inputs_of_classes_and_the_values_of_curves(name):
    row = DATASETS[name]
    clean, noisy = examples(name, noise=0), examples(name, noise=row.noise.maximum)
    assert np.array_equal(clean.inputs, noisy.inputs) == (row.task == "regression")
    assert np.array_equal(clean.values, noisy.values) == (row.task == "classification")


@pytest.mark.parametrize("name", sorted({*NOISY} - {"dogs", "digits"}))
def test_more_noise_moves_the_same_points_further_the_same_way(name):
    clean, some, more = (examples(name, noise=noise) for noise in (0, 0.1, 0.2))
    if clean.row.task == "regression":
        moved = some.values - clean.values, more.values - clean.values
    else:
        moved = some.inputs - clean.inputs, more.inputs - clean.inputs
    assert moved[1] == pytest.approx(2 * moved[0])


def shifts(name, noise):
    """Where examples lie without noise, and how far noise moves each number: some thousands of numbers."""
    places, moved = [], []
    for seed in range(1000):
        clean, noisy = (examples(name, noise=one, seed=seed) for one in (0, noise))
        is_value = clean.row.task == "regression"
        before, after = (one.values if is_value else one.inputs for one in (clean, noisy))
        places.extend(before.ravel())
        moved.extend((after - before).ravel())
        if len(moved) >= 4000:
            break
    return np.array(places), np.array(moved)


@pytest.mark.parametrize("name", NOISY)
def test_the_standard_deviation_of_the_noise_is_what_was_asked_for(name):
    """Of 4000 numbers it is known to about one in a hundred; pixels cannot leave [0, 1]."""
    noise = 0.1
    places, moved = shifts(name, noise)
    if DATASETS[name].image_side is None:
        assert np.std(moved) == pytest.approx(noise, rel=0.05)
        assert np.mean(moved) == pytest.approx(0, abs=noise / 15)
    else:
        # At an end of the range half of the shifts are cut off.
        assert np.sqrt(np.mean(moved[np.isin(places, (0, 1))] ** 2)) == pytest.approx(noise / 2**0.5, rel=0.05)


@pytest.mark.parametrize("name", EVERY)
def test_the_arrays_of_examples_cannot_be_written_to(name):
    made = examples(name)
    for array in (made.inputs, made.values):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    with pytest.raises(FrozenInstanceError):
        made.inputs = None
    with pytest.raises(TypeError):
        made.settings["side"] = 1


@pytest.mark.parametrize("name", sorted({*OPEN} & {*CLASSIFICATION}))
@pytest.mark.parametrize("samples", [1, 2, 7, 100, 101])
def test_classes_are_balanced_to_within_one_example(name, samples):
    made = examples(name, samples=samples)
    counts = np.bincount(made.values, minlength=made.classes)
    assert counts.sum() == samples
    assert counts.max() - counts.min() <= 1


@pytest.mark.parametrize(("name", "settings"), VARIANTS)
def test_classes_are_balanced_whatever_the_setting(name, settings):
    counts = np.bincount(examples(name, settings=settings).values)
    assert counts.max() - counts.min() <= 1


@pytest.mark.parametrize("name", OPEN)
def test_as_many_examples_as_asked_for_are_made_at_both_limits(name):
    row = DATASETS[name]
    for samples in (row.samples.minimum, row.samples.maximum):
        made = examples(name, samples=samples, noise=0)
        assert len(made.inputs) == len(made.values) == samples


@pytest.mark.parametrize("name", EVERY)
def test_settings_that_are_not_given_are_the_rows_defaults(name):
    assert dict(examples(name).settings) == DATASETS[name].defaults


# Facts about single datasets


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("and", lambda a, b: a and b),
        ("or", lambda a, b: a or b),
        ("xor", lambda a, b: a != b),
        ("nand", lambda a, b: not (a and b)),
    ],
)
def test_a_gate_is_its_truth_table(name, answer):
    made = examples(name)
    assert made.inputs.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert made.values.tolist() == [int(answer(a, b)) for a in (False, True) for b in (False, True)]


def test_symmetry_holds_all_64_patterns_and_eight_of_them_are_symmetric():
    made = examples("symmetry")
    patterns = ["".join(str(int(bit)) for bit in row) for row in made.inputs]
    assert sorted(patterns) == sorted(f"{number:06b}" for number in range(64))
    assert made.values.tolist() == [int(pattern == pattern[::-1]) for pattern in patterns]
    assert made.values.sum() == 8


def test_the_worked_example_has_the_numbers_of_the_lesson():
    made = examples("worked")
    assert made.inputs.tolist() == [[0.05, 0.10]]
    assert made.values.tolist() == [[0.01, 0.99]]


def test_the_centres_of_blobs_are_evenly_spaced_on_the_unit_circle():
    made = examples("blobs", samples=5000, noise=0, settings={"classes": 5})
    centres = np.array([made.inputs[made.values == number].mean(axis=0) for number in range(5)])
    assert np.hypot(*centres.T) == pytest.approx(np.ones(5), abs=0.03)
    sides = np.hypot(*(centres - np.roll(centres, 1, axis=0)).T)
    assert sides == pytest.approx(np.full(5, 2 * math.sin(math.pi / 5)), abs=0.05)


def test_a_blob_spreads_alike_in_both_directions_by_what_leaves_the_blobs_apart():
    made = examples("blobs", samples=5000, noise=0, settings={"classes": 5})
    rounds = made.inputs.reshape(1000, 5, 2)  # classes take turns
    spread = rounds - rounds.mean(axis=0)
    # Of 5,000 numbers a standard deviation is off by 1 %.
    np.testing.assert_allclose(spread.std(axis=(0, 1)), 0.15, rtol=0.04)


def test_the_disc_and_the_ring_do_not_touch_without_noise():
    made = examples("circles", samples=1000, noise=0)
    radius = np.hypot(*made.inputs.T)
    assert radius[made.values == 1].max() <= 0.5
    assert radius[made.values == 0].min() >= 0.9


def test_no_straight_line_parts_the_moons():
    # A point of one class within a triangle of the other is on its side of every line.
    made = examples("moons", noise=0)
    upper, lower = (made.inputs[made.values == number] for number in (0, 1))
    corners = [upper[np.argmin(upper[:, 0])], upper[np.argmax(upper[:, 0])], upper[np.argmax(upper[:, 1])]]
    assert any(is_in_triangle(point, corners) for point in lower)


def test_each_moon_is_half_a_unit_circle_without_noise():
    made = examples("moons", noise=0)
    middles = np.where(made.values[:, None] == 0, [-0.5, -0.25], [0.5, 0.25])
    assert np.hypot(*(made.inputs - middles).T) == pytest.approx(np.ones(200))


@pytest.mark.parametrize("arms", [2, 3, 4])
def test_the_arms_of_a_spiral_are_one_curve_turned(arms):
    made = examples("spiral", noise=0, settings={"arms": arms})
    radius = np.hypot(*made.inputs.T)
    turns = np.arctan2(made.inputs[:, 1], made.inputs[:, 0]) / (2 * np.pi)
    # Turned back by its arm's share and unwound by its distance from the middle, every point is at angle 0.
    left_over = turns - made.values / arms - 1.25 * radius / 1.3
    assert left_over == pytest.approx(np.round(left_over), abs=1e-9)
    assert radius.max() <= 1.3


@pytest.mark.parametrize(
    ("name", "curve"),
    [
        ("line", lambda x: 0.8 * x[:, 0] - 0.3),
        ("sine", lambda x: np.sin(np.pi * x[:, 0])),
        ("plane", lambda x: 0.6 * x[:, 0] - 0.4 * x[:, 1] + 0.1),
    ],
)
def test_a_curve_without_noise_is_the_formula_of_its_description(name, curve):
    made = examples(name, noise=0)
    assert made.values[:, 0] == pytest.approx(curve(made.inputs))
    assert np.abs(made.inputs).max() <= 1


# What cannot be asked for


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"name": "cats"}, r'no dataset called "cats"; choose "and", .* or "worked"\.'),
        ({"name": "xor", "samples": 7}, r'The number of examples of "xor" is always 4; 7 were asked for\.'),
        ({"name": "moons", "samples": 0}, r'examples of "moons" should be at least 1, not 0\.'),
        ({"name": "moons", "samples": 10001}, r"should be at most 10,000, not 10,001\."),
        ({"name": "moons", "samples": 2.5}, r"should be a whole number, not 2\.5\."),
        ({"name": "moons", "samples": 10**400}, "should be an ordinary number"),
        ({"name": "digits", "samples": 1798}, r"should be at most 1,797, not 1,798\."),
        ({"name": "moons", "noise": -0.1}, r'The noise of "moons" should be at least 0, not -0\.1\.'),
        ({"name": "moons", "noise": 9}, r"should be at most 0\.5, not 9\."),
        ({"name": "moons", "noise": math.nan}, "should be an ordinary number"),
        ({"name": "moons", "noise": math.inf}, "should be an ordinary number"),
        ({"name": "worked", "noise": 0.1}, r"should be at most 0, not 0\.1\."),
        ({"name": "moons", "seed": -1}, r"The seed should be a whole number, 0 or more, not -1\."),
        ({"name": "moons", "settings": {"arms": 2}}, r'no setting of "moons" called "arms"; there is none'),
        ({"name": "spiral", "settings": {"legs": 2}}, r'no setting of "spiral" called "legs"; choose "arms"\.'),
        (
            {"name": "spiral", "settings": {"arms": 5}},
            r'The setting "arms" of "spiral" should be at most 4, not 5\.',
        ),
        ({"name": "spiral", "settings": {"arms": 2.5}}, "should be a whole number"),
        ({"name": "spiral", "settings": {"arms": math.nan}}, "should be an ordinary number"),
        ({"name": "dogs", "settings": {"side": 3}}, "should be at least 4, not 3"),
        ({"name": "blobs", "settings": {"classes": 1}}, "should be at least 2, not 1"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_in_a_sentence(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        examples(**arguments)


@pytest.mark.parametrize("name", FIXED)
def test_a_fixed_set_refuses_another_number_of_examples_and_names_both(name):
    count = int(DATASETS[name].samples.default)
    assert len(examples(name, samples=count).inputs) == count
    with pytest.raises(ValueError, match=rf"always {count}; {count + 1} were"):
        examples(name, samples=count + 1)


def test_names_are_listed_as_in_a_sentence():
    assert listed(["a"]) == '"a"'
    assert listed(["a", "b", "c"]) == '"a", "b" or "c"'
