"""An update of weights by gradients that were found in whatever way, by the optimizer's own rule."""

from typing import Final

from app.engine.network import LayerBackward, LayerParameters, Parameters
from app.engine.optimizers import OPTIMIZERS

_RULE: Final = OPTIMIZERS["sgd"].update


def stepped(parameters: Parameters, came_back: tuple[LayerBackward, ...], rate: float) -> Parameters:
    """Return the parameters after one step of plain gradient descent whose biases are frozen."""
    return tuple(
        LayerParameters(_RULE(own.weights, back.dW, (), {"learning_rate": rate}, 1)[0], own.biases)
        for own, back in zip(parameters, came_back, strict=True)
    )
