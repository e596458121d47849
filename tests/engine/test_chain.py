from collections import Counter
from dataclasses import replace
from itertools import pairwise, product
from math import fsum, prod

import numpy as np
import pytest

from app.engine.activations import ACTIVATIONS
from app.engine.chain import (
    Place,
    chain,
    count_multiplications,
    count_paths,
    is_one_step,
    listing_cost,
    one_layer_deeper,
)
from app.engine.initializers import initialize
from app.engine.losses import FUSED, LOSSES
from app.engine.network import Layer, LayerForward, Network, Objective, batch_loss, forward
from app.engine.training import Examples, OptimizerChoice, first_state, take_step
from tests.filled import filled

# Sizes, activations, loss: not fused, fused, softmax without its loss, one layer, and a hidden layer of one.
CASES = {
    "plain": ((3, 4, 2), ("tanh", "gelu", "identity"), "half_squared_error"),
    "sigmoid fused": ((4, 3, 2), ("silu", "tanh", "sigmoid"), "binary_cross_entropy"),
    "softmax fused": ((2, 3, 3), ("tanh", "softplus", "softmax"), "cross_entropy"),
    "softmax": ((3, 3), ("tanh", "softmax"), "huber"),
    "one layer": ((3,), ("tanh",), "mean_squared_error"),
    "narrow": ((2, 1, 2), ("tanh", "sigmoid", "tanh"), "mean_absolute_error"),
}


class Case:
    def __init__(self, name, draw_parameters, draw_targets, **objective):
        sizes, activations, loss = CASES[name]
        self.network = Network(2, tuple(map(Layer, sizes, activations)))
        draws = np.random.default_rng(1)
        self.examples = Examples(draws.normal(size=(3, 2)), draw_targets(loss, (3, sizes[-1]), draws))
        self.objective = Objective(loss, **objective)
        self.choice = OptimizerChoice("sgd", {"learning_rate": 0.1})
        self.start = first_state(draw_parameters(self.network, 4), "sgd")
        self.step = take_step(self.network, self.examples, self.objective, self.choice, self.start)

    def places(self):
        for layer, (own, fan_in) in enumerate(zip(self.network.layers, self.network.fan_ins, strict=True)):
            for unit in range(own.units):
                for source in (*range(fan_in), None):
                    yield Place(layer, unit, source)

    def chain(self, place, **how):
        return chain(self.network, self.objective, self.step, place, **how)

    def brute_force(self, place):
        """Return every path's contribution, by walking them one by one: {(example, units): contribution}."""
        found = {}
        step, network = self.step, self.network
        later = [range(layer.units) for layer in network.layers[place.layer + 1 :]]
        for example, *rest in product(range(3), *later):
            units = (place.unit, *rest)
            value = 1.0 if place.input is None else float(step.passed[place.layer].x[example, place.input])
            for depth, unit in enumerate(units[:-1]):
                index = place.layer + depth
                value *= float(step.came_back[index].derivative[example, unit])
                value *= float(self.start.parameters[index + 1].weights[units[depth + 1], unit])
            found[example, units] = value * float(step.came_back[-1].delta[example, units[-1]])
        return found


@pytest.fixture(scope="module")
def case_of(draw_parameters, draw_targets):
    return lambda name, **objective: Case(name, draw_parameters, draw_targets, **objective)


EVERY_CASE = pytest.mark.parametrize("name", CASES)


@EVERY_CASE
@pytest.mark.parametrize("max_paths", [1, 5, 50, 1000])
@pytest.mark.parametrize("objective", [{}, {"l1": 0.02, "l2": 0.3, "reduction": "sum"}], ids=["plain", "penalties"])
def test_the_contributions_add_up_to_the_gradient(case_of, name, max_paths, objective):
    case = case_of(name, **objective)
    for place in filled(case.places()):
        made = case.chain(place, max_paths=max_paths)
        listed = fsum(path.contribution for path in made.paths)
        assert listed + made.rest_contribution + made.penalty_gradient == pytest.approx(made.gradient, abs=1e-12)
        back = case.step.came_back[place.layer]
        expected = back.db[place.unit] if place.input is None else back.dW[place.unit, place.input]
        assert made.gradient == expected
        assert made.penalty_gradient + fsum(made.example_gradients.tolist()) == pytest.approx(expected, abs=1e-12)
        if not objective or place.input is None:
            assert made.penalty_gradient == 0.0
        else:
            w = float(case.start.parameters[place.layer].weights[place.unit, place.input])
            assert made.penalty_gradient == pytest.approx(0.02 * np.sign(w) + 0.3 * w, rel=1e-14)


