"""What the tests of training share."""

from app.engine.optimizers import OPTIMIZERS
from app.engine.training import OptimizerChoice


def choice(name, **changed):
    """Return an optimizer with its default settings, but for those named."""
    return OptimizerChoice(name, {setting.name: setting.default for setting in OPTIMIZERS[name].settings} | changed)
