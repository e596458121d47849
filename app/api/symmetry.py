"""`POST /api/symmetry`: the first example of 1986, from several starts side by side, and what each came to."""

from dataclasses import fields
from typing import Annotated, Any, Final

from fastapi import APIRouter, Body, Response
from fastapi import Request as HttpRequest
from pydantic import Field

from app import limits
from app.api.answers import Answer, Double, DoubleVector, StateAnswer
from app.api.bodies import BodyRoute
from app.api.cost import seconds_per_step
from app.api.experiments import optimizer_state_of, parameters_of
from app.api.requests import Request, Seed, StateRequest
from app.api.work import Work, answer
from app.engine.symmetry import NETWORK, OBJECTIVE, OPTIMIZER, Finding, Outcome, find, patterns, start, sweep
from app.engine.training import State

router = APIRouter(tags=["Lessons"], route_class=BodyRoute)

_EXAMPLES: Final = {
    "two": {"summary": "Two starts, whole", "value": {"runs": [{"seed": 22}, {"seed": 3}], "sweeps": 2000}}
}
EXAMPLES: Final = {"/api/symmetry": _EXAMPLES}


class SymmetryRun(Request):
    """A start, by its seed; with a `state` of an answer it goes on from there."""

    seed: Seed
    state: StateRequest | None = None


class SymmetryQuery(Request):
    """Some starts, and how many sweeps through all patterns each goes on; one that has settled stops before."""

    runs: Annotated[list[SymmetryRun], Field(min_length=1, max_length=limits.RUNS, fail_fast=True)]
    sweeps: Annotated[int, Field(ge=0, le=limits.WALK_STEPS)]


class HiddenUnitAnswer(Answer):
    """A hidden unit's weights and bias, how large each mirrored pair is (the ends first) and in which ratio.

    `mismatch` is 0 where all mirrored weights are opposite, 2 where they are equal. `sums` is what each left half
    of a pattern, 000 to 111, brings; `gap` is how far the two nearest of them are apart.
    """

    weights: DoubleVector
    bias: Double
    sizes: DoubleVector
    ratio: DoubleVector
    mismatch: Double
    sums: DoubleVector
    gap: Double


class FindingAnswer(Answer):
    """How many patterns of all are right, the loss, the hidden units, and what they came to.

    "124" and "234" are the ratios of their weights, within a twentieth; "stuck": not all patterns are right.
    """

    right: int
    loss: Double
    units: list[HiddenUnitAnswer]
    outcome: Outcome


class SymmetryRunAnswer(Answer):
    """A run: its state, the loss before each update (their numbers are `steps`), and what it has learned."""

    seed: int
    state: StateAnswer
    steps: list[int]
    losses: DoubleVector
    is_settled: bool
    finding: FindingAnswer


class SymmetryAnswer(Answer):
    """All runs, in the order they were asked for, and how many patterns there are."""

    patterns: int
    runs: list[SymmetryRunAnswer]


@router.post("/symmetry", response_model=SymmetryAnswer, summary="The experiment of 1986, from several starts")
async def post_symmetry(
    request: HttpRequest, query: Annotated[SymmetryQuery, Body(openapi_examples=_EXAMPLES)]
) -> Response:
    """Mirror symmetry of six inputs, learned by two hidden units, as Rumelhart, Hinton and Williams did it."""

    def work() -> Work:
        states = [_state(run, index) for index, run in enumerate(query.runs)]

        def compute() -> dict[str, Any]:
            runs = [_run(run.seed, state, query.sweeps) for run, state in zip(query.runs, states, strict=True)]
            return {"patterns": len(patterns().inputs), "runs": runs}

        seconds = (
            len(states)
            * query.sweeps
            * (seconds_per_step(NETWORK, len(patterns().inputs), OBJECTIVE, OPTIMIZER.name))
        )
        return Work(seconds, compute)

    return await answer(request, query, work)


def _state(run: SymmetryRun, index: int) -> State:
    if run.state is None:
        return start(run.seed)
    where = ("runs", index, "state")
    parameters = parameters_of(NETWORK, run.state.parameters, (*where, "parameters"))
    memory = optimizer_state_of(
        NETWORK, OPTIMIZER.name, parameters, run.state.optimizer_state, (*where, "optimizer_state")
    )
    return State(run.state.step, parameters, memory)


def _run(seed: int, state: State, sweeps: int) -> dict[str, Any]:
    run = sweep(state, sweeps)
    finding = find(run.state.parameters)
    return {
        "seed": seed,
        "state": run.state,
        "steps": run.steps,
        "losses": run.losses,
        "is_settled": run.stopped == "target_loss",
        "finding": {field.name: getattr(finding, field.name) for field in fields(Finding)},
    }
