"""What a lesson can be about: the table `INSTRUMENTS`, with what each can be told and what it tells.

To add one, add a row, and the script that draws it in `static/js/lessons`. The facts are what predictions
and tasks ask about: the state of the instrument, never a button that says "done".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from app import limits
from app.api.presets import PRESETS
from app.engine.optimizers import OPTIMIZERS
from app.engine.surfaces import SURFACES
from app.lessons.faded import LEVELS
from app.lessons.settings import Numbers, OneOf, Setting, Several


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument by name; its settings and its facts, each a number or one of some words."""

    name: str
    settings: Mapping[str, Setting]
    facts: Mapping[str, tuple[str, ...]]
    # Settings that have to be there.
    required: tuple[str, ...] = ()
    # There can be one on a page.
    is_single: bool = False
    # What is wrong with settings that do not fit each other, or None.
    problem: Callable[[Mapping[str, Any]], str | None] = lambda _: None
    # Controls that a link can fix, by the end of their id in the instrument's script, with their labels.
    controls: Mapping[str, str] = field(default_factory=dict)


# No words: a number.
_NUMBER: Final = ()

_ACTIVATIONS: Final = ("step", "relu", "sigmoid", "identity")

_TASKS: Final = ("step", "train", "inside")
# What the lab can show in a lesson, and in which of its tasks each part is there.
LAB_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("setup", "network", "transport", "inspector", "card", "rate"), _TASKS),
    **dict.fromkeys(("boundary", "train", "branches", "measures"), ("train",)),
    **dict.fromkeys(("landscape", "rates", "slope", "sharpness", "votes", "check", "strip"), ("inside",)),
    "health": ("train", "inside"),
}


def _misplaced(data: Mapping[str, Any]) -> str | None:
    """Return what is wrong with the parts of a lab: each is there in some tasks only."""
    task = data.get("task")
    wrong = [part for part in data.get("parts", ()) if task not in LAB_PARTS[part]]
    if not wrong or task is None:
        return None
    fitting = ", ".join(LAB_PARTS[wrong[0]])
    return f'The part "{wrong[0]}" is not there in the task "{task}", only in: {fitting}.'


def _broken_seed(data: Mapping[str, Any]) -> str | None:
    """Return what is wrong with a seed that is not whole."""
    seeds = [seed for seed in data.get("seed", ()) if seed != int(seed)]
    return f'"seed" is a whole number, not {seeds[0]:g}.' if seeds else None


