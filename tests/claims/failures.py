"""Claims of the lesson about networks that do not learn."""

from itertools import pairwise

import numpy as np

from app.api.presets import PRESETS
from app.engine.activations import ACTIVATIONS
from app.engine.chain import count_multiplications
from app.engine.fast_training import train
from app.engine.initializers import initialize
from app.engine.network import Layer, LayerBackward, LayerParameters, Network, Objective, backward, forward
from app.engine.sabotage import plant, worst_error
from app.engine.training import Examples, OptimizerChoice, Plan, Task, first_state
from tests.claims.claim import Claim
from tests.claims.runs import changed, loss, right, task_of, trained

LESSON, TEACH = "when-it-does-not-learn", "/teach"


def backward_of(task: Task, parameters) -> tuple[LayerBackward, ...]:
    with np.errstate(all="ignore"):
        passed = forward(task.network, parameters, task.examples.inputs)
        return backward(task.network, parameters, passed, task.examples.targets, task.objective)


def norms(name: str) -> list[float]:
    task, start = task_of(PRESETS[name].experiment)
    return [
        float(np.hypot(np.linalg.norm(back.dW), np.linalg.norm(back.db)))
        for back in backward_of(task, start.parameters)
    ]


def steepest(activation: str) -> float:
    z = np.linspace(-8.0, 8.0, 3201)[:, None]
    row = ACTIVATIONS[activation]
    return float(np.abs(np.diff(row.function(z)[:, 0]) / np.diff(z[:, 0])).max())


def a_quarter_at_most(activation: str = "sigmoid") -> bool:
    return steepest(activation) <= 0.25


def tanh_passes_all_relu_all_or_nothing(activation: str = "tanh") -> bool:
    z = np.array([[-2.0], [-0.1], [0.1], [3.0]])
    relu = ACTIVATIONS["relu"]
    slopes = np.diff(relu.function(np.concatenate([z, z + 0.01], axis=1)), axis=1) / 0.01
    return 0.99 < steepest(activation) <= 1.0 and np.allclose(slopes[:, 0], [0.0, 0.0, 1.0, 1.0])


def after_seven_layers_next_to_nothing(name: str = "vanishing") -> bool:
    found = norms(name)
    return len(found) >= 7 and found[0] < 1e-3 * found[-1]


def each_layer_enlarges_what_comes_back(name: str = "exploding") -> bool:
    task, start = task_of(PRESETS[name].experiment)
    sizes = [np.linalg.norm(back.da) for back in backward_of(task, start.parameters)[:-1]]
    return all(before > after for before, after in pairwise(sizes)) and len(sizes) > 5


def after_three_steps_no_number_fits(**fields) -> bool:
    _, run = trained(changed("exploding", **fields), 50)
    return run.stopped == "diverged" and run.diverged_at == 3


def neither_larger_nor_smaller(name: str = "he_normal", activation: str = "relu") -> bool:
    """Through ten layers of 100 units, the size of what goes forward stays within a factor of 4 on average."""
    network = Network(100, tuple(Layer(100, activation) for _ in range(10)))
    x = np.random.default_rng(0).normal(size=(50, 100))
    sizes = [
        np.sqrt(np.mean(forward(network, initialize(network, name, seed), x)[-1].a ** 2)) for seed in range(10)
    ]
    return 0.25 < np.mean(sizes) < 4.0


def dead_units_never_learn(activation: str = "relu") -> bool:
    task, run = trained(changed("dead", activation=activation), 1000)
    _, start = task_of(PRESETS["dead"].experiment)
    moved = np.abs(run.state.parameters[0].weights - start.parameters[0].weights).max()
    back = backward_of(task, run.state.parameters)[0]
    return moved == 0.0 and not back.dW.any()


def equal_units_remain_equal(seed_of: str = "constant") -> bool:
    initializer = {"name": seed_of, "seed": 7} | ({"value": 0.5} if seed_of == "constant" else {})
    task, run = trained(changed("equal", initializer=initializer), 2000)
    weights = run.state.parameters[0].weights
    return bool((weights == weights[0]).all()) and right(task, run.state.parameters) == 3


def inputs_of_different_size_make_a_ravine(scaled: bool = False) -> bool:
    inputs = np.array(PRESETS["unscaled"].experiment["data"]["inputs"])
    if scaled:
        inputs = (inputs - inputs.mean(axis=0)) / inputs.std(axis=0)
    table = np.column_stack([inputs, np.ones(len(inputs))])
    bends = np.linalg.eigvalsh(table.T @ table)
    return bends[-1] > 1000 * bends[0]


def unscaled_learns_slowly(rate: float = 1e-4, optimizer: str = "sgd") -> bool:
    _, run = trained(changed("unscaled", optimizer={"name": optimizer, "learning_rate": rate}), 3000, 1500)
    first, middle, last = (frame.loss for frame in run.frames)
    return last < middle < first and 0.25 < last < 0.3


