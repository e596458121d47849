"""Claims of the examples of the lab, and of the data sets."""

import numpy as np

from app.api.presets import PRESETS
from app.engine.curvature import bend
from app.engine.network import backward, forward
from tests.claims.claim import MESSAGES, Claim
from tests.claims.runs import changed, loss, preset_run, right, task_of, trained


def one_example_eight_weights(name: str = "worked") -> bool:
    task, start = task_of(PRESETS[name].experiment)
    return len(task.examples.inputs) == 1 and sum(own.weights.size for own in start.parameters) == 8


def one_neuron_is_enough(name: str = "and") -> bool:
    task, run = preset_run(name, 600)
    return len(task.network.layers) == 1 and right(task, run.state.parameters) == 4


def only_one_corner_answers_no(name: str = "or") -> bool:
    task, _ = task_of(PRESETS[name].experiment)
    return (task.examples.targets == 0.0).sum() == 1


def without_hidden_layer_the_loss_is_stuck(hidden: tuple[int, ...] = ()) -> bool:
    task, run = trained(changed("xor", hidden=list(hidden)), 3000)
    return np.isclose(loss(task, run.state.parameters), np.log(2.0), atol=1e-3)


def signs_exchanged_turn_and_into_nand(sign: float = -1.0) -> bool:
    task, run = preset_run("and", 600)
    (own,) = run.state.parameters
    z = task.examples.inputs @ (sign * own.weights).T + sign * own.biases
    nand, _ = task_of(PRESETS["nand"].experiment)
    return bool(((z > 0.0) == (nand.examples.targets > 0.5)).all())


def moons_higher_rate_is_sooner_until_it_is_not(high: float = 2.0, far: float = 60.0) -> bool:
    def end(rate: float) -> float:
        task, run = trained(changed("moons", rate=rate), 400)
        found = loss(task, run.state.parameters)
        return found if np.isfinite(found) else np.inf

    return end(high) < end(0.5) < end(far)


def a_circle_from_squares(features: tuple[str, ...] = ("x1^2", "x2^2")) -> bool:
    data = {**PRESETS["circles"].experiment["data"], "features": list(features)}
    task, run = trained(changed("circles", data=data), 2000)
    return len(task.network.layers) == 1 and right(task, run.state.parameters) == 120


def three_shares_of_one_whole(divided: bool = True) -> bool:
    """δ of each output is its answer minus its target, divided by the number of examples."""
    task, start = task_of(PRESETS["blobs"].experiment)
    passed = forward(task.network, start.parameters, task.examples.inputs)
    back = backward(task.network, start.parameters, passed, task.examples.targets, task.objective)
    answers = passed[-1].a
    count = len(answers) if divided else 1
    return bool(
        np.allclose(answers.sum(axis=1), 1.0)
        and np.allclose(back[-1].delta, (answers - task.examples.targets) / count)
    )


def ten_of_two_hundred(size: int = 10) -> bool:
    task, _ = task_of(PRESETS["spiral"].experiment)
    return task.batching.size == size and len(task.examples.inputs) == 200


def eight_bends_make_a_wave(units: int = 8) -> bool:
    task, run = trained(changed("sine", hidden=[units]), 1000)
    return loss(task, run.state.parameters) < 0.03


def three_times_the_rate_jumps(factor: float = 3.0) -> bool:
    _, run = trained(changed("sine", rate=0.1 * factor), 1000)
    return bool((np.diff(run.losses[100:]) > 0.0).any())


def sharpness_meets_the_limit_and_stays(rate: float = 0.2) -> bool:
    task, run = trained(changed("edge", rate=rate), 2000, 100)
    found = [
        bend(task.network, frame.state.parameters, task.examples, task.objective).sharpness for frame in run.frames
    ]
    shares = np.array(found) * 0.2 / 2.0
    return bool(shares[0] < 0.6 and ((shares[10:] > 0.85) & (shares[10:] < 1.2)).all())


def six_neurons_find_the_dogs(units: int = 6) -> bool:
    task, run = preset_run("dogs", 600)
    return task.network.layers[0].units == units and right(task, run.state.parameters) >= 196


