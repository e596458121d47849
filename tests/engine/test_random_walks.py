"""Shares of random walks: against the closed form for many dimensions, and against walks drawn another way."""

import numpy as np
import pytest

from app.engine.random_walks import principal_axes, random_walk_shares
from tests.filled import filled


def shares_in_many_dimensions(moments):
    """Return the share of each principal axis as the dimensions grow without end.

    The covariance of a random walk about its mean is the inverse of the Laplacian of a line of points, whose
    eigenvalues are 2 − 2 cos(πk / n) (Antognini and Sohl-Dickstein 2018).
    """
    axis = np.arange(1, moments)
    variances = 1.0 / (2.0 - 2.0 * np.cos(np.pi * axis / moments))
    return variances / variances.sum()


@pytest.mark.parametrize("moments", [3, 10, 60, 100, 1000])
@pytest.mark.parametrize("dimensions", [200, 1000, 50_000])
def test_in_many_dimensions_shares_are_those_of_the_closed_form(moments, dimensions):
    found = random_walk_shares(moments, dimensions)
    np.testing.assert_allclose(found, shares_in_many_dimensions(moments)[:2], atol=0.012)


def test_the_closed_form_for_long_walks_is_six_parts_of_pi_squared():
    for axis, share in filled(enumerate(shares_in_many_dimensions(100_000)[:2], start=1)):
        assert share == pytest.approx(6.0 / (np.pi * axis) ** 2, rel=1e-4)
    assert sum(random_walk_shares(100, 10_000)) == pytest.approx(7.5 / np.pi**2, abs=0.01)


@pytest.mark.parametrize(("moments", "dimensions"), [(3, 2), (10, 8), (60, 3), (60, 17), (80, 67)])
def test_in_few_dimensions_shares_are_those_of_walks_drawn_another_way(moments, dimensions):
    draws = np.random.default_rng(7)
    shares = []
    for _ in range(400):
        variances = np.linalg.eigvalsh(np.cov(np.cumsum(draws.normal(size=(moments, dimensions)), axis=0).T))
        shares.append(variances[:-3:-1] / variances.sum())
    np.testing.assert_allclose(random_walk_shares(moments, dimensions), np.mean(shares, axis=0), atol=0.035)


def test_in_one_or_two_dimensions_a_walk_lies_in_its_plane():
    assert random_walk_shares(10, 1) == pytest.approx((1.0, 0.0))
    assert sum(random_walk_shares(10, 2)) == pytest.approx(1.0)


def test_about_its_end_a_walk_of_60_moments_in_17_dimensions_seems_to_lie_in_its_plane():
    """The published trap: about the end point the share is larger, though the walk is the same."""
    draws = np.random.default_rng(1)
    about_mean, about_end = [], []
    for _ in range(200):
        walk = np.cumsum(draws.normal(size=(60, 17)), axis=0)
        about_mean.append(principal_axes(walk)[1][:2].sum())
        ends = np.linalg.svd(walk - walk[-1], compute_uv=False) ** 2
        about_end.append(ends[:2].sum() / ends.sum())
    assert 0.88 < np.mean(about_end) < 0.95
    assert np.mean(about_mean) == pytest.approx(sum(random_walk_shares(60, 17)), abs=0.02)
    assert np.mean(about_mean) < 0.81


def test_principal_axes_are_unit_vectors_at_right_angles_and_their_shares_add_up_to_one():
    moments = np.random.default_rng(3).normal(size=(9, 4))
    axes, shares = principal_axes(moments)
    np.testing.assert_allclose(axes @ axes.T, np.eye(4), atol=1e-12)
    assert shares.sum() == pytest.approx(1.0)
    assert (np.diff(shares) <= 0).all()
