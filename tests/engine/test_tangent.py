"""How steep a curve is: against central differences and by hand, and every kind of flat place."""

import pytest

from app.engine.surfaces import SURFACES
from app.engine.tangent import tangent

LINES = [name for name, row in SURFACES.items() if row.variables == 1]


@pytest.mark.parametrize("name", LINES)
@pytest.mark.parametrize("at", [-1.2, 0.3, 1.4])
def test_slope_and_bend_agree_with_central_differences(name: str, at: float) -> None:
    surface, h = SURFACES[name], 1e-5
    here = tangent(surface, at, h)
    left, right = tangent(surface, at - h, h), tangent(surface, at + h, h)
    assert here.slope == pytest.approx((right.value - left.value) / (2 * h), abs=1e-7)
    assert here.bend == pytest.approx((right.slope - left.slope) / (2 * h), abs=1e-6)


def test_the_secant_of_a_parabola_is_the_one_worked_out_by_hand() -> None:
    # ((x + h)² − x²) / 2h = x + h/2.
    for h in (1.0, 0.1, -0.5, 1e-3):
        assert tangent(SURFACES["parabola"], 2.0, h).secant == pytest.approx(2.0 + h / 2, rel=1e-9)


def test_the_smaller_the_nudge_the_nearer_the_secant_is_to_the_tangent() -> None:
    off = [abs((one := tangent(SURFACES["two_valleys"], 0.5, h)).secant - one.slope) for h in (1, 0.1, 0.01, 1e-3)]
    assert off == sorted(off, reverse=True)
    assert off[-1] < 1e-2


@pytest.mark.parametrize(
    ("name", "at", "kind"),
    [
        ("two_valleys", -0.96, "minimum"),
        ("two_valleys", 1.04, "minimum"),
        ("two_valleys", -0.08, "maximum"),
        ("inflection", 0.05, "inflection"),
        ("inflection", 0.5, "rising"),
        ("parabola", -1.0, "falling"),
        ("parabola", 0.0, "minimum"),
    ],
)
def test_flat_places_have_their_kind(name: str, at: float, kind: str) -> None:
    assert tangent(SURFACES[name], at, 0.1).kind == kind


def test_a_place_beyond_a_double_has_no_number_and_harms_nothing() -> None:
    far = tangent(SURFACES["two_valleys"], 1e200, 1.0)
    assert far.value == float("inf")