def digits_are_learned_by_heart(steps: int = 2000) -> bool:
    """The loss goes on falling, that of the test has been lower before; one digit in five is kept."""
    task, run = preset_run("digits", steps, steps // 10)
    tests = [frame.test_loss for frame in run.frames]
    assert task.test is not None
    is_fifth = len(task.test.inputs) * 4 == len(task.examples.inputs)
    falls = run.frames[-1].loss < 0.5 * run.frames[3].loss
    best = tests.index(min(tests))
    return is_fifth and falls and best < len(tests) - 1 and run.frames[best].loss < 0.05


def sizes_of_1986(ratio: tuple[float, ...] = (1.0, 2.0, 4.0)) -> bool:
    task, run = preset_run("symmetry", 2000)
    weights = run.state.parameters[0].weights
    sizes = np.sort(np.abs(weights[:, :3]), axis=1)
    return bool(
        np.allclose(weights[:, :3], -weights[:, :2:-1], rtol=0.05)
        and np.allclose(sizes / sizes[:, :1], ratio, rtol=0.05)
        and right(task, run.state.parameters) == 64
    )


def every_circuit_of_nand(name: str = "nand") -> bool:
    """NOT, AND, OR and XOR are made of it."""
    task, _ = task_of(PRESETS[name].experiment)
    table = {
        tuple(x): int(y)
        for x, y in zip(task.examples.inputs.tolist(), task.examples.targets[:, 0].tolist(), strict=True)
    }
    gate = lambda a, b: table[float(a), float(b)]  # noqa: E731
    for a in (0, 1):
        if gate(a, a) != 1 - a:
            return False
        for b in (0, 1):
            middle = gate(a, b)
            made = (gate(middle, middle), gate(gate(a, a), gate(b, b)), gate(gate(a, middle), gate(b, middle)))
            if made != (a & b, a | b, a ^ b):
                return False
    return True


def spiral_is_the_hardest(name: str = "spiral") -> bool:
    """The same network with the same settings is slowest on it, of the two-class sets in the plane."""
    ends = {}
    for each in ("moons", "circles", "spiral"):
        data = {"dataset": each, "samples": 200, "noise": 0.02, "seed": 0}
        task, run = trained(changed("spiral", data=data), 1000)
        ends[each] = loss(task, run.state.parameters)
    return max(ends, key=lambda one: ends[one]) == name


CLAIMS = [
    Claim(
        "worked: one example, eight weights",
        MESSAGES,
        "One example, eight weights, every number",
        "Один пример, восемь весов и все числа до единого",
        one_example_eight_weights,
        {"name": "xor"},
    ),
    Claim(
        "and: one neuron is enough",
        MESSAGES,
        "One neuron is enough: its line parts the one corner where both inputs are 1.",
        "Хватит и одного нейрона: его прямая отсекает единственный угол, где оба входа равны 1.",
        one_neuron_is_enough,
        {"name": "xor"},
    ),
    Claim(
        "or: only one corner answers 0",
        MESSAGES,
        "only one corner answers 0.",
        "ответ 0 — только в одном углу.",
        only_one_corner_answers_no,
        {"name": "and"},
    ),
    Claim(
        "xor: without its hidden layer",
        MESSAGES,
        "Take the hidden layer away and watch the loss get stuck.",
        "Уберите скрытый слой и посмотрите, как ошибка застрянет на месте.",
        without_hidden_layer_the_loss_is_stuck,
        {"hidden": (4,)},
    ),
    Claim(
        "nand: signs exchanged",
        MESSAGES,
        "AND turned about: the same neuron with its signs exchanged.",
        "То же «И», вывернутое наизнанку: нейрон прежний, только все знаки обратные.",
        signs_exchanged_turn_and_into_nand,
        {"sign": 1.0},
    ),
    Claim(
        "moons: sooner, until it does not",
        MESSAGES,
        "a higher rate gets there sooner, until it does not.",
        "Чем больше скорость обучения, тем скорее получится, — до тех пор, пока не перестанет получаться вовсе.",
        moons_higher_rate_is_sooner_until_it_is_not,
        {"far": 0.6},
    ),
    Claim(
        "circles: one neuron draws a circle",
        MESSAGES,
        "Given x1² and x2², one neuron draws a circle. Given x1 and x2 it never will",
        "Дайте одному нейрону x₁² и x₂² — и он начертит окружность. С x₁ и x₂ он не сделает этого никогда",
        a_circle_from_squares,
        {"features": ("x1", "x2")},
    ),
    Claim(
        "blobs: δ of each output",
        MESSAGES,
        "For each, δ is its answer minus its target, divided by the number of examples.",
        "У каждого выхода δ — это его ответ минус его цель, делённые на число примеров.",
        three_shares_of_one_whole,
        {"divided": False},
    ),
    Claim(
        "spiral: 10 of the 200 examples",
        MESSAGES,
        "each step sees only 10 of the 200 examples.",
        "каждый шаг видит только 10 примеров из 200.",
        ten_of_two_hundred,
        {"size": 20},
    ),
    Claim(
        "sine: eight bends",
        MESSAGES,
        "Eight bends add up to one wave. Take units away and see when it no longer follows",
        "Восемь изгибов складываются в одну волну. Убавляйте нейроны и смотрите, когда волна перестанет получаться",
        eight_bends_make_a_wave,
        {"units": 1},
    ),
    Claim(
        "sine: three times the rate",
        MESSAGES,
        "at three times the rate the loss begins to jump.",
        "при втрое большей скорости ошибка начнёт скакать.",
        three_times_the_rate_jumps,
        {"factor": 1.0},
    ),
    Claim(
        "edge: sharpness meets 2/η",
        MESSAGES,
        "the sharpness rises until it meets 2/η, and there it stays.",
        "крутизна изгиба растёт, пока не дойдёт до 2/η, и там остаётся.",
        sharpness_meets_the_limit_and_stays,
        {"rate": 0.03},
    ),
    Claim(
        "dogs: six neurons",
        MESSAGES,
        "six neurons find by themselves.",
        "шесть нейронов находят сами.",
        six_neurons_find_the_dogs,
        {"units": 5},
    ),
    Claim(
        "digits: learned by heart",
        MESSAGES,
        "One digit in five is kept for testing.",
        "Каждая пятая цифра отложена на тест.",
        digits_are_learned_by_heart,
        {"steps": 200},
    ),
    Claim(
        "symmetry: sizes 1 : 2 : 4",
        MESSAGES,
        "mirrored bits get opposite weights, of sizes 1 : 2 : 4",
        "зеркальные биты получают противоположные веса, по величине 1 : 2 : 4",
        sizes_of_1986,
        {"ratio": (2.0, 3.0, 4.0)},
    ),
    Claim(
        "every circuit of NAND",
        MESSAGES,
        "every circuit can be built of it.",
        "из таких элементов собирается любая схема.",
        every_circuit_of_nand,
        {"name": "or"},
    ),
    Claim(
        "the spiral is the hardest",
        MESSAGES,
        "the hardest of the sets in the plane.",
        "самый трудный из наборов на плоскости.",
        spiral_is_the_hardest,
        {"name": "moons"},
    ),
]
