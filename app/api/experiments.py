"""Requests into the engine's records: what can only be checked with the whole request at hand.

Every problem names its field and, where two shapes do not fit, both of them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from app import limits
from app.api.errors import RequestProblem, shown
from app.api.queries import ObjectiveFields
from app.api.requests import (
    BatchRequest,
    DataRequest,
    InitializerRequest,
    LayerParametersRequest,
    NetworkRequest,
    OptimizerRequest,
    OptimizerStateRequest,
    PlaceRequest,
)
from app.engine import datasets
from app.engine.activations import ACTIVATIONS
from app.engine.arrays import Array, frozen
from app.engine.chain import Place
from app.engine.features import Made, add_features
from app.engine.initializers import initialize
from app.engine.losses import LOSSES, is_defined_for, outputs_defined_for, targets_problem
from app.engine.network import Layer, LayerParameters, Network, Objective, Parameters
from app.engine.optimizers import OPTIMIZERS
from app.engine.sentences import Sentence, counted, enumerated, listed, marked, said
from app.engine.training import Batching, Examples, OptimizerChoice, OptimizerState, no_memory

Where = tuple[str | int, ...]


def shape(array: Array) -> str:
    """Return a shape as it is said aloud: "3 × 2"."""
    return " × ".join(map(str, array.shape))


def network_of(request: NetworkRequest) -> Network:
    """Return the topology, checked for size and for an activation in the wrong place."""
    for index, layer in enumerate(request.layers[:-1]):
        if ACTIVATIONS[layer.activation].last_layer_only:
            message = said(
                '"{name}" mixes all units of its layer and can only stand in the last one.', name=layer.activation
            )
            raise RequestProblem(("network", "layers", index, "activation"), message)
    network = Network(
        request.inputs, tuple(Layer(layer.units, layer.activation, layer.bias) for layer in request.layers)
    )
    if network.parameter_count > limits.PARAMETERS:
        message = said(
            "This network has {count} weights and biases; {most} is the most that is computed here.",
            count=network.parameter_count,
            most=limits.PARAMETERS,
        )
        raise RequestProblem(("network", "layers"), message, "too_large")
    return network


def path_of(network: Network, moments: Sequence[Sequence[LayerParametersRequest]] | None) -> list[Parameters]:
    """Return the moments of a path as arrays, if they are not too many numbers and fit the network."""
    asked = moments or ()
    numbers = len(asked) * network.parameter_count
    if numbers > limits.PATH_NUMBERS:
        message = said(
            "This path holds {numbers} numbers; {most} is the most. Send fewer moments.",
            numbers=numbers,
            most=limits.PATH_NUMBERS,
        )
        raise RequestProblem(("path",), message, "too_large")
    return [parameters_of(network, moment, ("path", index)) for index, moment in enumerate(asked)]


_NO_SUCH: Final = {
    "layer": marked("There is no layer {number}: here they are numbered from 0 to {last}."),
    "unit": marked("There is no unit {number}: here they are numbered from 0 to {last}."),
    "input": marked("There is no input {number}: here they are numbered from 0 to {last}."),
}


def place_of(network: Network, request: PlaceRequest, where: Where) -> Place:
    """Return the place of a parameter, if the network has it."""
    place = request.place()
    counts = [("layer", place.layer, len(network.layers))]
    if place.layer < len(network.layers):
        counts.append(("unit", place.unit, network.layers[place.layer].units))
        counts.append(("input", place.input or 0, network.fan_ins[place.layer]))
    for field, number, count in counts:
        if number >= count:
            message = said(_NO_SUCH[field], number=number, last=count - 1)
            raise RequestProblem((*where, field), message)
    return place


def objective_of(request: ObjectiveFields) -> Objective:
    """Return what is minimised."""
    return Objective(request.loss, request.reduction, request.l1, request.l2)


def optimizer_of(request: OptimizerRequest) -> OptimizerChoice:
    """Return the optimizer with all its settings, given or default."""
    defaults = {setting.name: setting.default for setting in OPTIMIZERS[request.name].settings}
    return OptimizerChoice(request.name, defaults | {name: float(n) for name, n in request.settings().items()})


def first_parameters(network: Network, request: InitializerRequest) -> Parameters:
    """Return the weights an initializer chooses."""
    return initialize(network, request.name, request.seed, request.settings())


def batching_of(request: BatchRequest | None) -> Batching:
    """Return how the examples of a step are chosen."""
    return Batching(request.size, request.shuffle, request.seed) if request else Batching()


def matrix(rows: Sequence[Sequence[float]], where: Where) -> Array:
    """Return rows of equal length as an array."""
    lengths = {len(row) for row in rows}
    if len(lengths) > 1:
        raise RequestProblem(where, unequal_rows(lengths), "shape")
    if lengths == {0}:
        message = said("The rows are empty; each should have at least one number.")
        raise RequestProblem(where, message, "shape")
    return frozen(rows)


def unequal_rows(lengths: Collection[int]) -> Sentence:
    """Return the sentence for rows of several lengths."""
    return said(
        "All rows should have the same length; here they have {numbers} numbers.",
        numbers=enumerated(sorted(lengths)),
    )


def parameters_of(
    network: Network, layers: Sequence[LayerParametersRequest], where: Where = ("parameters",)
) -> Parameters:
    """Return weights and biases as arrays, if their shapes fit the network."""
    if len(layers) != len(network.layers):
        message = counted(
            "These are parameters of {count} layer, but the network has {needed}.",
            "These are parameters of {count} layers, but the network has {needed}.",
            len(layers),
            needed=len(network.layers),
        )
        raise RequestProblem(where, message, "shape")
    return tuple(
        _layer_parameters(layer.units, fan_in, own, (*where, index))
        for index, (layer, fan_in, own) in enumerate(zip(network.layers, network.fan_ins, layers, strict=True))
    )


def _layer_parameters(units: int, fan_in: int, request: LayerParametersRequest, where: Where) -> LayerParameters:
    weights = matrix(request.weights, (*where, "weights"))
    if weights.shape != (units, fan_in):
        message = said(
            "These weights have the shape {given}, but the layer needs {needed} (its units × its inputs).",
            given=shape(weights),
            needed=f"{units} × {fan_in}",
        )
        raise RequestProblem((*where, "weights"), message, "shape")
    biases = frozen(np.zeros(units) if request.biases is None else request.biases)
    if biases.shape != (units,):
        message = said(
            "These biases have the shape {given}, but the layer needs {needed}: one for each unit.",
            given=shape(biases),
            needed=str(units),
        )
        raise RequestProblem((*where, "biases"), message, "shape")
    return LayerParameters(weights, biases)


def optimizer_state_of(
    network: Network,
    optimizer: str,
    parameters: Parameters,
    request: OptimizerStateRequest | None,
    where: Where = ("optimizer_state",),
) -> OptimizerState:
    """Return what the optimizer remembers; slots that are not given are 0, as before the first update."""
    fresh = no_memory(parameters, optimizer)
    if request is None:
        return fresh
    for slot in request.slots:
        if slot not in fresh.slots:
            message = _not_remembered(optimizer, slot, tuple(fresh.slots))
            raise RequestProblem((*where, "slots"), message, "unknown_name")
    given = {
        slot: parameters_of(network, layers, (*where, "slots", slot)) for slot, layers in request.slots.items()
    }
    return OptimizerState(request.updates, {**fresh.slots, **given})


def _not_remembered(optimizer: str, slot: str, slots: tuple[str, ...]) -> Sentence:
    if not slots:
        return said('The optimizer "{name}" remembers nothing, so not "{slot}".', name=optimizer, slot=shown(slot))
    return said(
        'The optimizer "{name}" remembers {slots}, not "{slot}".',
        name=optimizer,
        slots=listed(slots, "and"),
        slot=shown(slot),
    )


def named_examples(request: DataRequest, where: Where = ("data",)) -> datasets.Examples:
    """Return the data set a request names."""
    assert request.dataset is not None
    try:
        return datasets.examples(
            request.dataset,
            samples=request.samples,
            noise=request.noise,
            seed=request.seed,
            settings=request.settings(),
        )
    except ValueError as error:
        raise RequestProblem(where, error.args[0]) from None


def named_and_examples(
    request: DataRequest, loss: str | None, where: Where = ("data",)
) -> tuple[Examples, datasets.Examples | None]:
    """Return inputs, and targets in the form the loss compares with; and the data set, if it has a name."""
    if request.dataset is None:
        return _given_examples(request, loss, where), None
    named = named_examples(request, where)
    try:
        targets = datasets.targets_for(named, LOSSES[loss].targets if loss else "zero_one")
        inputs = named.inputs if request.features is None else add_features(named.inputs, request.features)
    except ValueError as error:
        raise RequestProblem(where, error.args[0]) from None
    _check_targets(loss, targets, where)
    return Examples(inputs, targets), named


def _check_targets(loss: str | None, targets: Array, where: Where) -> None:
    """Refuse targets that the loss is not defined for."""
    problem = targets_problem(loss, targets) if loss else None
    if problem:
        raise RequestProblem((*where, "targets"), problem)


def _given_examples(request: DataRequest, loss: str | None, where: Where) -> Examples:
    assert request.inputs is not None
    assert request.targets is not None
    numbers = sum(map(len, request.inputs)) + sum(map(len, request.targets))
    if numbers > limits.NUMBERS:
        message = said(
            "These are {numbers} numbers; {most} is the most that is taken.", numbers=numbers, most=limits.NUMBERS
        )
        raise RequestProblem(where, message, "too_large")
    inputs = matrix(request.inputs, (*where, "inputs"))
    targets = matrix(request.targets, (*where, "targets"))
    if inputs.shape[0] != targets.shape[0]:
        message = said(
            "The inputs have the shape {inputs} and the targets {targets}: "
            "there should be one row of targets for each row of inputs.",
            inputs=shape(inputs),
            targets=shape(targets),
        )
        raise RequestProblem((*where, "targets"), message, "shape")
    _check_targets(loss, targets, where)
    return Examples(inputs, targets)


def fitting_examples(network: Network, request: DataRequest, loss: str, where: Where = ("data",)) -> Examples:
    """Return examples whose inputs and targets fit the network."""
    examples, _ = named_and_examples(request, loss, where)
    _check_fit(network, examples, where)
    return examples


def _check_fit(network: Network, examples: Examples, where: Where) -> None:
    """Refuse inputs or targets of another width than the network's."""
    count, wide = examples.inputs.shape
    if wide != network.inputs:
        message = said(
            "The inputs have the shape {given}, but the network takes {inputs}: they should be {needed}.",
            given=f"{count} × {wide}",
            inputs=network.inputs,
            needed=f"{count} × {network.inputs}",
        )
        raise RequestProblem((*where, "inputs"), message, "shape")
    tall = examples.targets.shape[1]
    if tall != network.outputs:
        message = counted(
            "The targets have the shape {given}, but the network's last layer has {count} unit: "
            "they should be {needed}.",
            "The targets have the shape {given}, but the network's last layer has {count} units: "
            "they should be {needed}.",
            network.outputs,
            given=f"{count} × {tall}",
            needed=f"{count} × {network.outputs}",
        )
        raise RequestProblem((*where, "targets"), message, "shape")


