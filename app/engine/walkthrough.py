"""One gradient step as the list of its operations, in the order a person would do them by hand: unit by unit.

Every number a stepper shows is in here, taken from the one `Step`: nothing is computed a second time but the
products inside a sum, and a test holds each sum equal to the result the engine has for it. The list follows
one example; where an operation adds up the whole batch (a gradient, the batch loss), the other examples
appear as terms too, or, when they are many, together as `rest`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import fsum
from typing import Final, Literal

import numpy as np

from app.engine.activations import ACTIVATIONS
from app.engine.arrays import Array
from app.engine.features import FEATURES, Made
from app.engine.losses import shown_fused
from app.engine.network import Layer, Network, Objective
from app.engine.training import OptimizerChoice, Step

Phase = Literal["forward", "loss", "backward", "update"]
Kind = Literal[
    "feature", "z", "a", "example_loss", "batch_loss", "da_loss", "da", "delta", "delta_fused", "delta_softmax",
    "dW", "db", "weight", "bias",
]  # fmt: skip

# Up to this many examples a sum over the batch is written out; beyond it, one term and the rest.
_WRITTEN_OUT: Final = 8


@dataclass(frozen=True, slots=True)
class Term:
    """One product of a sum, `left` · `right` = `product`; `index` is the unit or example it comes from."""

    index: int
    left: float
    right: float
    product: float


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing computed: `value`, of a unit (and, for a weight, its `input`) of a layer.

    Which of the other fields are there depends on `kind`:

    - "feature": `input` is its column, `terms` the raw input (`index` 0 or 1) and what it is multiplied with (1 if
      with nothing; of another function, `product` is its value)
    - "z": `terms` weight · input, plus `bias`; "a": `z`, and for softmax `terms` (z, share, share) of
      all units; "delta": `terms` = (∂L/∂a, f′(z)), with the `z` and `a` it is taken at
    - "example_loss": `terms` (prediction, target, part) a term an output; "batch_loss": `terms` (the example's
      loss, its share, product), `penalty`
    - "da_loss": `terms` (prediction, target, ∂L/∂ŷ of the batch loss); "delta_fused": `terms` (prediction,
      target, δ)
    - "da": `terms` δ · weight over the next layer's units; "delta_softmax": `terms` ∂L/∂aₖ · ∂aₖ/∂zⱼ
    - "dW", "db": `terms` δ · input an example, and `penalty`
    - "weight", "bias": `before`, `gradient`, and for plain gradient descent `terms` = (η, gradient, step)

    `rest` is (how many terms are not listed, what they add).
    """

    phase: Phase
    kind: Kind
    value: float
    layer: int | None = None
    unit: int | None = None
    input: int | None = None
    terms: tuple[Term, ...] = ()
    rest: tuple[int, float] | None = None
    bias: float | None = None
    z: float | None = None
    a: float | None = None
    penalty: float | None = None
    before: float | None = None
    gradient: float | None = None


def count_operations(network: Network, features: int = 0) -> int:
    """Return an upper bound on the length of `walkthrough`, before any is made."""
    units = sum(layer.units for layer in network.layers)
    return features + 4 * units + 2 + 2 * network.parameter_count


def walkthrough(
    network: Network,
    objective: Objective,
    optimizer: OptimizerChoice,
    step: Step,
    targets: Array,
    example: int = 0,
    made: Made | None = None,
) -> tuple[Operation, ...]:
    """Return the operations of `step` as seen from one example of its batch.

    `targets` are the batch's; `made` says of what its inputs were made, if they are features.
    """
    walk = _Walk(network, objective, optimizer, step, targets, example)
    features = _features(made, step.passed[0].x[example], example) if made else ()
    return (*features, *walk.forward(), *walk.loss(), *walk.backward(), *walk.update())


def da_terms(step: Step, layer: int, unit: int, example: int) -> tuple[Term, ...]:
    """Return ∂L/∂a of a hidden unit term by term: δ of each unit of the next layer · the weight to it."""
    weights = step.before.parameters[layer + 1].weights[:, unit]
    return _products(step.came_back[layer + 1].delta[example], weights)


