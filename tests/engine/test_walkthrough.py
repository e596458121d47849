from collections import Counter
from itertools import pairwise
from math import fsum

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.activations import ACTIVATIONS
from app.engine.features import FEATURES, Made, add_features
from app.engine.losses import FUSED, LOSSES
from app.engine.network import Layer, Network, Objective
from app.engine.optimizers import OPTIMIZERS
from app.engine.training import Examples, OptimizerChoice, first_state, take_step
from app.engine.walkthrough import count_operations, da_terms, walkthrough
from tests.filled import filled

HIDDEN = sorted(name for name, row in ACTIVATIONS.items() if not row.last_layer_only)
ENDS = sorted(
    (activation, loss)
    for activation in ACTIVATIONS
    for loss in LOSSES
    if loss not in ("binary_cross_entropy", "cross_entropy") or activation in ("sigmoid", "softmax")
)
PHASES = {
    **dict.fromkeys(["z", "a"], "forward"),
    **dict.fromkeys(["example_loss", "batch_loss"], "loss"),
    **dict.fromkeys(["da_loss", "da", "delta", "delta_fused", "delta_softmax", "dW", "db"], "backward"),
    **dict.fromkeys(["weight", "bias"], "update"),
}


class Case:
    def __init__(self, network, objective, optimizer, count, example, seed, draw_parameters, draw_targets):
        draws = np.random.default_rng(seed)
        self.network, self.objective, self.example = network, objective, example
        self.count = count
        self.targets = draw_targets(objective.loss, (count, network.outputs), draws)
        examples = Examples(draws.normal(size=(count, network.inputs)), self.targets)
        defaults = {setting.name: setting.default for setting in OPTIMIZERS[optimizer].settings}
        self.choice = OptimizerChoice(optimizer, defaults)
        start = first_state(draw_parameters(network, seed, 0.5), optimizer)
        self.step = take_step(network, examples, objective, self.choice, start)
        self.operations = walkthrough(network, objective, self.choice, self.step, self.targets, example)


@st.composite
def problems(draw):
    hidden = draw(st.lists(st.tuples(st.integers(1, 4), st.sampled_from(HIDDEN), st.booleans()), max_size=2))
    activation, loss = draw(st.sampled_from(ENDS))
    # A share among one is always 1, and its cross-entropy by parts is 0 · ∞.
    outputs = draw(st.integers(2, 4))
    network = Network(
        draw(st.integers(1, 4)),
        (*(Layer(*layer) for layer in hidden), Layer(outputs, activation, draw(st.booleans()))),
    )
    objective = Objective(
        loss, draw(st.sampled_from(["mean", "sum"])), *draw(st.sampled_from([(0, 0), (0.1, 0.2)]))
    )
    count = draw(st.integers(1, 12))
    optimizer = draw(st.sampled_from(["sgd", "sgd", "adam", "momentum"]))
    return network, objective, optimizer, count, draw(st.integers(0, count - 1)), draw(st.integers(0, 2**32))


@pytest.fixture(scope="module")
def case_of(draw_parameters, draw_targets):
    return lambda problem: Case(*problem, draw_parameters, draw_targets)


many = settings(derandomize=True, deadline=None, max_examples=80)


@many
@given(problem=problems())
def test_the_parts_of_every_operation_add_up_to_its_value(case_of, problem):
    case = case_of(problem)
    for operation in filled(case.operations):
        if operation.kind in ("a", "weight", "bias"):
            continue
        terms = [term.product for term in operation.terms]
        others = [operation.rest[1] if operation.rest else 0.0, operation.bias or 0.0, operation.penalty or 0.0]
        assert operation.terms
        assert fsum([*terms, *others]) == pytest.approx(operation.value, rel=1e-12, abs=1e-12)


