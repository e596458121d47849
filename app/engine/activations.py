"""The activation functions: the table `ACTIVATIONS`.

To add one, add a row: a name, a label, the function, its first and second derivative, the range of its values
and its steepest slope. Menus, validation, the OpenAPI page and the gradient tests read this table, so nothing
else has to change.

The backward step of an activation takes ∂L/∂a and gives δ = ∂L/∂z. For an elementwise function that is a
product with f′(z); softmax, where every output depends on every z, multiplies by its Jacobian instead.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf, pi, sqrt
from types import MappingProxyType
from typing import Final

import numpy as np

from app.engine.arrays import Array

# exp() of anything larger overflows; at this z the sigmoid is 0 to more than 300 decimals.
_LARGEST_EXPONENT: Final = 709.0
_LEAKY_SLOPE: Final = 0.01
_GELU_SCALE: Final = sqrt(2.0 / pi)
_GELU_CUBIC: Final = 0.044715
# From here on tanh is 1 to the last bit, for GELU's argument and for any larger one.
_FAR: Final = 100.0


@dataclass(frozen=True, slots=True)
class Activation:
    """An activation function a = f(z); `z` and `a` have shape (examples, units).

    `derivative(z, a)` is f′(z), elementwise (for softmax the diagonal of its Jacobian, ∂aⱼ/∂zⱼ).
    `second_derivative(z, a)` is f″(z), elementwise, 0 at a corner; it bends the loss, see `curvature.py`.
    `jacobian_product(da, a)`, only where outputs depend on each other, gives δ for the whole layer, and
    `jacobian_tangent(da, a, da_dot, a_dot)` how δ changes when ∂L/∂a and a change by so much.
    `lowest` and `highest` bound the values of f, `steepest` is the largest |f′(z)| there is.
    """

    name: str
    label: str
    function: Callable[[Array], Array]
    derivative: Callable[[Array, Array], Array]
    second_derivative: Callable[[Array, Array], Array]
    lowest: float = -inf
    highest: float = inf
    steepest: float = 1.0
    jacobian_product: Callable[[Array, Array], Array] | None = None
    jacobian_tangent: Callable[[Array, Array, Array, Array], Array] | None = None

    @property
    def last_layer_only(self) -> bool:
        """Whether it mixes the units of a layer and so belongs at the end of a network."""
        return self.jacobian_product is not None

    def tangent(self, z_dot: Array, derivative: Array, a: Array) -> Array:
        """Return how a changes when z does by `z_dot`; softmax's Jacobian is symmetric, so it serves both ways."""
        return self.backward(z_dot, derivative, a)

    def backward(self, da: Array, derivative: Array, a: Array) -> Array:
        """Return δ = ∂L/∂z from ∂L/∂a, with `derivative` = f′(z)."""
        if self.jacobian_product is not None:
            return self.jacobian_product(da, a)
        return da * derivative


def _identity(z: Array) -> Array:
    return z.copy()


def _ones(z: Array, _a: Array) -> Array:
    return np.ones_like(z)


def _step(z: Array) -> Array:
    return (z > 0).astype(np.float64)


def _zeros(z: Array, _a: Array) -> Array:
    return np.zeros_like(z)


def _sigmoid(z: Array) -> Array:
    return 1.0 / (1.0 + np.exp(np.minimum(-z, _LARGEST_EXPONENT)))


def _sigmoid_derivative(_z: Array, a: Array) -> Array:
    return a * (1.0 - a)


def _sigmoid_second(_z: Array, a: Array) -> Array:
    return a * (1.0 - a) * (1.0 - 2.0 * a)


def _tanh(z: Array) -> Array:
    return np.tanh(z)


def _tanh_derivative(_z: Array, a: Array) -> Array:
    return 1.0 - a * a


def _tanh_second(_z: Array, a: Array) -> Array:
    return -2.0 * a * (1.0 - a * a)


def _relu(z: Array) -> Array:
    return np.maximum(z, 0.0)


def _relu_derivative(z: Array, _a: Array) -> Array:
    return (z > 0).astype(np.float64)


def _leaky_relu(z: Array) -> Array:
    return np.where(z > 0, z, _LEAKY_SLOPE * z)


def _leaky_relu_derivative(z: Array, _a: Array) -> Array:
    return np.where(z > 0, 1.0, _LEAKY_SLOPE)


def _elu(z: Array) -> Array:
    return np.where(z > 0, z, np.expm1(np.minimum(z, 0.0)))


def _elu_derivative(z: Array, _a: Array) -> Array:
    return np.exp(np.minimum(z, 0.0))


def _elu_second(z: Array, _a: Array) -> Array:
    return np.where(z > 0, 0.0, np.exp(np.minimum(z, 0.0)))


