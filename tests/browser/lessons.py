"""What tests of lessons share: opening one, drawing in it, answering its questions."""

import re
from collections.abc import Mapping

from playwright.sync_api import Page, expect

from app.lessons.questions import QUESTIONS, Example, example
from tests.browser import looks
from tests.browser.pages import PageOpener, wait_until_drawn
from tests.filled import filled

FIRST = "a-picture-is-numbers"


def open_lesson(open_page: PageOpener, slug: str, language: str = "en", **more) -> Page:
    page = open_page(f"/{language}/lessons/{slug}", language=language, **more)
    expect(page.locator("[data-instrument] > :visible").first).to_be_visible()
    return page


def asked(page: Page, name: str, question: str) -> Example:
    """The example that a question on the page shows: the numbers it gives are found among its seeds."""
    expect(page.locator(f"#q-{name}")).not_to_have_class(re.compile("is-waiting"))
    seed = page.evaluate(
        """(name) => JSON.parse(localStorage.getItem('backstep.progress') ?? '{}')
            .lessons?.[location.pathname.split('/').at(-1)]?.numbers?.[name]?.seed ?? null""",
        name,
    )
    assert seed is not None, "a seed is kept with the first answer"
    return example(QUESTIONS[question], seed)


def given(page: Page, name: str) -> Mapping[str, str]:
    """The numbers that a question on the page gives, as they are written."""
    return page.evaluate(
        """(name) => Object.fromEntries([...document.querySelectorAll(`#q-${name} [data-given]`)]
            .map((place) => [place.dataset.given, place.textContent]))""",
        name,
    )


def answer(page: Page, name: str, value: float, *, by_keyboard: bool = False, comma: bool = False) -> None:
    """Type an answer, send it, and wait until what was found of it stands on the page."""
    text = f"{value:g}".replace(".", ",") if comma else f"{value:g}"
    page.fill(f"#q-{name}-answer", text)
    verdict = f"#q-{name}-verdict"
    expect(page.locator(f"#q-{name}")).not_to_have_class(re.compile("is-waiting"))
    # What is said next takes the place of everything that is there, so a mark that is gone tells that it came.
    page.locator(verdict).evaluate(
        "(place) => place.append(Object.assign(document.createElement('i'), {id: 'old'}))"
    )
    if by_keyboard:
        page.press(f"#q-{name}-answer", "Enter")
    else:
        page.click(f"#q-{name} form .button-strong")
    expect(page.locator(f"{verdict} #old")).to_have_count(0)


def done(page: Page) -> int:
    return page.locator(".lesson-block.is-done").count()


def says(page: Page) -> str:
    expect(page.locator(".pixels-says")).not_to_have_text("—")
    return page.locator(".pixels-says").inner_text()


def put(page: Page, place: int, **numbers: float) -> None:
    """Type the numbers of a neuron, one after another."""
    for name, value in filled(numbers.items()):
        field = page.locator(f"#neuron-{place}-{name}")
        field.fill(f"{value:g}")
        field.press("Enter")
        expect(page.locator("[data-instrument=neuron] .neuron-sum strong").first).not_to_have_text("—")


def turn(page: Page, unit: int, **numbers: float) -> None:
    """Type the numbers of one neuron of a network."""
    page.check(f'input[name=network-0-unit][value="{unit}"]')
    for name, value in filled(numbers.items()):
        page.fill(f"#network-0-{name}", f"{value:g}")
        page.press(f"#network-0-{name}", "Enter")
        expect(page.locator(".neuron-sum strong").last).not_to_have_text("—")


def stand(page: Page, place: int, **numbers: float) -> None:
    """Type where to stand on a curve, or how far the secant reaches."""
    for name, value in numbers.items():
        field = page.locator(f"#slope-{place}-{name}")
        field.fill(f"{value:g}")
        field.press("Enter")


def commit(page: Page, name: str, option: int, *, by_keyboard: bool) -> None:
    """Choose an option of a prediction, and stand by it."""
    choice = f"#q-{name} .lesson-option:nth-of-type({option})"
    if by_keyboard:
        page.focus(f"{choice} input")
        page.keyboard.press("Space")
        page.focus(f"#q-{name} [data-part=commit]")
        page.keyboard.press("Enter")
    else:
        page.click(choice)
        page.click(f"#q-{name} [data-part=commit]")


def answer_all(page: Page, questions: dict[str, str], language: str, *, by_keyboard: bool) -> None:
    """Answer each question wrongly, with every slip, and then rightly."""
    for name, question in filled(questions.items()):
        answer(page, name, 9999, by_keyboard=by_keyboard)
        made = asked(page, name, question)
        for slip in filled(made.slips):
            answer(page, name, slip.value, by_keyboard=by_keyboard)
            expect(page.locator(f"#q-{name} li.is-marked")).to_have_count(1)
        answer(page, name, made.answer, by_keyboard=by_keyboard, comma=language == "ru")
        expect(page.locator(f"#q-{name}")).to_have_class(re.compile("is-done"))


def keeps_every_rule_in_each_look(page: Page, name: str) -> None:
    """In light and dark and at every width: no rule is broken, nothing scrolls sideways."""
    looks.keeps_every_rule_in_each_look(page, name, settle=wait_until_drawn)
