"""States of the lesson about networks that do not learn."""

from playwright.sync_api import Page

from app.engine.bugs import EASY
from app.engine.sabotage import Planted, accepted, plant
from tests.browser.lesson_states.lab import Act, in_turn, play, press, rate, setting, to_step, train
from tests.browser.lesson_states.state import State

SABOTAGE = "[data-instrument=sabotage]"
# The case that is open on a page.
CASES: dict[Page, Planted] = {}


def begun(name: str, *acts: Act) -> Act:
    """Choose an experiment anew, and do something with it."""
    return in_turn(anew(name), *acts)


def anew(name: str) -> Act:
    other = "equal" if name != "equal" else "dead"
    return in_turn(setting("#lesson-preset", other), setting("#lesson-preset", name))


def tanh(layers: int) -> Act:
    return in_turn(*(setting(f"#activation-{layer}", "tanh") for layer in range(layers)))


def other_case(page: Page) -> None:
    with page.expect_request("**/api/sabotage") as asked:
        page.click(f"{SABOTAGE} [data-part=other]")
    CASES[page] = plant(asked.value.post_data_json["seed"], EASY)
    page.locator(f"{SABOTAGE} [id$='-layer-0']").wait_for(state="attached")


def guess(page: Page, layer: int, bug: str) -> None:
    for choice in (f"[id$='-layer-{layer}']", f"[id$='-bug-{bug}']"):
        page.locator(f"{SABOTAGE} label:has({choice})").click()
    page.click(f"{SABOTAGE} [data-part=check]")
    page.locator(f"{SABOTAGE} .lesson-verdict p").first.wait_for()


def guess_wrong_kind(page: Page) -> None:
    case = CASES[page]
    guess(page, case.layer, next(bug for bug in EASY if (case.layer, bug) not in accepted(case)))


def guess_wrong_layer(page: Page) -> None:
    case = CASES[page]
    layers = range(len(case.came_back))
    guess(page, next(layer for layer in layers if (layer, case.bug) not in accepted(case)), case.bug)


def find(page: Page) -> None:
    guess(page, CASES[page].layer, CASES[page].bug)


def find_another(page: Page, *, is_same: bool) -> None:
    """Take other numbers until the mistake is of the kind found last, or of another one, and find it."""
    found = CASES[page].bug
    other_case(page)
    while (CASES[page].bug == found) != is_same:
        other_case(page)
    find(page)


def find_the_same(page: Page) -> None:
    find_another(page, is_same=True)


def find_a_second(page: Page) -> None:
    find_another(page, is_same=False)


ADAM = setting("#optimizer", "adam")
HE = setting("#initializer", "he_normal")

STATES = {
    "which": [
        State("wrong", to_step(0), {"preset": "vanishing", "trained": 0}, None),
        State("near", in_turn(press("#remove-1"), train(5)), {"layers": 7, "same_network": 0}, None),
        # As many layers, but not all of them are sigmoids.
        State("near", begun("vanishing", tanh(1), train(5)), {"layers": 8, "same_network": 0}, None),
        State("right", begun("vanishing", train(5)), {"weakest": "first", "same_network": 1}, 1),
        # At a higher rate the output settles sooner, and the least gradient is in between.
        State("right", in_turn(rate("0.3"), play(60)), {"weakest": "middle"}, 2, fresh=True),
    ],
    "vanishing": [
        State("wrong", play(60), {"preset": "vanishing", "accuracy": (0.4, 0.9)}, False, fresh=True),
        # It learns, but another task, or with fewer layers.
        State(
            "near",
            in_turn(setting("#dataset", "blobs"), tanh(7), play(300)),
            {"same_task": 0, "accuracy": (0.95, 1)},
            False,
        ),
        State(
            "near",
            begun("vanishing", press("#remove-1"), tanh(6), play(300)),
            {"same_task": 1, "layers": 7, "accuracy": (0.95, 1)},
            False,
        ),
        State(
            "right",
            begun("vanishing", tanh(7), play(300)),
            {"same_task": 1, "layers": 8, "accuracy": (0.95, 1)},
            True,
        ),
    ],
    "exploding": [
        State("wrong", begun("exploding", train(2)), {"preset": "exploding", "trained": 2}, False),
        # Half of the square is smaller, but it is another loss.
        State(
            "near",
            begun("exploding", HE, setting("#loss", "half_squared_error"), play(70)),
            {"same_task": 0, "loss": (0, 0.3)},
            False,
        ),
        State("right", begun("exploding", HE, play(120)), {"same_task": 1, "loss": (0, 0.3)}, True),
    ],
    "dead": [
        State("wrong", begun("dead", play(60)), {"dead": 8, "loss": (0.6, 0.7)}, False),
        # By other first weights two of the eight are alive, and enough for the loss.
        State("near", begun("dead", setting("#seed", "4"), play(300)), {"dead": 6, "loss": (0.3, 0.4)}, False),
        State("near", begun("dead", press("#remove-0"), play(60)), {"dead": 0, "layers": 1}, False),
        State(
            "right",
            begun("dead", setting("#initializer-bias", "0"), play(60)),
            {"dead": 0, "loss": (0.1, 0.3), "layers": 2},
            True,
        ),
    ],
    "equal": [
        State("wrong", begun("equal", play(60)), {"preset": "equal", "accuracy": (0.5, 0.75)}, False),
        State(
            "near",
            begun("equal", setting("#dataset", "and"), play(100)),
            {"same_task": 0, "accuracy": 1},
            False,
        ),
        State(
            "right",
            begun("equal", setting("#initializer", "xavier_uniform"), play(100)),
            {"same_task": 1, "accuracy": 1},
            True,
        ),
    ],
    "unscaled": [
        State("wrong", begun("unscaled", play(60)), {"preset": "unscaled", "loss": (20, 1e5)}, False),
        # Playing would go beyond, and there it is done.
        State("near", begun("unscaled", ADAM, rate("0.3"), train(100)), {"loss": (0.05, 0.3)}, False),
        State("right", play(400), {"loss": (0, 0.05), "step": 500}, True),
    ],
    "caught": [
        State("wrong", in_turn(other_case, guess_wrong_layer), {"found": 0}, False),
        State("near", guess_wrong_kind, {"found": 0, "layer_found": 1}, False),
        State("right", find, {"found": 1}, True),
    ],
    "second": [
        State("wrong", find, {"kinds_found": 1}, False),
        # Found again, but of the same kind.
        State("near", find_the_same, {"found": 1, "kinds_found": 1}, False),
        State("right", find_a_second, {"kinds_found": 2}, True),
    ],
}
