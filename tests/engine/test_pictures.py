import hashlib

import numpy as np
import pytest

from app.engine.datasets import examples
from app.engine.pictures import stored_digits


@pytest.mark.parametrize("side", range(4, 13))
def test_a_blank_picture_is_exactly_white(side):
    made = examples("dogs", samples=500, settings={"side": side})
    assert np.all(made.inputs[made.values == 0] == 1.0)


@pytest.mark.parametrize("side", range(4, 13))
def test_a_drawn_picture_is_never_white(side):
    made = examples("dogs", samples=2000, settings={"side": side})
    assert np.all(made.inputs[made.values == 1].min(axis=1) <= 0.5)


@pytest.mark.parametrize("side", [4, 8, 12])
def test_drawn_pictures_are_varied(side):
    made = examples("dogs", samples=200, settings={"side": side})
    drawn = made.inputs[made.values == 1]
    assert len(np.unique(drawn, axis=0)) >= 90
    inked = np.count_nonzero(drawn < 1, axis=1)
    assert inked.min() == 1
    assert inked.max() >= side * side / 3


def test_the_first_pictures_stay_when_more_are_asked_for():
    few, many = examples("dogs", samples=20), examples("dogs", samples=100)
    assert np.array_equal(few.inputs, many.inputs[:20])


def test_the_grey_of_a_pixel_can_be_read_aloud():
    inputs = examples("dogs").inputs
    assert np.array_equal(inputs, np.round(inputs, 2))


@pytest.mark.parametrize("name", ["dogs", "digits"])
@pytest.mark.parametrize("noise", [0, 0.3])
def test_pixels_lie_between_0_and_1_with_any_grain(name, noise):
    made = examples(name, noise=noise)
    assert made.inputs.min() >= 0
    assert made.inputs.max() <= 1


def test_grain_speckles_blank_pictures_too():
    made = examples("dogs", noise=0.1)
    assert np.all(made.inputs[made.values == 0].min(axis=1) < 1)


def test_the_stored_digits_are_the_published_ones():
    pixels, labels = stored_digits()
    whole = (pixels * 16).astype(np.uint8)
    assert np.array_equal(whole / 16, pixels)
    assert whole.shape == (1797, 64)
    assert np.bincount(labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    # Of the numbers as bytes, row by row.
    assert hashlib.sha256(whole.tobytes()).hexdigest() == (
        "8f26b2bd9d135c256808f68f14fdabddde6d9c7f869ae419704b051f0f14b3b3"
    )
    assert hashlib.sha256(labels.astype(np.uint8).tobytes()).hexdigest() == (
        "8ba4f891220f5e4c9c819638d1602d74b83618f167043c6da52a2a247841ddf0"
    )


def test_all_the_digits_are_every_stored_digit_once():
    pixels, labels = stored_digits()
    made = examples("digits", samples=1797)
    rows = np.column_stack([made.inputs, made.values])
    stored = np.column_stack([pixels, labels])
    assert sorted(map(bytes, rows)) == sorted(map(bytes, stored))


def test_the_digits_are_read_from_disk_once_and_cannot_be_written_to():
    pixels, labels = stored_digits()
    assert stored_digits()[0] is pixels
    for array in (pixels, labels):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
