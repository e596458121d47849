"""The gradient step that a trace or an explanation is of."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from app.api.cost import seconds_of_activation, seconds_of_batch_loss, seconds_of_gradient, seconds_per_step
from app.api.errors import RequestProblem
from app.api.experiments import (
    batching_of,
    data_of,
    network_of,
    objective_of,
    optimizer_of,
    optimizer_state_of,
    parameters_of,
)
from app.api.queries import ExplainQuery, MomentQuery, TraceQuery
from app.api.requests import OptimizerRequest
from app.engine.datasets import Indices
from app.engine.features import Made
from app.engine.network import Network, Objective
from app.engine.sentences import counted
from app.engine.training import Examples, OptimizerChoice, State, Step, batch_indices, take_step

# Losses that a comparison looks at, and how often it asks how far one may be off.
_LOSSES_COMPARED: Final = 17
_ROUNDINGS_COMPARED: Final = 3.5


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Everything the step is computed from; `indices` are the rows of the whole data set the batch is made of."""

    network: Network
    objective: Objective
    optimizer: OptimizerChoice
    state: State
    batch: Examples
    indices: Indices
    made: Made | None

    @property
    def count(self) -> int:
        """How many examples the batch has."""
        return int(self.indices.size)

    @property
    def seconds(self) -> float:
        """What the step alone is estimated to take."""
        return seconds_per_step(self.network, self.count, self.objective, self.optimizer.name)

    @property
    def seconds_of_loss(self) -> float:
        """What the loss of the batch is estimated to take, with a parameter moved."""
        # The parameters are laid end to end, and taken apart again.
        copied = 1e-9 * self.network.parameter_count + 4e-6 * len(self.network.layers)
        return seconds_of_batch_loss(self.network, self.count, self.objective) + copied

    @property
    def seconds_of_comparison(self) -> float:
        """What it is estimated to take to say why a gradient and its numerical twin differ (`agreement.py`)."""
        gradient = seconds_of_gradient(self.network, self.count, self.objective)
        slopes = sum(
            seconds_of_activation(layer.activation, which, self.count * layer.units)
            for layer in self.network.layers
            for which in (0, 1)
        )
        return _LOSSES_COMPARED * self.seconds_of_loss + _ROUNDINGS_COMPARED * gradient + 2 * slopes

    def take(self) -> Step:
        """Make the step; numbers that do not fit into a double become null on the wire."""
        with np.errstate(all="ignore"):
            return take_step(self.network, self.batch, self.objective, self.optimizer, self.state)


def batch_examples(network: Network, query: MomentQuery) -> Examples:
    """Return what a loss is of: the batch of a step where one is asked for, else all training examples."""
    data = data_of(network, query)
    places = batch_indices(data.kept.size, batching_of(query.batch), query.step)
    if places is None:
        return data.train
    indices = data.kept[places]
    return Examples(data.examples.inputs[indices], data.examples.targets[indices])


def asked_of(query: TraceQuery | ExplainQuery) -> Asked:
    """Return the step a request is about, checked."""
    network = network_of(query.network)
    optimizer = optimizer_of(query.optimizer or OptimizerRequest(name="sgd"))
    parameters = parameters_of(network, query.parameters)
    memory = optimizer_state_of(network, optimizer.name, parameters, query.optimizer_state)
    data = data_of(network, query)
    places = batch_indices(data.kept.size, batching_of(query.batch), query.step)
    indices = data.kept if places is None else data.kept[places]
    if query.example is not None and query.example >= indices.size:
        message = counted(
            "The batch has {count} example, numbered from 0; there is no number {number}.",
            "The batch has {count} examples, numbered from 0; there is no number {number}.",
            int(indices.size),
            number=query.example,
        )
        raise RequestProblem(("example",), message)
    batch = Examples(data.examples.inputs[indices], data.examples.targets[indices])
    state = State(query.step, parameters, memory)
    return Asked(network, objective_of(query), optimizer, state, batch, indices, data.made(indices))
