"""Pictures over a grid, held to the network's answer at each of their points."""

import numpy as np
import pytest

from app.engine.network import forward
from app.engine.responses import grid_over, levels_of, respond, without_noise
from tests.filled import filled

LOSS = "cross_entropy"
RAW = np.array([[-1.0, 10.0], [1.0, 30.0], [0.0, 20.0]])


def point(raw, features):
    """Return what the network is given at one point, by the formulas' own names."""
    x1, x2 = raw
    formulas = {"x1": x1, "x2": x2, "x1^2": x1**2, "x2^2": x2**2, "x1*x2": x1 * x2, "sin(x1)": np.sin(x1)}
    return [formulas[name] for name in features]


def answers_at(network, parameters, inputs):
    return [passed.a[0] for passed in forward(network, parameters, np.array([inputs]))]


def restored(levels):
    """Return the numbers a picture stands for."""
    return levels.low + (levels.high - levels.low) * levels.levels / 255


def test_the_grid_is_as_wide_as_the_data_and_a_tenth_on_each_side():
    grid = grid_over(RAW, None, resolution=5, unit_stride=1)
    assert grid.x == pytest.approx([-1.2, -0.6, 0.0, 0.6, 1.2])
    assert grid.y == pytest.approx([8.0, 14.0, 20.0, 26.0, 32.0])


def test_ranges_that_are_given_are_kept_to_the_last_bit():
    grid = grid_over(RAW, None, resolution=4, unit_stride=1, x_range=(-0.1, 0.2), y_range=(5.0, 7.0))
    assert (grid.x[0], grid.x[-1], grid.y[0], grid.y[-1]) == (-0.1, 0.2, 5.0, 7.0)


def test_where_all_examples_lie_at_one_place_there_is_a_grid_about_it():
    grid = grid_over(np.array([[3.0, 4.0]]), None, resolution=4, unit_stride=1)
    assert (grid.x[0], grid.x[-1], grid.y[0], grid.y[-1]) == (2.0, 4.0, 3.0, 5.0)


def test_more_than_two_inputs_have_no_grid():
    assert grid_over(np.zeros((3, 3)), None, resolution=4, unit_stride=1) is None


