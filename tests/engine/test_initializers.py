from math import erf, sqrt

import numpy as np
import pytest

from app.engine.draws import Draws
from app.engine.initializers import INITIALIZERS, initialize
from app.engine.network import Layer, Network
from tests.filled import filled

DRAWN = [name for name in INITIALIZERS if name not in ("zeros", "constant")]
MASK = 2**128 - 1


def words_by_hand(entropy, count):
    """PCG64 as published (O'Neill, PCG, 2014: XSL-RR 128/64), started as NumPy documents it."""
    high, low, sequence_high, sequence_low = map(int, np.random.SeedSequence(entropy).generate_state(4, np.uint64))
    increment = (((sequence_high << 64 | sequence_low) << 1) | 1) & MASK

    def step(state):
        return (state * 0x2360ED051FC65DA44385DF649FCCF645 + increment) & MASK

    state = step((step(0) + (high << 64 | low)) & MASK)
    words = []
    for _ in range(count):
        state = step(state)
        folded = (state >> 64) ^ (state & (2**64 - 1))
        turn = state >> 122
        words.append((folded >> turn | folded << (64 - turn)) & (2**64 - 1))
    return words


# The draws


def test_the_words_are_those_of_the_published_test_vectors():
    # numpy/random/tests/data/pcg64-testset-1.csv
    assert [hex(word) for word in Draws(0xDEADBEAF).words(3).tolist()] == [
        "0x60d24054e17a0698",
        "0xd5e79d89856e4f12",
        "0xd254972fe64bd782",
    ]


@pytest.mark.parametrize("seeds", [(0,), (7, 3), (2**40, 0, 5)])
def test_the_words_are_those_of_the_published_generator(seeds):
    assert Draws(*seeds).words(50).tolist() == words_by_hand(seeds, 50)


def test_uniform_numbers_are_the_upper_53_bits_of_the_words():
    expected = [-2.0 + 5.0 * ((word >> 11) / 2**53) for word in words_by_hand((4, 1), 12)]
    assert Draws(4, 1).uniform(-2.0, 3.0, (3, 4)).ravel().tolist() == expected


def test_normal_numbers_lie_where_the_normal_distribution_has_the_share_drawn():
    values = Draws(4, 1).normal(1.0, (40, 5)).ravel().tolist()
    shares = [((word >> 12) + 0.5) / 2**52 for word in words_by_hand((4, 1), 200)]
    for value, share in filled(zip(values, shares, strict=True)):
        assert (1 + erf(value / sqrt(2))) / 2 == pytest.approx(share, abs=1e-12)
        assert round(value, 12) == value


def test_a_permutation_is_the_order_of_the_words():
    words = words_by_hand((9, 2), 30)
    assert Draws(9, 2).permutation(30).tolist() == sorted(range(30), key=words.__getitem__)


# The initializers


def weights_of(name, units, fan_in, seed=0, **settings):
    return initialize(Network(fan_in, (Layer(units, "tanh"),)), name, seed, settings)[0].weights


@pytest.mark.parametrize("name", INITIALIZERS)
def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(name, bits):
    network = Network(3, (Layer(4, "tanh"), Layer(2, "identity")))
    first, again, other = (bits(initialize(network, name, seed)) for seed in (5, 5, 6))
    assert first == again
    assert (first != other) == (name in DRAWN)


VARIANCES = {
    "uniform": lambda _i, _o: 1 / 12,
    "normal": lambda _i, _o: 0.25,
    "xavier_uniform": lambda i, o: 2 / (i + o),
    "xavier_normal": lambda i, o: 2 / (i + o),
    "he_uniform": lambda i, _o: 2 / i,
    "he_normal": lambda i, _o: 2 / i,
    "lecun_normal": lambda i, _o: 1 / i,
}


@pytest.mark.parametrize("name", DRAWN)
def test_mean_and_variance_are_as_the_formula_says(name):
    weights = weights_of(name, units=100, fan_in=300)
    variance = VARIANCES[name](300, 100)
    # Of 30 000 draws: five standard errors of the mean, and of the variance (those of the normal, the larger).
    assert abs(weights.mean()) < 5 * sqrt(variance / 30_000)
    assert weights.var() == pytest.approx(variance, rel=5 * sqrt(2 / 30_000))


@pytest.mark.parametrize(("name", "limit"), [("xavier_uniform", sqrt(6 / 40)), ("he_uniform", sqrt(6 / 30))])
def test_uniform_weights_reach_to_the_limit_of_the_formula_and_not_beyond(name, limit):
    largest = max(float(np.abs(weights_of(name, units=10, fan_in=30, seed=seed)).max()) for seed in range(10))
    assert 0.99 * limit < largest <= limit


def test_a_uniform_weight_is_the_draw_of_its_seed_and_layer():
    network = Network(2, (Layer(1, "tanh"), Layer(2, "tanh")))
    own = initialize(network, "uniform", 8, {"low": 0.0, "high": 1.0})
    for layer, count in ((0, 2), (1, 2)):
        shares = [(word >> 11) / 2**53 for word in words_by_hand((8, layer), count)]
        assert own[layer].weights.ravel().tolist() == shares


def test_the_settings_are_used():
    low = weights_of("uniform", 20, 20, low=2.0, high=3.0)
    assert 2.0 <= low.min() < 2.1
    assert 2.9 < low.max() < 3.0
    assert (weights_of("normal", 5, 5, std=3.0) == 6.0 * weights_of("normal", 5, 5)).all()
    assert (weights_of("constant", 2, 3, value=-0.75) == -0.75).all()


def test_zeros_and_constants():
    assert not weights_of("zeros", 3, 2).any()
    assert weights_of("constant", 3, 2).tolist() == [[0.5, 0.5]] * 3


@pytest.mark.parametrize("name", INITIALIZERS)
def test_biases_are_0_or_what_the_setting_says(name):
    network = Network(3, (Layer(4, "tanh"), Layer(2, "identity", False)))
    assert [own.biases.tolist() for own in initialize(network, name, 1)] == [[0.0] * 4, [0.0] * 2]
    assert [own.biases.tolist() for own in initialize(network, name, 1, {"bias": 0.25})] == [[0.25] * 4, [0.25] * 2]


@pytest.mark.parametrize("name", DRAWN)
def test_changing_one_layer_leaves_the_streams_of_the_others(name):
    before = initialize(Network(3, (Layer(4, "tanh"), Layer(5, "tanh"), Layer(2, "tanh"))), name, 3)
    after = initialize(Network(3, (Layer(4, "relu"), Layer(9, "relu"), Layer(2, "tanh"))), name, 3)
    assert (before[0].weights == after[0].weights).all()
    assert before[1].weights.shape != after[1].weights.shape
    if name in ("uniform", "normal"):  # those do not depend on the sizes, so the streams show themselves
        assert (before[1].weights.ravel() == after[1].weights.ravel()[:20]).all()
        assert (before[2].weights.ravel() == after[2].weights.ravel()[:10]).all()


@pytest.mark.parametrize("name", DRAWN)
def test_no_two_layers_and_no_two_seeds_share_a_stream(name):
    network = Network(6, (Layer(6, "tanh"), Layer(6, "tanh")))
    drawn = [own.weights.tobytes() for seed in range(3) for own in initialize(network, name, seed)]
    assert len(set(drawn)) == 6


def test_parameters_cannot_be_written_to():
    for own in filled(initialize(Network(2, (Layer(2, "tanh"),)), "zeros", 0)):
        with pytest.raises(ValueError, match="read-only"):
            own.weights[0, 0] = 1.0
        with pytest.raises(ValueError, match="read-only"):
            own.biases[0] = 1.0
