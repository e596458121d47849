"""A formula as a graph: values and gradients against Python's own arithmetic, central differences and autograd."""

import dataclasses
import math

import numpy as np
import pytest

from app.engine import expression
from app.engine.activations import ACTIVATIONS
from app.engine.expression import OPERATIONS, REMARKS
from tests.engine.formulas import Drawn, by_autograd, by_differences, formulas, passes, read
from tests.filled import filled

DRAWN = formulas(200, seed=8)
ENTRIES = pytest.mark.parametrize("name", OPERATIONS)


def gradients(drawn: Drawn) -> dict[str, float]:
    graph, _, came_back = passes(drawn.text, drawn.values)
    pairs = zip(graph.nodes, came_back.gradients, strict=True)
    return {node.name: gradient for node, gradient in pairs if node.name is not None}


def problems(drawn: list[Drawn]) -> list[str]:
    """Return the formulas whose value or gradient is not what autograd makes of Python's own reading."""
    found = []
    for one in drawn:
        value, wanted = by_autograd(one)
        got = gradients(one)
        is_right = passes(one.text, one.values)[1].values[-1] == pytest.approx(value, rel=1e-9, abs=1e-12)
        if not is_right or got != pytest.approx(wanted, rel=1e-7, abs=1e-9):
            found.append(f"{one}: {value} {wanted}, but got {got}")
    return found


def test_two_hundred_formulas_have_the_value_and_the_gradients_of_autograd() -> None:
    assert len({one.text for one in DRAWN}) == 200
    assert not problems(DRAWN)


def test_two_hundred_formulas_have_the_gradients_of_central_differences() -> None:
    for one in DRAWN:
        assert gradients(one) == pytest.approx(by_differences(one), rel=1e-4, abs=1e-6), one


@ENTRIES
def test_every_operation_is_among_them(name: str) -> None:
    assert any(node.operation == name for one in DRAWN for node in read(one.text).nodes)


@ENTRIES
def test_a_local_derivative_that_is_wrong_by_a_thousandth_is_found(name: str, monkeypatch) -> None:
    row = OPERATIONS[name]
    for wrong in filled(range(row.inputs)):

        def off(*numbers: float, of=row, at=wrong) -> tuple[float, ...]:
            return tuple(
                1.001 * slope if index == at else slope for index, slope in enumerate(of.derivatives(*numbers))
            )

        broken = {**OPERATIONS, name: dataclasses.replace(row, derivatives=off)}
        monkeypatch.setattr(expression, "OPERATIONS", broken)
        assert problems(DRAWN)


@ENTRIES
def test_a_value_that_is_wrong_by_a_thousandth_is_found(name: str, monkeypatch) -> None:
    row = OPERATIONS[name]
    broken = dataclasses.replace(row, value=lambda *inputs: 1.001 * row.value(*inputs))
    monkeypatch.setattr(expression, "OPERATIONS", {**OPERATIONS, name: broken})
    assert problems(DRAWN)


# What is written twice is one node

COUNTED = [
    ("x", 1, 0),
    ("x*x", 2, 1),
    ("(x+1)*(x + 1)", 4, 1),
    ("relu(w*x) + relu(w * x)", 5, 1),
    ("w*x + w*x", 4, 1),
    ("2*x + 2.0*y", 6, 1),
    ("x + y", 3, 0),
    ("x*y + y*x", 5, 2),
    ("-x - -x", 3, 1),
    ("max(x, x)", 2, 1),
    ("exp(x)/(1 + exp(x))", 5, 1),
]


@pytest.mark.parametrize(("text", "nodes", "shared"), COUNTED)
def test_a_part_that_is_written_twice_is_one_node(text: str, nodes: int, shared: int) -> None:
    graph = read(text)
    assert len(graph.nodes) == nodes
    uses = [sum(node.inputs.count(place) for node in graph.nodes) for place in graph.order]
    assert sum(count > 1 for count in uses) == shared
    assert uses[-1] == 0
    assert 0 not in uses[:-1]
    assert all(place < index for index, node in enumerate(graph.nodes) for place in node.inputs)


def test_where_paths_meet_their_gradients_are_added() -> None:
    # L = w·x + w²: dL/dw = x + 2w, by hand.
    graph, _, came_back = passes("w*x + w**2", {"w": 3.0, "x": 2.0})
    place = next(index for index, node in enumerate(graph.nodes) if node.name == "w")
    assert came_back.gradients[place] == 8.0
    assert sorted(one.value for one in came_back.contributions[place]) == [2.0, 6.0]


def test_a_gradient_is_the_sum_of_its_contributions_and_each_is_a_product() -> None:
    for one in DRAWN:
        graph, passed, came_back = passes(one.text, one.values)
        assert came_back.gradients[-1] == 1.0
        for place, arriving in filled(enumerate(came_back.contributions)):
            if not graph.nodes[place].varies:
                continue
            for part in arriving:
                assert part.gradient == came_back.gradients[part.node]
                assert part.derivative == passed.derivatives[part.node][part.input]
                assert part.value == part.gradient * part.derivative
            if place < len(graph.nodes) - 1:
                assert came_back.gradients[place] == pytest.approx(sum(part.value for part in arriving))