@pytest.mark.parametrize("features", [None, ("x1", "x2"), ("x1^2", "x2^2", "x1*x2"), ("x2", "sin(x1)")])
@pytest.mark.parametrize("stride", [1, 2, 3])
def test_every_point_of_every_picture_is_the_answer_there(network_of, draw_parameters, features, stride):
    network = network_of(len(features or "12"), (3, "tanh"), (4, "relu"), (3, "softmax"))
    parameters = draw_parameters(network, 5)
    grid = grid_over(RAW, features, resolution=6, unit_stride=stride)
    found = respond(network, parameters, grid, loss=LOSS)
    assert found.curve is None
    for row, y in filled(enumerate(found.y)):
        for column, x in filled(enumerate(found.x)):
            *hidden, last = answers_at(network, parameters, point((x, y), features or ("x1", "x2")))
            assert found.winners[row][column] == list(last).index(max(last))
            for unit, picture in filled(enumerate(found.outputs)):
                half = (picture.high - picture.low) / 510 + 1e-9
                assert abs(restored(picture)[row, column] - last[unit]) <= half
            if row % stride or column % stride:
                continue
            for a, pictures in filled(zip(hidden, found.units, strict=True)):
                for unit, picture in filled(enumerate(pictures)):
                    half = (picture.high - picture.low) / 510 + 1e-9
                    assert abs(restored(picture)[row // stride, column // stride] - a[unit]) <= half


def test_over_one_input_there_is_a_curve_and_a_picture_of_one_row(network_of, draw_parameters):
    network = network_of(1, (3, "tanh"), (2, "identity"))
    parameters = draw_parameters(network, 6)
    grid = grid_over(np.array([[-1.0], [1.0]]), None, resolution=10, unit_stride=3)
    found = respond(network, parameters, grid, loss=LOSS)
    assert found.y is None
    assert found.curve.shape == (10, 2)
    for x, row in zip(found.x, found.curve, strict=True):
        assert row == pytest.approx(answers_at(network, parameters, [x])[-1], rel=1e-12)
    assert [picture.levels.shape for picture in found.outputs] == [(1, 10)] * 2
    assert [picture.levels.shape for picture in found.units[0]] == [(1, 4)] * 3


@pytest.mark.parametrize(("has_classes", "outputs"), [(False, 2), (True, 1)])
def test_without_several_classes_nobody_wins(network_of, draw_parameters, has_classes, outputs):
    network = network_of(2, (outputs, "identity"))
    grid = grid_over(RAW, None, resolution=4, unit_stride=1)
    assert respond(network, draw_parameters(network, 1), grid, loss=LOSS if has_classes else None).winners is None


@pytest.mark.parametrize(
    ("row", "low", "high", "levels"),
    [
        ([0.0, 1.0, 0.5, 0.2], 0.0, 1.0, [0, 255, 128, 51]),
        ([-1e308, 1e308, 0.0, 1e308], -1e308, 1e308, [0, 255, 128, 255]),
        ([7.0, 7.0, 7.0, 7.0], 7.0, 7.0, [0, 0, 0, 0]),
        ([np.nan, 1.0, np.inf, -np.inf], 1.0, 1.0, [0, 0, 255, 0]),
        ([np.nan, 3.0, 1.0, np.inf], 1.0, 3.0, [0, 255, 0, 255]),
    ],
)
def test_levels_go_from_the_lowest_to_the_highest_number(row, low, high, levels):
    (picture,) = levels_of(np.array([[row]]))
    assert (picture.low, picture.high) == (low, high)
    assert picture.levels.tolist() == [levels]


def test_a_picture_of_no_numbers_has_no_lowest():
    (picture,) = levels_of(np.full((1, 2, 2), np.nan))
    assert not np.isfinite([picture.low, picture.high]).any()
    assert picture.levels.tolist() == [[0, 0], [0, 0]]


@pytest.mark.parametrize(("size", "is_flat"), [(0.0, True), (1e-18, True), (1e-14, False), (1e-3, False)])
def test_no_line_is_drawn_through_noise(network_of, parameters_of, size, is_flat):
    network = network_of(2, (1, "sigmoid"))
    grid = grid_over(RAW / 10, None, resolution=6, unit_stride=1)
    parameters = parameters_of(([[size, -size]], [0.0]))
    (picture,) = respond(network, parameters, grid, loss="binary_cross_entropy").outputs
    assert (picture.low == picture.high == 0.5) is is_flat


def test_what_is_one_number_but_for_rounding_and_no_middle_keeps_its_side():
    outputs = np.array([[0.7], [0.7 + 2e-16], [0.7]])
    flat = without_noise(outputs, lambda: np.full_like(outputs, 1e-15), 0.5)
    assert flat.min() == flat.max() == pytest.approx(0.7)
    assert without_noise(outputs, lambda: np.full_like(outputs, 1e-17), 0.5) is outputs


def test_where_rounding_decides_between_classes_nobody_wins(network_of, parameters_of):
    network = network_of(2, (3, "softmax"))
    grid = grid_over(RAW / 10, None, resolution=4, unit_stride=1)
    level = [[1e-18, 0.0], [0.0, 1e-18], [0.0, 0.0]]
    found = respond(network, parameters_of((level, [0.0, 0.0, 0.0])), grid, loss=LOSS)
    assert (found.winners == -1).all()
    tied = respond(network, parameters_of((level, [0.1, 0.1, 0.0])), grid, loss=LOSS)
    assert (tied.winners == -1).all()
    clear = respond(network, parameters_of((level, [0.1, 0.0, 0.0])), grid, loss=LOSS)
    assert (clear.winners == 0).all()
