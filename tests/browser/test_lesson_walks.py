"""Lessons walked to their ends, by keyboard alone and by clicks alone, with wrong answers and with right ones."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.lessons import (
    FIRST,
    answer,
    answer_all,
    asked,
    commit,
    done,
    open_lesson,
    put,
    says,
    stand,
    turn,
)
from tests.browser.pages import PageOpener
from tests.filled import filled

# A walk by clicks is in English, one by keys in Russian: each way, and each language, once.
IN_ENGLISH = pytest.mark.parametrize("language", ["en"])
IN_RUSSIAN = pytest.mark.parametrize("language", ["ru"])
SHOWN = re.compile("is-shown")
# The questions of the lessons that have two.
THIRD = {"count": "parameter_count", "forward": "network_output"}
FOURTH = {"loss": "squared_loss", "steep": "squared_slope"}


@IN_ENGLISH
def test_the_first_lesson_by_single_clicks(open_page: PageOpener, language: str) -> None:
    page = open_lesson(open_page, FIRST, language)
    nothing, dog = ("nothing", "“A dog”") if language == "en" else ("ничего", "«Собака»")
    assert says(page) == nothing
    # The outcome waits for the prediction, and then for the cat.
    commit(page, "cat", 1, by_keyboard=False)
    outcome = page.locator("#q-cat [data-part=outcome]")
    expect(outcome).not_to_have_class(SHOWN)
    page.click("[data-stamp=dog]")
    expect(page.locator(".pixels-says")).to_have_text(dog)
    expect(outcome).not_to_have_class(SHOWN)
    page.click("[data-stamp=cat]")
    expect(outcome).to_have_class(SHOWN)
    chosen = page.locator("#q-cat .lesson-option:nth-of-type(1) input + span").inner_text()
    expect(page.locator("#q-cat [data-part=said]")).to_have_text(chosen)
    # The task is done by one dot, and not before.
    page.click("[data-stamp=blank]")
    expect(page.locator(".pixels-says")).to_have_text(nothing)
    page.locator(".pixel").nth(10).click()
    page.locator(".pixel").nth(11).click()
    page.locator(".pixel").nth(10).click()
    expect(page.locator("#q-fool")).to_have_class(re.compile("is-done"))
    answer(page, "sum", 123_456)
    answer(page, "sum", asked(page, "sum", "pixel_distance").answer)
    expect(page.locator("#q-sum")).to_have_class(re.compile("is-done"))
    assert done(page) == 3
    page.reload()
    expect(page.locator(".lesson-block.is-done")).to_have_count(3)


@IN_RUSSIAN
def test_the_first_lesson_by_keyboard_alone(open_page: PageOpener, language: str) -> None:
    page = open_lesson(open_page, FIRST, language)
    says(page)
    page.focus("#q-cat input")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.locator("#q-cat [data-part=commit]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#q-cat [data-part=waiting]")).to_be_focused()
    page.focus("[data-stamp=cat]")
    page.keyboard.press("Enter")
    expect(page.locator("#q-cat [data-part=outcome]")).to_have_class(SHOWN)
    page.focus("[data-stamp=blank]")
    page.keyboard.press("Space")
    page.focus(".pixel")
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
    expect(page.locator(".pixel").nth(8)).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("#q-fool")).to_have_class(re.compile("is-done"))
    answer(page, "sum", -1, by_keyboard=True)
    answer(page, "sum", asked(page, "sum", "pixel_distance").answer, by_keyboard=True)
    expect(page.locator("#q-sum")).to_have_class(re.compile("is-done"))
    page.focus(".lesson-more summary")
    page.keyboard.press("Enter")
    expect(page.locator(".lesson-more div")).to_be_visible()
    assert done(page) == 3


@IN_RUSSIAN
def test_the_second_lesson_by_typing_alone(open_page: PageOpener, language: str) -> None:
    page = open_lesson(open_page, "one-neuron", language)
    commit(page, "bias", 2, by_keyboard=True)
    put(page, 0, b=0.5)
    expect(page.locator("#q-bias [data-part=outcome]")).to_have_class(SHOWN)
    assert "is-done" not in (page.locator("#q-part").get_attribute("class") or "")
    put(page, 0, w1=1, w2=1, b=-1.5)
    expect(page.locator("#q-part")).to_have_class(re.compile("is-done"))
    answer(page, "output", 99, by_keyboard=True)
    made = asked(page, "output", "neuron_output")
    answer(page, "output", made.answer, by_keyboard=True, comma=language == "ru")
    expect(page.locator("#q-output")).to_have_class(re.compile("is-done"))
    page.locator("#q-xor").scroll_into_view_if_needed()
    page.focus("#q-xor [data-part=skip]")
    page.keyboard.press("Enter")
    put(page, 4, w1=1, w2=1, b=-0.5)
    expect(page.locator("#q-xor [data-part=outcome]")).to_have_class(SHOWN)
    expect(page.locator("#q-three")).to_have_class(re.compile("is-done"))
    assert done(page) == 5


@IN_ENGLISH
def test_the_second_lesson_by_single_clicks(open_page: PageOpener, language: str) -> None:
    page = open_lesson(open_page, "one-neuron", language)
    page.click("#q-bias [data-part=skip]")
    page.click("#neuron-0-b-up")
    expect(page.locator("#q-bias [data-part=outcome]")).to_have_class(SHOWN)
    for _ in range(5):
        page.click("#neuron-0-w1-up")
        page.click("#neuron-0-w2-up")
    for _ in range(10):
        page.click("#neuron-0-b-down")
    expect(page.locator("#q-part")).to_have_class(re.compile("is-done"))
    answer(page, "output", 99)
    for slip in filled(asked(page, "output", "neuron_output").slips):
        answer(page, "output", slip.value)
        expect(page.locator("#q-output .is-wrong").first).to_be_visible()
        expect(page.locator("#q-output li.is-marked")).to_have_count(1)
    answer(page, "output", asked(page, "output", "neuron_output").answer)
    page.locator("#q-three").scroll_into_view_if_needed()
    commit(page, "xor", 1, by_keyboard=False)
    for _ in range(3):
        page.click("#neuron-4-w1-up")
        page.click("#neuron-4-w2-up")
    page.click("#neuron-4-b-down")
    expect(page.locator("#q-three")).to_have_class(re.compile("is-done"))
    expect(page.locator("#q-xor [data-part=outcome]")).to_have_class(SHOWN)
    assert done(page) == 5


@IN_RUSSIAN
def test_the_third_lesson_by_typing_alone(open_page: PageOpener, language: str) -> None:
    page = open_lesson(open_page, "a-network", language)
    commit(page, "knobs", 3, by_keyboard=True)
    expect(page.locator("#q-knobs [data-part=outcome]")).not_to_have_class(SHOWN)
    turn(page, 0, w1=1, w2=1, b=-0.5)
    expect(page.locator("#q-or")).to_have_class(re.compile("is-done"))
    turn(page, 1, w1=1, w2=1, b=-1.5)
    assert "is-done" not in (page.locator("#q-xor").get_attribute("class") or "")
    turn(page, 2, w1=1, w2=-1, b=-0.5)
    expect(page.locator("#q-knobs [data-part=outcome]")).to_have_class(SHOWN)
    expect(page.locator("#q-xor")).to_have_class(re.compile("is-done"))
    answer_all(page, THIRD, language, by_keyboard=True)
    assert done(page) == 5


@IN_ENGLISH
def test_the_third_lesson_by_single_clicks(open_page: PageOpener, language: str) -> None:
    page = open_lesson(open_page, "a-network", language)
    page.click("#q-knobs [data-part=skip]")
    for unit, ups in ((0, ("w1-up", "w2-up", "b-down")), (1, ("w1-up", "w2-up"))):
        page.click(f'label:has(input[name=network-0-unit][value="{unit}"])')
        for knob in ups:
            for _ in range(2 if knob == "b-down" else 5):
                page.click(f"#network-0-{knob}")
        if unit == 1:
            for _ in range(7):
                page.click("#network-0-b-down")
    expect(page.locator("#q-or")).to_have_class(re.compile("is-done"))
    page.click('label:has(input[name=network-0-unit][value="2"])')
    for knob, times in (("w1-up", 5), ("w2-down", 5), ("b-down", 2)):
        for _ in range(times):
            page.click(f"#network-0-{knob}")
    expect(page.locator("#q-xor")).to_have_class(re.compile("is-done"))
    answer_all(page, THIRD, language, by_keyboard=False)
    expect(page.locator(".lesson-block.is-done")).to_have_count(5)


@IN_RUSSIAN
def test_the_fourth_lesson_by_typing_alone(open_page: PageOpener, language: str) -> None:
    page = open_lesson(open_page, "how-wrong", language)
    commit(page, "sure", 3, by_keyboard=True)
    field = page.locator("#losses-0-prediction")
    field.fill("0,99")
    field.press("Enter")
    expect(page.locator("#q-sure [data-part=outcome]")).to_have_class(SHOWN)
    field.fill("0.5")
    field.press("Enter")
    expect(page.locator("#q-slope")).to_have_class(re.compile("is-done"))
    page.focus("input[name=losses-0-target]")
    page.keyboard.press("ArrowRight")
    page.focus("#losses-0-prediction-slider")
    page.keyboard.press("End")
    expect(page.locator("#q-right")).to_have_class(re.compile("is-done"))
    answer_all(page, FOURTH, language, by_keyboard=True)
    expect(page.locator(".lesson-block.is-done")).to_have_count(5)


@IN_ENGLISH
def test_the_fourth_lesson_by_single_clicks(open_page: PageOpener, language: str) -> None:
    page = open_lesson(open_page, "how-wrong", language)
    commit(page, "sure", 1, by_keyboard=False)
    for _ in range(2):
        page.click("#losses-0-prediction-down")
    expect(page.locator("#q-slope")).to_have_class(re.compile("is-done"))
    for _ in range(10):
        page.click("#losses-0-prediction-up")
    expect(page.locator("#q-sure [data-part=outcome]")).to_have_class(SHOWN)
    page.click("label:has(input[name=losses-0-target][value='1'])")
    expect(page.locator("#q-right")).to_have_class(re.compile("is-done"))
    answer_all(page, FOURTH, language, by_keyboard=False)
    expect(page.locator(".lesson-block.is-done")).to_have_count(5)


@IN_RUSSIAN
def test_the_fifth_lesson_by_typing_alone(open_page: PageOpener, language: str) -> None:
    page = open_lesson(open_page, "the-slope", language)
    commit(page, "sign", 2, by_keyboard=True)
    for at, name in ((-1.5, "sign"), (-0.96, "minimum"), (-0.08, "maximum")):
        stand(page, 0, at=at)
        expect(page.locator(f"#q-{name}")).to_have_class(re.compile("is-done"))
    stand(page, 0, nudge=0.001)
    expect(page.locator("#q-nudge")).to_have_class(re.compile("is-done"))
    answer(page, "secant", 9999, by_keyboard=True)
    for slip in filled(asked(page, "secant", "secant").slips):
        answer(page, "secant", slip.value, by_keyboard=True)
        expect(page.locator("#q-secant li.is-marked")).to_have_count(1)
    answer(page, "secant", asked(page, "secant", "secant").answer, by_keyboard=True, comma=language == "ru")
    page.locator("#q-inflection").scroll_into_view_if_needed()
    stand(page, 6, at=0.02)
    expect(page.locator("#q-inflection")).to_have_class(re.compile("is-done"))
    assert done(page) == 6


@IN_ENGLISH
def test_the_fifth_lesson_by_single_clicks(open_page: PageOpener, language: str) -> None:
    page = open_lesson(open_page, "the-slope", language)
    plot = page.locator(".slopes-plot").first
    expect(plot.locator(".main-svg").first).to_be_visible(timeout=30_000)
    page.click("#q-sign [data-part=skip]")

    def click(index: int, x: float) -> None:
        one = page.locator(".slopes-plot").nth(index)
        one.scroll_into_view_if_needed()
        across = one.evaluate("(plot, x) => plot._fullLayout.xaxis._offset + plot._fullLayout.xaxis.d2p(x)", x)
        one.click(position={"x": across, "y": 120})

    for x, name in ((-1.5, "sign"), (-0.96, "minimum"), (-0.076, "maximum")):
        click(0, x)
        expect(page.locator(f"#q-{name}")).to_have_class(re.compile("is-done"))
    for _ in range(6):
        page.click("#slope-0-nudge-down")
    expect(page.locator("#q-nudge")).to_have_class(re.compile("is-done"))
    page.locator("#q-inflection").scroll_into_view_if_needed()
    expect(page.locator(".slopes-plot").nth(1).locator(".main-svg").first).to_be_visible()
    click(1, 0.0)
    expect(page.locator("#q-inflection")).to_have_class(re.compile("is-done"))