@EVERY_CASE
def test_the_paths_are_exactly_those_of_brute_force(case_of, name):
    case = case_of(name)
    for place in filled(case.places()):
        made, every = case.chain(place, max_paths=10_000), case.brute_force(place)
        assert made.path_count == count_paths(case.network, place.layer, 3) == len(every) == len(made.paths)
        assert (made.rest_count, made.rest_contribution) == (0, 0.0)
        assert {(path.example, path.units) for path in made.paths} == every.keys()
        for path in made.paths:
            assert path.contribution == pytest.approx(every[path.example, path.units], rel=1e-12, abs=1e-300)


@EVERY_CASE
@pytest.mark.parametrize("max_paths", [1, 2, 7, 20])
def test_the_listed_paths_are_the_largest_and_in_order(case_of, name, max_paths):
    case = case_of(name)
    for place in filled(case.places()):
        made, every = case.chain(place, max_paths=max_paths), case.brute_force(place)
        largest = sorted(map(abs, every.values()), reverse=True)[:max_paths]
        np.testing.assert_allclose([abs(path.contribution) for path in made.paths], largest, rtol=1e-12)
        assert len({(path.example, path.units) for path in made.paths}) == len(made.paths)
        assert made.rest_count == len(every) - len(made.paths)
        left = [value for key, value in every.items() if key not in {(p.example, p.units) for p in made.paths}]
        assert made.rest_contribution == pytest.approx(fsum(left), abs=1e-12)


def test_the_largest_are_found_where_the_examples_are_looked_at_in_several_goes(case_of, monkeypatch):
    case = case_of("plain")
    whole = case.chain(Place(0, 0, 0), max_paths=6)
    monkeypatch.setattr("app.engine.chain.CANDIDATES_AT_ONCE", 1)
    assert case.chain(Place(0, 0, 0), max_paths=6).paths == whole.paths


@EVERY_CASE
def test_the_product_of_the_factors_is_the_gradient_of_the_example(case_of, name):
    case = case_of(name)
    for place, example in filled(product(case.places(), range(3))):
        made = case.chain(place, example=example)
        assert made.example == example
        assert prod(factor.value for factor in made.factors) == pytest.approx(
            float(made.example_gradients[example]), rel=1e-13, abs=1e-300
        )
        last = place.layer == len(case.network.layers) - 1
        fused = last and is_one_step(case.network, case.objective)
        names = ["delta", "input"] if fused else ["dL_da", "derivative", "input"]
        assert [factor.name for factor in made.factors] == names


def loss_from(case, index, changes):
    """Return the batch loss when layer `index` works as recorded but for `changes` to one of its z or a."""
    passed, parameters = case.step.passed[index], case.start.parameters
    z = changes.get("z", passed.z)
    activation = ACTIVATIONS[case.network.layers[index].activation]
    a = changes.get("a", activation.function(z))
    rest = Network(a.shape[1], case.network.layers[index + 1 :])
    last = forward(rest, parameters[index + 1 :], a)[-1] if rest.layers else LayerForward(passed.x, z, a)
    if "a" in changes and not rest.layers:  # past the activation: the loss of the prediction alone
        parts = LOSSES[case.objective.loss].parts(a, case.examples.targets)
        return parts.sum() / (len(a) if case.objective.reduction == "mean" else 1)
    return batch_loss(case.network, parameters, last, case.examples.targets, case.objective).loss


def slope(function, array, where, h=1e-5):
    """Return the central difference of `function` by one number of `array`."""
    up, down = array.copy(), array.copy()
    up[where] += h
    down[where] -= h
    return (function(up) - function(down)) / (2 * h)


def first_link(case, place, example):
    """Return the slope of the unit's z by the parameter."""
    x, own = case.step.passed[place.layer].x, case.start.parameters[place.layer]
    where = (example, place.unit)
    if place.input is None:
        return slope(lambda b: (x @ own.weights.T + b)[where], own.biases, place.unit)
    return slope(lambda w: (x @ w.T + own.biases)[where], own.weights, (place.unit, place.input))


def weight_link(case, index, example, unit, source):
    """Return the slope of a unit's z by the activation that comes in from `source`."""
    weights = case.start.parameters[index].weights
    return slope(lambda x: (x @ weights.T)[example, unit], case.step.passed[index].x, (example, source))


