"""What the lesson about 1986 says in numbers: worked out by hand, and as the paper has it."""

import pytest

from app.lessons.values import VALUES


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("symmetry_patterns", 2**6),
        ("symmetric", 2**3),
        ("not_symmetric", 2**6 - 2**3),
        ("symmetry_plateau", 8 * 0.5 * (1 - 0) ** 2),
        # Nature 323, p. 534: ε = 0.1, α = 0.9, first weights between −0.3 and 0.3.
        ("symmetry_rate", 0.1),
        ("symmetry_momentum", 0.9),
        ("symmetry_range", 0.3),
    ],
)
def test_a_value_is_the_one_worked_out_by_hand(name: str, value: float) -> None:
    assert VALUES[name]() == value
