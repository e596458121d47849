"""Claims of the lessons about the chain rule and backpropagation."""

from math import prod

import numpy as np

from app.api.presets import PRESETS
from app.engine.chain import Place, chain, count_multiplications
from app.engine.expression import backward, forward
from app.engine.flat import flatten, unflatten
from app.engine.losses import LOSSES
from app.engine.network import LayerParameters, loss_of
from app.engine.network import backward as network_backward
from app.engine.network import forward as network_forward
from app.engine.parsing import parse
from app.engine.training import take_step
from app.lessons.faded import pass_of
from app.lessons.values import VALUES, written
from tests.claims.claim import Claim
from tests.claims.runs import task_of

CHAIN, BACK, TEACH = "the-chain-rule", "backpropagation", "/teach"


def gradients(text: str, **given: float) -> dict[str, float]:
    """Return the derivative of a formula by each of its names, by the engine of the instrument."""
    graph = parse(text, most_nodes=200, most_depth=50)
    found = backward(graph, forward(graph, given)).gradients
    return {node.name: found[index] for index, node in enumerate(graph.nodes) if node.name is not None}


def difference(function, at: float, h: float = 1e-6) -> float:
    return (function(at + h) - function(at - h)) / (2 * h)


def cogwheels(first: float = 3.0) -> bool:
    return gradients(f"2*({first:g}*x)", x=1.0)["x"] == 6.0


def slopes_of_the_chain_multiply(with_relu: bool = True) -> bool:
    x, w_in, w_out, y = 1.5, 0.8, 0.5, 1.0
    answer = max(x * w_in, 0.0) * w_out
    slopes = [2.0 * (answer - y), w_out, float(with_relu), x]
    found = gradients("(relu(x*w_in)*w_out - y)^2", x=x, w_in=w_in, w_out=w_out, y=y)["w_in"]
    central = difference(lambda w: (max(x * w, 0.0) * w_out - y) ** 2, w_in)
    return np.isclose(prod(slopes), found) and np.isclose(found, central)


def below_zero_nothing_comes_back(w_in: float = -0.8) -> bool:
    given = {"x": 1.5, "w_in": w_in, "w_out": 0.5, "y": 1.0}
    return (
        gradients("(relu(x*w_in)*w_out - y)^2", **given)["w_in"] == 0.0
        and (max(1.5 * w_in, 0.0) * 0.5 - 1.0) ** 2 > 0
    )


def where_paths_meet_they_add(v2: float = -0.2) -> bool:
    found = gradients("relu(w*x)*v1 + relu(w*x)*v2", w=0.75, x=2.0, v1=0.5, v2=v2)["w"]
    return np.isclose(found, (0.5 + -0.2) * 2.0)


def repeated_is_computed_once(text: str = "relu(w*x)*v1 + relu(w*x)*v2") -> bool:
    graph = parse(text, most_nodes=200, most_depth=50)
    labels = [node.label for node in graph.nodes]
    return len(labels) == len(set(labels)) and sum(node.operation == "relu" for node in graph.nodes) == 1


def forward_needs_a_sweep_for_every_weight(backward_sweeps: int = 1) -> bool:
    """Forward, the derivative by one weight is known at the end; backward, those by all of them."""
    given = {"w": 0.75, "x": 2.0, "v1": 0.5, "v2": -0.2}
    text = "relu(w*x)*v1 + relu(w*x)*v2"
    names = gradients(text, **given)

    def value(**changed: float) -> float:
        graph = parse(text, most_nodes=200, most_depth=50)
        return forward(graph, {**given, **changed}).values[-1]

    by_hand = {name: difference(lambda at, name=name: value(**{name: at}), given[name]) for name in given}
    return (
        backward_sweeps == 1 and all(np.isclose(names[name], by_hand[name]) for name in given) and len(names) == 4
    )


# Backpropagation


def worked():
    task, start = task_of(PRESETS["worked"].experiment)
    passed = network_forward(task.network, start.parameters, task.examples.inputs)
    back = network_backward(task.network, start.parameters, passed, task.examples.targets, task.objective)
    return task, start, passed, back


