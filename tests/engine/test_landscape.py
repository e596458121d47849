"""Planes of parameters, grids over them, a path seen from them: against losses one by one, and an SVD."""

from dataclasses import replace

import numpy as np
import pytest

from app.engine import fast_landscape
from app.engine.activations import ACTIVATIONS
from app.engine.arrays import frozen
from app.engine.fast_landscape import grid_of, losses_at, slopes_at
from app.engine.flat import flatten, frozen_biases, unflatten
from app.engine.landscape import (
    Landscape,
    loss_at,
    moving_numbers,
    plane_of_parameters,
    plane_of_path,
    random_plane,
    range_of_parameter,
    seen_from,
)
from app.engine.losses import FUSED, LOSSES
from app.engine.network import LayerParameters, loss_of
from app.engine.random_walks import random_walk_shares
from app.engine.training import Examples, Plan, train
from tests.filled import filled

HIDDEN = [name for name, row in ACTIVATIONS.items() if not row.last_layer_only]
PAIRS = [(activation, loss) for activation in ACTIVATIONS for loss in LOSSES]
AXIS = np.linspace(-0.4, 0.4, 7)
EXACT = 1e-12


def landscape_of(case, plane):
    return Landscape(case.network, case.objective, Examples(case.inputs, case.targets), plane)


def random_landscape(case, seed=0, normalization="filter"):
    return landscape_of(case, random_plane(case.network, case.parameters, seed, normalization))


def one_by_one(landscape, points):
    with np.errstate(all="ignore"):
        return np.array([loss_at(landscape, *point) for point in points])


def assert_equal(landscape, points):
    # Where a prediction leaves its share, the logarithm of both ways is no number.
    np.testing.assert_allclose(losses_at(landscape, points), one_by_one(landscape, points), rtol=EXACT, atol=EXACT)


@pytest.mark.parametrize(("last", "loss"), PAIRS, ids=map("-".join, PAIRS))
def test_a_grid_equals_single_evaluations_for_every_last_activation_and_loss(case_of, last, loss):
    assert_equal(
        random_landscape(case_of("tanh", last, loss, reduction="sum", l1=0.03, l2=0.2)), grid_of(AXIS, AXIS)
    )


@pytest.mark.parametrize("hidden", HIDDEN)
def test_where_a_parameter_is_no_double_any_more_there_is_no_loss(case_of, hidden):
    case = case_of(hidden, "sigmoid", "binary_cross_entropy")
    line = landscape_of(case, plane_of_parameters(case.network, case.parameters, [(0, 0, 0)]))
    far = replace(line, plane=replace(line.plane, directions=(2.0 * line.plane.directions[0],)))
    points = np.array([[0.0], [1.7e308], [-1.7e308]])
    with np.errstate(all="ignore"):
        assert np.isnan(losses_at(far, points)).tolist() == [False, True, True]
        assert_equal(far, points)


@pytest.mark.parametrize("hidden", HIDDEN)
def test_a_grid_equals_single_evaluations_for_every_hidden_activation(case_of, hidden):
    assert_equal(random_landscape(case_of(hidden, "softmax", "cross_entropy", bias=False)), grid_of(AXIS, AXIS))


@pytest.mark.parametrize("scale", [1.0, 60.0, 2000.0])
@pytest.mark.parametrize(("last", "loss"), FUSED, ids="-".join)
def test_answers_beyond_all_doubt_are_compared_as_exactly(case_of, last, loss, scale):
    case = case_of("tanh", last, loss)
    *first, end = case.parameters
    case.parameters = (*first, LayerParameters(scale * end.weights, end.biases))
    landscape, points = random_landscape(case), grid_of(AXIS, AXIS)
    np.testing.assert_allclose(losses_at(landscape, points), one_by_one(landscape, points), rtol=EXACT)


@pytest.mark.parametrize("layer", range(3))
def test_a_plane_of_parameters_equals_single_evaluations_whichever_layer_it_moves(case_of, layer):
    case = case_of("relu", "sigmoid", "binary_cross_entropy")
    for places in ([(layer, 0, 1), (2, 1, None)], [(layer, 1, None)]):
        landscape = landscape_of(case, plane_of_parameters(case.network, case.parameters, places))
        assert_equal(landscape, grid_of(AXIS, AXIS if len(places) == 2 else None))


@pytest.mark.parametrize(("numbers", "examples"), [(1, 1), (10, 2), (40, 3), (10**6, 2), (10**6, 1000)])
def test_the_size_of_the_tiles_changes_no_number(case_of, monkeypatch, numbers, examples):
    landscape = random_landscape(case_of("relu", "softmax", "cross_entropy", l1=0.1))
    points = grid_of(AXIS, AXIS)
    monkeypatch.setattr(fast_landscape, "_TILE_NUMBERS", numbers)
    monkeypatch.setattr(fast_landscape, "_TILE_EXAMPLES", examples)
    monkeypatch.setattr(fast_landscape, "_ZEROS", np.zeros(examples))
    assert_equal(landscape, points)


