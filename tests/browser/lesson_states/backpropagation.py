"""States of the lesson about backpropagation."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from app.lessons.faded import pass_of
from tests.browser.lesson_states.state import State


def walk(stride: str, times: int) -> Callable[[Page], None]:
    """Walk on from the beginning in strides of one length; a stride of "step" is the whole of it."""

    def go(page: Page) -> None:
        page.focus("#progress")
        page.keyboard.press("Home")
        page.click(f"label:has(input[name=granularity][value={stride}])")
        for _ in range(times):
            page.click("#forward")

    return go


def one_more(page: Page) -> None:
    page.click("label:has(input[name=granularity][value=operation])")
    page.click("#forward")


def ask(*rows: str) -> Callable[[Page], None]:
    """Choose rows in the table of the picture's numbers, one after another."""

    def choose(page: Page) -> None:
        table = page.locator(".figure-network label.switch input").last
        if not table.is_checked():
            page.locator(".figure-network label.switch").last.click()
        for row in rows:
            page.locator(".figure-network .numbers button", has_text=row).first.click()

    return choose


def fill(*blanks: str, shown: tuple[str, ...] = ()) -> Callable[[Page], None]:
    """Fill in blanks, and have others shown."""

    def put(page: Page) -> None:
        for blank in blanks:
            page.fill(f"#faded-6-{blank}-field", f"{pass_of(0).value(blank):.6g}")
            page.press(f"#faded-6-{blank}-field", "Enter")
            expect(page.locator(f"#faded-6-{blank}-verdict .is-right")).to_be_visible()
        for blank in shown:
            page.click(f"#faded-6-{blank}-show")

    return put


def weights(which: str) -> Callable[[Page], None]:
    return lambda page: page.click(f"label:has(#faded-6-weights-{which})")


STATES = {
    "last": [
        State("wrong", walk("operation", 0), {"phase": "before", "gradients": 0}, None),
        State("near", walk("pass", 1), {"phase": "loss", "gradients": 0}, None),
        # The backward pass has begun, but no weight has its gradient yet.
        State("near", one_more, {"phase": "backward", "gradients": 0}, None),
        State("right", walk("unit", 8), {"gradients": (1, 7), "first_gradient": "last"}, 2),
        State("right", walk("step", 1), {"phase": "whole", "gradients": 8}, 2, fresh=True),
    ],
    "walk": [
        State("wrong", walk("pass", 1), {"phase": "loss", "moved": 0}, False, fresh=True),
        State("near", walk("pass", 2), {"phase": "backward", "gradients": 8, "moved": 0}, False),
        State("right", walk("pass", 3), {"phase": "update", "moved": 1}, True),
        # In one stride the next step is there at once; the weights have moved all the same.
        State("right", walk("step", 1), {"phase": "whole", "step": 1, "moved": 1}, True, fresh=True),
    ],
    "ask": [
        State("wrong", ask("hidden unit 1 · z"), {"pinned": "unit", "pinned_layer": 1}, False),
        State("near", ask("weight from hidden unit 1"), {"pinned": "weight", "pinned_layer": 2}, False),
        State("near", ask("bias of hidden unit 1"), {"pinned": "bias", "pinned_layer": 1}, False),
        State("right", ask("weight from input 2"), {"pinned": "weight", "pinned_layer": 1}, True),
    ],
    "fill": [
        State("wrong", fill(), {"filled": 0}, False),
        State(
            "near",
            fill("z_h1", "a_o2", "loss_o1", "da_h1", shown=("delta_o1",)),
            {"filled": 4, "shown": 1},
            False,
        ),
        State("right", fill("dW_o1_h1"), {"filled": 5}, True),
    ],
    "updated": [
        State("wrong", weights("old"), {"weights": "old"}, None),
        State("near", fill("da_o2", "derivative_o2"), {"weights": "old", "gradient_drift": (0.1, 0.2)}, None),
        State(
            "right",
            weights("updated"),
            {"weights": "updated", "gradient_drift": (0.1, 0.2), "loss_drift": (0, 0.001)},
            3,
        ),
    ],
}
