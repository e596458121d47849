"""A lesson with a pass to fill in, put beside the others; and what its tests do with it."""

from pathlib import Path
from typing import Final

from playwright.sync_api import Locator, Page, expect

from app.i18n import languages
from tests.browser.pages import PageOpener

SLUG: Final = "a-pass"
LEFT_OUT: Final = {
    "en": (
        "A pass to fill in",
        "Nine numbers are yours.",
        "What changes?",
        "Little",
        "Much",
        "Fill in all.",
        "Done.",
    ),
    "ru": ("Проход с пропусками", "Девять чисел.", "Что изменится?", "Мало", "Много", "Заполните всё.", "Готово."),
}
_FORM: Final = """---
title: {0}
idea: {1}
minutes: 10
order: 30
---
{1}

::: instrument faded
blanks: nine
:::

::: predict updated
when: weights = updated
outcome: 1

{2}

- {3}
- {4}
---
{3}.
:::

::: task all
check: left = 0, level = nine, shown = 0

{5}
---
{6}
:::

::: task shown
check: shown >= 1, slips >= 1

{5}
---
{6}
:::
"""


def write_lesson(folder: Path) -> None:
    """Put the lesson into a folder of lessons."""
    (folder / SLUG).mkdir()
    for code, words in LEFT_OUT.items():
        (folder / SLUG / f"{code}.md").write_text(_FORM.format(*words), encoding="utf-8")


def open_pass(opener: PageOpener, language: str = "en", **more) -> Page:
    """Open the lesson and wait for the lines."""
    page = opener(f"/{language}/lessons/{SLUG}", language=language, **more)
    expect(line(page, "z_h1")).to_be_visible()
    return page


def line(page: Page, name: str) -> Locator:
    return page.locator(f"#faded-0-{name}")


def field(page: Page, name: str) -> Locator:
    return page.locator(f"#faded-0-{name}-field")


def verdict(page: Page, name: str) -> Locator:
    return page.locator(f"#faded-0-{name}-verdict")


def said_of(label: str, language: str) -> str:
    """What is said of a slip, in a language."""
    return str(languages()[language].messages.get(label, label))


def typed(value: float, language: str) -> str:
    """A number as somebody types it there, with more digits than are needed."""
    text = f"{value:.6g}"
    return text.replace(".", ",") if language == "ru" else text


def fill(page: Page, name: str, value: float) -> None:
    """Put a number into a blank, and wait until it was judged."""
    field(page, name).fill(f"{value:.9g}")
    with page.expect_response("**/api/pass/answer"):
        field(page, name).press("Enter")
    expect(page.locator(f"#faded-0-{name}-check[aria-disabled=true]")).to_have_count(0)
