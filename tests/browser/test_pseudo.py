"""The lab in a language where every message is bracketed and twice as long: all is translated, nothing breaks."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import choose, diverge, wait_for_the_picture
from tests.browser.pages import PageOpener
from tests.browser.screenshots import shoot
from tests.pseudo import CLOSE, OPEN

# Not words of a language: names, symbols, what is written the same everywhere.
NAMES = {"Backstep", "English", "Русский", "EN", "RU", "Ctrl", "Shift", "Home", "End", "Space", "R"}
FUNCTIONS = {"max", "ln", "sin", "tanh", "e", "σ", "id", "step", "sigmoid", "softmax", "sign", "clip"}

# Every piece of text that is seen or read aloud, outside of formulas and figures' axes.
TEXTS = """() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        if (!walker.currentNode.data.trim()) continue;
        const parent = walker.currentNode.parentElement;
        if (parent.closest('script, noscript, math, [hidden]')) continue;
        // A sentence may be in pieces: its marked words are elements of their own.
        found.push((parent.closest('p, dd, dt, td, th, figcaption, text') ?? parent).textContent);
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [aria-valuetext]')) {
        found.push(element.getAttribute('aria-label') ?? '', element.getAttribute('title') ?? '');
        found.push(element.getAttribute('aria-valuetext') ?? '');
    }
    return found;
}"""


def untranslated(texts: list[str]) -> list[str]:
    """What is left of the texts without what came from the catalog, names and symbols."""
    left = set()
    for text in texts:
        rest = without_messages(text)
        words = [word for word in re.findall("[A-Za-zА-Яа-яЁё]{2,}", rest) if word not in NAMES | FUNCTIONS]
        if words:
            left.add(f"{' '.join(words)[:80]}  (in: {text.strip()[:80]})")
    return sorted(left)


def without_messages(text: str) -> str:
    """Take out what stands between the brackets, which may be nested."""
    depth, rest = 0, []
    for character in text:
        depth += character == OPEN
        rest.append(character if depth == 0 else " ")
        depth -= character == CLOSE
    return "".join(rest)


STATES = {
    "whole": lambda page: None,
    "every operation": lambda page: None,
    "xor, setup": lambda page: (choose(page, "xor"), page.click("#setup-toggle")),
    "keys": lambda page: page.keyboard.press("?"),
    "diverged": diverge,
}


@pytest.mark.parametrize("state", STATES)
def test_every_text_of_the_lab_comes_from_the_catalog(open_pseudo: PageOpener, state: str) -> None:
    page = open_pseudo("/en/lab")
    wait_for_the_picture(page)
    STATES[state](page)
    steps = 34 if state == "every operation" else 1
    found: list[str] = []
    for _ in range(steps):
        found += untranslated(page.evaluate(TEXTS))
        page.keyboard.press("ArrowRight")
    assert not found, "\n" + "\n".join(sorted(set(found))[:20])


@pytest.mark.parametrize("size", [(1440, 900), (390, 844), (320, 640)])
def test_twice_as_long_words_do_not_break_the_layout(open_pseudo: PageOpener, size: tuple[int, int]) -> None:
    page = open_pseudo("/en/lab", width=size[0], height=size[1])
    wait_for_the_picture(page)
    page.keyboard.press("ArrowRight")
    expect(page.locator("#counter")).to_contain_text("33")
    shoot(page, f"lab-pseudo-{size[0]}")
    assert sideways(page) <= 0
    page.click("#setup-toggle")
    shoot(page, f"lab-pseudo-setup-{size[0]}")
    assert sideways(page) <= 0


def sideways(page: Page) -> int:
    return page.evaluate("() => document.documentElement.scrollWidth - innerWidth")


def test_a_text_that_is_not_in_the_catalog_would_be_seen() -> None:
    assert untranslated([f"{OPEN}Lab Lab{CLOSE} 12.5 η Backstep"]) == []
    assert untranslated(["Loss 12"]) == ["Loss  (in: Loss 12)"]
    assert untranslated([f"{OPEN}a {OPEN}b{CLOSE} c{CLOSE}"]) == []
