"""The activation functions: the table `ACTIVATIONS`.

To add one, add a row: a name, a label, the function, its first and second derivative, the range of its values
and its steepest slope. Menus, validation, the OpenAPI page and the gradient tests read this table, so nothing
else has to change.

The backward step of an activation takes ∂L/∂a and gives δ = ∂L/∂z. For an elementwise function that is a
product with f′(z); softmax, where every output depends on every z, multiplies by its Jacobian instead.

Every function is exact to a few units in the last place at every double, so that the tails keep their digits: what
an S-shaped function still lacks of 1 is computed from e^−|z|, never as 1 − a. NaN stays NaN; at ±infinity a
function has its limit.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf, pi, sqrt
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.engine.arrays import Array

# From here on the sigmoid is 1 to the last bit, while e^z is still far from an overflow.
_FAR_UP: Final = 40.0
# From here on 1 / cosh² is 0 to the last bit, while cosh is still far from an overflow, which is slow.
_COSH_FAR: Final = 400.0
# At −this, e^z is 0 to the last bit, and z times it, too.
_FAR_DOWN: Final = 800.0
_LEAKY_SLOPE: Final = 0.01
_GELU_SCALE: Final = sqrt(2.0 / pi)
_GELU_CUBIC: Final = 0.044715
# From here on GELU is 0 or z to the last bit, while z³ is still far from an overflow.
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
    return np.heaviside(z, 0.0)


def _zeros(z: Array, _a: Array) -> Array:
    return np.zeros_like(z)


def _sigmoid(z: Array) -> Array:
    e = np.exp(np.minimum(z, _FAR_UP))
    return e / (1.0 + e)


def _sigmoid_derivative(z: Array, _a: Array) -> Array:
    # σ(z) σ(−z), which is a (1 − a).
    e = np.exp(np.minimum(z, -z))
    once = 1.0 + e
    return e / (once * once)


def _sigmoid_second(z: Array, a: Array) -> Array:
    # 1 − 2a is −tanh(z/2).
    return -_sigmoid_derivative(z, a) * np.tanh(0.5 * z)


def _tanh(z: Array) -> Array:
    return np.tanh(z)


def _tanh_derivative(z: Array, _a: Array) -> Array:
    # 1 / cosh² z, which is 1 − a².
    root: Array = 1.0 / np.cosh(np.minimum(np.abs(z), _COSH_FAR))
    return root * root


def _tanh_second(z: Array, a: Array) -> Array:
    return -2.0 * a * _tanh_derivative(z, a)


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


def _gelu_argument(z: Array) -> tuple[Array, Array, Array]:
    """Return v(z) = 2 √(2/π) (z + 0.044715 z³) and its two derivatives: ½ (1 + tanh(v/2)) is σ(v)."""
    square = z * z
    v = 2.0 * _GELU_SCALE * z * (1.0 + _GELU_CUBIC * square)
    return v, 2.0 * _GELU_SCALE * (1.0 + 3.0 * _GELU_CUBIC * square), 12.0 * _GELU_SCALE * _GELU_CUBIC * z


def _halves(v: Array) -> tuple[Array, Array]:
    """Return e^−|v|/2, and 1 + e^−|v|: where e^−|v| underflows, a product that takes it by halves need not."""
    half = np.exp(0.5 * np.minimum(v, -v))
    return half, 1.0 + half * half


def _gated(factor: Array, v: Array) -> Array:
    """Return factor · σ(v)."""
    half, once = _halves(v)
    half = np.where(v >= 0.0, 1.0, half)
    gated: Array = factor * half * half / once
    return gated


def _bent(factor: Array, v: Array) -> Array:
    """Return factor · σ′(v)."""
    half, once = _halves(v)
    bent: Array = factor * half * half / (once * once)
    return bent


def _gelu(z: Array) -> Array:
    return _gated(np.maximum(z, -_FAR), _gelu_argument(np.clip(z, -_FAR, _FAR))[0])


def _gelu_derivative(z: Array, _a: Array) -> Array:
    # σ(v) + z v′ σ(v) σ(−v).
    near = np.clip(z, -_FAR, _FAR)
    v, first, _ = _gelu_argument(near)
    return _gated(1.0 + near * first * _sigmoid(-v), v)


def _gelu_second(z: Array, _a: Array) -> Array:
    # σ′(v) (2v′ + z v″ − z v′² tanh(v/2)).
    near = np.clip(z, -_FAR, _FAR)
    v, first, second = _gelu_argument(near)
    return _bent(2.0 * first + near * second - near * first * first * np.tanh(0.5 * v), v)


def _silu(z: Array) -> Array:
    return _gated(np.maximum(z, -_FAR_DOWN), z)


def _silu_derivative(z: Array, _a: Array) -> Array:
    near = np.clip(z, -_FAR_DOWN, _FAR_DOWN)
    return _gated(1.0 + near * _sigmoid(-near), near)


def _silu_second(z: Array, _a: Array) -> Array:
    near = np.clip(z, -_FAR_DOWN, _FAR_DOWN)
    return _bent(2.0 - near * np.tanh(0.5 * near), near)


def _softplus(z: Array) -> Array:
    """Return log(1 + eᶻ) without overflow."""
    return np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))


def _softplus_derivative(z: Array, _a: Array) -> Array:
    return _sigmoid(z)


def _softplus_second(z: Array, a: Array) -> Array:
    return _sigmoid_derivative(z, a)


@dataclass(frozen=True, slots=True)
class Shares:
    """The exponentials of z, shape (examples, units), each divided by the largest of its example.

    `top` is where the largest of each example stands, counted row after row, (examples,); `rest` is the sum of all
    others, `total` of all, (examples, 1); `shifted` are the logarithms of the exponentials.
    """

    shifted: Array
    exponentials: Array
    top: NDArray[np.intp]
    rest: Array
    total: Array

    def complement(self) -> Array:
        """Return 1 − a, what all other units of the example have together: of the largest unit, it is the rest."""
        others = self.total - self.exponentials
        others.reshape(-1)[self.top] = self.rest[:, 0]
        others /= self.total
        return others


def shares(z: Array) -> Shares:
    """Return what softmax is made of; the rest is added up without the largest, in which it would be lost."""
    z = np.ascontiguousarray(z)
    top = z.argmax(axis=1)
    top += np.arange(0, z.size, z.shape[1])
    # Dividing all by the largest changes nothing (it cancels) and keeps exp() from overflowing.
    shifted = z - z.reshape(-1)[top][:, None]
    e = np.exp(shifted)
    flat = e.reshape(-1)
    flat[top] = 0.0
    rest = np.add.reduce(e, axis=1, keepdims=True)
    flat[top] = 1.0
    return Shares(shifted, e, top, rest, 1.0 + rest)


def _softmax(z: Array) -> Array:
    made = shares(z)
    return made.exponentials / made.total


def _softmax_derivative(z: Array, a: Array) -> Array:
    return a * shares(z).complement()


def _softmax_second(z: Array, a: Array) -> Array:
    others = shares(z).complement()
    return a * others * (others - a)


def _from_top(values: Array, a: Array) -> Array:
    """Return `values` less that of the example's largest unit.

    Softmax's Jacobian does not notice, since the rows of it add up to 0; and a unit near 1 then has no difference
    of two nearly equal numbers to lose its digits in.
    """
    top: Array = values[np.arange(a.shape[0]), a.argmax(axis=1)]
    return values - top[:, None]


def _softmax_jacobian_product(da: Array, a: Array) -> Array:
    # ∂aₖ/∂zⱼ = aₖ (1[k = j] − aⱼ), so δⱼ = Σₖ daₖ ∂aₖ/∂zⱼ = aⱼ (daⱼ − Σₖ daₖ aₖ).
    da = _from_top(da, a)
    delta: Array = a * (da - (da * a).sum(axis=1, keepdims=True))
    return delta


def _softmax_jacobian_tangent(da: Array, a: Array, da_dot: Array, a_dot: Array) -> Array:
    # The product rule on δ = a (da − Σ da a).
    da, da_dot = _from_top(da, a), _from_top(da_dot, a)
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
    Activation("gelu", "GELU", _gelu, _gelu_derivative, _gelu_second, -0.17005, steepest=1.1290),
    Activation("silu", "SiLU", _silu, _silu_derivative, _silu_second, -0.27847, steepest=1.0998),
    Activation("softplus", "Softplus", _softplus, _softplus_derivative, _softplus_second, 0.0),
    Activation(
        "softmax",
        "Softmax",
        _softmax,
        _softmax_derivative,
        _softmax_second,
        0.0,
        1.0,
        0.25,
        jacobian_product=_softmax_jacobian_product,
        jacobian_tangent=_softmax_jacobian_tangent,
    ),
)

ACTIVATIONS: Final[Mapping[str, Activation]] = MappingProxyType({row.name: row for row in _ROWS})
