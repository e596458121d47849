"""The datasets: the examples a network can learn from, one row of `DATASETS` each.

To add one, write its maker (in `points.py` or `pictures.py`) and its row here. Menus, limits, messages and
the tests of every dataset read the table. `examples` makes the arrays, `targets_for` fits them to a loss,
`split` parts training from test examples; `features.py` makes more inputs of two.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from app.engine.arrays import Array, frozen
from app.engine.choices import known
from app.engine.draws import Draws
from app.engine.pictures import WHITE, make_digits, make_dogs
from app.engine.points import (
    Classes,
    Maker,
    Settings,
    make_blobs,
    make_circles,
    make_line,
    make_moons,
    make_plane,
    make_sine,
    make_spiral,
    make_symmetry,
    make_worked,
    truth_table,
)
from app.engine.sentences import Sentence, counted, said
from app.engine.setting import Setting

Task = Literal["classification", "regression"]
LossTargets = Literal["zero_one", "minus_one_one", "one_hot"]
Indices = NDArray[np.intp]

# Each use of a seed has a stream of its own, so that a split does not repeat the draws of the points.
_EXAMPLES_STREAM: Final = 0xDA7A
_SPLIT_STREAM: Final = 0x5B117


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """A row: what the set is, what can be asked of it, and `make`, which makes it (see `points.py`).

    Counts that depend on the settings are functions of them. `classes` is None for regression, `outputs`
    None for classification (the loss decides) and `image_side` None unless an example is a picture.
    `noise` is a standard deviation, in the units of the inputs, or of the values for regression.
    """

    name: str
    label: str
    description: str
    task: Task
    samples: Setting
    noise: Setting
    make: Maker
    inputs: Callable[[Settings], int]
    classes: Callable[[Settings], int] | None = None
    outputs: int | None = None
    image_side: Callable[[Settings], int] | None = None
    # What an input is where a picture has nothing on it.
    paper: float = 0.0
    settings: tuple[Setting, ...] = ()

    @property
    def is_fixed(self) -> bool:
        """Whether the set always holds the same number of examples."""
        return self.samples.minimum == self.samples.maximum

    @property
    def defaults(self) -> dict[str, float]:
        """The settings when none are given."""
        return {setting.name: setting.default for setting in self.settings}


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """Examples of a dataset: `inputs` (n, d) and `values`, class numbers (n,) or numbers (n, outputs)."""

    inputs: Array
    values: Classes | Array
    row: Dataset
    settings: Settings

    @property
    def classes(self) -> int | None:
        """How many classes there are to tell apart; None for regression."""
        return self.row.classes(self.settings) if self.row.classes else None


def _always(count: int) -> Callable[[Settings], int]:
    return lambda _settings: count


def _setting(name: str) -> Callable[[Settings], int]:
    return lambda settings: int(settings[name])


def _samples(default: int, maximum: int = 10_000) -> Setting:
    slider = (10, min(1000, maximum))
    return Setting("samples", "Examples", default, 1, maximum, integer=True, slider=slider)


def _fixed(count: int) -> Setting:
    return Setting("samples", "Examples", count, count, count, integer=True)


def _noise(default: float, maximum: float = 0.5) -> Setting:
    return Setting("noise", "Noise", default, 0, maximum, slider=(0, maximum))


def _gate(name: str, answers: tuple[int, int, int, int], description: str) -> Dataset:
    return Dataset(
        name=name,
        label=name.upper(),
        description=description,
        task="classification",
        inputs=_always(2),
        classes=_always(2),
        samples=_fixed(4),
        noise=_noise(0),
        make=truth_table(*answers),
    )


_ROWS: Final = (
    _gate("and", (0, 0, 0, 1), "The answer is 1 when both inputs are 1."),
    _gate("or", (0, 1, 1, 1), "The answer is 1 when at least one input is 1."),
    _gate("xor", (0, 1, 1, 0), "The answer is 1 when the inputs differ, which no single neuron can tell."),
    _gate("nand", (1, 1, 1, 0), "The answer is 0 only when both inputs are 1; every circuit can be built of it."),
    Dataset(
        name="blobs",
        label="Blobs",
        description="Clouds of points, one for each class, that straight lines can part.",
        task="classification",
        inputs=_always(2),
        classes=_setting("classes"),
        samples=_samples(200),
        noise=_noise(0.1),
        settings=(Setting("classes", "Classes", 2, 2, 5, integer=True, slider=(2, 5)),),
        make=make_blobs,
    ),
    Dataset(
        name="circles",
        label="Circles",
        description="A disc of one class inside a ring of the other.",
        task="classification",
        inputs=_always(2),
        classes=_always(2),
        samples=_samples(200),
        noise=_noise(0.05),
        make=make_circles,
    ),
    Dataset(
        name="moons",
        label="Moons",
        description="Two half moons, each with its tip inside the other.",
        task="classification",
        inputs=_always(2),
        classes=_always(2),
        samples=_samples(200),
        noise=_noise(0.1),
        make=make_moons,
    ),
    Dataset(
        name="spiral",
        label="Spiral",
        description="Arms that wind about each other: the hardest of the sets in the plane.",
        task="classification",
        inputs=_always(2),
        classes=_setting("arms"),
        samples=_samples(200),
        noise=_noise(0.02, 0.3),
        settings=(Setting("arms", "Arms", 2, 2, 4, integer=True, slider=(2, 4)),),
        make=make_spiral,
    ),
    Dataset(
        name="symmetry",
        label="Mirror symmetry",
        description="All 64 patterns of six bits; the answer is 1 when the pattern reads the same from both ends.",
        task="classification",
        inputs=_always(6),
        classes=_always(2),
        samples=_fixed(64),
        noise=_noise(0),
        make=make_symmetry,
    ),
    Dataset(
        name="dogs",
        label="Dogs",
        description="Pictures that are blank white (0) or have a dog, or part of one, drawn on them (1).",
        task="classification",
        inputs=lambda settings: int(settings["side"]) ** 2,
        classes=_always(2),
        image_side=_setting("side"),
        paper=WHITE,
        samples=_samples(200, 2000),
        noise=_noise(0, 0.3),
        settings=(Setting("side", "Pixels along a side", 8, 4, 12, integer=True, slider=(4, 12)),),
        make=make_dogs,
    ),
    Dataset(
        name="digits",
        label="Handwritten digits",
        description="Digits from 0 to 9 as people wrote them, on 8 × 8 pixels (0 is paper, 1 is ink).",
        task="classification",
        inputs=_always(64),
        classes=_always(10),
        image_side=_always(8),
        samples=_samples(500, 1797),
        noise=_noise(0),
        make=make_digits,
    ),
    Dataset(
        name="line",
        label="Line",
        description="Points about the line y = 0.8·x − 0.3, which one neuron can find.",
        task="regression",
        inputs=_always(1),
        outputs=1,
        samples=_samples(50),
        noise=_noise(0.1),
        make=make_line,
    ),
    Dataset(
        name="sine",
        label="Sine",
        description="Points about one whole wave of y = sin(π·x).",
        task="regression",
        inputs=_always(1),
        outputs=1,
        samples=_samples(100),
        noise=_noise(0.1),
        make=make_sine,
    ),
    Dataset(
        name="plane",
        label="Plane",
        description="Points about the plane y = 0.6·x1 − 0.4·x2 + 0.1, which one neuron with two inputs can find.",
        task="regression",
        inputs=_always(2),
        outputs=1,
        samples=_samples(200),
        noise=_noise(0.1),
        make=make_plane,
    ),
    Dataset(
        name="worked",
        label="Worked example",
        description="The single example that the lesson on backpropagation works through by hand.",
        task="regression",
        inputs=_always(2),
        outputs=2,
        samples=_fixed(1),
        noise=_noise(0, 0),
        make=make_worked,
    ),
)

DATASETS: Final[Mapping[str, Dataset]] = MappingProxyType({row.name: row for row in _ROWS})


def examples(
    name: str,
    *,
    samples: int | None = None,
    noise: float | None = None,
    seed: int = 0,
    settings: Settings | None = None,
) -> Examples:
    """Return the examples of the dataset `name`; what is not given is the row's default.

    Raises ValueError, with a sentence that says what would be accepted, for anything that is not.
    """
    row = DATASETS[known(name, DATASETS, said("dataset"))]
    samples = int(row.samples.default) if samples is None else samples
    noise = row.noise.default if noise is None else noise
    if row.is_fixed and samples != row.samples.default:
        always = int(row.samples.default)
        message = said(
            'The number of examples of "{name}" is always {always}; {samples} were asked for.',
            name=name,
            always=always,
            samples=samples,
        )
        raise ValueError(message)
    _check(row.samples, samples, said('The number of examples of "{name}"', name=name))
    _check(row.noise, noise, said('The noise of "{name}"', name=name))
    _check_seed(seed)
    resolved = _resolve(row, settings or {})
    inputs, values = row.make(int(samples), noise, Draws(seed, _EXAMPLES_STREAM), resolved)
    values.flags.writeable = False
    return Examples(frozen(inputs), values, row, resolved)


def targets_for(examples: Examples, loss_targets: LossTargets) -> Array:
    """Return the targets (n, outputs) that a loss of this kind compares with.

    Two classes are one column of 0 and 1, or of −1 and 1; more classes, or one-hot targets, are a column
    for each class. The values of a regression set are its targets; a loss that needs classes is refused.
    """
    known(loss_targets, get_args(LossTargets), said("kind of targets"))
    classes = examples.classes
    if classes is None:
        if loss_targets != "zero_one":
            message = said(
                'The dataset "{name}" has numbers to predict, but this loss needs classes.', name=examples.row.name
            )
            raise ValueError(message)
        return frozen(examples.values)
    if classes == 2 and loss_targets != "one_hot":
        columns = examples.values[:, None]
    else:
        columns = np.equal(examples.values[:, None], np.arange(classes))
    zero_one = columns.astype(np.float64)
    return frozen(2 * zero_one - 1 if loss_targets == "minus_one_one" else zero_one)


def split(count: int, fraction: float, seed: int) -> tuple[Indices, Indices]:
    """Return the indices, in rising order, of the training and of the test examples.

    `fraction` of the examples, rounded, are for testing: none if it is 0, else at least one on each side.
    """
    if not 0 <= fraction < 1:
        message = said(
            "The part of the examples kept for testing should be at least 0 and below 1, not {fraction}.",
            fraction=fraction,
        )
        raise ValueError(message)
    needed = 2 if fraction else 1
    if count < needed:
        message = counted(
            "To be split, there should be at least {needed} examples, not {count}.",
            "To be split, there should be at least {needed} examples, not {count}.",
            count,
            needed=needed,
        )
        raise ValueError(message)
    _check_seed(seed)
    tests = min(max(round(count * fraction), 1), count - 1) if fraction else 0
    order = Draws(seed, _SPLIT_STREAM).permutation(count)
    train, test = np.sort(order[tests:]), np.sort(order[:tests])
    train.flags.writeable = test.flags.writeable = False
    return train, test


def _resolve(row: Dataset, given: Settings) -> Settings:
    """Return every setting of the row, given or default, checked."""
    for name in given:
        known(name, row.defaults, said('setting of "{owner}"', owner=row.name))
    resolved = row.defaults | dict(given)
    for setting in row.settings:
        value = resolved[setting.name]
        _check(setting, value, said('The setting "{name}" of "{owner}"', name=setting.name, owner=row.name))
        resolved[setting.name] = int(value) if setting.integer else value
    return MappingProxyType(resolved)


def _check(setting: Setting, value: float, subject: Sentence) -> None:
    # Compared, not asked with isfinite: a whole number from a request may be too large for a float.
    ordinary = -1e300 < value < 1e300
    problem = setting.problem(value) if ordinary else said("should be an ordinary number")
    if problem:
        raise ValueError(said("{subject} {problem}.", subject=subject, problem=problem))


def _check_seed(seed: int) -> None:
    if seed < 0:
        message = said("The seed should be a whole number, 0 or more, not {seed}.", seed=seed)
        raise ValueError(message)
