"""What a learner does with the lab of a lesson: functions that do it, and wait until all of it is there."""

import re
from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.pages import wait_until

Act = Callable[[Page], object]

_IS_BEYOND = """async () => {
    const lesson = document.querySelector('script[type=module]').src;
    const { store } = await import(lesson.replace('lesson.js', 'state.js'));
    return store.get().now?.step >= %d;
}"""
_RESTS = """async () => {
    const lesson = document.querySelector('script[type=module]').src;
    const { store } = await import(lesson.replace('lesson.js', 'state.js'));
    const { isStale, now, trace, history } = store.get();
    return !isStale && now !== null && trace !== null && (%s);
}"""


def settle(page: Page, holds: str = "true") -> None:
    """Wait until the numbers of the last change are there; what an instrument says of them is waited for later."""
    page.wait_for_timeout(50)
    wait_until(page, _RESTS % holds)


def in_turn(*acts: Act) -> Act:
    """Do one thing after another."""

    def go(page: Page) -> None:
        for act in acts:
            act(page)

    return go


def press(control: str) -> Act:
    def click(page: Page) -> None:
        open_setup(page, control)
        page.click(control)
        settle(page)

    return click


def open_setup(page: Page, control: str) -> None:
    """Open the drawer, where a control stands in it."""
    if not page.locator(control).count() or not page.locator(control).is_visible():
        page.click("#setup-toggle")
        page.locator(control).wait_for()


def experiment(name: str) -> Act:
    """Choose an experiment of the lesson anew: after another one, since choosing the same again changes nothing."""

    def choose(page: Page) -> None:
        for one in ("xor", name):
            page.select_option("#lesson-preset", one)
            settle(page)

    return choose


def to_step(wanted: int) -> Act:
    """Pull the timeline; beyond its end, in several goes."""

    def pull(page: Page) -> None:
        while step_of(page) != wanted:
            end = min(wanted, int(page.get_attribute("#timeline", "max") or 0))
            page.locator("#timeline").fill(str(end))
            settle(page, f"now.step === {end}")

    return pull


def step_of(page: Page) -> int:
    found = re.findall(r"\d+", page.locator("#counter").inner_text().replace("\u202f", ""))
    return int(found[0])


def train(steps: int) -> Act:
    """Train so many steps on from the one on screen."""
    return lambda page: to_step(step_of(page) + steps)(page)


def play(steps: int) -> Act:
    """Train so many steps on by playing, which goes beyond them, and come back: quicker than `train`."""

    def go(page: Page) -> None:
        wanted = step_of(page) + steps
        page.select_option("#speed", "2000")
        page.click("#play")
        wait_until(page, _IS_BEYOND % wanted)
        page.click("#play")
        settle(page)
        to_step(wanted)(page)

    return go


def rate(value: str) -> Act:
    def put(page: Page) -> None:
        page.fill("#rate-field", value)
        page.press("#rate-field", "Enter")
        settle(page)

    return put


def setting(control: str, value: str) -> Act:
    """Put a number into a field of the drawer, or choose in one of its menus."""

    def put(page: Page) -> None:
        open_setup(page, control)
        if page.locator(control).evaluate("(one) => one instanceof HTMLSelectElement"):
            page.select_option(control, value)
        else:
            page.fill(control, value)
            page.press(control, "Enter")
        settle(page)

    return put


def hand(row: str) -> Act:
    """Set a weight by hand, a step of the card's − or +."""

    def put(page: Page) -> None:
        table = page.locator(".figure-network label.switch input").last
        if not table.is_checked():
            page.locator(".figure-network label.switch").last.click()
        page.locator(".figure-network .numbers button", has_text=row).first.click()
        page.click("#card-up")
        settle(page)

    return put
