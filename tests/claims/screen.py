"""Claims of what the lab and its pages say of gradients, steps and conventions."""

import numpy as np

from app.engine.expression import backward as back_through
from app.engine.expression import forward as walk_forward
from app.engine.network import LayerParameters, Objective, loss_of
from app.engine.optimizers import OPTIMIZERS
from app.engine.parsing import parse
from tests.claims.chains import worked
from tests.claims.claim import MESSAGES, Claim
from tests.claims.runs import changed, preset_run, trained, walk


def a_bias_has_the_error_itself(layer: int = 1, of: int = 1) -> bool:
    _, _, _, back = worked()
    return np.allclose(back[layer].db, back[of].delta[0])


def gradient(text: str, **given: float) -> dict[str, float]:
    graph = parse(text, most_nodes=50, most_depth=20)
    found = back_through(graph, walk_forward(graph, given)).gradients
    return {node.name: found[index] for index, node in enumerate(graph.nodes) if node.name is not None}


def corner_is_taken_as_nought(function: str = "abs", at: float = 0.0) -> bool:
    return gradient(f"{function}(x)", x=at)["x"] == 0.0


def each_gets_half(other: float = 2.0) -> bool:
    return gradient("max(a, b)", a=2.0, b=other) == {"a": 0.5, "b": 0.5}


def subtraction_keeps_few_digits(nudge: float = 1e-5) -> bool:
    task, start, _, back = worked()
    first, last = start.parameters

    def at(value: float) -> float:
        weights = first.weights.copy()
        weights[0, 0] = value
        moved = (LayerParameters(weights, first.biases), last)
        return loss_of(task.network, moved, task.examples.inputs, task.examples.targets, task.objective)

    own = float(first.weights[0, 0])
    found = (at(own + nudge) - at(own - nudge)) / (2.0 * nudge)
    error = abs(found / back[0].dW[0, 0] - 1.0)
    return 1e-14 < error < 1e-5


def one_step_lands_in_the_minimum(rate: float = 1.0) -> bool:
    """The bend of the parabola is 1: with 1/λ it arrives at once, at 2/λ it begins to fly away."""
    lands = walk("parabola", rate, 1).points[1, 0] == 0.0
    return lands and walk("parabola", 2.001, 60).is_growing and not walk("parabola", 1.999, 60).is_growing


def not_the_limit_of_momentum(name: str = "momentum") -> bool:
    return walk("parabola", 2.2, 2000, name=name).outcome == "converged"


def penalties_leave_biases_out(half: float = 0.5) -> bool:
    task, start, _, _ = worked()
    plain, with_both = (
        loss_of(
            task.network,
            start.parameters,
            task.examples.inputs,
            task.examples.targets,
            Objective("half_squared_error", l1=l1, l2=l2),
        )
        for l1, l2 in ((0.0, 0.0), (0.3, 0.2))
    )
    weights = np.concatenate([own.weights.ravel() for own in start.parameters])
    return np.isclose(with_both - plain, 0.3 * np.abs(weights).sum() + half * 0.2 * (weights**2).sum())


def momentum_is_as_in_torch(keeps: float = 0.9) -> bool:
    row = OPTIMIZERS["momentum"]
    w, g, v = np.array([1.0]), np.array([0.5]), np.array([2.0])
    after, _ = row.update(w, g, (v,), {"learning_rate": 0.1, "momentum": 0.9}, 1)
    return np.allclose(after, w - 0.1 * (keeps * v + g))


def mean_over_examples(reduction: str = "mean") -> bool:
    task, run = preset_run("xor", 20)
    network, batch = task.network, task.examples
    whole = loss_of(
        network, run.state.parameters, batch.inputs, batch.targets, Objective(task.objective.loss, reduction)
    )
    each = [
        loss_of(network, run.state.parameters, batch.inputs[k : k + 1], batch.targets[k : k + 1], task.objective)
        for k in range(4)
    ]
    return np.isclose(whole, np.mean(each))


def goes_down_by_rate_times_gradient(rate: float = 0.5) -> bool:
    task, start, _, back = worked()
    after = trained(changed("worked"), 1)[1].state.parameters
    moved = after[0].weights - start.parameters[0].weights
    return task.optimizer.settings["learning_rate"] == 0.5 and np.allclose(moved, -rate * back[0].dW)


