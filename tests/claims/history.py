"""Claims of the lesson about 1986."""

from functools import lru_cache
from itertools import combinations, product

import numpy as np

from app.engine.network import forward
from app.engine.symmetry import NETWORK, find, patterns, start, sweep
from app.lessons.values import VALUES
from tests.claims.claim import Claim

LESSON, TEACH = "where-it-came-from", "/teach"
STARTS = 8


@lru_cache(maxsize=32)
def learned(seed: int, sweeps: int = 6000):
    return sweep(start(seed), sweeps).state.parameters


def solved(seed: int = 22):
    return find(learned(seed))


def sums(sizes) -> list[int]:
    return sorted(
        sum(one for one, bit in zip(sizes, bits, strict=True) if bit) for bits in product((0, 1), repeat=len(sizes))
    )


def all_different(sizes) -> bool:
    return len(set(sums(sizes))) == 2 ** len(sizes)


def patterns_are_counted(bits: int = 6) -> bool:
    read = [bits_ == bits_[::-1] for bits_ in product((0, 1), repeat=bits)]
    return len(read) == VALUES["symmetry_patterns"]() and sum(read) == VALUES["symmetric"]()


def saying_no_costs(answer: float = 0.0) -> bool:
    off = np.full(64, answer)
    targets = patterns().targets[:, 0]
    cost = 0.5 * ((off - targets) ** 2).sum()
    return (
        cost == VALUES["symmetry_plateau"]() and ((off > 0.5) == (targets > 0.5)).sum() == VALUES["not_symmetric"]()
    )


def under_the_surface_weights_grow(early: int = 200, late: int = 1000) -> bool:
    """On the plateau the loss hardly falls and the weights grow, in most starts."""
    grown = []
    for seed in range(STARTS):
        one, other = (sweep(start(seed), sweeps).state.parameters for sweeps in (early, late))
        losses = [find(each).loss for each in (one, other)]
        sizes = [np.linalg.norm(each[0].weights) for each in (one, other)]
        grown.append(sizes[1] > 1.02 * sizes[0] and losses[0] - losses[1] < 2.0 and find(one).right < 64)
    return sum(grown) >= STARTS / 2 and late > early


def at_the_thousandth_sweep_nearly_none_has_solved_it(sweeps: int = 1000) -> bool:
    return sum(find(learned(seed, sweeps)).right == 64 for seed in range(STARTS)) <= STARTS / 4


def mirrored_weights_are_opposite(seed: int = 22) -> bool:
    return all(unit.mismatch < 0.05 and unit.bias < 0.0 for unit in solved(seed).units)


def of_a_symmetric_pattern_only_the_bias_is_left(pattern=(1, 0, 1, 1, 0, 1)) -> bool:
    return all(abs(unit.weights @ np.array(pattern)) < 0.05 * np.abs(unit.weights).sum() for unit in solved().units)


def signs_are_exchanged(unit: int = 1) -> bool:
    """Two units with all signs exchanged: any other pattern wakes one of them, and one alone is awake for half."""
    parameters = learned(22)
    one, other = (parameters[0].weights[0], parameters[0].weights[unit])
    z = forward(NETWORK, parameters, patterns().inputs)[0].z
    is_symmetric = patterns().targets[:, 0] > 0.5
    awake = z > 0.0
    return bool(
        (np.sign(one) == -np.sign(other)).all()
        and awake[~is_symmetric].any(axis=1).all()
        and not awake[is_symmetric].any()
        and awake[~is_symmetric, 0].sum() == (~is_symmetric).sum() / 2
    )


def equal_sizes_would_be_fooled(sizes=(1, 1, 1)) -> bool:
    weights = np.array([*sizes, *(-size for size in sizes[::-1])])
    return weights @ np.array([1, 0, 0, 1, 0, 0]) == 0


def coins_pay_every_sum_in_one_way(coins=(1, 2, 4)) -> bool:
    return sums(coins) == list(range(8))


def the_other_sums(sizes=(2, 3, 4)) -> bool:
    return sums(sizes) == [0, 2, 3, 4, 5, 6, 7, 9]


def just_these_two(most: int = 4) -> bool:
    return [sizes for sizes in combinations(range(1, most + 1), 3) if all_different(sizes)] == [
        (1, 2, 4),
        (2, 3, 4),
    ]


def one_row_of_three_fits(rows=((1, 2, 3, 4), (1, 2, 4, 8), (2, 4, 6, 8))) -> bool:
    return [all_different(row) for row in rows] == [False, True, False]


def three_five_six_seven(sizes=(3, 5, 6, 7)) -> bool:
    return all_different(sizes)


def at_most_three_is_impossible(most: int = 3) -> bool:
    return not any(all_different(sizes) for sizes in combinations(range(1, most + 1), 3))


def the_other_ratio_is_rarer(starts: int = 16) -> bool:
    found = [find(learned(seed)).outcome for seed in range(starts)]
    return 0 < found.count("234") < found.count("124") / 2