@many
@given(problem=problems())
def test_an_output_of_softmax_has_the_share_of_every_z_and_no_other_output_has_terms(case_of, problem):
    case = case_of(problem)
    outputs = [operation for operation in case.operations if operation.kind == "a"]
    assert len(outputs) == sum(layer.units for layer in case.network.layers)
    for operation in outputs:
        passed = case.step.passed[operation.layer]
        is_softmax = case.network.layers[operation.layer].activation == "softmax"
        z, a = passed.z[case.example], passed.a[case.example]
        wanted = (
            [(index, *numbers) for index, numbers in enumerate(zip(z, a, a, strict=True))] if is_softmax else []
        )
        assert [(term.index, term.left, term.right, term.product) for term in operation.terms] == wanted
        assert operation.z == z[operation.unit]


@many
@given(problem=problems())
def test_every_product_is_the_product_of_its_factors(case_of, problem):
    case = case_of(problem)
    products = ("z", "batch_loss", "da", "delta", "delta_softmax", "dW", "db", "weight", "bias")
    pairs = ("example_loss", "da_loss", "delta_fused")
    for term in filled(
        one for operation in case.operations if operation.kind in products for one in operation.terms
    ):
        assert term.left * term.right == pytest.approx(term.product, rel=1e-15, abs=1e-300)
    for term in filled(one for operation in case.operations if operation.kind in pairs for one in operation.terms):
        assert term.left == case.step.passed[-1].a[case.example, term.index]
        assert term.right == case.targets[case.example, term.index]


@many
@given(problem=problems())
def test_every_number_of_the_step_appears_exactly_once_and_to_the_bit(case_of, problem):
    case = case_of(problem)
    step, network, example = case.step, case.network, case.example
    expected = {}
    for index, (layer, passed, back, after) in enumerate(
        zip(network.layers, step.passed, step.came_back, step.after.parameters, strict=True)
    ):
        for unit in range(layer.units):
            expected["z", index, unit, None] = passed.z[example, unit]
            expected["a", index, unit, None] = passed.a[example, unit]
            expected["delta", index, unit, None] = back.delta[example, unit]
            if layer.bias:
                expected["db", index, unit, None] = back.db[unit]
                expected["bias", index, unit, None] = after.biases[unit]
        for (unit, source), value in np.ndenumerate(back.dW):
            expected["dW", index, unit, source] = value
            expected["weight", index, unit, source] = after.weights[unit, source]
    found = {}
    for operation in filled(case.operations):
        kind = "delta" if operation.kind.startswith("delta") else operation.kind
        key = (kind, operation.layer, operation.unit, operation.input)
        if kind in ("da", "da_loss"):
            assert operation.value == step.came_back[operation.layer].da[example, operation.unit]
        elif kind == "example_loss":
            assert operation.value == step.loss.examples[example]
        elif kind == "batch_loss":
            assert operation.value == step.loss.loss
        else:
            assert key not in found
            found[key] = operation.value
    assert found == expected


def key_of(operation):
    kind = {"delta_fused": "delta", "delta_softmax": "delta", "da_loss": "da"}.get(operation.kind, operation.kind)
    return kind, operation.layer, operation.unit, operation.input


def needs_of(operation, network):
    """Return the keys of what has to be known before."""
    last = len(network.layers) - 1
    index, unit, source = operation.layer, operation.unit, operation.input

    def whole(kind, layer):
        return [(kind, layer, own, None) for own in range(network.layers[layer].units)]

    def one(kind):
        return [(kind, index, unit, None)]

    mixes = operation.kind == "a" and network.layers[index].activation == "softmax"
    needs = {
        "z": lambda: whole("a", index - 1) if index else [],
        "a": lambda: whole("z", index) if mixes else one("z"),
        "example_loss": lambda: whole("a", last),
        "batch_loss": lambda: [("example_loss", None, None, None)],
        "da_loss": lambda: whole("a", last),
        "delta_fused": lambda: whole("a", last),
        "da": lambda: whole("delta", index + 1),
        "delta": lambda: one("da"),
        "delta_softmax": lambda: whole("da", index),
        "dW": lambda: one("delta") + ([("a", index - 1, source, None)] if index else []),
        "db": lambda: one("delta"),
        # The old weights of a layer are still needed by the layers before it.
        "weight": lambda: [("dW", index, unit, source), *whole("delta", 0)],
        "bias": lambda: one("db"),
    }
    return needs[operation.kind]()


