"""Claims of the lessons about training and the lab."""

import numpy as np

from app.api.presets import PRESETS
from app.engine.flat import flatten
from app.engine.network import backward, forward
from app.engine.training import batch_of
from app.lessons.lesson import course
from tests.claims.claim import CONTENT, MESSAGES, README, Claim
from tests.claims.runs import changed, loss, preset_run, right, task_of, trained, walk

TRAINING, LANDSCAPE, LAB, TEACH = "training", "the-landscape", "the-lab", "/teach"


def trained_xor_is_right(steps: int = 200) -> bool:
    task, run = preset_run("xor", steps)
    return right(task, run.state.parameters) == 4


def roughness(losses) -> float:
    """Return the share of steps after which the loss of the next batch is higher."""
    return float((np.diff(losses) > 0.0).mean())


def spiral_is_rough_and_falls(name: str = "spiral") -> bool:
    _, run = preset_run(name, 1000)
    losses = np.array(run.losses)
    return roughness(losses) > 0.3 and losses[-100:].mean() < 0.8 * losses[:100].mean()


def others_are_smooth(most: float = 0.0) -> bool:
    return all(roughness(np.array(preset_run(name, 200)[1].losses)) <= most for name in ("xor", "moons"))


def twenty_steps_for_the_price_of_one(size: int = 10) -> bool:
    task, _ = task_of(PRESETS["spiral"].experiment)
    assert task.batching.size == 10
    return len(task.examples.inputs) == 200 and len(task.examples.inputs) / size == 20.0


def a_batch_takes_the_mean_of_the_votes(weight: float = 1.0) -> bool:
    task, start = task_of(PRESETS["spiral"].experiment)
    batch = batch_of(task.examples, task.batching, 0)

    def gradient(inputs, targets):
        passed = forward(task.network, start.parameters, inputs)
        return backward(task.network, start.parameters, passed, targets, task.objective)[0].dW

    votes = [gradient(batch.inputs[k : k + 1], batch.targets[k : k + 1]) for k in range(len(batch.inputs))]
    return len(votes) == 10 and np.allclose(gradient(batch.inputs, batch.targets), weight * np.mean(votes, axis=0))


def same_to_the_last_bit(seed: int = 7) -> bool:
    experiment = changed("xor", initializer={"name": "xavier_uniform", "seed": seed})
    one, other = (trained(each, 300)[1] for each in (PRESETS["xor"].experiment, experiment))
    return flatten(one.state.parameters).tobytes() == flatten(other.state.parameters).tobytes()


def another_seed_another_end(seeds: tuple[int, ...] = (0, 1, 2, 3)) -> bool:
    ends = set()
    for seed in seeds:
        experiment = changed("xor", hidden=[2], initializer={"name": "xavier_uniform", "seed": seed})
        task, run = trained(experiment, 3000)
        ends.add(right(task, run.state.parameters))
    return len(ends) > 1


def adams_first_step_is_the_rate_itself(name: str = "adam") -> bool:
    """Whatever the gradients are: those of the first layer of the moons differ a hundredfold."""
    task, start = task_of(changed("moons", optimizer={"name": name, "learning_rate": 0.5}))
    run = trained(changed("moons", optimizer={"name": name, "learning_rate": 0.5}), 1)[1]
    moved = np.abs(flatten(run.state.parameters) - flatten(start.parameters))
    passed = forward(task.network, start.parameters, task.examples.inputs)
    back = backward(task.network, start.parameters, passed, task.examples.targets, task.objective)
    slopes = np.abs(np.concatenate([np.concatenate([one.dW.ravel(), one.db]) for one in back]))
    return bool(slopes.max() > 100.0 * slopes.min() and np.allclose(moved, 0.5, rtol=1e-3))


def plain_descent_steps_are_rate_times_gradient(rate: float = 0.5) -> bool:
    run = walk("ravine", rate, 1)
    return np.allclose(run.moves[0], -0.5 * run.gradients[0])


def another_start_another_winner(seeds: tuple[int, ...] = (1, 2)) -> bool:
    """With the rate of plain descent Adam has the lower loss after 60 steps from some starts, and not from others."""
    won = set()
    for seed in seeds:
        initializer = {"name": "xavier_uniform", "seed": seed}
        ends = []
        for name in ("sgd", "adam"):
            optimizer = {"name": name, "learning_rate": 0.5}
            task, run = trained(changed("moons", optimizer=optimizer, initializer=initializer), 60)
            ends.append(loss(task, run.state.parameters))
        won.add(ends[1] < ends[0])
    return won == {True, False}


def more_layers_of_sigmoids_are_harder(activation: str = "sigmoid") -> bool:
    ends = []
    for hidden in ([6], [6, 6, 6, 6]):
        task, run = trained(changed("moons", hidden=hidden, activation=activation), 1000)
        ends.append(loss(task, run.state.parameters))
    return ends[1] > 1.3 * ends[0]


PROGRAM = """
import numpy as np
draws = np.random.default_rng(1)
x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
y = np.array([[0], [1], [1], [0]])
w1, b1 = draws.normal(size=(2, 4)), np.zeros(4)
w2, b2 = draws.normal(size=(4, 1)), np.zeros(1)
for step in range(2000):
    a1 = np.tanh(x @ w1 + b1)
    a2 = 1 / (1 + np.exp(-(a1 @ w2 + b2)))
    loss = -np.mean(y * np.log(a2) + (1 - y) * np.log(1 - a2))
    delta2 = (a2 - y) / len(x)
    delta1 = delta2 @ w2.T * (1 - a1 ** 2)
    w2 -= 0.5 * a1.T @ delta2
    b2 -= 0.5 * delta2.sum(axis=0)
    w1 -= 0.5 * x.T @ delta1
    b1 -= 0.5 * delta1.sum(axis=0)
"""