def gradient_is_what_came_in_times_the_error(layer: int = 0, other: int = 0) -> bool:
    _, _, passed, back = worked()
    return np.allclose(back[layer].dW, np.outer(back[layer].delta[0], passed[other].x[0]))


def error_of_the_layer_before(with_slope: bool = True) -> bool:
    _, start, passed, back = worked()
    sums = start.parameters[1].weights.T @ back[1].delta[0]
    slope = passed[0].a[0] * (1.0 - passed[0].a[0]) if with_slope else 1.0
    return np.allclose(back[0].delta[0], sums * slope)


def paths_add_up(listed: int = 50) -> bool:
    task, start, _, back = worked()
    step = take_step(task.network, task.examples, task.objective, task.optimizer, start)
    found = chain(task.network, task.objective, step, Place(0, 0, 0), max_paths=listed)
    return np.isclose(sum(path.contribution for path in found.paths), back[0].dW[0, 0])


def prices(**wanted: int) -> bool:
    """Compare the prices that the lesson says with those counted by hand; see tests/engine/test_chain.py."""
    by_hand = {
        "one_pass": 4 + 4,
        "price_of_sweep": 8 + 8 + 4 + 4,
        "price_of_nudging": 8 * 2 * 8,
        "price_of_paths": 8 + 4 * 2 * 4 + 4 * 1 * 2,
    } | wanted
    return all(VALUES[name]() == value for name, value in by_hand.items()) and (
        by_hand["price_of_sweep"] < by_hand["price_of_paths"] < by_hand["price_of_nudging"]
    )


def two_or_three_passes(low: float = 2.0, high: float = 3.2) -> bool:
    """Of every example of the lab, forward and backward together cost as much as two to three forward passes."""
    shares = []
    for row in PRESETS.values():
        task, _ = task_of(row.experiment)
        network = task.network
        sizes = [layer.units * fan_in for layer, fan_in in zip(network.layers, network.fan_ins, strict=True)]
        costs = count_multiplications(network, task.objective, 1)
        shares.append(costs.backpropagation / sum(sizes))
    return low <= min(shares) and max(shares) <= high and costs.nudging > costs.backpropagation


def sigmoid_slope(at: float = 0.7) -> bool:
    def sigmoid(z: float) -> float:
        return float(1.0 / (1.0 + np.exp(-z)))

    return np.isclose(difference(sigmoid, at), sigmoid(at) * (1.0 - sigmoid(0.7)))


def half_square_slope(factor: float = 1.0) -> bool:
    prediction, target = np.array([[0.7]]), np.array([[0.2]])
    derivative = LOSSES["half_squared_error"].derivative(prediction, target)
    return np.isclose(derivative[0, 0], factor * 0.5)


def published_loss_is_that_of_the_slip(published: str = "0.291027924") -> bool:
    """The text printed 0.291027924 after the first step, and outputs of 0.015912196 and 0.984065734 after 10,000."""
    sigmoid = lambda z: 1.0 / (1.0 + np.exp(-z))  # noqa: E731
    x, y = np.array([0.05, 0.1]), np.array([0.01, 0.99])

    def walked(steps: int, is_mistaken: bool):
        first, last = np.array([[0.15, 0.2], [0.25, 0.3]]), np.array([[0.4, 0.45], [0.5, 0.55]])
        for _ in range(steps):
            h = sigmoid(first @ x + 0.35)
            o = sigmoid(last @ h + 0.6)
            delta = (o - y) * o * (1.0 - o)
            new = last - 0.5 * np.outer(delta, h)
            hidden = ((new if is_mistaken else last).T @ delta) * h * (1.0 - h)
            first, last = first - 0.5 * np.outer(hidden, x), new
        return sigmoid(last @ sigmoid(first @ x + 0.35) + 0.6)

    def loss(o) -> float:
        return float(0.5 * ((o - y) ** 2).sum())

    after = {name: written(VALUES[name](), "en", 9) for name in ("worked_loss", "worked_loss_of_slip")}
    return (
        f"{loss(walked(1, True)):.9f}" == after["worked_loss_of_slip"] == published
        and f"{loss(walked(1, False)):.9f}" == after["worked_loss"] == "0.291027774"
        and [f"{one:.9f}" for one in walked(10_000, True)] == ["0.015912196", "0.984065734"]
        and [f"{one:.9f}" for one in walked(10_000, False)] != ["0.015912196", "0.984065734"]
    )