CLAIMS = [
    Claim(
        "64 patterns",
        LESSON,
        "Six inputs, each 0 or 1, make {=symmetry_patterns} patterns.",
        "Шесть входов, на каждом 0 или 1, — всего {=symmetry_patterns} узора.",
        patterns_are_counted,
        {"bits": 5},
    ),
    Claim(
        "saying no to everything",
        LESSON,
        "That is right {=not_symmetric} times out of {=symmetry_patterns}, and costs {=symmetry_plateau}.",
        "Это верно в {=not_symmetric} случаях из {=symmetry_patterns} и стоит {=symmetry_plateau}.",
        saying_no_costs,
        {"answer": 1.0},
    ),
    Claim(
        "under the surface the weights grow",
        LESSON,
        "Under the surface the weights grow",
        "В глубине веса растут",
        under_the_surface_weights_grow,
        {"early": 1000, "late": 200},
    ),
    Claim(
        "at the thousandth sweep",
        LESSON,
        "Whoever stops at the thousandth sweep reports to *Nature* that it does not work.",
        "Кто остановится на тысячной эпохе, сообщит в *Nature*, что метод не работает.",
        at_the_thousandth_sweep_nearly_none_has_solved_it,
        {"sweeps": 4000},
    ),
    Claim(
        "opposite in all three pairs",
        LESSON,
        "Opposite: all three pairs, in both units.",
        "Противоположные: во всех трёх парах, у обоих нейронов.",
        mirrored_weights_are_opposite,
    ),
    Claim(
        "only the bias is left",
        LESSON,
        "of a symmetric pattern nothing is left but the bias, which is below 0.",
        "от симметричного узора остаётся одно смещение, а оно меньше 0.",
        of_a_symmetric_pattern_only_the_bias_is_left,
        {"pattern": (1, 0, 1, 0, 0, 1)},
    ),
    Claim(
        "two units, all signs exchanged",
        LESSON,
        "So there are two, with all signs exchanged: any pattern that is not symmetric wakes one of them",
        "Поэтому их два, и все знаки у второго обратные: любой несимметричный узор разбудит одного из двух",
        signs_are_exchanged,
        {"unit": 0},
    ),
    Claim(
        "100100 would fool equal sizes",
        LESSON,
        "Were all three sizes the same, then the pattern 100100 would fool it",
        "Будь все три величины равны, сеть обманул бы узор 100100",
        equal_sizes_would_be_fooled,
        {"sizes": (1, 2, 4)},
    ),
    Claim(
        "coins of 1, 2 and 4",
        LESSON,
        "Think of coins of 1, 2 and 4: each sum from 0 to 7 can be paid in one way only.",
        "Представьте монеты в 1, 2 и 4: любую сумму от 0 до 7 можно набрать ими только одним способом.",
        coins_pay_every_sum_in_one_way,
        {"coins": (1, 2, 3)},
    ),
    Claim(
        "sums of 2 : 3 : 4",
        LESSON,
        "The sums of the left halves are 0, 2, 3, 4, 5, 6, 7 and 9 now",
        "Суммы левых половин теперь 0, 2, 3, 4, 5, 6, 7 и 9",
        the_other_sums,
        {"sizes": (1, 2, 4)},
    ),
    Claim(
        "just these two triples",
        LESSON,
        "Of all triples of whole numbers up to 4 just these two have eight different sums.",
        "Из всех троек целых чисел не больше 4 восемь разных сумм дают только эти две.",
        just_these_two,
        {"most": 5},
    ),
    Claim(
        "it is the rarer one",
        LESSON,
        "It is the rarer one",
        "Такие попадаются реже",
        the_other_ratio_is_rarer,
    ),
    Claim(
        "coins go on doubling",
        LESSON,
        "In the first row 1 and 2 make 3, in the last 2 and 4 make 6: two halves with one sum",
        "В первом ряду 1 и 2 дают 3, в последнем 2 и 4 дают 6: у двух половин одна сумма",
        one_row_of_three_fits,
        {"rows": ((1, 2, 3, 4), (1, 2, 4, 8), (2, 4, 7, 8))},
    ),
    Claim(
        "3, 5, 6 and 7",
        LESSON,
        "By the way, 3, 5, 6 and 7 would do, too.",
        "Кстати, подошли бы и 3, 5, 6 и 7.",
        three_five_six_seven,
        {"sizes": (3, 4, 6, 7)},
    ),
    Claim(
        "at most 3 is impossible",
        LESSON,
        "With whole numbers of at most 3 that is impossible",
        "С целыми числами не больше 3 не выйдет",
        at_most_three_is_impossible,
        {"most": 4},
    ),
    Claim(
        "what a unit makes of 100100",
        LESSON + TEACH,
        "Give all three pairs the same size. What does the unit make of 100100?",
        "100100",
        equal_sizes_would_be_fooled,
        {"sizes": (2, 3, 4)},
    ),
]