def with_no_gradient_it_stays(slope: float = 0.0) -> bool:
    w = np.array([1.0])
    after, _ = OPTIMIZERS["sgd"].update(w, np.array([slope]), (), {"learning_rate": 0.5}, 1)
    return bool((after == w).all())


CLAIMS = [
    Claim(
        "a bias has the error itself",
        MESSAGES,
        "A bias is a weight on an input that is always 1, so its gradient is [[the error itself]].",
        "Смещение — это вес на входе, который всегда равен 1, поэтому его градиент — [[сам сигнал ошибки]].",
        a_bias_has_the_error_itself,
        {"of": 0},
    ),
    Claim(
        "abs at 0",
        MESSAGES,
        "At exactly 0 abs has a corner; its derivative there is taken as 0.",
        "Ровно в 0 у abs излом; производной там считают 0.",
        corner_is_taken_as_nought,
        {"at": 1e-9},
    ),
    Claim(
        "relu at 0",
        MESSAGES,
        "At exactly 0 relu has a corner; its derivative there is taken as 0.",
        "Ровно в 0 у relu излом; производной там считают 0.",
        lambda at=0.0: corner_is_taken_as_nought("relu", at),
        {"at": 1e-9},
    ),
    Claim(
        "both get half",
        MESSAGES,
        "Both values are equal, so each of them gets half of the gradient.",
        "Оба значения равны, и каждому достаётся половина градиента.",
        each_gets_half,
        {"other": 2.001},
    ),
    Claim(
        "nudging keeps few digits",
        MESSAGES,
        "two nearly equal losses keep few of their 16 digits when subtracted.",
        "когда вычитают два почти равных числа, от их 16 цифр остаётся немного.",
        subtraction_keeps_few_digits,
        {"nudge": 3.0},
    ),
    Claim(
        "1/λ lands in the minimum",
        MESSAGES,
        "That is 1 ∕ λ: with it one step lands right in the minimum. It begins to fly away at twice that.",
        "Это 1 ∕ λ: с такой скоростью один шаг попадает точно в минимум. Улетать он начинает при вдвое большей.",
        one_step_lands_in_the_minimum,
        {"rate": 0.99},
    ),
    Claim(
        "2/η is not the limit of momentum",
        MESSAGES,
        "2/η is the limit of plain gradient descent, not of this optimizer.",
        "2/η — предел обычного градиентного спуска, а не этого оптимизатора.",
        not_the_limit_of_momentum,
        {"name": "sgd"},
    ),
    Claim(
        "penalties leave biases out",
        MESSAGES,
        "λ₁ Σ|w| + ½ λ₂ Σw², biases left out",
        "λ₁ Σ|w| + ½ λ₂ Σw², без смещений",
        penalties_leave_biases_out,
        {"half": 1.0},
    ),
    Claim(
        "momentum as in torch.optim",
        MESSAGES,
        "<code>v ← μv + g</code>, then <code>w ← w − ηv</code>",
        "<code>v ← μv + g</code>, затем <code>w ← w − ηv</code>",
        momentum_is_as_in_torch,
        {"keeps": 0.1},
    ),
    Claim(
        "a batch's loss is the mean",
        MESSAGES,
        "the mean over its examples; the sum can be chosen",
        "среднее по его примерам; можно выбрать и сумму",
        mean_over_examples,
        {"reduction": "sum"},
    ),
    Claim(
        "with a gradient of 0 it stays",
        MESSAGES,
        "The gradient is 0, and so is the step: [[it stays]].",
        "Градиент равен 0, а с ним и шаг: [[оставляем как есть]].",
        with_no_gradient_it_stays,
        {"slope": 1e-9},
    ),
    Claim(
        "it goes down by the rate times the gradient",
        MESSAGES,
        "The gradient is positive: more of this means more loss. So [[it goes down]], by the learning rate times the gradient.",
        "Градиент положительный: увеличим — ошибка вырастет. Значит, [[уменьшаем]] — на скорость обучения, умноженную на"
        " величину градиента.",
        goes_down_by_rate_times_gradient,
        {"rate": 1.0},
    ),
    Claim(
        "a pocket calculator is enough",
        MESSAGES,
        "The first network is small enough to be checked with a pocket calculator.",
        "Первая сеть так мала, что её можно проверить на карманном калькуляторе.",
        lambda most=12: worked()[0].network.parameter_count <= most,
        {"most": 8},
    ),
]
