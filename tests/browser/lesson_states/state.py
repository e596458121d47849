"""One state of an instrument: how a learner brings it about, and what the lesson makes of it."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.browser.pages import MILLISECONDS_TO_WAIT

# A number that is nearly this, a word, or a pair that a number lies between.
Wanted = float | str | tuple[float, float]

_ABOVE = """(name) => {
    const block = document.getElementById(`q-${name}`);
    const places = [...document.querySelectorAll('[data-instrument]')];
    return places.filter((one) => one.compareDocumentPosition(block) & Node.DOCUMENT_POSITION_FOLLOWING).at(-1);
}"""
_FACTS = f"(name) => JSON.parse(({_ABOVE})(name).dataset.facts ?? 'null')"


@dataclass(frozen=True)
class State:
    """A state, and what a prediction or a task makes of it.

    `facts` are what the instrument then says of itself. `then` is, of a prediction, the option that happened, or
    None while nothing is told; of a task, whether it is done.
    `fresh` begins on a page on which nothing was done yet: what has been told once stays.
    """

    kind: Literal["wrong", "near", "right"]
    acts: Callable[[Page], object]
    facts: Mapping[str, Wanted]
    then: int | bool | None
    fresh: bool = False


def show_instrument(page: Page, block: str) -> None:
    """Bring the instrument that a block asks about into view, and wait until it knows its state."""
    page.evaluate(f"(name) => ({_ABOVE})(name).scrollIntoView({{ block: 'center' }})", block)
    wait_for_facts(page, block, {})


def wait_for_facts(page: Page, block: str, wanted: Mapping[str, Wanted]) -> None:
    """Wait until the instrument above a block says this of itself."""
    end = time.monotonic() + MILLISECONDS_TO_WAIT / 1000
    facts = None
    while time.monotonic() < end:
        facts = page.evaluate(_FACTS, block)
        if facts and all(fits(facts.get(name), one) for name, one in wanted.items()):
            return
        page.wait_for_timeout(20)
    pytest.fail(f"{block}: the instrument says {facts}, wanted was {dict(wanted)}")


def fits(value: object, wanted: Wanted) -> bool:
    if isinstance(wanted, str) or not isinstance(value, int | float):
        return value == wanted
    if isinstance(wanted, tuple):
        return wanted[0] <= value <= wanted[1]
    return value == pytest.approx(wanted, rel=1e-3, abs=1e-9)


def made_of_it(page: Page, block: str) -> int | bool | None:
    """What the block makes of the state on screen: see `State.then`."""
    found: int | bool | None = page.evaluate(
        """(name) => {
            const block = document.getElementById(`q-${name}`);
            const isDone = block.classList.contains('is-done');
            if (block.classList.contains('lesson-task')) return isDone;
            const labels = [...block.querySelectorAll('.lesson-option input + span')];
            const options = labels.map((one) => one.textContent);
            const at = options.indexOf(block.querySelector('[data-part=happened]').textContent);
            return isDone ? at + 1 : null;
        }""",
        block,
    )
    return found