_ROWS: Final = (
    Instrument(
        "pixels",
        {"stages": OneOf("shown", "hidden")},
        {
            "says": ("dog", "nothing"),
            "ink": _NUMBER,
            "stamp": ("dog", "cat", "dust", "blank", "own"),
            "total": _NUMBER,
        },
    ),
    Instrument(
        "neuron",
        {"points": OneOf("groups", "xor"), "activation": OneOf(*_ACTIVATIONS)},
        {
            **dict.fromkeys(("right", "yes", "z", "a", "w1", "w2", "bias"), _NUMBER),
            "activation": _ACTIVATIONS,
        },
        controls={"w1": "weight w₁", "w2": "weight w₂", "b": "bias b", "activation": "activation"},
    ),
    Instrument(
        "network",
        {},
        {
            **dict.fromkeys(("right", "first", "second", "parameters", "opened"), _NUMBER),
            # What the first hidden neuron says in each corner.
            **dict.fromkeys(("first_00", "first_01", "first_10", "first_11"), ("yes", "no")),
        },
        controls={"w1": "weight w₁", "w2": "weight w₂", "b": "bias b"},
    ),
    Instrument(
        "slope",
        {"surface": OneOf("two_valleys", "inflection", "parabola")},
        {
            "at": _NUMBER,
            "slope": _NUMBER,
            "nudge": _NUMBER,
            "kind": ("rising", "falling", "minimum", "maximum", "inflection"),
        },
        controls={"at": "weight w", "nudge": "nudge h"},
    ),
    Instrument(
        "losses",
        {"target": OneOf("0", "1")},
        {
            **dict.fromkeys(("prediction", "target", "worst"), _NUMBER),
            "largest": ("absolute", "squared", "entropy"),
            # By what part of it the slope of the squared error differs from that of the absolute error.
            "slopes_differ": _NUMBER,
        },
        controls={"prediction": "The network says"},
    ),
    Instrument(
        "race",
        {
            "surface": OneOf(*SURFACES),
            "rates": Numbers(0.0, 1e6, limits.RUNS),
            "optimizers": Several(*OPTIMIZERS),
            "steps": Numbers(1.0, limits.WALK_STEPS, 1),
            "start": Numbers(-1e6, 1e6, 2),
            "shows": Several("rate", "start", "curve", "ledger"),
            "limit": OneOf("shown", "hidden"),
        },
        {
            **dict.fromkeys(("step", "lowest", "rate", "start", "start_y", "at", "value", "jumps"), _NUMBER),
            # How far the rate is from 2/λ, and the point from the nearest minimum.
            **dict.fromkeys(("off_limit", "off"), _NUMBER),
            "outcome": ("unseen", "converged", "slow", "oscillating", "diverged"),
            # 1 where each of the last moves of the whole run is longer than the one before.
            "growing": _NUMBER,
            "strides": ("none", "equal", "shorter", "longer", "mixed"),
            "way": ("none", "straight", "bent", "across", "circles"),
        },
    ),
    Instrument(
        "expression",
        {"formula": OneOf("chain", "twice", "own")},
        {
            **dict.fromkeys(("step", "forward", "done", "value", "gradient", "zero", "meets"), _NUMBER),
            # Steps that were never on screen; values that were changed besides the one that is watched.
            **dict.fromkeys(("skipped", "others", "operations", "shared"), _NUMBER),
            "joined": ("unseen", "sum", "product", "larger", "unclear"),
            "order": ("same", "reversed", "other"),
        },
    ),
    Instrument(
        "faded",
        {"blanks": OneOf(*LEVELS), "seed": Numbers(0.0, limits.SEED, 1)},
        {
            "filled": _NUMBER,
            "blanks": _NUMBER,
            "left": _NUMBER,
            "level": tuple(LEVELS),
            "shown": _NUMBER,
            "slips": _NUMBER,
            "weights": ("old", "updated"),
            # By what part updating too early changes the hidden layer's gradients, and the loss after the step.
            "gradient_drift": _NUMBER,
            "loss_drift": _NUMBER,
        },
        problem=_broken_seed,
    ),
    Instrument(
        "lab",
        {
            "presets": Several(*PRESETS),
            "parts": Several(*LAB_PARTS),
            "task": OneOf(*_TASKS),
        },
        {
            "preset": tuple(PRESETS),
            "step": _NUMBER,
            "reached": _NUMBER,
            "loss": _NUMBER,
            "accuracy": _NUMBER,
            "rate": _NUMBER,
            "changes": _NUMBER,
            "branches": _NUMBER,
            "phase": ("before", "forward", "loss", "backward", "update", "whole"),
            # 1 once a weight has moved from where it began.
            "moved": _NUMBER,
            # What is asked about, and in which layer, from 1.
            "pinned": ("nothing", "weight", "bias", "unit", "loss"),
            "pinned_layer": _NUMBER,
            # Gradients of weights that the step on screen has so far, and the layer whose came first.
            "gradients": _NUMBER,
            "first_gradient": ("none", "first", "last", "other"),
            "plane": ("parameters", "random", "pca"),
            # Of the map through the moment on screen: earlier moments off its surface, and whether the first is.
            "off_map": _NUMBER,
            "start_off_map": _NUMBER,
            # Of the path's variance, the percentage that the plane of the path holds.
            "held": _NUMBER,
            "zone": ("slow", "good", "bounces", "flies_away"),
            "ill": _NUMBER,
            "weakest": ("first", "middle", "last"),
            "vanishing": _NUMBER,
            "rises": _NUMBER,
            "fallen": _NUMBER,
            "since_change": _NUMBER,
            # Steps of training since a weight was last set by hand.
            "trained": _NUMBER,
            # Steps of a branch that another rate began, beside the run it came from.
            "forked": _NUMBER,
            # Of a run beside one that differs in the optimizer alone: how many steps both went on, and the share
            # of the other's loss that is its own there.
            "compared": _NUMBER,
            "against": _NUMBER,
            # 1 where the examples are those that the preset began with.
            "same_data": _NUMBER,
            # 1 where the loss, what is held out and the examples are the preset's, inputs may be scaled;
            # 1 where the network is.
            "same_task": _NUMBER,
            "same_network": _NUMBER,
            "dead": _NUMBER,
            "layers": _NUMBER,
            "optimizer": tuple(OPTIMIZERS),
            "diverged": _NUMBER,
        },
        required=("presets", "parts", "task"),
        is_single=True,
        controls={"rate": "the learning rate"},
        problem=_misplaced,
    ),
    Instrument(
        "sabotage",
        {"bugs": OneOf("easy", "all")},
        {"found": _NUMBER, "layer_found": _NUMBER, "tries": _NUMBER, "kinds_found": _NUMBER},
    ),
    Instrument(
        "symmetry",
        {},
        {
            "steps": _NUMBER,
            "solved": _NUMBER,
            "stuck": _NUMBER,
            "found_124": _NUMBER,
            "found_234": _NUMBER,
            "mismatch": _NUMBER,
            # How the losses of all that are solved went.
            "course": ("even", "plateau", "jumps"),
            "shown": ("none", "124", "234", "other", "stuck"),
        },
    ),
)

INSTRUMENTS: Final[Mapping[str, Instrument]] = MappingProxyType({row.name: row for row in _ROWS})
