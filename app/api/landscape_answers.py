"""What a client gets of the landscape: the map, the curvature, the step sizes, the slope of one parameter."""

from typing import Literal

from app.api.answers import Answer, Double, DoubleMatrix, DoubleVector, ParametersAnswer


class PointAnswer(Answer):
    """A point of a plane (on a line `y` is null), and the loss there."""

    x: Double
    y: Double
    loss: Double


class PathOnPlaneAnswer(Answer):
    """Moments as seen from the plane: their own `loss`, that of the slice below them, their `distance` off it."""

    x: DoubleVector
    y: DoubleVector | None
    loss: DoubleVector
    slice_loss: DoubleVector
    distance: DoubleVector


class PlaneGradientsAnswer(Answer):
    """The loss's derivatives along the axes of a plane, at points (x, y); rows are y."""

    x: DoubleVector
    y: DoubleVector | None
    dx: DoubleMatrix
    dy: DoubleMatrix | None


class MovingAnswer(Answer):
    """How many weights and how many biases move anywhere on a plane."""

    weights: int
    biases: int


class LandscapeAnswer(Answer):
    """The loss at every point of a grid (a row for each y; a line has one row), its centre, and a path beside it.

    Of a path's plane, `explained_variance` is the share of the variance of its moments, about their mean, that each
    axis holds, and `random_walk_variance` the share it would hold of a random walk with as many moments and free
    parameters, on average. With `directions`, a point is the parameters + x · the first + y · the second. Random
    directions are at right angles and of one length; `moving` says which numbers they move.
    """

    x: DoubleVector
    y: DoubleVector | None
    loss: DoubleMatrix
    centre: PointAnswer
    path: PathOnPlaneAnswer | None
    explained_variance: DoubleVector | None
    random_walk_variance: DoubleVector | None
    directions: list[ParametersAnswer] | None
    moving: MovingAnswer
    gradients: PlaneGradientsAnswer | None


class BendAnswer(Answer):
    """How the loss is bent at a moment: `sharpness` is the largest eigenvalue of its Hessian.

    Beyond `critical_learning_rate` = 2 / `sharpness` (null where it is not bent upwards) steps of plain gradient
    descent along the sharpest direction grow.
    """

    loss: Double
    sharpness: Double
    critical_learning_rate: Double
    gradient_norm: Double
    iterations: int
    converged: bool


class CurvatureAnswer(BendAnswer):
    """The bend at the moment asked about, and at each of the moments of the path."""

    path: list[BendAnswer] | None


class StepSizesAnswer(Answer):
    """The loss after one update with each rate; `best_rate` gives the lowest, null where none lowers the loss."""

    rates: DoubleVector
    losses: DoubleVector
    loss: Double
    best_rate: Double
    best_loss: Double
    direction: Literal["gradient", "update"]
    slope: Double


Verdict = Literal["slow", "good", "bounces", "flies_away"]


class OwnRateAnswer(Answer):
    """What the rate in force would do: the loss after the steps, and how many more units would be dead."""

    rate: Double
    loss: Double
    newly_dead: int
    verdict: Verdict | None


class VerdictsAnswer(Answer):
    """What learning rates do in `steps` steps: `losses` after them (null: not finite); `loss` is that before.

    "flies_away": the loss is null or has risen. "good": it gains at least half of what the best rate does; one that
    kills units is good only if its loss is the lowest. "slow" below the best rate, "bounces" above it: all others.
    Where training has `settled`, no rate gains more than rounding: verdicts are null, but for "flies_away".
    `best_rate` has the lowest loss; `recommended_rate` the lowest of the good ones that kill no unit. `newly_dead`:
    how many more units are dead after the steps than before. `own` is the rate in force, held against the best one.
    """

    loss: Double
    rates: DoubleVector
    losses: DoubleVector
    verdicts: list[Verdict | None]
    newly_dead: list[int]
    best_rate: Double
    best_loss: Double
    recommended_rate: Double
    recommended_loss: Double
    settled: bool
    steps: int
    own: OwnRateAnswer


class RatesAnswer(VerdictsAnswer):
    """The verdicts on a network's rates, from the loss of all training examples.

    `limit` is 2 / the `sharpness` of that loss (null where it is not bent upwards): beyond it plain gradient
    descent leaves a bowl. Where it would all take too long, both are null, and `steps` and `rates` are fewer than
    asked for.
    """

    sharpness: Double
    limit: Double


class LandingAnswer(Answer):
    """Where an update of one parameter lands, the slope there, and whether it jumped over a minimum."""

    value: Double
    loss: Double
    gradient: Double
    has_jumped: bool
    is_off: bool


class OutcomeAnswer(Answer):
    """A value of the parameter and a loss."""

    value: Double
    loss: Double


class SlopeAnswer(Answer):
    """The loss along one parameter: where it is, the coming `step` and those after it, of this parameter alone.

    `together` is where it lands when all parameters move, and the loss then; `minimum` the lowest of the line.
    """

    value: Double
    loss: Double
    gradient: Double
    range: tuple[float, float]
    values: DoubleVector
    losses: DoubleVector
    step: LandingAnswer
    ghosts: list[LandingAnswer]
    together: OutcomeAnswer
    minimum: OutcomeAnswer


class SurfaceGridAnswer(Answer):
    """A surface's values: a row for each y; of one variable, one row, and `y` is null."""

    x: DoubleVector
    y: DoubleVector | None
    values: DoubleMatrix


class WalkAnswer(Answer):
    """One run on a surface: point, value and gradient at the start and after each update.

    In the place of the gradient an update takes what is `remembered`, and divides it by the `divisors` (null: no
    such thing). `diverged_at` is the first update after which it is far beyond everything; `is_growing` says
    whether each of its last dozen moves was longer than the one before. `rates` are the verdicts on the learning
    rates of its optimizer, from the start.
    """

    optimizer: str
    points: DoubleMatrix
    values: DoubleVector
    gradients: DoubleMatrix
    moves: DoubleMatrix
    remembered: DoubleMatrix | None
    divisors: DoubleMatrix | None
    outcome: Literal["converged", "slow", "oscillating", "diverged"]
    diverged_at: int | None
    is_growing: bool
    rates: VerdictsAnswer


class DescentAnswer(Answer):
    """All runs from one start; `critical_learning_rate` is 2 / the largest bend of the surface at `critical_at`."""

    surface: str
    runs: list[WalkAnswer]
    critical_learning_rate: Double
    critical_at: DoubleVector