def test_a_tile_at_the_wrong_place_would_be_found(case_of, monkeypatch):
    landscape = random_landscape(case_of("relu", "softmax", "cross_entropy"))
    monkeypatch.setattr(fast_landscape, "_TILE_NUMBERS", 40)
    points = grid_of(AXIS, AXIS)
    wrong = losses_at(landscape, np.roll(points, 1, axis=0))
    assert np.abs(wrong - one_by_one(landscape, points)).max() > 1e-4


@pytest.mark.parametrize(("last", "loss"), PAIRS, ids=map("-".join, PAIRS))
def test_slopes_along_a_plane_are_the_gradient_times_its_directions(case_of, last, loss):
    case = case_of("silu", last, loss, l1=0.03, l2=0.2)
    landscape = random_landscape(case, normalization="none")
    found = slopes_at(landscape, np.zeros((1, 2)))
    gradient = case.gradient()
    expected = [[gradient @ direction] for direction in landscape.plane.directions]
    np.testing.assert_allclose(found.slopes, expected, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(found.losses, [loss_at(landscape, 0.0, 0.0)], rtol=EXACT)


def test_slopes_everywhere_agree_with_central_differences(case_of):
    landscape = random_landscape(case_of("tanh", "sigmoid", "mean_squared_error"))
    points, h = grid_of(AXIS, AXIS), 1e-5
    for number, slopes in filled(enumerate(slopes_at(landscape, points).slopes)):
        nudge = h * np.eye(2)[number]
        expected = (one_by_one(landscape, points + nudge) - one_by_one(landscape, points - nudge)) / (2 * h)
        np.testing.assert_allclose(slopes, expected, rtol=1e-6, atol=1e-9)


# Planes


@pytest.mark.parametrize("normalization", ["filter", "layer", "none"])
def test_every_plane_passes_through_its_centre(case_of, normalization):
    case = case_of("tanh", "sigmoid", "half_squared_error")
    plane = random_plane(case.network, case.parameters, 4, normalization)
    assert (plane.at(*plane.centre) == flatten(case.parameters)).all()
    place = plane_of_parameters(case.network, case.parameters, [(0, 1, 0), (2, 0, None)])
    assert (place.at(*place.centre) == flatten(case.parameters)).all()
    assert place.centre == (case.parameters[0].weights[1, 0], case.parameters[2].biases[0])
    here = loss_of(case.network, case.parameters, case.inputs, case.targets, case.objective)
    for one in (plane, place):
        assert losses_at(landscape_of(case, one), np.array([one.centre])).item() == pytest.approx(here, abs=EXACT)


def test_filters_of_a_random_direction_are_as_long_as_the_networks_own_and_biases_stay(case_of):
    case = case_of("tanh", "sigmoid", "half_squared_error")
    for direction in filled(random_plane(case.network, case.parameters, 1, "filter").directions):
        for own, moved in filled(zip(case.parameters, unflatten(direction, case.network), strict=True)):
            lengths = np.linalg.norm(moved.weights, axis=1)
            np.testing.assert_allclose(lengths, np.linalg.norm(own.weights, axis=1), rtol=1e-12)
            assert not moved.biases.any()
    for direction in filled(random_plane(case.network, case.parameters, 1, "layer").directions):
        for own, moved in filled(zip(case.parameters, unflatten(direction, case.network), strict=True)):
            assert np.linalg.norm(moved.weights) == pytest.approx(np.linalg.norm(own.weights))


SHAPES = {
    "of no lone weights": (3, (4, "tanh"), (2, "identity")),
    "of one input": (1, (5, "tanh"), (1, "identity")),
    "through one unit": (3, (1, "tanh"), (4, "identity")),
    "of one weight and one": (1, (1, "tanh"), (1, "identity")),
}


def drawn_parameters(network, seed):
    draw = np.random.default_rng(seed).normal
    return unflatten(draw(size=network.parameter_count), network)


@pytest.mark.parametrize("normalization", ["filter", "layer", "none"])
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_random_directions_are_at_right_angles_and_of_one_length(network_of, shape, normalization):
    network = network_of(*shape)
    for seed in range(25):
        one, other = random_plane(network, drawn_parameters(network, seed), seed, normalization).directions
        length = np.linalg.norm(one)
        assert length > 0
        assert np.linalg.norm(other) == pytest.approx(length, rel=1e-12)
        assert abs(one @ other) < 1e-12 * length**2


@pytest.mark.parametrize("normalization", ["filter", "layer", "none"])
def test_a_distance_on_a_random_map_is_one_between_parameters(case_of, normalization):
    case = case_of("tanh", "sigmoid", "half_squared_error")
    plane = random_plane(case.network, case.parameters, 6, normalization)
    unit = np.linalg.norm(plane.directions[0])
    for one, other in [((0.0, 0.0), (0.3, 0.4)), ((0.2, -0.7), (-0.5, 0.1)), ((1.0, 1.0), (-1.0, 1.0))]:
        far = np.linalg.norm(plane.at(*one) - plane.at(*other)) / unit
        assert far == pytest.approx(np.hypot(one[0] - other[0], one[1] - other[1]), rel=1e-12)


def test_both_directions_keep_the_norms_of_filters_of_more_than_one_weight(network_of):
    network = network_of(*SHAPES["through one unit"])
    parameters = drawn_parameters(network, 3)
    one, other = random_plane(network, parameters, 3, "filter").directions
    own = np.linalg.norm(parameters[0].weights)
    for direction in (one, other):
        assert np.linalg.norm(unflatten(direction, network)[0].weights) == pytest.approx(own, rel=1e-12)
    # Alone, the first moves by the paper's ± its size; together the second keeps their length.
    np.testing.assert_allclose(np.abs(unflatten(one, network)[1].weights), np.abs(parameters[1].weights))
    lengths = [np.linalg.norm(unflatten(direction, network)[1].weights) for direction in (one, other)]
    assert lengths[1] == pytest.approx(lengths[0], rel=1e-12)


def test_where_one_number_or_none_can_move_directions_are_nothing(network_of, parameters_of):
    network = network_of(1, (1, "identity"))
    for weight, moves in ((2.0, [True, False]), (0.0, [False, False])):
        plane = random_plane(network, parameters_of(([[weight]], [0.5])), 1, "filter")
        assert [bool(direction.any()) for direction in plane.directions] == moves
        assert moving_numbers(network, plane) == (int(moves[0]), 0)


def test_huge_parameters_have_finite_directions(case_of):
    case = case_of("tanh", "sigmoid", "half_squared_error")
    huge = unflatten(1e200 * flatten(case.parameters), case.network)
    for normalization in ("filter", "layer", "none"):
        one, other = random_plane(case.network, huge, 2, normalization).directions
        assert np.isfinite([one, other]).all()


@pytest.mark.parametrize("bias", [True, False])
def test_what_moves_on_a_plane_is_counted(case_of, bias):
    case = case_of("tanh", "sigmoid", "half_squared_error", bias=bias)
    own = unflatten(flatten(case.parameters), case.network)
    weights = sum(layer.weights.size for layer in own)
    trained = sum(layer.units for layer in case.network.layers if layer.bias)
    for normalization, biases in (("filter", 0), ("layer", 0), ("none", trained)):
        plane = random_plane(case.network, case.parameters, 2, normalization)
        assert moving_numbers(case.network, plane) == (weights, biases)
    plane = plane_of_parameters(case.network, case.parameters, [(0, 1, 0), (2, 0, None)])
    assert moving_numbers(case.network, plane) == (1, 1)


def test_frozen_biases_never_move_and_a_seed_is_a_direction(case_of):
    case = case_of("tanh", "sigmoid", "half_squared_error", bias=False)
    still = frozen_biases(case.network)
    assert still.size
    planes = [random_plane(case.network, case.parameters, seed, "none") for seed in (1, 1, 2)]
    for plane in planes:
        assert not np.array(plane.directions)[:, still].any()
        assert (plane.directions[0] != plane.directions[1]).any()
    assert (np.array(planes[0].directions) == np.array(planes[1].directions)).all()
    assert (planes[0].directions[0] != planes[2].directions[0]).any()


def test_a_unit_whose_weights_are_all_zero_does_not_move(network_of, parameters_of):
    network = network_of(2, (2, "tanh"), (1, "identity"))
    parameters = parameters_of(([[0.0, 0.0], [1.0, 2.0]], [0.1, 0.2]), ([[1.0, 1.0]], [0.0]))
    for direction in filled(random_plane(network, parameters, 0, "filter").directions):
        assert not direction[:2].any()
        assert np.isfinite(direction).all()


def test_two_equal_parameters_are_no_plane(case_of):
    case = case_of("tanh", "sigmoid", "half_squared_error")
    with pytest.raises(ValueError, match="same parameter"):
        plane_of_parameters(case.network, case.parameters, [(0, 1, 0), (0, 1, 0)])


# A path


@pytest.fixture(scope="module")
def walked(small_task):
    task, start = small_task(optimizer="momentum", learning_rate=0.05)
    frames = train(task, start, Plan(30, record_every=3)).frames
    return task, tuple(frame.state.parameters for frame in frames), tuple(frame.loss for frame in frames)


def test_the_plane_of_a_path_is_that_of_its_principal_components(walked):
    task, path, losses = walked
    plane = plane_of_path(task.network, path[-1], path)
    landscape = Landscape(task.network, task.objective, task.examples, plane)
    seen = seen_from(landscape, path)
    places = np.array([flatten(moment) for moment in path])
    variances, axes = np.linalg.eigh(np.cov(places, rowvar=False))
    np.testing.assert_allclose(plane.shares, variances[:-3:-1] / variances.sum(), rtol=1e-9)
    np.testing.assert_allclose(np.abs(plane.directions @ axes[:, :-3:-1]), np.eye(2), atol=1e-7)
    moved = places - places[-1]
    np.testing.assert_allclose(seen.coordinates, moved @ np.array(plane.directions).T, atol=1e-10)
    off = np.linalg.norm(moved - seen.coordinates @ np.array(plane.directions), axis=1)
    np.testing.assert_allclose(seen.distances, off, atol=1e-10)
    np.testing.assert_allclose(seen.losses, losses, rtol=EXACT)
    assert seen.distances[-1] == pytest.approx(0.0, abs=1e-12)
    assert losses_at(landscape, seen.coordinates)[-1] == pytest.approx(losses[-1], rel=EXACT)


def test_the_share_of_a_plane_does_not_depend_on_the_moment_that_it_goes_through(walked):
    task, path, _ = walked
    first, last = (plane_of_path(task.network, centre, path) for centre in (path[0], path[-1]))
    np.testing.assert_allclose(first.shares, last.shares, rtol=1e-10)
    places = np.array([flatten(moment) for moment in path])
    about_the_end = np.linalg.svd(places - places[-1], compute_uv=False) ** 2
    assert abs(about_the_end[:2].sum() / about_the_end.sum() - sum(last.shares)) > 1e-6


def test_a_random_walk_beside_a_path_has_as_many_moments_and_only_parameters_that_move(case_of):
    case = case_of("tanh", "sigmoid", "half_squared_error", bias=False)
    free = case.network.parameter_count - frozen_biases(case.network).size
    moments = [
        unflatten(flatten(case.parameters) + shift * np.arange(case.network.parameter_count) ** shift, case.network)
        for shift in (0.0, 0.1, 0.2, 0.3)
    ]
    plane = plane_of_path(case.network, case.parameters, moments)
    assert plane.random_walk_shares == random_walk_shares(4, free)
    assert plane.random_walk_shares != random_walk_shares(4, case.network.parameter_count)


def test_on_a_plane_of_parameters_a_path_has_those_parameters_as_coordinates(walked):
    task, path, _ = walked
    plane = plane_of_parameters(task.network, path[4], [(0, 1, 2), (1, 0, 1)])
    seen = seen_from(Landscape(task.network, task.objective, task.examples, plane), path)
    expected = [[moment[0].weights[1, 2], moment[1].weights[0, 1]] for moment in path]
    np.testing.assert_allclose(seen.coordinates, expected, atol=1e-12)
    rest = np.sqrt(
        np.maximum(
            [((flatten(moment) - flatten(path[4])) ** 2).sum() for moment in path]
            - ((seen.coordinates - np.array(plane.centre)) ** 2).sum(axis=1),
            0.0,
        )
    )
    np.testing.assert_allclose(seen.distances, rest, atol=1e-7)


def test_a_path_on_a_random_plane_is_its_nearest_points(walked):
    task, path, _ = walked
    plane = random_plane(task.network, path[-1], 3, "filter")
    seen = seen_from(Landscape(task.network, task.objective, task.examples, plane), path)
    for moment, point, distance in filled(zip(path, seen.coordinates, seen.distances, strict=True)):
        off = flatten(moment) - plane.at(*point)
        np.testing.assert_allclose(np.array(plane.directions) @ off, 0.0, atol=1e-9)
        assert distance == pytest.approx(np.linalg.norm(off), abs=1e-12)


def test_fewer_than_three_moments_span_no_plane(walked):
    task, path, _ = walked
    for few in ([path[0]], [path[0], path[0]], [path[0], path[3], path[3]]):
        with pytest.raises(ValueError, match="third different moment"):
            plane_of_path(task.network, path[0], few)
    assert plane_of_path(task.network, path[0], [path[0], path[3], path[5]]).shares is not None


def test_a_range_holds_a_parameter_and_its_path():
    low, high = range_of_parameter(0.5, frozen([-6.0, 1.0]))
    assert low < -6.0
    assert high == 3.0
    assert range_of_parameter(400.0, np.empty(0)) == (300.0, 500.0)


def test_the_parameters_of_a_plane_keep_their_shapes(case_of):
    case = case_of("tanh", "sigmoid", "half_squared_error")
    plane = random_plane(case.network, case.parameters, 0, "none")
    made = unflatten(plane.at(0.5, -0.5), case.network)
    assert [isinstance(own, LayerParameters) for own in made] == [True] * 3