def _gelu_tanh(z: Array) -> Array:
    # Clipped where it no longer matters, since z³ would overflow.
    z = np.clip(z, -_FAR, _FAR)
    return np.tanh(_GELU_SCALE * (z + _GELU_CUBIC * z * z * z))


def _gelu(z: Array) -> Array:
    return 0.5 * z * (1.0 + _gelu_tanh(z))


def _gelu_derivative(z: Array, _a: Array) -> Array:
    t = _gelu_tanh(z)
    near = np.clip(z, -_FAR, _FAR)
    inner = _GELU_SCALE * (1.0 + 3.0 * _GELU_CUBIC * near * near)
    return 0.5 * (1.0 + t) + 0.5 * near * (1.0 - t * t) * inner


def _gelu_second(z: Array, _a: Array) -> Array:
    t = _gelu_tanh(z)
    near = np.clip(z, -_FAR, _FAR)
    # u is what stands in the tanh; f″ = (1 − t²)(u′ − z t u′² + ½ z u″).
    first = _GELU_SCALE * (1.0 + 3.0 * _GELU_CUBIC * near * near)
    second = 6.0 * _GELU_SCALE * _GELU_CUBIC * near
    return (1.0 - t * t) * (first - near * t * first * first + 0.5 * near * second)


def _silu(z: Array) -> Array:
    # Where the sigmoid is 0 to the last bit, so is the product, however large z.
    return np.maximum(z, -_LARGEST_EXPONENT) * _sigmoid(z)


def _silu_derivative(z: Array, _a: Array) -> Array:
    s = _sigmoid(z)
    return s * (1.0 + np.maximum(z, -_LARGEST_EXPONENT) * (1.0 - s))


def _silu_second(z: Array, _a: Array) -> Array:
    s = _sigmoid(z)
    return s * (1.0 - s) * (2.0 + np.maximum(z, -_LARGEST_EXPONENT) * (1.0 - 2.0 * s))


def _softplus(z: Array) -> Array:
    """Return log(1 + eᶻ) without overflow."""
    return np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))


def _softplus_derivative(z: Array, _a: Array) -> Array:
    return _sigmoid(z)


def _softplus_second(z: Array, _a: Array) -> Array:
    s = _sigmoid(z)
    return s * (1.0 - s)


def _softmax(z: Array) -> Array:
    # Subtracting the largest changes nothing (it cancels) and keeps exp() from overflowing.
    e = np.exp(z - z.max(axis=1, keepdims=True))
    shares: Array = e / e.sum(axis=1, keepdims=True)
    return shares


def _softmax_jacobian_product(da: Array, a: Array) -> Array:
    # ∂aₖ/∂zⱼ = aₖ (1[k = j] − aⱼ), so δⱼ = Σₖ daₖ ∂aₖ/∂zⱼ = aⱼ (daⱼ − Σₖ daₖ aₖ).
    delta: Array = a * (da - (da * a).sum(axis=1, keepdims=True))
    return delta


def _softmax_jacobian_tangent(da: Array, a: Array, da_dot: Array, a_dot: Array) -> Array:
    # The product rule on δ = a (da − Σ da a).
    weighted = (da * a).sum(axis=1, keepdims=True)
    change = (da_dot * a + da * a_dot).sum(axis=1, keepdims=True)
    tangent: Array = a_dot * (da - weighted) + a * (da_dot - change)
    return tangent


_ROWS: Final = (
    Activation("identity", "Identity", _identity, _ones, _zeros),
    Activation("step", "Threshold", _step, _zeros, _zeros, 0.0, 1.0, 0.0),
    Activation("sigmoid", "Sigmoid", _sigmoid, _sigmoid_derivative, _sigmoid_second, 0.0, 1.0, 0.25),
    Activation("tanh", "Tanh", _tanh, _tanh_derivative, _tanh_second, -1.0, 1.0),
    Activation("relu", "ReLU", _relu, _relu_derivative, _zeros, 0.0),
    Activation("leaky_relu", "Leaky ReLU", _leaky_relu, _leaky_relu_derivative, _zeros),
    Activation("elu", "ELU", _elu, _elu_derivative, _elu_second, -1.0),
    Activation("gelu", "GELU", _gelu, _gelu_derivative, _gelu_second, steepest=1.1290),
    Activation("silu", "SiLU", _silu, _silu_derivative, _silu_second, steepest=1.0998),
    Activation("softplus", "Softplus", _softplus, _softplus_derivative, _softplus_second, 0.0),
    Activation(
        "softmax",
        "Softmax",
        _softmax,
        _sigmoid_derivative,
        _sigmoid_second,
        0.0,
        1.0,
        0.25,
        jacobian_product=_softmax_jacobian_product,
        jacobian_tangent=_softmax_jacobian_tangent,
    ),
)

ACTIVATIONS: Final[Mapping[str, Activation]] = MappingProxyType({row.name: row for row in _ROWS})
