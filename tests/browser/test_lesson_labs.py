"""The lessons with the lab in them walked to their ends, by keyboard alone and by clicks alone, with every slip."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.lessons.faded import pass_of
from tests.browser.lessons import answer_all, commit, done, open_lesson
from tests.browser.pages import PageOpener
from tests.browser.test_lesson_races import is_done, press, put, race

LANGUAGES = pytest.mark.parametrize("language", ["en", "ru"])
SHOWN = re.compile("is-shown")
# What a weight is called in the table of the picture.
WEIGHT = re.compile("^(weight|вес) ")
NINTH = {"output": "output_gradient", "hidden": "hidden_gradient"}
TENTH = {"steps": "training_steps"}
ELEVENTH = {"momentum": "momentum_step"}


def open_lab_lesson(open_page: PageOpener, slug: str, language: str) -> Page:
    """A lesson whose lab has computed its first moment."""
    page = open_lesson(open_page, slug, language)
    page.locator("[data-instrument=lab]").scroll_into_view_if_needed()
    expect(page.locator("#counter")).to_contain_text("1" if slug == "backpropagation" else "0")
    return page


def go(page: Page, name: str, times: int = 1, *, by_keyboard: bool = False) -> None:
    for _ in range(times):
        if by_keyboard:
            page.press(f"#{name}", "Enter")
        else:
            page.click(f"#{name}")


def choose(page: Page, preset: str) -> None:
    """Choose another experiment, and wait until it begins."""
    page.select_option("#lesson-preset", preset)
    expect(page.locator("#counter")).to_have_text(re.compile(r"\D0\D+0$"))


def fill_five(page: Page) -> None:
    """Fill in five blanks of the whole pass, and look at the updated weights."""
    page.locator("[data-instrument=faded]").scroll_into_view_if_needed()
    page.click("#q-updated [data-part=skip]")
    for blank in ("z_h1", "a_o2", "loss_o1", "delta_o1", "da_h1"):
        page.fill(f"[id$='-{blank}-field']", f"{pass_of(0).value(blank):.6g}")
        page.press(f"[id$='-{blank}-field']", "Enter")
        expect(page.locator(f"[id$='-{blank}-verdict'] .is-right")).to_be_visible()
    is_done(page, "fill")
    page.focus("[id$='-weights-old']")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#q-updated [data-part=outcome]")).to_have_class(SHOWN)


def train_until(page: Page, name: str) -> None:
    """Train fast until a block of the lesson is done."""
    page.select_option("#speed", "500")
    page.click("#play")
    expect(page.locator(f"#q-{name}")).to_have_class(re.compile("is-done"), timeout=30_000)
    page.click("#play")


@LANGUAGES
def test_the_ninth_lesson_by_keyboard_alone(open_page: PageOpener, language: str) -> None:
    page = open_lab_lesson(open_page, "backpropagation", language)
    commit(page, "last", 1, by_keyboard=True)
    go(page, "forward", 3, by_keyboard=True)
    expect(page.locator("#inspector-body .formula-line").first).to_be_visible()
    page.focus("#progress")
    page.keyboard.press("End")
    for _ in range(12):
        page.keyboard.press("ArrowLeft")
    expect(page.locator("#q-last [data-part=outcome]")).to_have_class(SHOWN)
    go(page, "forward", 8, by_keyboard=True)
    is_done(page, "walk")
    # A weight is asked in the table of the picture's numbers.
    table = page.locator(".figure-network .switch input[type=checkbox]").last
    table.focus()
    page.keyboard.press("Space")
    row = page.locator(".figure-network .numbers button", has_text=WEIGHT).first
    row.focus()
    page.keyboard.press("Enter")
    is_done(page, "ask")
    answer_all(page, NINTH, language, by_keyboard=True)
    fill_five(page)
    assert done(page) == 7


@LANGUAGES
def test_the_ninth_lesson_by_single_clicks(open_page: PageOpener, language: str) -> None:
    page = open_lab_lesson(open_page, "backpropagation", language)
    page.click("#q-last [data-part=skip]")
    page.click("label:has(input[name=granularity][value=layer])")
    for _ in range(40):
        page.click("#forward")
        if page.locator("#q-walk.is-done").count():
            break
    is_done(page, "walk")
    expect(page.locator("#q-last [data-part=outcome]")).to_have_class(SHOWN)
    page.locator(".figure-network label.switch").last.click()
    page.locator(".figure-network .numbers button", has_text=WEIGHT).first.click()
    is_done(page, "ask")
    expect(page.locator("#card")).to_be_visible()
    answer_all(page, NINTH, language, by_keyboard=False)
    fill_five(page)
    assert done(page) == 7


@LANGUAGES
def test_the_tenth_lesson(open_page: PageOpener, language: str) -> None:
    page = open_lab_lesson(open_page, "training", language)
    train_until(page, "xor")
    page.press("#rate-slider", "ArrowRight")
    train_until(page, "rate")
    page.focus("#timeline")
    page.keyboard.press("Home")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.press("#rate-slider", "ArrowRight")
    is_done(page, "branch")
    commit(page, "rough", 2, by_keyboard=language == "en")
    choose(page, "spiral")
    page.select_option("#speed", "500")
    page.click("#play")
    expect(page.locator("#q-rough [data-part=outcome]")).to_have_class(SHOWN, timeout=30_000)
    page.click("#play")
    choose(page, "dogs")
    train_until(page, "dogs")
    answer_all(page, TENTH, language, by_keyboard=language == "en")
    assert done(page) == 6


@LANGUAGES
def test_the_eleventh_lesson(open_page: PageOpener, language: str) -> None:
    page = open_lab_lesson(open_page, "the-landscape", language)
    commit(page, "gap", 3, by_keyboard=language == "en")
    page.select_option("#speed", "20")
    page.click("#play")
    expect(page.locator("#q-gap [data-part=outcome]")).to_have_class(SHOWN, timeout=30_000)
    page.click("#play")
    page.click("label:has(input[name=map-kind][value=pca])")
    is_done(page, "pca")
    one = race(page, 0)
    put(one, "start-1", "0")
    press(one, "last", by_keyboard=language == "en")
    is_done(page, "stuck")
    commit(page, "first", 3, by_keyboard=language == "en")
    press(race(page, 1), "last", by_keyboard=language == "en")
    expect(page.locator("#q-first [data-part=outcome]")).to_have_class(SHOWN)
    answer_all(page, ELEVENTH, language, by_keyboard=language == "en")
    assert done(page) == 5


@LANGUAGES
def test_the_last_lesson(open_page: PageOpener, language: str) -> None:
    page = open_lab_lesson(open_page, "the-lab", language)
    train_until(page, "good")
    commit(page, "adam", 1, by_keyboard=language == "en")
    page.click("#setup-toggle")
    expect(page.locator("#setup")).to_be_visible()
    page.select_option("#optimizer", "adam")
    expect(page.locator("#summary")).to_contain_text("Adam")
    page.select_option("#speed", "500")
    page.click("#play")
    expect(page.locator("#q-adam [data-part=outcome]")).to_have_class(SHOWN, timeout=30_000)
    page.click("#play")
    for _ in range(2):
        page.click("#add-layer")
    is_done(page, "own")
    assert done(page) == 3


def test_what_goes_wrong_in_a_lessons_lab_is_said_beside_it_and_nothing_is_lost(open_page: PageOpener) -> None:
    page = open_lab_lesson(open_page, "the-lab", "en")
    page.click("#setup-toggle")
    page.select_option("#loss", "mean_squared_error")
    page.select_option("#activation-2", "identity")
    expect(page.locator("#summary")).to_contain_text("squared")
    page.fill("#rate-field", "30")
    page.press("#rate-field", "Enter")
    page.select_option("#speed", "500")
    page.click("#play")
    recover = page.locator("#lab-banner .button-strong")
    expect(recover).to_be_visible(timeout=30_000)
    assert page.locator("#banner").is_hidden()
    recover.click()
    expect(page.locator("#lab-banner")).to_be_hidden()


def test_each_part_of_a_lessons_lab_has_one_place_in_the_page(open_page: PageOpener) -> None:
    for slug in ("backpropagation", "training", "the-landscape", "the-lab"):
        page = open_lab_lesson(open_page, slug, "en")
        ids = page.evaluate("() => [...document.querySelectorAll('[id]')].map((one) => one.id)")
        assert len(ids) == len(set(ids)), slug


# What mends each of the broken networks, in the drawer of the set-up.
CURES = {
    "vanishing": [(f"#activation-{layer}", "tanh") for layer in range(7)],
    "exploding": [("#initializer", "he_normal")],
    "dead": [("#activation-0", "leaky_relu")],
    "equal": [("#initializer", "xavier_uniform")],
    "unscaled": [("#optimizer", "adam")],
}
TWELFTH = {"row": "error_in_a_row"}


@LANGUAGES
def test_the_twelfth_lesson(open_page: PageOpener, language: str) -> None:
    page = open_lab_lesson(open_page, "when-it-does-not-learn", language)
    by_keyboard = language == "en"
    commit(page, "which", 1, by_keyboard=by_keyboard)
    page.select_option("#speed", "100")
    page.click("#play")
    expect(page.locator("#q-which [data-part=outcome]")).to_have_class(SHOWN, timeout=30_000)
    page.click("#play")
    page.click("#setup-toggle")
    for preset, changes in CURES.items():
        if preset != "vanishing":
            choose(page, preset)
        for control, value in changes:
            with page.expect_response("**/api/trace"):
                page.select_option(control, value)
            page.wait_for_function("() => !document.querySelector('.stale')")
        if preset == "unscaled":
            page.fill("#rate-field", "0.1")
            page.press("#rate-field", "Enter")
        assert not re.search("is-done", page.locator(f"#q-{preset}").get_attribute("class") or ""), preset
        train_until(page, preset)
    answer_all(page, TWELFTH, language, by_keyboard=by_keyboard)
    assert done(page) == 7