@many
@given(problem=problems())
def test_nothing_is_used_before_it_is_computed(case_of, problem):
    case = case_of(problem)
    known = set()
    for operation in filled(case.operations):
        assert known.issuperset(needs_of(operation, case.network))
        known.add(key_of(operation))
    phases = [operation.phase for operation in case.operations]
    assert phases == sorted(phases, key=["forward", "loss", "backward", "update"].index)
    assert all(operation.phase == PHASES[operation.kind] for operation in filled(case.operations))


@many
@given(problem=problems())
def test_an_update_shows_what_it_was_made_from(case_of, problem):
    case = case_of(problem)
    for operation in filled(case.operations):
        if operation.phase != "update":
            continue
        before = case.step.before.parameters[operation.layer]
        back = case.step.came_back[operation.layer]
        where = operation.unit if operation.kind == "bias" else (operation.unit, operation.input)
        values, gradients = (before.biases, back.db) if operation.kind == "bias" else (before.weights, back.dW)
        assert (operation.before, operation.gradient) == (values[where], gradients[where])
        if case.choice.name == "sgd":
            (term,) = operation.terms
            assert (term.left, term.right) == (0.1, operation.gradient)
            assert operation.before - term.product == operation.value
        else:
            assert operation.terms == ()


@many
@given(problem=problems())
def test_the_announced_number_of_operations_is_never_exceeded(case_of, problem):
    case = case_of(problem)
    assert len(case.operations) <= count_operations(case.network)


@many
@given(problem=problems())
def test_a_sum_over_many_examples_lists_the_followed_one_and_the_rest(case_of, problem):
    case = case_of(problem)
    for operation in filled(case.operations):
        if operation.kind not in ("dW", "db", "batch_loss"):
            assert operation.rest is None
        elif case.count <= 8:
            assert [term.index for term in operation.terms] == list(range(case.count))
            assert operation.rest is None
        else:
            assert [term.index for term in operation.terms] == [case.example]
            assert operation.rest[0] == case.count - 1


def walk(worked, network):
    step = take_step(
        network, worked.examples, worked.objective, worked.optimizer, first_state(worked.parameters, "sgd")
    )
    return walkthrough(network, worked.objective, worked.optimizer, step, worked.examples.targets)


def test_the_worked_example_has_its_operations_by_kind(worked):
    backwards = {"da_loss": 2, "da": 2, "delta": 4, "dW": 8}
    expected = {"z": 4, "a": 4, "example_loss": 1, **backwards, "weight": 8}
    assert Counter(operation.kind for operation in walk(worked, worked.network)) == expected
    with_biases = {**expected, "db": 4, "bias": 4}
    assert Counter(operation.kind for operation in walk(worked, worked.network_with_biases)) == with_biases


def test_the_worked_example_reads_as_published(worked):
    operations = {
        (operation.kind, operation.layer, operation.unit, operation.input): operation
        for operation in walk(worked, worked.network)
    }
    first = operations["z", 0, 0, None]
    assert [(term.left, term.right) for term in first.terms] == [(0.15, 0.05), (0.20, 0.10)]
    assert (first.bias, round(first.value, 9)) == (0.35, 0.3775)
    moved = operations["weight", 1, 0, 0]
    assert (moved.before, round(moved.gradient, 9), round(moved.value, 8)) == (0.40, 0.082167041, 0.35891648)


def test_a_penalty_shows_in_the_gradients_and_in_the_batch_loss(case_of):
    network = Network(2, (Layer(2, "tanh"),))
    case = case_of((network, Objective("huber", "mean", 0.1, 0.2), "sgd", 1, 0, 3))
    (batch_loss,) = [operation for operation in case.operations if operation.kind == "batch_loss"]
    assert batch_loss.penalty == case.step.loss.penalty > 0
    for operation in filled([operation for operation in case.operations if operation.kind == "dW"]):
        w = case.step.before.parameters[0].weights[operation.unit, operation.input]
        assert operation.penalty == pytest.approx(0.1 * np.sign(w) + 0.2 * w, rel=1e-14)


