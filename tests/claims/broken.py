"""Claims of the examples that are broken."""

from app.api.presets import PRESETS
from tests.claims.claim import MESSAGES, Claim
from tests.claims.failures import dead_units_never_learn, equal_units_remain_equal
from tests.claims.runs import changed, loss, task_of, trained

LESSON, TEACH = "when-it-does-not-learn", "/teach"


def adam_at_a_tenth_mends_it(rate: float = 0.1) -> bool:
    task, run = trained(changed("unscaled", optimizer={"name": "adam", "learning_rate": rate}), 3000)
    return loss(task, run.state.parameters) < 0.05


def double_the_rate_and_it_flies(factor: float = 2.0) -> bool:
    _, run = trained(changed("unscaled", rate=1e-4 * factor), 1000)
    return run.stopped == "diverged"


def cured(name: str, is_cured: bool = True) -> bool:
    cures = {
        "vanishing": {"activation": "tanh"},
        "exploding": {"initializer": {"name": "he_normal", "seed": 1}},
        "dead": {"activation": "leaky_relu"},
        "equal": {"initializer": {"name": "xavier_uniform", "seed": 7}},
    }
    task, run = trained(changed(name, **(cures[name] if is_cured else {})), 1500)
    start = loss(task, task_of(PRESETS[name].experiment)[1].parameters)
    return run.stopped is None and loss(task, run.state.parameters) < 0.3 * start


def biases_at_zero_revive(bias: float = 0.0) -> bool:
    task, run = trained(changed("dead", initializer={"name": "he_normal", "bias": bias, "seed": 2}), 1000)
    return loss(task, run.state.parameters) < 0.3


CLAIMS = [
    Claim(
        "vanishing: tanh mends it",
        MESSAGES,
        "Choose tanh for all seven.",
        "Выберите Tanh для всех семи.",
        lambda **given: cured("vanishing", **given),
        {"is_cured": False},
    ),
    Claim(
        "exploding: He mends it",
        MESSAGES,
        "Choose He, normal.",
        "Выберите «He, нормальное».",
        lambda **given: cured("exploding", **given),
        {"is_cured": False},
    ),
    Claim(
        "dead: nothing will ever move them",
        MESSAGES,
        "nothing comes back, so nothing will ever move them.",
        "назад ничего не приходит, и сдвинуть их уже нечему.",
        dead_units_never_learn,
        {"activation": "leaky_relu"},
    ),
    Claim(
        "dead: biases at 0 mend it",
        MESSAGES,
        "Let the biases start at 0",
        "Пусть смещения начнут с 0",
        biases_at_zero_revive,
        {"bias": -3.0},
    ),
    Claim(
        "dead: Leaky ReLU mends it",
        MESSAGES,
        "or choose Leaky ReLU.",
        "или выберите «ReLU с утечкой».",
        lambda **given: cured("dead", **given),
        {"is_cured": False},
    ),
    Claim(
        "equal: one unit, four times",
        MESSAGES,
        "four units remain one unit, four times.",
        "четыре нейрона так и остаются одним, взятым четырежды.",
        equal_units_remain_equal,
        {"seed_of": "xavier_uniform"},
    ),
    Claim(
        "equal: Xavier mends it",
        MESSAGES,
        "Choose Xavier, uniform.",
        "Выберите «Xavier, равномерное».",
        lambda **given: cured("equal", **given),
        {"is_cured": False},
    ),
    Claim(
        "unscaled: double the rate",
        MESSAGES,
        "Double it and the loss flies away.",
        "Удвойте её — и ошибка улетит.",
        double_the_rate_and_it_flies,
        {"factor": 1.0},
    ),
    Claim(
        "unscaled: Adam at 0.1",
        MESSAGES,
        "Adam, at 0.1, gives each weight a rate of its own.",
        "Adam со скоростью 0,1 даёт каждому весу свою собственную.",
        adam_at_a_tenth_mends_it,
        {"rate": 1e-4},
    ),
]