def unit_links(case, index, example, unit):
    """Return the slope of a unit's activation and, in the last layer, that of the loss."""
    passed, where = case.step.passed[index], (example, unit)
    is_last = index == len(case.network.layers) - 1
    if is_last and is_one_step(case.network, case.objective):
        return [slope(lambda z: loss_from(case, index, {"z": z}), passed.z, where)]
    function = ACTIVATIONS[case.network.layers[index].activation].function
    link = slope(lambda z: function(z)[where], passed.z, where)
    return [link, slope(lambda a: loss_from(case, index, {"a": a}), passed.a, where)] if is_last else [link]


@EVERY_CASE
def test_every_derivative_of_a_path_is_the_slope_of_that_one_link(case_of, name):
    case = case_of(name)
    for place in filled(list(case.places())[::5]):
        for path in filled(case.chain(place, max_paths=4).paths):
            links = [first_link(case, place, path.example)]
            for depth, unit in enumerate(path.units):
                index = place.layer + depth
                if depth:
                    links.append(weight_link(case, index, path.example, unit, path.units[depth - 1]))
                links += unit_links(case, index, path.example, unit)
            np.testing.assert_allclose(path.derivatives, links, rtol=1e-6, atol=1e-9)
            assert path.contribution == pytest.approx(prod(path.derivatives), rel=1e-14)


# Counts


@pytest.mark.parametrize("layer", range(4))
def test_paths_are_counted_as_enumeration_counts_them(layer):
    network = Network(3, (Layer(2, "tanh"), Layer(3, "tanh"), Layer(4, "tanh"), Layer(2, "identity")))
    later = [range(own.units) for own in network.layers[layer + 1 :]]
    assert count_paths(network, layer, 5) == sum(1 for _ in product(range(5), *later))


def test_more_paths_than_a_machine_word_holds_are_counted_exactly():
    network = Network(2, (*(Layer(17, "tanh"),) * 20, Layer(1, "identity")))
    assert count_paths(network, 0, 3) == 3 * 17**19 > 2**63
    costs = count_multiplications(network, Objective("half_squared_error"), 3)
    assert isinstance(costs.paths, int)
    per_layer = [17 * 3 * 17**19 * 42] + [17 * 18 * 17 ** (19 - k) * (42 - 2 * k) for k in range(1, 20)]
    a_pass = 2 * 17 + 19 * 17 * 17 + 17
    assert costs.paths == 3 * (a_pass + sum(per_layer) + 18 * 2)


def test_a_deep_network_lists_its_largest_paths_and_still_counts_all():
    network = Network(2, (*(Layer(8, "tanh"),) * 25, Layer(1, "identity")))
    draws = np.random.default_rng(0)
    parameters = tuple(
        replace(own, weights=draws.normal(size=own.weights.shape) / 2) for own in initialize(network, "zeros", 0)
    )
    examples = Examples(draws.normal(size=(2, 2)), draws.normal(size=(2, 1)))
    objective, choice = Objective("half_squared_error"), OptimizerChoice("sgd", {"learning_rate": 0.1})
    step = take_step(network, examples, objective, choice, first_state(parameters, "sgd"))
    made = chain(network, objective, step, Place(0, 3, 1), max_paths=10)
    assert made.path_count == 2 * 8**24 > 2**63
    assert made.rest_count == made.path_count - 10
    listed = fsum(path.contribution for path in made.paths)
    assert listed + made.rest_contribution == pytest.approx(made.gradient, abs=1e-12)


def test_the_candidates_looked_at_are_at_most_what_was_announced():
    network = Network(2, (Layer(3, "tanh"), Layer(4, "tanh"), Layer(5, "identity")))
    # Backwards: 5 outputs to each of 4 units, then the 4 units' best 2 to the parameter's one unit.
    assert listing_cost(network, 0, 7, 2) == 7 * (4 * 5 + 1 * 4 * 2)
    assert listing_cost(network, 2, 7, 2) == 7


TIMES = Counter()


class Counted(float):
    """A number that counts its multiplications."""

    def __mul__(self, other):
        TIMES["all"] += 1
        return Counted(float(self) * float(other))

    __rmul__ = __mul__

    def __add__(self, other):
        return Counted(float(self) + float(other))

    __radd__ = __add__


def counted(function, *given):
    TIMES["all"] = 0
    function(*given)
    return TIMES["all"]


def one_pass(weights, x):
    """Return every layer's outputs; the activation itself costs nothing here."""
    outputs = [x]
    for layer in weights:
        x = [sum((w * i for w, i in zip(unit, x, strict=True)), Counted(0.0)) for unit in layer]
        outputs.append(x)
    return outputs