def a_mistake_may_learn_nearly_as_well(bug: str = "updated_weights") -> bool:
    """With updated weights in the backward pass, XOR is learned all the same."""
    task, start = task_of(PRESETS["xor"].experiment)
    parameters, rate = start.parameters, 0.5
    for _ in range(1500):
        passed = forward(task.network, parameters, task.examples.inputs)
        back = backward(task.network, parameters, passed, task.examples.targets, task.objective)
        new = LayerParameters(parameters[1].weights - rate * back[1].dW, parameters[1].biases - rate * back[1].db)
        through = new if bug == "updated_weights" else LayerParameters(-new.weights, new.biases)
        wrong = backward(task.network, (parameters[0], through), passed, task.examples.targets, task.objective)[0]
        first = LayerParameters(parameters[0].weights - rate * wrong.dW, parameters[0].biases - rate * wrong.db)
        parameters = (first, new)
    return loss(task, parameters) < 0.1


def the_check_takes_two_passes_a_weight(passes: int = 2) -> bool:
    task, _ = task_of(PRESETS["xor"].experiment)
    sizes = [layer.units * fan_in for layer, fan_in in zip(task.network.layers, task.network.fan_ins, strict=True)]
    costs = count_multiplications(task.network, task.objective, 1)
    return costs.nudging == passes * task.network.parameter_count * sum(sizes)


def one_mistake_in_one_layer(place: int = 0) -> bool:
    """Behind the layer of the mistake every gradient passes the check; at the layer itself some do not."""
    for seed in range(10):
        case = plant(seed)
        behind = [worst_error(case.check, layer) for layer in range(case.layer + 1 - place, len(case.came_back))]
        if worst_error(case.check, case.layer) < 1e-3 or max(behind, default=0.0) > 1e-5:
            return False
    return True


def an_error_through_two_sigmoids(factor: float = 1.0) -> bool:
    a1, a2, w2, w3, error = 0.6, 0.7, 0.9, -0.8, 0.5
    network = Network(1, (Layer(1, "sigmoid"), Layer(1, "sigmoid"), Layer(1, "identity")))
    inverse = lambda a: np.log(a / (1.0 - a))  # noqa: E731
    b2 = inverse(a2) - w2 * a1
    parameters = tuple(
        LayerParameters(np.array([[w]]), np.array([b])) for w, b in ((0.0, inverse(a1)), (w2, b2), (w3, 0.0))
    )
    passed = forward(network, parameters, np.array([[1.0]]))
    target = passed[-1].a - error
    back = backward(network, parameters, passed, target, Objective("half_squared_error"))
    wanted = error * w3 * a2 * (1 - a2) * w2 * a1 * (1 - a1)
    return np.isclose(back[0].delta[0, 0], factor * wanted)


def the_broken_are_as_told(layers: int = 7) -> bool:
    """Seven hidden layers of sigmoids; ReLUs; four hidden units of equal weights; an area and a number of rooms."""
    hidden = {
        name: row.experiment["network"]["layers"][:-1] for name, row in PRESETS.items() if row.group == "broken"
    }
    kinds = {name: {layer["activation"] for layer in own} for name, own in hidden.items()}
    return (
        len(hidden) == 5
        and (len(hidden["vanishing"]), kinds["vanishing"]) == (layers, {"sigmoid"})
        and kinds["dead"] == {"relu"}
        and [layer["units"] for layer in hidden["equal"]] == [4]
        and PRESETS["unscaled"].experiment["network"]["inputs"] == 2
    )


def nearly_one_is_flat(says: float = 0.95) -> bool:
    z = np.array([[np.log(says / (1.0 - says))]])
    return ACTIVATIONS["sigmoid"].derivative(z, np.array([[says]]))[0, 0] < 0.25 / 4


def behind_another_layer_a_dead_unit_may_come_back(layer: int = 1, steps: int = 5) -> bool:
    """1→ReLU 2→ReLU 2→1 towards y = 16x: the second unit of the second layer is dead at first, and then alive."""
    network = Network(1, (Layer(2, "relu"), Layer(2, "relu"), Layer(1, "identity")))
    parameters = (
        LayerParameters(np.array([[1.0], [1.0]]), np.zeros(2)),
        LayerParameters(np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, -5.0])),
        LayerParameters(np.array([[1.0, 1.0]]), np.zeros(1)),
    )
    if layer == 0:
        parameters = (LayerParameters(np.array([[1.0], [1.0]]), np.array([0.0, -5.0])), *parameters[1:])
    x = np.array([[0.5], [1.0], [1.5]])
    task = Task(
        network,
        Examples(x, 16.0 * x),
        Objective("half_squared_error"),
        OptimizerChoice("sgd", {"learning_rate": 0.01}),
    )
    frames = train(task, first_state(parameters, "sgd"), Plan(200, record_every=1)).frames
    dead = [bool((forward(network, frame.state.parameters, x)[layer].z[:, 1] <= 0.0).all()) for frame in frames]
    return dead[:3] == [True] * 3 and not dead[steps]