def test_features_are_the_first_operations_each_with_what_it_is_made_of(draw_parameters):
    raw = np.array([[0.5, -0.25], [2.0, 3.0]])
    network = Network(len(FEATURES), (Layer(1, "tanh"),))
    inputs, targets = add_features(raw, list(FEATURES)), np.ones((2, 1))
    start = first_state(draw_parameters(network, 1), "sgd")
    choice = OptimizerChoice("sgd", {"learning_rate": 0.1})
    objective = Objective("huber")
    step = take_step(network, Examples(inputs, targets), objective, choice, start)
    made = Made(tuple(FEATURES), raw)
    operations = walkthrough(network, objective, choice, step, targets, 1, made)
    x1, x2 = 2.0, 3.0
    by_hand = [
        (0, x1, 1, x1),
        (1, x2, 1, x2),
        (0, x1, x1, 4.0),
        (1, x2, x2, 9.0),
        (0, x1, x2, 6.0),
        (0, x1, 1, round(np.sin(2), 12)),
        (1, x2, 1, round(np.sin(3), 12)),
    ]
    for column, (operation, expected) in enumerate(zip(operations, by_hand, strict=False)):
        (term,) = operation.terms
        assert (term.index, term.left, term.right, term.product) == expected
        assert (operation.phase, operation.kind, operation.input) == ("forward", "feature", column)
        assert (operation.layer, operation.unit) == (None, None)
        assert operation.value == term.product
    assert operations[7:] == walkthrough(network, objective, choice, step, targets, 1)
    assert len(operations) <= count_operations(network, 7) == count_operations(network) + 7


@many
@given(problem=problems())
def test_the_terms_of_a_hidden_units_gradient_are_those_of_its_operation(case_of, problem):
    case = case_of(problem)
    operations = [operation for operation in case.operations if operation.kind == "da"]
    assert len(operations) == sum(layer.units for layer in case.network.layers[:-1])
    for operation in operations:
        terms = da_terms(case.step, operation.layer, operation.unit, case.example)
        assert terms == operation.terms
        assert fsum(term.left * term.right for term in terms) == pytest.approx(operation.value, abs=1e-12)


def runs_of(operations, phase):
    """Return the units of a phase in the order they come, each as often as it is come back to."""
    places = [(one.layer, one.unit) for one in operations if one.phase == phase]
    return [place for before, place in pairwise([None, *places]) if place != before]


@many
@given(problem=problems())
def test_the_operations_of_a_unit_stand_together(case_of, problem):
    case = case_of(problem)
    layers = list(enumerate(case.network.layers))
    for phase, ordered in (("forward", layers), ("backward", layers[::-1]), ("update", layers)):
        expected = []
        for index, layer in ordered:
            units = [(index, unit) for unit in range(layer.units)]
            fused = (layer.activation, case.objective.loss) in FUSED
            # Softmax needs every z before any of its outputs, and every ∂L/∂a before any δ.
            twice = layer.activation == "softmax" and (phase == "forward" or (phase == "backward" and not fused))
            expected += units * (2 if twice else 1)
        assert runs_of(case.operations, phase) == expected


def test_a_unit_is_done_in_the_order_of_the_chain_rule(worked):
    operations = walk(worked, worked.network_with_biases)
    for unit, phase, kinds in (
        ((1, 1), "forward", "z a"),
        ((1, 0), "backward", "da_loss delta dW dW db"),
        ((0, 1), "backward", "da delta dW dW db"),
        ((0, 0), "update", "weight weight bias"),
    ):
        own = [one.kind for one in operations if one.phase == phase and (one.layer, one.unit) == unit]
        assert own == kinds.split()
