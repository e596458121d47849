"""What a seed stands for stays what it is: a sheet that was printed, and a link that was sent, have their answers.

Whoever changes what is drawn writes the new sums here, and says in the change log that sheets are others now.
"""

from collections.abc import Iterable
from math import fsum

import pytest

from app.lessons.faded import BLANKS, pass_of, slips_of
from app.lessons.questions import QUESTIONS, example
from app.lessons.questions.made import Example

SEEDS = range(1, 31)
# Of all numbers that the seeds draw and lead to, each times its place.
SUMS_OF_QUESTIONS: dict[str, float] = {
    "pixel_distance": 4829755.0,
    "neuron_z": 64621.9,
    "neuron_output": 64050.8,
    "parameter_count": 1105999.0,
    "network_output": 55832.46,
    "squared_loss": 11154.2886,
    "secant": 294770.991667,
    "squared_slope": 9181.6356,
    "weight_gradient": 632469.0,
    "new_weight": 6838.2,
    "bounce_limit": 62240.1639068,
    "chain_product": 1721604.0,
    "two_paths": 32009.9468,
    "chain_weight": 56722.698,
    "output_gradient": 44888.6427,
    "hidden_gradient": 50937.135408,
    "training_steps": 2649680.0,
    "momentum_step": 15352.19,
    "error_in_a_row": 64791.7811,
    "hidden_sum": 97324.7,
}
SUM_OF_PASSES = 27681.317611


def weighed(numbers: Iterable[float]) -> float:
    return fsum(place * number for place, number in enumerate(numbers, start=1))


def numbers_of(made: Example) -> list[float]:
    """Return what is given, what each line comes to, what the slips give and in which line."""
    given = [one for value in made.given.values() for one in (value if isinstance(value, list) else [value])]
    return [
        *given,
        *(line.value for line in made.lines),
        *(one for slip in made.slips for one in (slip.value, slip.line)),
    ]


def sum_of_question(name: str) -> float:
    return weighed(weighed(numbers_of(example(QUESTIONS[name], seed))) for seed in SEEDS)


def sum_of_passes() -> float:
    made = [pass_of(seed) for seed in SEEDS[:8]]
    slips = [slip.value for one in made for blank in BLANKS for slip in slips_of(one, blank)]
    return weighed([*(line.value for one in made for line in one.lines), *slips])


def test_every_question_is_here() -> None:
    assert list(SUMS_OF_QUESTIONS) == list(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_seed_stands_for_the_same_question_as_ever(name: str) -> None:
    assert sum_of_question(name) == pytest.approx(SUMS_OF_QUESTIONS[name], rel=1e-9)


def test_a_seed_stands_for_the_same_pass_as_ever() -> None:
    assert sum_of_passes() == pytest.approx(SUM_OF_PASSES, rel=1e-9)