def _features(made: Made, inputs: Array, example: int) -> Iterator[Operation]:
    raw = made.raw[example]
    for column, (name, value) in enumerate(zip(made.features, inputs.tolist(), strict=True)):
        row = FEATURES[name]
        times = 1.0 if row.times is None else float(raw[row.times])
        term = Term(row.source, float(raw[row.source]), times, value)
        yield Operation("forward", "feature", value, input=column, terms=(term,))


@dataclass(frozen=True, slots=True)
class _Walk:
    network: Network
    objective: Objective
    optimizer: OptimizerChoice
    step: Step
    targets: Array
    example: int

    def _layers(self) -> Iterator[tuple[int, Layer]]:
        yield from enumerate(self.network.layers)

    def _mixes(self, layer: Layer) -> bool:
        """Whether each output of the layer needs every z: then all of one kind come before the next."""
        return ACTIVATIONS[layer.activation].last_layer_only

    def forward(self) -> Iterator[Operation]:
        for index, layer in self._layers():
            if self._mixes(layer):
                yield from (self._z(index, unit) for unit in range(layer.units))
                yield from (self._a(index, unit, layer) for unit in range(layer.units))
                continue
            for unit in range(layer.units):
                yield self._z(index, unit)
                yield self._a(index, unit, layer)

    def _z(self, index: int, unit: int) -> Operation:
        passed, own = self.step.passed[index], self.step.before.parameters[index]
        terms = _products(own.weights[unit], passed.x[self.example])
        z = float(passed.z[self.example, unit])
        return Operation("forward", "z", z, index, unit, terms=terms, bias=float(own.biases[unit]))

    def _a(self, index: int, unit: int, layer: Layer) -> Operation:
        passed = self.step.passed[index]
        z, a = float(passed.z[self.example, unit]), float(passed.a[self.example, unit])
        shares = passed.a[self.example]
        terms = _triples(passed.z[self.example], shares, shares) if self._mixes(layer) else ()
        return Operation("forward", "a", a, index, unit, terms=terms, z=z)

    def loss(self) -> Iterator[Operation]:
        last, loss = self.step.passed[-1], self.step.loss
        parts = loss.parts[self.example]
        terms = _triples(last.a[self.example], self.targets[self.example], parts)
        yield Operation("loss", "example_loss", float(loss.examples[self.example]), terms=terms)
        if loss.examples.size > 1 or loss.penalty:
            share = 1.0 / loss.examples.size if self.objective.reduction == "mean" else 1.0
            shares = np.full_like(loss.examples, share)
            listed, rest = self._over_batch(loss.examples, shares)
            yield Operation("loss", "batch_loss", loss.loss, terms=listed, rest=rest, penalty=loss.penalty)

    def backward(self) -> Iterator[Operation]:
        for index, layer in reversed(tuple(self._layers())):
            is_last = index == len(self.network.layers) - 1
            is_fused = is_last and shown_fused(layer.activation, self.objective.loss)
            mixes = self._mixes(layer) and not is_fused
            if mixes:
                yield from (self._da_of_loss(index, unit) for unit in range(layer.units))
            for unit in range(layer.units):
                if is_fused:
                    yield self._fused_delta(index, unit)
                elif mixes:
                    yield self._softmax_delta(index, unit)
                else:
                    yield self._da_of_loss(index, unit) if is_last else self._da(index, unit)
                    yield self._delta(index, unit)
                yield from self._gradients(index, layer, unit)

    def _fused_delta(self, index: int, unit: int) -> Operation:
        delta = float(self.step.came_back[index].delta[self.example, unit])
        return Operation("backward", "delta_fused", delta, index, unit, terms=(self._compared(unit, delta),))

    def _da_of_loss(self, index: int, unit: int) -> Operation:
        da = float(self.step.came_back[index].da[self.example, unit])
        return Operation("backward", "da_loss", da, index, unit, terms=(self._compared(unit, da),))

    def _compared(self, unit: int, result: float) -> Term:
        prediction = float(self.step.passed[-1].a[self.example, unit])
        return Term(unit, prediction, float(self.targets[self.example, unit]), result)

    def _da(self, index: int, unit: int) -> Operation:
        da = float(self.step.came_back[index].da[self.example, unit])
        terms = da_terms(self.step, index, unit, self.example)
        return Operation("backward", "da", da, index, unit, terms=terms)

    def _delta(self, index: int, unit: int) -> Operation:
        back = self.step.came_back[index]
        where = (self.example, unit)
        delta = float(back.delta[where])
        factors = Term(unit, float(back.da[where]), float(back.derivative[where]), delta)
        passed = self.step.passed[index]
        z, a = float(passed.z[where]), float(passed.a[where])
        return Operation("backward", "delta", delta, index, unit, terms=(factors,), z=z, a=a)

    def _softmax_delta(self, index: int, unit: int) -> Operation:
        back, a = self.step.came_back[index], self.step.passed[index].a[self.example]
        jacobian = a * ((np.arange(a.size) == unit) - a[unit])
        terms = _products(back.da[self.example], jacobian)
        return Operation(
            "backward", "delta_softmax", float(back.delta[self.example, unit]), index, unit, terms=terms
        )

    def _gradients(self, index: int, layer: Layer, unit: int) -> Iterator[Operation]:
        back, x = self.step.came_back[index], self.step.passed[index].x
        for source in range(x.shape[1]):
            terms, rest = self._over_batch(back.delta[:, unit], x[:, source])
            penalty = None if back.penalty_dW is None else float(back.penalty_dW[unit, source])
            value = float(back.dW[unit, source])
            yield Operation("backward", "dW", value, index, unit, source, terms, rest, penalty=penalty)
        if layer.bias:
            terms, rest = self._over_batch(back.delta[:, unit], np.ones(x.shape[0]))
            yield Operation("backward", "db", float(back.db[unit]), index, unit, terms=terms, rest=rest)

    def update(self) -> Iterator[Operation]:
        for index, layer in self._layers():
            before, after = self.step.before.parameters[index], self.step.after.parameters[index]
            back = self.step.came_back[index]
            for unit in range(layer.units):
                for source in range(before.weights.shape[1]):
                    w, g = float(before.weights[unit, source]), float(back.dW[unit, source])
                    new = float(after.weights[unit, source])
                    yield self._moved("weight", (index, unit, source), w, g, new)
                if layer.bias:
                    b, g = float(before.biases[unit]), float(back.db[unit])
                    yield self._moved("bias", (index, unit, None), b, g, float(after.biases[unit]))

    def _moved(
        self, kind: Kind, place: tuple[int, int, int | None], before: float, gradient: float, after: float
    ) -> Operation:
        rate = self.optimizer.settings["learning_rate"]
        plain = self.optimizer.name == "sgd"
        terms = (Term(0, rate, gradient, rate * gradient),) if plain else ()
        return Operation("update", kind, after, *place, terms=terms, before=before, gradient=gradient)

    def _over_batch(self, left: Array, right: Array) -> tuple[tuple[Term, ...], tuple[int, float] | None]:
        """Return the terms of a sum over the batch: all, or the followed example's and the rest."""
        if left.size <= _WRITTEN_OUT:
            return _products(left, right), None
        products = (left * right).tolist()
        own = Term(self.example, float(left[self.example]), float(right[self.example]), products.pop(self.example))
        return (own,), (len(products), fsum(products))


def _products(left: Array, right: Array) -> tuple[Term, ...]:
    return _triples(left, right, left * right)


def _triples(left: Array, right: Array, result: Array) -> tuple[Term, ...]:
    numbers = zip(left.tolist(), right.tolist(), result.tolist(), strict=True)
    return tuple(Term(index, *triple) for index, triple in enumerate(numbers))
