"""What lessons say in numbers that no instrument shows: against what is known from elsewhere."""

from app.lessons.values import VALUES, threshold_answers


def test_one_threshold_answers_the_corners_in_every_way_that_a_line_can() -> None:
    answers = threshold_answers()
    # All 16 but XOR and its opposite: Minsky and Papert, Perceptrons, 1969.
    assert len(answers) == 14
    assert (0, 1, 1, 0) not in answers
    assert (1, 0, 0, 1) not in answers


def test_one_neuron_gets_three_of_four_right_at_xor() -> None:
    assert VALUES["xor_best"]() == 3
