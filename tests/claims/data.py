"""Claims of what is said of the data sets."""

import numpy as np

from app.engine import datasets
from app.engine.network import forward
from tests.claims.claim import MESSAGES, Claim
from tests.claims.runs import changed, preset_run, trained


def line_is_found(name: str = "line", slope: float = 0.8, shift: float = -0.3) -> bool:
    found = datasets.examples(name, samples=400, noise=0.02, seed=1)
    table = np.column_stack([found.inputs, np.ones(400)])
    return np.allclose(np.linalg.lstsq(table, found.values, rcond=None)[0].ravel(), [slope, shift], atol=0.01)


def plane_is_found(second: float = -0.4) -> bool:
    found = datasets.examples("plane", samples=400, noise=0.02, seed=1)
    table = np.column_stack([found.inputs, np.ones(400)])
    solved = np.linalg.lstsq(table, found.values, rcond=None)[0].ravel()
    return np.allclose(solved, [0.6, second, 0.1], atol=0.01)


def one_whole_wave(periods: float = 1.0) -> bool:
    found = datasets.examples("sine", samples=400, noise=0.0, seed=1)
    is_wave = np.allclose(found.values.ravel(), np.sin(np.pi * found.inputs.ravel()))
    return is_wave and np.isclose(np.ptp(found.inputs) / 2.0, periods, atol=0.05)


def digits_are_ink_on_paper(side: int = 8) -> bool:
    found = datasets.examples("digits", samples=500, seed=0)
    corner = found.inputs.reshape(-1, 8, 8)[:, 0, 0]
    return (
        found.inputs.shape[1] == side**2
        and found.inputs.min() == 0.0
        and found.inputs.max() == 1.0 > corner.mean() * 10
    )


def a_disc_inside_a_ring(name: str = "circles") -> bool:
    found = datasets.examples(name, samples=200, noise=0.0, seed=0)
    far = np.linalg.norm(found.inputs, axis=1)
    groups = [far[found.values == value] for value in (0, 1)]
    return max(groups[0]) < min(groups[1]) or max(groups[1]) < min(groups[0])


def tips_inside_each_other(name: str = "moons") -> bool:
    """Each moon has points within the box of the other, and no straight line parts them."""
    found = datasets.examples(name, samples=200, noise=0.0, seed=0)
    groups = [found.inputs[found.values == value] for value in (0, 1)]
    inside = []
    for own, other in (groups, groups[::-1]):
        low, high = other.min(axis=0), other.max(axis=0)
        inside.append(((own > low) & (own < high)).all(axis=1).any())
    return all(inside) and not one_line_parts(name)


def one_line_parts(name: str) -> bool:
    data = {"dataset": name, "samples": 200, "noise": 0.0, "seed": 0}
    task, run = trained(changed("moons", data=data, hidden=[], rate=1.0), 3000)
    answers = forward(task.network, run.state.parameters, task.examples.inputs)[-1].a
    return bool(((answers > 0.5) == (task.examples.targets > 0.5)).all())


def straight_lines_part_blobs(name: str = "blobs") -> bool:
    task, run = preset_run(name, 300)
    answers = forward(task.network, run.state.parameters, task.examples.inputs)[-1].a
    return len(task.network.layers) == 1 and bool(
        (answers.argmax(axis=1) == task.examples.targets.argmax(axis=1)).mean() > 0.97
    )


def gate_answers(name: str, *answers: int) -> bool:
    found = datasets.examples(name)
    table = {tuple(x): int(y) for x, y in zip(found.inputs.tolist(), found.values.ravel().tolist(), strict=True)}
    return [table[a, b] for a in (0.0, 1.0) for b in (0.0, 1.0)] == list(answers)


def patterns_read_the_same(bits: int = 6) -> bool:
    found = datasets.examples("symmetry")
    same = [(row == row[::-1]).all() for row in found.inputs]
    return found.inputs.shape == (2**bits, bits) and found.values.ravel().astype(bool).tolist() == same


def blank_or_a_dog(paper: float = 1.0) -> bool:
    """Without grain, a picture of the class 0 is white all over, and one of the class 1 is not."""
    found = datasets.examples("dogs", samples=100, noise=0.0, seed=3)
    is_blank = (found.inputs == paper).all(axis=1)
    return bool((is_blank == (found.values.ravel() == 0)).all())