def thirty_lines_are_enough(without: str = "~") -> bool:
    lines = [line for line in PROGRAM.strip().split("\n") if without not in line]
    names: dict = {}
    exec("\n".join(lines), names)  # noqa: S102 - the program stands above
    return len(lines) <= 30 and names["loss"] < 0.05


def small_batches_come_farther(size: int = 10) -> bool:
    """After twenty epochs of the spiral, ten at a time have come farther than all at once."""
    whole = changed("spiral", batch={"size": None, "shuffle": False, "seed": 0})
    few = changed("spiral", batch={"size": size, "shuffle": True, "seed": 0})
    ends = []
    for experiment, steps in ((whole, 20), (few, 20 * 200 // size)):
        task, run = trained(experiment, steps)
        ends.append(loss(task, run.state.parameters))
    return ends[1] < ends[0] - 0.02


def lessons_take_about_ten_minutes(minutes: float = 10.0) -> bool:
    found = [lesson.pages["en"].minutes for lesson in course([CONTENT]).lessons]
    return len(found) == 14 and all(abs(one - minutes) <= 5 for one in found) and abs(np.mean(found) - minutes) < 2


CLAIMS = [
    Claim(
        "the batch takes the mean of the votes",
        TRAINING,
        "Each example in it votes for how every weight should change, and the batch takes the mean of the votes.",
        "Каждый пример в нём голосует за то, как измениться каждому весу, а пакет берёт среднее всех голосов.",
        a_batch_takes_the_mean_of_the_votes,
        {"weight": 10.0},
    ),
    Claim(
        "XOR is learned",
        TRAINING,
        "Train XOR until all four answers are right.",
        "Обучайте сеть XOR, пока все четыре ответа не станут верными.",
        trained_xor_is_right,
        {"steps": 5},
    ),
    Claim(
        "rough, and falling all the same",
        TRAINING,
        "Rough, and falling all the same",
        "Неровной, но всё-таки падающей",
        spiral_is_rough_and_falls,
        {"name": "xor"},
    ),
    Claim(
        "smooth, like the others",
        TRAINING,
        "Smooth, like the others",
        "Гладкой, как и раньше",
        others_are_smooth,
        {"most": -1.0},
    ),
    Claim(
        "twenty steps for the price of one",
        TRAINING,
        "twenty steps for the price of one",
        "двадцать шагов по цене одного",
        twenty_steps_for_the_price_of_one,
        {"size": 20},
    ),
    Claim(
        "the same to the last digit on one computer",
        TRAINING,
        "Here it is, to the last digit, as long as the same computer does the sums",
        "Здесь — да, до последней цифры, пока считает один и тот же компьютер",
        same_to_the_last_bit,
        {"seed": 8},
    ),
    Claim(
        "another seed, often another end",
        TRAINING,
        "Another seed gives another start, and often another end.",
        "Другое зерно — другое начало, а нередко и другой конец.",
        another_seed_another_end,
        {"seeds": (0, 0)},
    ),
    Claim(
        "another start, another optimizer ahead",
        LAB,
        "from other first weights it may be the other way round",
        "с другими первыми весами всё бывает и наоборот",
        another_start_another_winner,
        {"seeds": (2,)},
    ),
    Claim(
        "Adam's first step is the rate itself",
        LAB,
        "with Adam the first step is the rate itself, however small the gradient.",
        "а у Adam первый шаг — это сама скорость, как бы мал ни был градиент.",
        adams_first_step_is_the_rate_itself,
        {"name": "sgd"},
    ),
    Claim(
        "a step of plain descent",
        LAB,
        "with plain descent a step is the rate times the gradient",
        "у обычного спуска шаг — это скорость, умноженная на градиент",
        plain_descent_steps_are_rate_times_gradient,
        {"rate": 0.4},
    ),
    Claim(
        "more layers of sigmoids are harder to train",
        LAB,
        "More layers can do more, and are harder to train. With sigmoids in all of them, you have seen what happens.",
        "Чем больше слоёв, тем больше сеть умеет и тем труднее её учить. Что бывает, если во всех сигмоиды, вы уже видели.",
        more_layers_of_sigmoids_are_harder,
        {"activation": "tanh"},
    ),
    Claim(
        "thirty lines of Python",
        LAB,
        "takes some thirty lines of Python",
        "это строк тридцать на Python",
        thirty_lines_are_enough,
        {"without": "w1 -="},
    ),
    Claim(
        "thirty people see the same numbers",
        README,
        "thirty people on one server see the same numbers, to the last digit",
        None,
        same_to_the_last_bit,
        {"seed": 8},
    ),
    Claim(
        "small batches come farther",
        TRAINING + TEACH,
        "How many steps does one pass over the data give with a batch of ten? And with all of them? Who has come farther by then?",
        "Сколько шагов даёт один проход по данным, если в пакете десять примеров? А если все? Кто к этому времени ушёл дальше?",
        small_batches_come_farther,
        {"size": 200},
    ),
    Claim(
        "a link opens the same numbers",
        MESSAGES,
        "The link is copied: it opens the same numbers, to the last bit.",
        "Ссылка скопирована: она откроет те же числа, бит в бит.",
        same_to_the_last_bit,
        {"seed": 8},
    ),
    Claim(
        "about ten minutes",
        MESSAGES,
        "Each lesson takes about ten minutes",
        "Урок занимает минут десять",
        lessons_take_about_ten_minutes,
        {"minutes": 20.0},
    ),
]
