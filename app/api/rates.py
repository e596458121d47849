"""`POST /api/rates`: what every learning rate would do over the next steps."""

from dataclasses import dataclass
from typing import Annotated, Any, Final

import numpy as np
from fastapi import APIRouter, Body, Request, Response

from app.api import examples as shown
from app.api.bodies import BodyRoute
from app.api.cost import seconds_of_activation, seconds_of_batch_loss, seconds_per_update
from app.api.curvature import seconds_per_bend
from app.api.experiments import batching_of, data_of, network_of, objective_of, optimizer_of
from app.api.landscape_answers import RatesAnswer
from app.api.queries import RatesQuery
from app.api.train import start_of
from app.api.work import Work, answer
from app.engine.arrays import Array, frozen
from app.engine.curvature import bend
from app.engine.fast_rates import runs_at_once
from app.engine.rates import DEFAULT_RATES, Judged, look_ahead
from app.engine.training import Task

router = APIRouter(tags=["Landscape"], route_class=BodyRoute)

# Estimated seconds that all of it should take: it is asked for while somebody drags a slider.
BUDGET: Final = 0.15
# The limit is left out where finding it would take longer than this.
MOST_BENDING: Final = 0.5
# Fewer steps than this say as little as one; where that is too long, too, fewer rates are tried.
FEWEST_STEPS: Final = 5
FEWEST_RATES: Final = 5


# A run's beginning and end.
_SECONDS_PER_RUN: Final = 4e-5


@router.post("/rates", response_model=RatesAnswer, summary="What every learning rate would do in the next steps")
async def post_rates(
    request: Request, query: Annotated[RatesQuery, Body(openapi_examples=shown.RATES)]
) -> Response:
    """Each rate is tried for 20 steps from the state, with the run's own batches, and judged by what it gained."""

    def work() -> Work:
        network = network_of(query.network)
        data = data_of(network, query)
        task = Task(
            network, data.train, objective_of(query), optimizer_of(query.optimizer), batching_of(query.batch)
        )
        start = start_of(query, task)
        asked = DEFAULT_RATES if query.rates is None else frozen(query.rates)
        bending = seconds_per_bend(network, task.examples.inputs.shape[0], task.objective)
        has_limit = bending <= MOST_BENDING
        price = price_of(task)
        steps, count = affordable(price, query.steps, asked.size, max(BUDGET - bending, BUDGET / 2))
        rates = spread(asked, count)

        def compute() -> dict[str, Any]:
            judged = look_ahead(task, start, rates, steps)
            bent = bend(network, start.parameters, task.examples, task.objective) if has_limit else None
            limits = {"sharpness": bent and bent.sharpness, "limit": bent and bent.critical_learning_rate}
            return {**verdicts(judged, steps), **limits}

        return Work(bending * has_limit + price.of(steps, count), compute)

    return await answer(request, query, work)


@dataclass(frozen=True, slots=True)
class Price:
    """What an update of runs that are made at once takes, by estimate, and what a look at all examples does.

    An update takes `call`, however many runs it moves, and `run` for each of them; `at_once` go together at most.
    """

    call: float
    run: float
    at_once: int
    look: float

    def of(self, steps: int, count: int) -> float:
        """Estimate the runs of `count` rates and of the rate in force."""
        runs = count + 1
        parts = -(-runs // self.at_once)
        return steps * (parts * self.call + runs * self.run) + (runs + 2) * self.look


def price_of(task: Task) -> Price:
    """Return what trying a rate takes."""
    examples = task.examples.inputs.shape[0]
    look = seconds_of_batch_loss(task.network, examples, task.objective) + _SECONDS_PER_RUN
    # Which units are dead is seen from the derivatives of all examples.
    look += sum(seconds_of_activation(one.activation, 1, examples * one.units) for one in task.network.layers)
    run = seconds_per_update(task, 2) - seconds_per_update(task)
    return Price(seconds_per_update(task) - run, run, runs_at_once(task), look)


def affordable(price: Price, steps: int, count: int, seconds: float) -> tuple[int, int]:
    """Return how many steps and rates fit into `seconds`: fewer steps first, then fewer rates."""
    while steps > FEWEST_STEPS and price.of(steps, count) > seconds:
        steps -= 1
    while count > FEWEST_RATES and price.of(steps, count) > seconds:
        count -= 1
    return steps, count


def spread(rates: Array, count: int) -> Array:
    """Return `count` of `rates`, from the first to the last, evenly spread."""
    chosen = np.linspace(0, rates.size - 1, count).round().astype(np.intp)
    return rates[chosen]


def verdicts(judged: Judged, steps: int) -> dict[str, Any]:
    """Return the fields of a `VerdictsAnswer`."""
    best, recommended, own = judged.best, judged.recommended, judged.own
    return {
        "loss": judged.loss,
        "rates": [one.rate for one in judged.tried],
        "losses": [one.loss for one in judged.tried],
        "verdicts": judged.verdicts,
        "newly_dead": [one.newly_dead for one in judged.tried],
        "best_rate": best and best.rate,
        "best_loss": best and best.loss,
        "recommended_rate": recommended and recommended.rate,
        "recommended_loss": recommended and recommended.loss,
        "settled": judged.settled,
        "steps": steps,
        "own": {"rate": own.rate, "loss": own.loss, "newly_dead": own.newly_dead, "verdict": judged.own_verdict},
    }
