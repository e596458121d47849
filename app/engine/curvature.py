"""How sharply the loss is bent: exact products with its Hessian, and its largest eigenvalue, the sharpness.

A step of gradient descent along an eigenvector of eigenvalue λ changes the distance to the bottom by the factor
1 − ηλ: beyond η = 2/λ it grows. So 2 divided by the sharpness is the rate at which the sharpest direction begins
to bounce ever higher.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.engine.activations import ACTIVATIONS
from app.engine.arrays import Array
from app.engine.draws import Draws
from app.engine.flat import flatten, frozen_biases, unflatten
from app.engine.losses import FUSED, LOSSES
from app.engine.network import (
    LayerBackward,
    LayerForward,
    LayerParameters,
    Network,
    Objective,
    Parameters,
    backward,
    batch_loss,
    divisor,
    forward,
)
from app.engine.pause import look_up
from app.engine.training import Examples

# So near to an eigenvector, as a share of its eigenvalue, is near enough: no eigenvalue is further off than that.
_NEAR: Final = 1e-8
# What is smaller than this share of the largest eigenvalue in size is rounding: it is 0, bent neither way.
_ROUNDING: Final = 1e-13
# Products with the Hessian after which a search ends; each vector is kept, 40 MB of the largest network's.
MOST_PRODUCTS: Final = 100
# A network so small has all its eigenvalues found, whatever they are.
_SMALL: Final = 300


@dataclass(frozen=True, slots=True)
class Bend:
    """How the loss is bent at a moment; `critical_learning_rate` is None where it is not bent upwards."""

    loss: float
    sharpness: float
    critical_learning_rate: float | None
    gradient_norm: float
    iterations: int
    converged: bool


class Hessian:
    """The second derivatives of the batch loss at some parameters, as the products H·v."""

    def __init__(self, network: Network, parameters: Parameters, examples: Examples, objective: Objective) -> None:
        self._network = network
        self._parameters = parameters
        self._examples = examples
        self._objective = objective
        self.passed = forward(network, parameters, examples.inputs)
        self.came_back = backward(network, parameters, self.passed, examples.targets, objective)

    def times(self, direction: Parameters) -> Parameters:
        """Return how all of ∂L/∂W and ∂L/∂b change when the parameters move along `direction`: H·v, exactly.

        Every line of `forward` and `backward` differentiated along the direction, in the same order
        (Pearlmutter, "Fast exact multiplication by the Hessian", 1994).
        """
        return self._back(direction, *self._forth(direction))

    def _forth(self, direction: Parameters) -> tuple[list[Array], list[Array]]:
        """Return ẋ and ż of each layer, and ȧ of the last as one more ẋ."""
        x_dots, z_dots = [np.zeros_like(self._examples.inputs)], []
        for layer, own, moved, passed, back in zip(
            self._network.layers, self._parameters, direction, self.passed, self.came_back, strict=True
        ):
            look_up()
            z_dot = passed.x @ moved.weights.T + x_dots[-1] @ own.weights.T + moved.biases
            z_dots.append(z_dot)
            x_dots.append(ACTIVATIONS[layer.activation].tangent(z_dot, back.derivative, passed.a))
        return x_dots, z_dots

    def _back(self, direction: Parameters, x_dots: list[Array], z_dots: list[Array]) -> Parameters:
        changes: list[LayerParameters] = []
        delta_dot = self._last(x_dots[-1], z_dots[-1])
        for index in reversed(range(len(self._network.layers))):
            look_up()
            passed, back, moved = self.passed[index], self.came_back[index], direction[index]
            dW_dot = delta_dot.T @ passed.x + back.delta.T @ x_dots[index] + self._objective.l2 * moved.weights
            changes.append(LayerParameters(dW_dot, np.add.reduce(delta_dot, axis=0)))
            if index > 0:
                da_dot = delta_dot @ self._parameters[index].weights + back.delta @ moved.weights
                name = self._network.layers[index - 1].activation
                delta_dot = _delta_dot(
                    name, self.passed[index - 1], self.came_back[index - 1], da_dot, z_dots[index - 1]
                )
        return tuple(reversed(changes))

    def _last(self, a_dot: Array, z_dot: Array) -> Array:
        """Return δ̇ of the last layer."""
        name, loss = self._network.layers[-1].activation, self._objective.loss
        targets, last = self._examples.targets, self.passed[-1]
        count = divisor(targets, self._objective)
        fused = FUSED.get((name, loss))
        if fused and fused.tangent:
            return fused.tangent(a_dot, targets) / count
        da_dot = LOSSES[loss].second_derivative(last.a, targets) * a_dot / count
        return _delta_dot(name, last, self.came_back[-1], da_dot, z_dot)


def _delta_dot(name: str, passed: LayerForward, back: LayerBackward, da_dot: Array, z_dot: Array) -> Array:
    """Return how δ = ∂L/∂z changes, from the changes of ∂L/∂a and z."""
    row = ACTIVATIONS[name]
    if row.jacobian_tangent is not None:
        a_dot = row.tangent(z_dot, back.derivative, passed.a)
        return row.jacobian_tangent(back.da, passed.a, da_dot, a_dot)
    return da_dot * back.derivative + back.da * row.second_derivative(passed.z, passed.a) * z_dot


def bend(network: Network, parameters: Parameters, examples: Examples, objective: Objective) -> Bend:
    """Return how the batch loss is bent at `parameters`, over all those that are trained."""
    with np.errstate(all="ignore"):
        hessian = Hessian(network, parameters, examples, objective)
        loss = batch_loss(network, parameters, hessian.passed[-1], examples.targets, objective).loss
        trained = np.setdiff1d(np.arange(network.parameter_count), frozen_biases(network))
        gradient = flatten(tuple(LayerParameters(back.dW, back.db) for back in hessian.came_back))[trained]
        norm = float(np.linalg.norm(gradient))
        if not np.isfinite(norm):
            return Bend(loss, np.nan, None, norm, 0, converged=False)
        sharpness, iterations, converged = _largest_eigenvalue(network, hessian, trained)
    critical = 2.0 / sharpness if sharpness > 0.0 else None
    return Bend(loss, sharpness, critical, norm, iterations, converged)


def _largest_eigenvalue(network: Network, hessian: Hessian, trained: NDArray[np.intp]) -> tuple[float, int, bool]:
    """Return the algebraically largest eigenvalue of H, the products it took, and whether it was found.

    Lanczos' method: H seen from the space of v, Hv, H²v … is a small tridiagonal matrix whose largest eigenvalue
    soon is H's own. Every new vector is made orthogonal to all before it, twice, since rounding spoils that
    (Parlett, "The Symmetric Eigenvalue Problem", 1980).
    """

    def product(vector: Array) -> Array:
        whole = np.zeros(network.parameter_count)
        whole[trained] = vector
        return flatten(hessian.times(unflatten(whole, network)))[trained]

    most = trained.size if trained.size <= _SMALL else MOST_PRODUCTS
    start = Draws(0).normal(1.0, (trained.size,))
    basis = np.empty((most, trained.size))
    basis[0] = start / np.linalg.norm(start)
    diagonal: list[float] = []
    beside: list[float] = []
    for count in range(1, most + 1):
        kept = basis[:count]
        image = product(kept[-1])
        diagonal.append(float(image @ kept[-1]))
        for _ in range(2):
            image = image - (kept @ image) @ kept
        rest = float(np.linalg.norm(image))
        if not np.isfinite(diagonal[-1] + rest):
            return np.nan, count, False
        values, vectors = np.linalg.eigh(np.diag(diagonal) + np.diag(beside, 1) + np.diag(beside, -1))
        largest = float(values[-1])
        scale = float(np.abs(values).max())
        # The residual ‖Hu − λu‖ of the vector u that belongs to it.
        residual = rest * abs(float(vectors[-1, -1]))
        is_found = bool(residual <= max(_NEAR * abs(largest), _ROUNDING * scale))
        if is_found or count == most:
            break
        basis[count] = image / rest
        beside.append(rest)
    is_flat = abs(largest) <= _ROUNDING * scale
    return 0.0 if is_flat else largest, count, is_found or most == trained.size
