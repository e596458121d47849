"""What the tests of training share."""

import pytest

from app.engine import fast_training, training
from app.engine.activations import ACTIVATIONS
from app.engine.losses import LOSSES
from app.engine.optimizers import OPTIMIZERS
from app.engine.training import OptimizerChoice

BOTH = pytest.mark.parametrize("train", [training.train, fast_training.train], ids=["clear", "fast"])
EVERY_OPTIMIZER = pytest.mark.parametrize("optimizer", OPTIMIZERS)
LAST = [
    (activation, loss)
    for activation in ACTIVATIONS
    for loss in LOSSES
    # Here a prediction has to be a share, whatever the parameters become.
    if loss not in ("binary_cross_entropy", "cross_entropy") or activation in ("sigmoid", "softmax")
]


def choice(name, **changed):
    """Return an optimizer with its default settings, but for those named."""
    return OptimizerChoice(name, {setting.name: setting.default for setting in OPTIMIZERS[name].settings} | changed)