CLAIMS = [
    Claim(
        "a sigmoid's slope is a quarter at most",
        LESSON,
        "The slope of a sigmoid is a quarter at most",
        "Наклон сигмоиды — самое большее четверть",
        a_quarter_at_most,
        {"activation": "tanh"},
    ),
    Claim(
        "after seven layers next to nothing is left",
        LESSON,
        "After seven layers next to nothing is left",
        "После семи слоёв не остаётся почти ничего",
        after_seven_layers_next_to_nothing,
        {"name": "exploding"},
    ),
    Claim(
        "tanh lets through all, ReLU all or nothing",
        LESSON,
        "A tanh lets through up to all of it, a ReLU all of it or nothing.",
        "Tanh пропускает самое большее всё, ReLU — либо всё, либо ничего.",
        tanh_passes_all_relu_all_or_nothing,
        {"activation": "sigmoid"},
    ),
    Claim(
        "after three steps there are no numbers",
        LESSON,
        "and after three steps there are no numbers left.",
        "через три шага чисел уже не остаётся.",
        after_three_steps_no_number_fits,
        {"rate": 0.0001},
    ),
    Claim(
        "each layer enlarges what comes back",
        LESSON,
        "weights so large that each layer enlarges what comes back.",
        "веса так велики, что каждый слой увеличивает то, что идёт назад.",
        each_layer_enlarges_what_comes_back,
        {"name": "vanishing"},
    ),
    Claim(
        "first weights keep the size",
        LESSON,
        "The first weights are drawn so that on average a layer makes it neither larger nor smaller. That is all there is"
        " behind the names Xavier and He.",
        "Первые веса берут такими, чтобы слой в среднем не увеличивал и не уменьшал. Вот и всё, что стоит за именами"
        " Xavier и He.",
        neither_larger_nor_smaller,
        {"name": "xavier_normal"},
    ),
    Claim(
        "equal weights remain equal",
        LESSON,
        "Equal weights have equal gradients, and remain equal for ever.",
        "У равных весов равные градиенты, и равными они останутся навсегда.",
        equal_units_remain_equal,
        {"seed_of": "xavier_uniform"},
    ),
    Claim(
        "inputs of different sizes make a ravine",
        LESSON,
        "Inputs of very different sizes make a ravine, and no single rate suits both of its directions.",
        "Когда входы очень разной величины, получается овраг, и одна скорость не подходит обоим его направлениям.",
        inputs_of_different_size_make_a_ravine,
        {"scaled": True},
    ),
    Claim(
        "it does learn, but slowly",
        LESSON,
        "It does learn, but slowly: after 3000 steps its loss is still above a quarter.",
        "Она учится, но медленно: после 3000 шагов её ошибка всё ещё больше четверти.",
        unscaled_learns_slowly,
        {"rate": 0.1, "optimizer": "adam"},
    ),
    Claim(
        "two forward passes for every weight",
        LESSON,
        "Because it takes two forward passes for every weight.",
        "На каждый вес нужно два прямых прохода.",
        the_check_takes_two_passes_a_weight,
        {"passes": 1},
    ),
    Claim(
        "one mistake in one layer",
        LESSON,
        "Here somebody has planted one mistake in one layer.",
        "Здесь кто-то подложил одну ошибку в один слой.",
        one_mistake_in_one_layer,
        {"place": 1},
    ),
    Claim(
        "a mistake may learn nearly as well",
        LESSON,
        "or, worst of all, nearly as well as it should.",
        "или — хуже всего — учится почти как надо.",
        a_mistake_may_learn_nearly_as_well,
        {"bug": "turned_sign"},
    ),
    Claim(
        "an error through two sigmoids",
        LESSON,
        "What is the error $\\delta_1$ at the first?",
        "Чему равна ошибка первого, $\\delta_1$?",
        an_error_through_two_sigmoids,
        {"factor": 0.999},
    ),
    Claim(
        "a larger rate does nothing to a gradient of 0",
        LESSON + TEACH,
        "What does a larger rate do to a gradient of 0?",
        "Что большая скорость сделает с градиентом, который равен нулю?",
        dead_units_never_learn,
        {"activation": "leaky_relu"},
    ),
    Claim(
        "five broken networks",
        LESSON,
        "Here are five broken networks.",
        "Вот пять больных сетей.",
        the_broken_are_as_told,
        {"layers": 6},
    ),
    Claim(
        "a sure neuron's curve is flat",
        LESSON + TEACH,
        "A neuron that says nearly 1 is sure. Is its curve steep there or flat?",
        "Нейрон, который отвечает почти единицу, уверен. Его кривая в этом месте крутая или пологая?",
        nearly_one_is_flat,
        {"says": 0.6},
    ),
    Claim(
        "behind another layer it may come back",
        LESSON,
        "Behind another layer it may come back to life, because what it gets still changes.",
        "За другим слоем он может и ожить: то, что в него приходит, ещё меняется.",
        behind_another_layer_a_dead_unit_may_come_back,
        {"layer": 0, "steps": 200},
    ),
    Claim(
        "in the first layer it stays dead",
        LESSON,
        "In the first layer, and without a penalty, a unit that died stays dead, unless its bias starts elsewhere or its"
        " activation leaks a little.",
        "В первом слое и без штрафа умерший нейрон так и останется мёртвым, если только не начать с другого смещения или"
        " не взять функцию, которая немного протекает.",
        dead_units_never_learn,
        {"activation": "leaky_relu"},
    ),
]