@dataclass(frozen=True, slots=True, eq=False)
class Data:
    """The data of an experiment: all `examples`, and which rows of them are trained on and which are held out.

    `raw` are the inputs before `features` were made of them; without features they are the inputs.
    """

    examples: Examples
    raw: Array
    features: tuple[str, ...] | None
    has_classes: bool
    kept: datasets.Indices
    held: datasets.Indices

    @property
    def train(self) -> Examples:
        """The examples that are trained on."""
        return _rows(self.examples, self.kept) if self.held.size else self.examples

    @property
    def test(self) -> Examples | None:
        """The examples that are held out, if any are."""
        return _rows(self.examples, self.held) if self.held.size else None

    def made(self, rows: datasets.Indices) -> Made | None:
        """Return what the inputs of these rows were made of, if they are features."""
        return None if self.features is None else Made(self.features, self.raw[rows])


def _check_output(query: ObjectiveFields) -> None:
    """Refuse a last activation whose values can leave what the loss is defined for."""
    last = query.network.layers[-1].activation
    if is_defined_for(query.loss, last):
        return
    row = LOSSES[query.loss]
    message = said(
        'The loss "{loss}" needs outputs from {lowest} to {highest}, and those of "{last}" can lie outside. '
        "Choose {fitting} for the last layer, or another loss.",
        loss=query.loss,
        lowest=row.lowest,
        highest=row.highest,
        last=last,
        fitting=listed(outputs_defined_for(query.loss)),
    )
    raise RequestProblem(("loss",), message, "domain")


def _rows(examples: Examples, rows: datasets.Indices) -> Examples:
    return Examples(examples.inputs[rows], examples.targets[rows])


def data_of(network: Network, query: ObjectiveFields) -> Data:
    """Return the data of an experiment, fitting its network and parted as it asks."""
    _check_output(query)
    examples, named = named_and_examples(query.data, query.loss)
    _check_fit(network, examples, ("data",))
    kept, held = held_out(examples, query.test_fraction, query.data.seed)
    name = query.data.dataset
    task = datasets.DATASETS[name].task if name else LOSSES[query.loss].task
    features = None if query.data.features is None else tuple(query.data.features)
    return Data(
        examples, named.inputs if named else examples.inputs, features, task == "classification", kept, held
    )


def held_out(examples: Examples, fraction: float, seed: int) -> tuple[datasets.Indices, datasets.Indices]:
    """Return the rows to train on and those to test on."""
    try:
        return datasets.split(examples.inputs.shape[0], fraction, seed)
    except ValueError as error:
        raise RequestProblem(("test_fraction",), error.args[0]) from None
