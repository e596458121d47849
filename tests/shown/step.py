"""What the symbols of the lab stand for at one training step: numbers of the engine's trace, looked up by name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tests.shown.reading import key_of
from tests.shown.rounded import Rounded, as_rounded


@dataclass
class StepMeanings:
    """A step as seen from one example; `loss` is what L stands for, `part` what L with an index does."""

    experiment: Mapping[str, Any]
    trace: Mapping[str, Any]
    example: int = 0
    loss: float = float("nan")
    parts: list[float] = field(default_factory=list)
    more: dict[str, float] = field(default_factory=dict)
    bound: dict[str, int] = field(default_factory=dict)
    is_raw: bool = False  # x is an input before features are made of it

    # What is the engine's

    def layer(self, number: int | None) -> int:
        layers = self.experiment["network"]["layers"]
        if number is None:
            assert len(layers) == 1, "a symbol of a deep network says of which layer it is"
            return 0
        assert len(layers) > 1
        return number - 1

    def followed(self, index: tuple) -> tuple[int, int]:
        """The example and the unit of an index; the example is bound by a sum, or the one that is followed."""
        example = index[0] if len(index) > 1 else self.bound.get("n", self.example + 1)
        return example - 1, index[-1] - 1

    def weights(self, layer: int) -> np.ndarray:
        return np.array(self.experiment["parameters"][layer]["weights"])

    def penalty_of(self, layer: int) -> np.ndarray:
        weights = self.weights(layer)
        return self.experiment.get("l1", 0.0) * np.sign(weights) + self.experiment.get("l2", 0.0) * weights

    def reach(self, index: str) -> int:
        match index:
            case "n":
                return len(self.trace["inputs"])
            case "j":
                return len(self.trace["targets"][0])
        return int(self.more[f"reach of {index}"])

    # What formulas ask

    def symbol(self, letter: str, index: tuple, layer: int | None, mark: str):
        found = self._number(letter, index, layer) if not mark else None
        if found is None:
            raise LookupError(f"{letter}, {index}, {layer}, {mark!r}")
        return as_rounded(found) if isinstance(found, np.ndarray) else Rounded(float(found))

    def _number(self, letter: str, index: tuple, number: int | None):
        trace = self.trace
        if not index:
            return self._whole(letter, number)
        if letter in ("x", "y"):
            example, unit = self.followed(index)
            inputs = "raw_inputs" if self.is_raw else "inputs"
            return trace[inputs if letter == "x" else "targets"][example][unit]
        if letter == "L":
            return self.parts[index[0] - 1]
        layer = self.layer(number)
        if letter in ("w", "b"):
            own = self.experiment["parameters"][layer]
            unit = index[0] - 1
            return own["biases"][unit] if letter == "b" else own["weights"][unit][index[1] - 1]
        example, unit = self.followed(index)
        return trace["layers"][layer]["delta" if letter == "δ" else letter][example][unit]

    def _whole(self, letter: str, number: int | None):
        alone = {
            "L": self.loss,
            "m": len(self.trace["targets"][0]),
            "η": self.experiment["optimizer"]["learning_rate"],
            **self.more,
        }
        if letter in alone:
            return alone[letter]
        if letter == "X" and number is None:
            return np.array(self.trace["inputs"])
        own = self.trace["layers"][self.layer(number)]
        arrays = {"A": own["a"], "δ": own["delta"], "dW": own["dW"], "db": [own["db"]]}
        return np.array(arrays[letter]) if letter in arrays else None

    def derivative(self, top: tuple, bottom: tuple):
        above, below = key_of(top, self.bound), key_of(bottom, self.bound)
        found = self._slope(above, below)
        return as_rounded(found) if isinstance(found, np.ndarray) else Rounded(float(found))

    def _slope(self, above: tuple, below: tuple):
        letter, index, number, mark = below
        layer = self.layer(number)
        own = self.trace["layers"][layer]
        match above[0], letter:
            case "P", "W":
                return self.penalty_of(layer)
            case "P", "w":
                return self.penalty_of(layer)[index[0] - 1, index[1] - 1]
            case "L", "a":
                example, unit = self.followed(index)
                return own["da"][example][unit]
            case "L", "w":
                return own["dW"][index[0] - 1][index[1] - 1]
            case "L", "b":
                return own["db"][index[0] - 1]
            case "a", "z":
                assert above[2] == number
                example, k = self.followed(above[1])
                _, j = self.followed(index)
                a = own["a"][example]
                return a[k] * ((k == j) - a[j])
        raise LookupError(f"∂{above} ∕ ∂{below}{mark}")

    def called(self, name: str, argument: tuple):
        """f′(z): the slope of the activation of z's own layer."""
        letter, index, number, _ = key_of(argument, self.bound)
        assert (name, letter) == ("f′", "z")
        example, unit = self.followed(index)
        return Rounded(self.trace["layers"][self.layer(number)]["derivative"][example][unit])
