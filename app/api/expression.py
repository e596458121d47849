"""`POST /api/expression`: a formula as a computation graph, its value and all its gradients, node by node."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from fastapi import APIRouter, Body, Request, Response
from pydantic import Field

from app import limits
from app.api.answers import Answer, Double
from app.api.bodies import BodyRoute
from app.api.errors import RequestProblem, shown
from app.api.requests import Number
from app.api.requests import Request as Query
from app.api.work import Work, answer
from app.engine.expression import OPERATIONS, REMARKS, CameBack, Graph, Passed, backward, forward
from app.engine.parsing import FormulaError, parse
from app.engine.sentences import Sentence, listed, said

router = APIRouter(tags=["Expression"], route_class=BodyRoute)

_SECONDS_PER_NODE: Final = 2e-5

EXAMPLES: Final = {
    "chain": {
        "summary": "Two layers and a loss: f_loss(f_out(f_relu_in(f_in(x, w_in)), w_out), y)",
        "value": {
            "expression": "(relu(x*w_in)*w_out - y)**2",
            "values": {"x": 2, "w_in": 0.5, "w_out": 0.8, "y": 1},
        },
    },
    "twice": {
        "summary": "A value used twice: the gradients add",
        "value": {"expression": "w*x + w**2", "values": {"w": 3, "x": 2}},
    },
}


class ExpressionQuery(Query):
    """A formula, such as `max(0, w*x + b)**2`, and a value for each name in it.

    There are `+ - * / **` (or `^`), brackets, and functions of one value or, for max and min, of two.
    """

    expression: Annotated[str, Field(max_length=limits.EXPRESSION_CHARACTERS)]
    values: Annotated[
        dict[str, Number],
        Field(max_length=limits.EXPRESSION_NODES, fail_fast=True, default_factory=dict),
    ]


class RemarkAnswer(Answer):
    """What is special at a node, such as a corner or a division by 0."""

    name: str
    label: str


class ContributionAnswer(Answer):
    """What comes to a node along one path: `gradient` of `node` times its derivative by input number `input`."""

    node: int
    input: int
    gradient: Double
    derivative: Double
    value: Double


class NodeAnswer(Answer):
    """A node: an operation on earlier nodes, a named `value` or a `number`.

    `label` is what was written, beginning at character `start`; `depth` how many operations it is deep. `gradient`
    is that of the whole with respect to this node, the sum of its `contributions`. What does not vary has no name
    in it.
    """

    id: int
    operation: str
    sign: str
    name: str | None
    label: str
    start: int
    depth: int
    varies: bool
    inputs: list[int]
    value: Double
    local_derivatives: list[Double]
    gradient: Double
    contributions: list[ContributionAnswer]
    remark: RemarkAnswer | None


class ExpressionAnswer(Answer):
    """The graph, each node after its inputs, the last the whole; the order of the passes; value and gradients.

    What has no value, or is larger than a double, is null; the node's remark says why.
    """

    nodes: list[NodeAnswer]
    order: list[int]
    backward: list[int]
    value: Double
    gradients: dict[str, Double]


@router.post("/expression", response_model=ExpressionAnswer, summary="A formula as a computation graph")
async def post_expression(
    request: Request, query: Annotated[ExpressionQuery, Body(openapi_examples=EXAMPLES)]
) -> Response:
    """Forward and backward, one node at a time: the values, the local derivatives, the gradients.

    A part that is written twice is one node, and where paths meet their gradients are added. At a corner the
    derivative of `relu` and `abs` is 0; of two equal values, `max` and `min` give half of the gradient to each.
    Where a formula cannot be read, the last part of `loc` is the character, counted from 0.
    """

    def work() -> Work:
        graph = _graph_of(query.expression)
        _check_names(graph.names, query.values)
        return Work(len(graph.nodes) * _SECONDS_PER_NODE, lambda: _answer(graph, query.values))

    return await answer(request, query, work)


def _graph_of(expression: str) -> Graph:
    try:
        return parse(expression, most_nodes=limits.EXPRESSION_NODES, most_depth=limits.EXPRESSION_DEPTH)
    except FormulaError as error:
        raise RequestProblem(("expression", error.at), error.args[0], f"formula_{error.kind}") from None


def _check_names(names: tuple[str, ...], values: Mapping[str, float]) -> None:
    problems = [
        RequestProblem(("values", name), _not_in(name, names), "unknown_name")
        for name in values
        if name not in names
    ]
    problems += [
        RequestProblem(
            ("values", name),
            said('The formula has "{name}", and its value is missing.', name=shown(name)),
            "missing",
        )
        for name in names
        if name not in values
    ]
    if problems:
        first, *more = problems
        raise RequestProblem(first.where, first.message, first.kind, more)


def _not_in(name: str, names: tuple[str, ...]) -> Sentence:
    if not names:
        return said('There is no "{name}" in the formula; it has no names.', name=shown(name))
    return said(
        'There is no "{name}" in the formula; it has {names}.', name=shown(name), names=listed(names, "and")
    )


def _answer(graph: Graph, values: Mapping[str, float]) -> dict[str, Any]:
    passed = forward(graph, values)
    came_back = backward(graph, passed)
    return {
        "nodes": [_node(graph, passed, came_back, place) for place in graph.order],
        "order": graph.order,
        "backward": graph.order[::-1],
        "value": passed.values[-1],
        "gradients": {
            node.name: gradient
            for node, gradient in zip(graph.nodes, came_back.gradients, strict=True)
            if node.name is not None
        },
    }


def _node(graph: Graph, passed: Passed, came_back: CameBack, place: int) -> dict[str, Any]:
    node = graph.nodes[place]
    remark = passed.remarks[place] or ("overflow" if came_back.overflows[place] else None)
    return {
        "id": place,
        "operation": node.operation,
        "sign": OPERATIONS[node.operation].sign if node.inputs else "",
        **{"name": node.name, "label": node.label, "start": node.start},
        **{"depth": node.depth, "varies": node.varies, "inputs": node.inputs},
        "value": passed.values[place],
        "local_derivatives": passed.derivatives[place],
        "gradient": came_back.gradients[place],
        "contributions": came_back.contributions[place],
        "remark": {"name": remark, **REMARKS[remark]} if remark else None,
    }
