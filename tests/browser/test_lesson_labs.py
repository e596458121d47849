"""The lessons with the lab in them walked to their ends, by keyboard alone and by clicks alone, with every slip."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.engine.bugs import EASY
from app.engine.sabotage import Planted, accepted, plant
from app.lessons.faded import pass_of
from tests.browser.lab import choose_option, try_rate, verdict_words
from tests.browser.lessons import answer_all, commit, done, open_lesson
from tests.browser.pages import PageOpener, wait_until, wait_until_drawn
from tests.browser.test_lesson_races import is_done, press, put, race

# A walk by clicks is in English, one by keys in Russian: each way, and each language, once.
IN_ENGLISH = pytest.mark.parametrize("language", ["en"])
IN_RUSSIAN = pytest.mark.parametrize("language", ["ru"])
# Each way in one of the languages: what is said in the other one is looked at elsewhere.
WAYS = pytest.mark.parametrize(("way", "language"), [("keys", "ru"), ("clicks", "en")])
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
    # A caption tells of numbers, and so comes after them.
    expect(page.locator("[data-instrument=lab] figcaption:not(:empty)").first).to_be_visible(timeout=30_000)
    expect(page.locator("#counter")).not_to_be_empty()
    # While figures are drawn for the first time the page has no moment for a click.
    page.locator("[data-instrument=lab] .figure-plot").first.scroll_into_view_if_needed()
    expect(page.locator("[data-instrument=lab] .main-svg").first).to_be_visible(timeout=30_000)
    return page


def go(page: Page, name: str, times: int = 1, *, by_keyboard: bool = False) -> None:
    for _ in range(times):
        if by_keyboard:
            page.press(f"#{name}", "Enter")
        else:
            page.click(f"#{name}")


def change(page: Page, control: str, value: str, *, by_keyboard: bool) -> None:
    """Choose in a menu of the lab, and wait until all that follows from it is there."""
    with page.expect_response("**/api/trace"), page.expect_response("**/api/survey"):
        choose_option(page, control, value, by_keyboard=by_keyboard)
    wait_until(
        page,
        """async () => {
            const lesson = document.querySelector('script[type=module]').src;
            const { store } = await import(lesson.replace('lesson.js', 'state.js'));
            return !store.get().isStale && !document.querySelector('.lesson-lab .stale');
        }""",
    )
    wait_until_drawn(page)


def choose(page: Page, preset: str, *, by_keyboard: bool) -> None:
    """Choose another experiment, and wait until it begins."""
    change(page, "#lesson-preset", preset, by_keyboard=by_keyboard)
    expect(page.locator("#counter")).to_have_text(re.compile(r"\D0\D+0$"))
    page.wait_for_function("() => !document.querySelector('.stale')")


def fill_five(page: Page, *, by_keyboard: bool) -> None:
    """Fill in five blanks of the whole pass, and look at the updated weights."""
    page.locator("[data-instrument=faded]").scroll_into_view_if_needed()
    skip = page.locator("#q-updated [data-part=skip]")
    if by_keyboard:
        skip.press("Enter")
    else:
        skip.click()
    for blank in ("z_h1", "a_o2", "loss_o1", "delta_o1", "da_h1"):
        page.fill(f"[id$='-{blank}-field']", f"{pass_of(0).value(blank):.6g}")
        page.press(f"[id$='-{blank}-field']", "Enter")
        expect(page.locator(f"[id$='-{blank}-verdict'] .is-right")).to_be_visible()
    is_done(page, "fill")
    if by_keyboard:
        page.focus("[id$='-weights-old']")
        page.keyboard.press("ArrowRight")
    else:
        page.click("label:has([id$='-weights-updated'])")
    expect(page.locator("#q-updated [data-part=outcome]")).to_have_class(SHOWN)


def train(page: Page, *, by_keyboard: bool) -> None:
    choose_option(page, "#speed", "500", by_keyboard=by_keyboard)
    go(page, "play", by_keyboard=by_keyboard)


def train_until(page: Page, name: str, *, by_keyboard: bool) -> None:
    """Train fast until a block of the lesson is done."""
    train(page, by_keyboard=by_keyboard)
    expect(page.locator(f"#q-{name}")).to_have_class(re.compile("is-done"), timeout=30_000)
    go(page, "play", by_keyboard=by_keyboard)


def rate_up(page: Page, *, by_keyboard: bool) -> None:
    if by_keyboard:
        page.press("#rate-slider", "ArrowRight")
    else:
        page.click("#rate-up")


def other_case(page: Page, *, by_keyboard: bool) -> Planted:
    """Take other numbers for the planted mistake; return what they stand for."""
    button = page.locator("[data-instrument=sabotage] [data-part=other]")
    with page.expect_request("**/api/sabotage") as asked:
        if by_keyboard:
            button.press("Enter")
        else:
            button.click()
    return plant(asked.value.post_data_json["seed"], EASY)


def guess(page: Page, layer: int, bug: str, *, by_keyboard: bool) -> None:
    place = page.locator("[data-instrument=sabotage]")
    for choice in (f"[id$='-layer-{layer}']", f"[id$='-bug-{bug}']"):
        if by_keyboard:
            place.locator(choice).focus()
            page.keyboard.press("Space")
        else:
            place.locator(f"label:has({choice})").click()
        expect(place.locator(choice)).to_be_checked()
    check = place.locator("[data-part=check]")
    if by_keyboard:
        check.press("Enter")
    else:
        check.click()
    expect(place.locator(".lesson-verdict p").first).to_be_visible()


def find_mistakes(page: Page, *, by_keyboard: bool) -> None:
    """Find planted mistakes of two kinds, after a wrong guess."""
    page.locator("[data-instrument=sabotage]").scroll_into_view_if_needed()
    case = other_case(page, by_keyboard=by_keyboard)
    wrong = next(bug for bug in EASY if (case.layer, bug) not in accepted(case))
    guess(page, case.layer, wrong, by_keyboard=by_keyboard)
    expect(page.locator("[data-instrument=sabotage] .is-wrong")).to_be_visible()
    guess(page, case.layer, case.bug, by_keyboard=by_keyboard)
    is_done(page, "caught")
    found = {case.bug}
    while len(found) < 2:
        case = other_case(page, by_keyboard=by_keyboard)
        guess(page, case.layer, case.bug, by_keyboard=by_keyboard)
        found.add(case.bug)
    is_done(page, "second")


@IN_RUSSIAN
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
    fill_five(page, by_keyboard=True)
    assert done(page) == 7


@IN_ENGLISH
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
    fill_five(page, by_keyboard=False)
    assert done(page) == 7


@WAYS
def test_the_tenth_lesson(open_page: PageOpener, language: str, way: str) -> None:
    page, by_keyboard = open_lab_lesson(open_page, "training", language), way == "keys"
    train_until(page, "xor", by_keyboard=by_keyboard)
    rate_up(page, by_keyboard=by_keyboard)
    train_until(page, "rate", by_keyboard=by_keyboard)
    if by_keyboard:
        page.focus("#timeline")
        page.keyboard.press("Home")
        page.keyboard.press("ArrowRight")
    else:
        page.click("#timeline", position={"x": 14, "y": 8})
    rate_up(page, by_keyboard=by_keyboard)
    train_until(page, "branch", by_keyboard=by_keyboard)
    commit(page, "rough", 2, by_keyboard=by_keyboard)
    choose(page, "spiral", by_keyboard=by_keyboard)
    train(page, by_keyboard=by_keyboard)
    expect(page.locator("#q-rough [data-part=outcome]")).to_have_class(SHOWN, timeout=30_000)
    go(page, "play", by_keyboard=by_keyboard)
    choose(page, "dogs", by_keyboard=by_keyboard)
    train_until(page, "dogs", by_keyboard=by_keyboard)
    answer_all(page, TENTH, language, by_keyboard=by_keyboard)
    assert done(page) == 6


@WAYS
def test_the_eleventh_lesson(open_page: PageOpener, language: str, way: str) -> None:
    page, by_keyboard = open_lab_lesson(open_page, "the-landscape", language), way == "keys"
    commit(page, "gap", 3, by_keyboard=by_keyboard)
    choose_option(page, "#speed", "20", by_keyboard=by_keyboard)
    go(page, "play", by_keyboard=by_keyboard)
    page.wait_for_function(
        "() => JSON.parse(document.querySelector('[data-instrument=lab]').dataset.facts).step >= 30"
    )
    go(page, "play", by_keyboard=by_keyboard)
    expect(page.locator("#q-gap [data-part=outcome]")).to_have_class(SHOWN, timeout=30_000)
    if by_keyboard:
        page.focus("input[name=map-kind]:checked")
        page.keyboard.press("ArrowLeft")  # round to the last of them
    else:
        page.click("label:has(input[name=map-kind][value=pca])")
    is_done(page, "pca")
    one = race(page, 0)
    if by_keyboard:
        put(one, "start-1", "0")
    else:
        press(one, "start-1-down")  # from a hundredth to the step below, which is 0
    press(one, "last", by_keyboard=by_keyboard)
    is_done(page, "stuck")
    commit(page, "first", 3, by_keyboard=by_keyboard)
    press(race(page, 1), "last", by_keyboard=by_keyboard)
    expect(page.locator("#q-first [data-part=outcome]")).to_have_class(SHOWN)
    answer_all(page, ELEVENTH, language, by_keyboard=by_keyboard)
    assert done(page) == 5


# What mends each of the broken networks, in the drawer of the set-up.
CURES = {
    "vanishing": [(f"#activation-{layer}", "tanh") for layer in range(7)],
    "exploding": [("#initializer", "he_normal")],
    "dead": [("#activation-0", "leaky_relu")],
    "equal": [("#initializer", "xavier_uniform")],
    "unscaled": [("#optimizer", "adam")],
}
TWELFTH = {"row": "error_in_a_row"}


@WAYS
def test_the_twelfth_lesson(open_page: PageOpener, language: str, way: str) -> None:
    page, by_keyboard = open_lab_lesson(open_page, "when-it-does-not-learn", language), way == "keys"
    commit(page, "which", 1, by_keyboard=by_keyboard)
    choose_option(page, "#speed", "100", by_keyboard=by_keyboard)
    go(page, "play", by_keyboard=by_keyboard)
    expect(page.locator("#q-which [data-part=outcome]")).to_have_class(SHOWN, timeout=30_000)
    go(page, "play", by_keyboard=by_keyboard)
    go(page, "setup-toggle", by_keyboard=by_keyboard)
    for preset, changes in CURES.items():
        if preset != "vanishing":
            choose(page, preset, by_keyboard=by_keyboard)
        for control, value in changes:
            change(page, control, value, by_keyboard=by_keyboard)
        if preset == "unscaled":
            page.fill("#rate-field", "0.1")
            page.press("#rate-field", "Enter")
        assert not re.search("is-done", page.locator(f"#q-{preset}").get_attribute("class") or ""), preset
        train_until(page, preset, by_keyboard=by_keyboard)
    answer_all(page, TWELFTH, language, by_keyboard=by_keyboard)
    find_mistakes(page, by_keyboard=by_keyboard)
    assert done(page) == 9


@WAYS
def test_the_last_lesson(open_page: PageOpener, language: str, way: str) -> None:
    page, by_keyboard = open_lab_lesson(open_page, "the-lab", language), way == "keys"
    train_until(page, "good", by_keyboard=by_keyboard)
    commit(page, "adam", 1, by_keyboard=by_keyboard)
    go(page, "first", by_keyboard=by_keyboard)
    go(page, "setup-toggle", by_keyboard=by_keyboard)
    expect(page.locator("#setup")).to_be_visible()
    change(page, "#optimizer", "adam", by_keyboard=by_keyboard)
    expect(page.locator("#summary")).to_contain_text("Adam")
    page.fill("#rate-field", "0.5")
    page.press("#rate-field", "Enter")
    train(page, by_keyboard=by_keyboard)
    expect(page.locator("#q-adam [data-part=outcome]")).to_have_class(SHOWN, timeout=30_000)
    go(page, "play", by_keyboard=by_keyboard)
    go(page, "add-layer", 2, by_keyboard=by_keyboard)
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


def test_in_a_lesson_the_slider_says_what_the_server_has_tried(open_page: PageOpener) -> None:
    page = open_lab_lesson(open_page, "training", "en")
    for rate in ("0.01", "0.5", "30"):
        expect(page.locator("#rate-zone")).to_contain_text(verdict_words(try_rate(page, rate)))