def the_slip_changes_gradients_and_hardly_the_loss(is_slip: bool = True) -> bool:
    made = pass_of(0)
    slip, right = (made.mistaken if is_slip else made.step).came_back[0].dW, made.step.came_back[0].dW
    loss, own = made.updated["loss_after"], made.value("loss_after")
    before = made.value("loss")
    return abs(slip / right - 1.0).max() > 0.1 and (before - loss) > 0.999 * (before - own) > 0.0


def slip_is_no_gradient(mistaken: bool = True) -> bool:
    """Of a gradient the second derivatives do not depend on the order; those of the slip's numbers do."""
    task, start, _, _ = worked()
    network, batch, rate = task.network, task.examples, 0.5

    def field(vector):
        parameters = unflatten(vector, network)
        passed = network_forward(network, parameters, batch.inputs)
        back = network_backward(network, parameters, passed, batch.targets, task.objective)
        if mistaken:
            new = LayerParameters(parameters[1].weights - rate * back[1].dW, parameters[1].biases)
            wrong = network_backward(network, (parameters[0], new), passed, batch.targets, task.objective)
            back = (wrong[0], back[1])
        return flatten(tuple(LayerParameters(one.dW, one.db) for one in back))

    at, h = flatten(start.parameters), 1e-5
    table = np.array([(field(at + h * e) - field(at - h * e)) / (2 * h) for e in np.eye(at.size)])
    return np.abs(table - table.T).max() > 1e-4


def one_nudge_finds_a_mistake(factor: float = 0.999) -> bool:
    task, start, _, back = worked()
    up, down = (_nudged_loss(task, start, sign * 1e-5) for sign in (1, -1))
    found = (up - down) / 2e-5
    return abs(back[0].dW[0, 0] * factor / found - 1.0) > 1e-4


def _nudged_loss(task, start, nudge: float) -> float:
    vector = flatten(start.parameters)
    vector[0] += nudge
    return loss_of(
        task.network, unflatten(vector, task.network), task.examples.inputs, task.examples.targets, task.objective
    )


def an_error_is_not_parted_like_a_bill(equal: bool = False) -> bool:
    _, start, _, back = worked()
    sent = start.parameters[1].weights[0] * back[1].delta[0, 0]
    return np.isclose(sent.sum(), back[1].delta[0, 0]) == equal


