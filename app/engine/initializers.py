"""The ways to choose the first weights: the table `INITIALIZERS`.

To add one, add a row: a name, its settings, and a function of one layer's shape. `fan_in` is the number of
inputs of a unit, `fan_out` the number of units. Biases start at 0 unless the setting `bias` says otherwise.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt
from types import MappingProxyType
from typing import Final

from app.engine.arrays import Array, frozen
from app.engine.draws import Draws
from app.engine.network import LayerParameters, Network, Parameters
from app.engine.setting import Setting

Make = Callable[[Draws, int, int, Mapping[str, float]], Array]

BIAS: Final = Setting("bias", "Bias", 0.0, slider=(-1.0, 1.0))


@dataclass(frozen=True, slots=True)
class Initializer:
    """A rule for the first weights; `make(draws, fan_out, fan_in, settings)` has shape (fan_out, fan_in)."""

    name: str
    label: str
    make: Make
    settings: tuple[Setting, ...] = ()


def _constant(_draws: Draws, fan_out: int, fan_in: int, settings: Mapping[str, float]) -> Array:
    return frozen([[settings["value"]] * fan_in] * fan_out)


def _zeros(_draws: Draws, fan_out: int, fan_in: int, _settings: Mapping[str, float]) -> Array:
    return frozen([[0.0] * fan_in] * fan_out)


def _uniform(draws: Draws, fan_out: int, fan_in: int, settings: Mapping[str, float]) -> Array:
    return draws.uniform(settings["low"], settings["high"], (fan_out, fan_in))


def _normal(draws: Draws, fan_out: int, fan_in: int, settings: Mapping[str, float]) -> Array:
    return draws.normal(settings["std"], (fan_out, fan_in))


def _scaled_uniform(limit: Callable[[int, int], float]) -> Make:
    def make(draws: Draws, fan_out: int, fan_in: int, _settings: Mapping[str, float]) -> Array:
        bound = limit(fan_in, fan_out)
        return draws.uniform(-bound, bound, (fan_out, fan_in))

    return make


def _scaled_normal(std: Callable[[int, int], float]) -> Make:
    def make(draws: Draws, fan_out: int, fan_in: int, _settings: Mapping[str, float]) -> Array:
        return draws.normal(std(fan_in, fan_out), (fan_out, fan_in))

    return make


_ROWS: Final = (
    Initializer("zeros", "Zeros", _zeros),
    Initializer("constant", "All equal", _constant, (Setting("value", "Value", 0.5, slider=(-2.0, 2.0)),)),
    Initializer(
        "uniform",
        "Uniform",
        _uniform,
        (
            Setting("low", "Lowest", -0.5, slider=(-2.0, 2.0)),
            Setting("high", "Highest", 0.5, slider=(-2.0, 2.0)),
        ),
    ),
    Initializer(
        "normal",
        "Normal",
        _normal,
        (Setting("std", "Standard deviation", 0.5, minimum=0.0, slider=(0.0, 2.0)),),
    ),
    # Glorot, Bengio: Understanding the difficulty of training deep feedforward neural networks, 2010.
    Initializer("xavier_uniform", "Xavier, uniform", _scaled_uniform(lambda i, o: sqrt(6.0 / (i + o)))),
    Initializer("xavier_normal", "Xavier, normal", _scaled_normal(lambda i, o: sqrt(2.0 / (i + o)))),
    # He, Zhang, Ren, Sun: Delving deep into rectifiers, 2015.
    Initializer("he_uniform", "He, uniform", _scaled_uniform(lambda i, _o: sqrt(6.0 / i))),
    Initializer("he_normal", "He, normal", _scaled_normal(lambda i, _o: sqrt(2.0 / i))),
    # LeCun, Bottou, Orr, Müller: Efficient backprop, 1998.
    Initializer("lecun_normal", "LeCun, normal", _scaled_normal(lambda i, _o: sqrt(1.0 / i))),
)

INITIALIZERS: Final[Mapping[str, Initializer]] = MappingProxyType({row.name: row for row in _ROWS})


def initialize(network: Network, name: str, seed: int, settings: Mapping[str, float] | None = None) -> Parameters:
    """Return first parameters for `network`; the same name, seed and settings give the same numbers everywhere.

    Each layer has a stream of its own, so changing one layer leaves the others' weights as they were.
    """
    row = INITIALIZERS[name]
    chosen = {setting.name: setting.default for setting in (*row.settings, BIAS)} | dict(settings or {})
    return tuple(
        LayerParameters(
            weights=frozen(row.make(Draws(seed, index), layer.units, fan_in, chosen)),
            biases=frozen([chosen[BIAS.name]] * layer.units),
        )
        for index, (layer, fan_in) in enumerate(zip(network.layers, network.fan_ins, strict=True))
    )