def by_backpropagation(weights, x):
    outputs = one_pass(weights, x)
    da = [Counted(0.5) for _ in outputs[-1]]
    for index in reversed(range(len(weights))):
        delta = [own * Counted(0.25) for own in da]
        for own in delta:
            for source in outputs[index]:
                own * source  # the gradient of one weight; a bias's is delta itself
        if index:
            columns = zip(*weights[index], strict=True)
            da = [sum((d * w for d, w in zip(delta, column, strict=True)), Counted(0.0)) for column in columns]


def by_nudging(weights, x, biases):
    for layer, bias in zip(weights, biases, strict=True):
        for _ in range(len(layer) * (len(layer[0]) + bias)):
            one_pass(weights, x)
            one_pass(weights, x)


def by_paths(weights, x, one_step, biases):
    outputs = one_pass(weights, x)
    for index, layer in enumerate(weights):
        later = [range(len(after)) for after in weights[index + 1 :]]
        for unit, _source in product(range(len(layer)), range(len(outputs[index]) + biases[index])):
            for rest in product(*later):
                units = (unit, *rest)
                value = Counted(1.5)  # the input
                for depth in range(len(units) - 1):
                    value = value * Counted(0.25)
                    value = value * weights[index + depth + 1][units[depth + 1]][units[depth]]
                value = value * Counted(0.25)  # f′(z), or δ as a whole
                if not one_step:
                    value * Counted(0.5)  # ∂L/∂a


@pytest.mark.parametrize("sizes", [(2, 2, 2), (3, 1), (2, 3, 1, 4), (1, 4, 3, 2, 2)])
@pytest.mark.parametrize("one_step", [False, True])
@pytest.mark.parametrize("frozen", ["none", "all", "first"])
def test_multiplications_are_counted_as_they_happen(sizes, one_step, frozen):
    biases = [{"none": True, "all": False, "first": index > 0}[frozen] for index in range(len(sizes) - 1)]
    last = "sigmoid" if one_step else "identity"
    loss = "binary_cross_entropy" if one_step else "half_squared_error"
    assert ((last, loss) in FUSED) == one_step
    activations = ["tanh"] * (len(sizes) - 2) + [last]
    layers = [Layer(*row) for row in zip(sizes[1:], activations, biases, strict=True)]
    weights = [[[Counted(0.5)] * fan_in for _ in range(units)] for fan_in, units in pairwise(sizes)]
    x = [Counted(1.5)] * sizes[0]
    costs = count_multiplications(Network(sizes[0], tuple(layers)), Objective(loss), 7)
    assert costs.nudging == 7 * counted(by_nudging, weights, x, biases)
    assert costs.paths == 7 * counted(by_paths, weights, x, one_step, biases)
    assert costs.backpropagation == 7 * counted(by_backpropagation, weights, x)


def test_multiplications_of_the_worked_example_are_those_counted_by_hand(worked):
    costs = count_multiplications(worked.network, worked.objective, 1)
    # A pass: 4 + 4. Backwards: 8 for ∂L/∂W, 4 for ∂L/∂a of the hidden layer, 4 for δ.
    assert costs.backpropagation == 8 + 8 + 4 + 4
    # 8 weights, two passes each: the biases of this example are frozen.
    assert costs.nudging == 8 * 2 * 8
    # 4 weights behind two paths of 5 numbers each, 4 behind one path of 3.
    assert costs.paths == 8 + 4 * 2 * 4 + 4 * 1 * 2


def test_the_published_gradient_is_the_sum_of_its_two_paths(worked):
    step = take_step(
        worked.network, worked.examples, worked.objective, worked.optimizer, first_state(worked.parameters, "sgd")
    )
    made = chain(worked.network, worked.objective, step, Place(0, 0, 0))
    assert [path.units for path in made.paths] == [(0, 0), (0, 1)]
    # 0.05 · 0.241300709 · 0.40 · 0.138498562 and the other way over 0.50 · −0.038098236.
    by_hand = [0.05 * 0.241300709 * 0.40 * 0.138498562, 0.05 * 0.241300709 * 0.50 * -0.038098236]
    assert [path.contribution for path in made.paths] == pytest.approx(by_hand, rel=1e-7)
    assert made.gradient == pytest.approx(0.000438568, abs=5e-10)


@pytest.mark.parametrize(("sizes", "deeper"), [((3, 4, 2), (3, 4, 4, 2)), ((3, 2), (3, 3, 2))])
def test_one_layer_deeper_has_a_hidden_layer_as_large_as_what_is_before_the_output(sizes, deeper):
    network = one_layer_deeper(Network(sizes[0], tuple(Layer(units, "tanh") for units in sizes[1:])))
    assert (network.inputs, *(layer.units for layer in network.layers)) == deeper