CLAIMS = [
    Claim(
        "three cogwheels",
        CHAIN,
        "6 times, of course: 3 times 2.",
        "Конечно, 6: трижды два.",
        cogwheels,
        {"first": 4.0},
    ),
    Claim(
        "four slopes, one product",
        CHAIN,
        "Here are the four slopes, from the end to the beginning; their product is $\\partial L / \\partial w_{in}$.",
        "Вот все четыре наклона, с конца к началу; их произведение и есть $\\partial L / \\partial w_{in}$.",
        slopes_of_the_chain_multiply,
        {"with_relu": False},
    ),
    Claim(
        "not above 0 nothing gets through",
        CHAIN,
        "Where its input is not above 0 the ReLU lets nothing through forward, and its slope there is 0, so nothing gets through backward either.",
        "Где её вход не больше 0, ReLU ничего не пропускает вперёд, наклон там 0, и назад она тоже ничего не пропускает.",
        below_zero_nothing_comes_back,
        {"w_in": 0.01},
    ),
    Claim(
        "where paths meet they are added",
        CHAIN,
        "**Along a path slopes are multiplied; where paths meet they are added.**",
        "**Вдоль пути наклоны умножают; где пути сходятся — складывают.**",
        where_paths_meet_they_add,
        {"v2": -0.3},
    ),
    Claim(
        "computed once",
        CHAIN,
        "It is written twice, but there is only one of it: it is computed once, and two edges leave it.",
        "Написан он дважды, но сам он один: вычисляют его один раз, а выходят из него два ребра.",
        repeated_is_computed_once,
        {"text": "relu(w*x)*v1 + relu(x*w)*v2"},
    ),
    Claim(
        "one sweep serves all",
        CHAIN,
        "Backward, one sweep serves all of them, since all have the same loss at their end.",
        "Назад хватает одного прохода на всех, потому что в конце у всех одна и та же ошибка.",
        forward_needs_a_sweep_for_every_weight,
        {"backward_sweeps": 2},
    ),
    Claim(
        "a gradient is input times error",
        BACK,
        "the gradient of a weight is what came in, times the error at its neuron: $x \\cdot \\delta$",
        "градиент веса — это то, что в него вошло, умноженное на ошибку его нейрона: $x \\cdot \\delta$",
        gradient_is_what_came_in_times_the_error,
        {"other": 1},
    ),
    Claim(
        "the error of the layer before",
        BACK,
        "there, times the slope of the activation, it becomes the error of that layer.",
        "а там умножается на наклон функции активации — и становится ошибкой того слоя.",
        error_of_the_layer_before,
        {"with_slope": False},
    ),
    Claim(
        "paths add up to the gradient",
        BACK,
        "the card lists every path from this weight to the loss. They add up to its gradient",
        "перечислены все пути от этого веса к ошибке. В сумме они дают его градиент",
        paths_add_up,
        {"listed": 1},
    ),
    Claim(
        "prices of three methods",
        BACK,
        "{=price_of_paths} path by path, {=price_of_nudging} by nudging each weight, {=price_of_sweep} with one sweep"
        " forward and one backward.",
        "{=price_of_paths} — считать по каждому пути, {=price_of_nudging} — сдвигать каждый вес, {=price_of_sweep} — один"
        " раз пройти вперёд и назад.",
        prices,
        {"price_of_nudging": 192},
    ),
    Claim(
        "two or three forward passes",
        BACK,
        "the third takes about as long as two or three forward passes in all; here, where a pass takes {=one_pass}, it is"
        " exactly three.",
        "а третье занимает столько же времени, сколько два-три прямых прохода; здесь, где на проход уходит {=one_pass},"
        " ровно три.",
        two_or_three_passes,
        {"high": 2.5},
    ),
    Claim(
        "the slope of a sigmoid",
        BACK,
        "the slope of a sigmoid is $a(1 - a)$",
        "наклон сигмоиды равен $a(1 - a)$",
        sigmoid_slope,
        {"at": 0.6},
    ),
    Claim(
        "how far off is the slope of half the square",
        BACK,
        "How far off, times the slope of the activation, times the input.",
        "Насколько ошиблись, умножить на наклон функции активации, умножить на вход.",
        half_square_slope,
        {"factor": 2.0},
    ),
    Claim(
        "the published figures are those of the slip",
        BACK,
        "the text that made this example known says that the loss after the step is {=worked_loss_of_slip}. That is what"
        " the updated weights give; right is {=worked_loss}.",
        "в тексте, который прославил этот пример, ошибка после шага равна {=worked_loss_of_slip}. Это получается с"
        " обновлёнными весами; правильно — {=worked_loss}.",
        published_loss_is_that_of_the_slip,
        {"published": "0.291027774"},
    ),
    Claim(
        "the loss goes down almost as well",
        BACK,
        "the loss goes down almost as well",
        "функция потерь падает почти так же хорошо",
        the_slip_changes_gradients_and_hardly_the_loss,
        {"is_slip": False},
    ),
    Claim(
        "not the gradient of anything",
        BACK,
        "But what comes out is not the gradient of anything.",
        "Вот только эти числа — ничей не градиент.",
        slip_is_no_gradient,
        {"mistaken": False},
    ),
    Claim(
        "one nudge is enough",
        BACK,
        "one number of it is enough to catch a mistake.",
        "и одного такого числа хватает, чтобы поймать промах.",
        one_nudge_finds_a_mistake,
        {"factor": 1.0},
    ),
    Claim(
        "an error is not parted like a bill",
        BACK + TEACH,
        "Add up what goes back along the weights of one neuron. Is it the error again?",
        "Сложите всё, что уходит назад по весам одного нейрона. Получилась ли снова его ошибка?",
        an_error_is_not_parted_like_a_bill,
        {"equal": True},
    ),
]