def test_the_chain_of_two_layers_is_the_one_worked_out_by_hand() -> None:
    # f_in = 2 · 0.75 = 1.5, f_out = 1.5 · 2 = 3, L = (3 − 1)² = 4; dL/dw_in = 2 · (3 − 1) · 2 · 1 · 2 = 16.
    drawn = Drawn("(relu(x*w_in)*w_out - y)**2", {"x": 2.0, "w_in": 0.75, "w_out": 2.0, "y": 1.0})
    assert passes(drawn.text, drawn.values)[1].values[-1] == 4.0
    assert gradients(drawn) == {"x": 6.0, "w_in": 16.0, "w_out": 6.0, "y": -4.0}


# Conventions, and what has no value

SPECIAL = [
    ("relu(x)", {"x": 0.0}, 0.0, {"x": 0.0}, "relu_corner"),
    ("abs(x)", {"x": 0.0}, 0.0, {"x": 0.0}, "abs_corner"),
    ("max(x, y)", {"x": 2.0, "y": 2.0}, 2.0, {"x": 0.5, "y": 0.5}, "tie"),
    ("min(x, y)", {"x": 2.0, "y": 2.0}, 2.0, {"x": 0.5, "y": 0.5}, "tie"),
    ("max(x, x)", {"x": 2.0}, 2.0, {"x": 1.0}, "tie"),
    ("max(x, y)", {"x": 2.0, "y": 1.0}, 2.0, {"x": 1.0, "y": 0.0}, None),
    ("min(x, y)", {"x": 2.0, "y": 1.0}, 1.0, {"x": 0.0, "y": 1.0}, None),
    ("log(x)", {"x": 0.0}, None, {"x": None}, "log_domain"),
    ("log(x)", {"x": -1.0}, None, {"x": None}, "log_domain"),
    ("1/x", {"x": 0.0}, None, {"x": None}, "zero_division"),
    ("sqrt(x)", {"x": -1.0}, None, {"x": None}, "root_domain"),
    ("sqrt(x)", {"x": 0.0}, 0.0, {"x": None}, "no_derivative"),
    ("x**-1", {"x": 0.0}, None, {"x": None}, "zero_power"),
    ("x**0.5", {"x": -8.0}, None, {"x": None}, "power_domain"),
    ("x**y", {"x": -2.0, "y": 2.0}, 4.0, {"x": -4.0, "y": None}, "no_derivative"),
    ("x**2", {"x": -3.0}, 9.0, {"x": -6.0}, None),
    ("x**2", {"x": 0.0}, 0.0, {"x": 0.0}, None),
    ("x**0", {"x": 0.0}, 1.0, {"x": 0.0}, None),
    ("x**y", {"x": 0.0, "y": 2.0}, 0.0, {"x": 0.0, "y": 0.0}, None),
    ("exp(x)", {"x": 1000.0}, None, {"x": None}, "overflow"),
    ("x*x", {"x": 1e300}, None, {"x": 2e300}, "overflow"),
    ("tanh(x)", {"x": 1000.0}, 1.0, {"x": 0.0}, None),
    ("sigmoid(x)", {"x": -1000.0}, 0.0, {"x": 0.0}, None),
    ("sigmoid(x)", {"x": 1000.0}, 1.0, {"x": 0.0}, None),
]


@pytest.mark.parametrize(("text", "values", "value", "wanted", "remark"), SPECIAL)
def test_corners_and_what_has_no_value_are_said(text, values, value, wanted, remark) -> None:
    _, passed, _ = passes(text, values)
    finite = {name: one if math.isfinite(one) else None for name, one in gradients(Drawn(text, values)).items()}
    assert (passed.values[-1] if math.isfinite(passed.values[-1]) else None) == value
    assert finite == wanted
    assert passed.remarks[-1] == remark


def test_every_remark_is_heard_somewhere() -> None:
    assert {remark for *_, remark in SPECIAL} - {None} == set(REMARKS)


def test_what_was_said_of_a_node_is_not_said_again_of_those_after_it() -> None:
    _, passed, _ = passes("exp(log(x)) + 1/log(x)", {"x": -1.0})
    assert [remark for remark in passed.remarks if remark] == ["log_domain"]


def test_a_gradient_that_overflows_is_known_for_one() -> None:
    graph, passed, came_back = passes("(x*w)*(x*w)*z", {"x": 1e150, "w": 1.0, "z": 1e200})
    assert not math.isfinite(passed.values[-1])
    places = [place for place in graph.order if came_back.overflows[place]]
    assert [graph.nodes[place].label for place in places] == ["x*w"]


@pytest.mark.parametrize("name", ["relu", "tanh", "sigmoid"])
def test_an_activation_is_that_of_the_networks(name: str) -> None:
    row = ACTIVATIONS[name]
    for z in (-3.0, -0.2, 0.0, 0.7, 4.0):
        at = np.array([[z]])
        _, passed, came_back = passes(f"{name}(z)", {"z": z})
        assert passed.values[-1] == pytest.approx(float(row.function(at)[0, 0]), rel=1e-14)
        wanted = float(row.derivative(at, row.function(at))[0, 0])
        assert came_back.gradients[0] == pytest.approx(wanted, rel=1e-12)


def test_the_passes_change_nothing_and_go_through_every_node_once() -> None:
    graph = read("relu(x*w)*w - 1")
    assert graph.order == tuple(range(len(graph.nodes)))
    assert graph.names == ("x", "w")
    with pytest.raises(dataclasses.FrozenInstanceError):
        graph.nodes = ()  # type: ignore[misc]