def arms_wind_about_each_other(name: str = "spiral") -> bool:
    """In every direction from the middle both classes are met."""
    found = datasets.examples(name, samples=400, noise=0.0, seed=0)
    sector = np.floor(np.arctan2(found.inputs[:, 1], found.inputs[:, 0]) / (np.pi / 4))
    classes = found.values.ravel()
    return len(set(sector)) == 8 and all(len(set(classes[sector == one])) == 2 for one in set(sector))


def the_example_of_the_lesson(target: float = 0.99) -> bool:
    found = datasets.examples("worked")
    return found.inputs.tolist() == [[0.05, 0.1]] and found.values.ravel().tolist() == [0.01, target]


CLAIMS = [
    Claim(
        "data: a line",
        MESSAGES,
        "Points about the line y = 0.8·x − 0.3, which one neuron can find.",
        "Точки вокруг прямой y = 0,8·x − 0,3: её найдёт и один нейрон.",
        line_is_found,
        {"slope": 0.7},
    ),
    Claim(
        "data: a plane",
        MESSAGES,
        "Points about the plane y = 0.6·x1 − 0.4·x2 + 0.1, which one neuron with two inputs can find.",
        "Точки вокруг плоскости y = 0,6·x₁ − 0,4·x₂ + 0,1: её найдёт и один нейрон с двумя входами.",
        plane_is_found,
        {"second": 0.4},
    ),
    Claim(
        "data: one whole wave",
        MESSAGES,
        "Points about one whole wave of y = sin(π·x).",
        "Точки вокруг одной полной волны y = sin(π·x).",
        one_whole_wave,
        {"periods": 2.0},
    ),
    Claim(
        "data: digits",
        MESSAGES,
        "on 8 × 8 pixels (0 is paper, 1 is ink).",
        "на сетке 8 × 8 пикселей (0 — бумага, 1 — чернила).",
        digits_are_ink_on_paper,
        {"side": 7},
    ),
    Claim(
        "data: a disc inside a ring",
        MESSAGES,
        "A disc of one class inside a ring of the other.",
        "Круг одного класса внутри кольца другого.",
        a_disc_inside_a_ring,
        {"name": "moons"},
    ),
    Claim(
        "data: moons",
        MESSAGES,
        "Two half moons, each with its tip inside the other.",
        "Два полумесяца: каждый заходит рогом внутрь другого.",
        tips_inside_each_other,
        {"name": "circles"},
    ),
    Claim(
        "data: blobs",
        MESSAGES,
        "Clouds of points, one for each class, that straight lines can part.",
        "Сгустки точек, по одному на класс: разделить их можно прямыми.",
        straight_lines_part_blobs,
        {"name": "digits"},
    ),
    Claim(
        "data: and",
        MESSAGES,
        "The answer is 1 when both inputs are 1.",
        "Ответ 1, если оба входа равны 1.",
        lambda name="and": gate_answers(name, 0, 0, 0, 1),
        {"name": "or"},
    ),
    Claim(
        "data: or",
        MESSAGES,
        "The answer is 1 when at least one input is 1.",
        "Ответ 1, если хотя бы один вход равен 1.",
        lambda name="or": gate_answers(name, 0, 1, 1, 1),
        {"name": "and"},
    ),
    Claim(
        "data: xor",
        MESSAGES,
        "The answer is 1 when the inputs differ, which no single neuron can tell.",
        "Ответ 1, если входы разные; в одиночку нейрону это не под силу.",
        lambda name="xor": gate_answers(name, 0, 1, 1, 0),
        {"name": "or"},
    ),
    Claim(
        "data: symmetry",
        MESSAGES,
        "All 64 patterns of six bits; the answer is 1 when the pattern reads the same from both ends.",
        "Все 64 набора из шести битов; ответ 1, если набор одинаково читается слева направо и справа налево.",
        patterns_read_the_same,
        {"bits": 5},
    ),
    Claim(
        "data: dogs",
        MESSAGES,
        "Pictures that are blank white (0) or have a dog, or part of one, drawn on them (1).",
        "Картинки: либо чистый белый лист (0), либо на нём нарисована собака, хотя бы её часть (1).",
        blank_or_a_dog,
        {"paper": 0.0},
    ),
    Claim(
        "data: spiral",
        MESSAGES,
        "Arms that wind about each other",
        "Рукава, закрученные один вокруг другого",
        arms_wind_about_each_other,
        {"name": "blobs"},
    ),
    Claim(
        "data: the worked example",
        MESSAGES,
        "The single example that the lesson on backpropagation works through by hand.",
        "Тот самый единственный пример, который в уроке об обратном распространении ошибки разбирают вручную.",
        the_example_of_the_lesson,
        {"target": 0.9},
    ),
]
