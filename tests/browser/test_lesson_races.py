"""The lessons with races walked to their ends, by keyboard alone and by clicks alone, with every slip."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.lessons import answer_all, commit, done, open_lesson
from tests.browser.pages import PageOpener

# A walk by clicks is in English, one by keys in Russian: each way, and each language, once.
IN_ENGLISH = pytest.mark.parametrize("language", ["en"])
IN_RUSSIAN = pytest.mark.parametrize("language", ["ru"])
SHOWN = re.compile("is-shown")
DONE = re.compile("is-done")
SIXTH = {"gradient": "weight_gradient", "step": "new_weight"}
SEVENTH = {"limit": "bounce_limit"}


def race(page: Page, place: int) -> Locator:
    """A race of a lesson, mounted."""
    one = page.locator("[data-instrument=race]").nth(place)
    one.scroll_into_view_if_needed()
    expect(one.locator("button[id$=-forward]")).to_be_enabled()
    expect(one.locator(".race-row-value").first).not_to_have_text("—")
    return one


def press(one: Locator, name: str, times: int = 1, *, by_keyboard: bool = False) -> None:
    button = one.locator(f"button[id$='-{name}']")
    for _ in range(times):
        if by_keyboard:
            button.press("Enter")
        else:
            button.click()


def put(one: Locator, name: str, text: str) -> None:
    field = one.locator(f"input[type=text][id$='-{name}']")
    field.fill(text)
    field.press("Enter")
    expect(one.locator(".race-row-value").first).not_to_have_text("—")


def is_done(page: Page, name: str) -> None:
    expect(page.locator(f"#q-{name}")).to_have_class(DONE)


@IN_RUSSIAN
def test_the_sixth_lesson_by_keyboard_alone(open_page: PageOpener, language: str) -> None:
    page = open_lesson(open_page, "downhill", language)
    commit(page, "shorter", 1, by_keyboard=True)
    one = race(page, 0)
    press(one, "forward", 5, by_keyboard=True)
    expect(page.locator("#q-shorter [data-part=outcome]")).to_have_class(SHOWN)
    expect(one.locator(".ledger-table tbody tr")).to_have_count(5)
    press(one, "forward", 7, by_keyboard=True)
    is_done(page, "arrive")
    assert not DONE.search(page.locator("#q-other").get_attribute("class") or "")
    put(one, "start-0", "3,5")
    is_done(page, "other")
    answer_all(page, SIXTH, language, by_keyboard=True)
    page.focus("#q-straight [data-part=skip]")
    page.keyboard.press("Enter")
    two = race(page, 1)
    two.locator("input[id$='-step']").focus()
    page.keyboard.press("End")
    expect(page.locator("#q-straight [data-part=outcome]")).to_have_class(SHOWN)
    is_done(page, "low")
    assert done(page) == 7


@IN_ENGLISH
def test_the_sixth_lesson_by_single_clicks(open_page: PageOpener, language: str) -> None:
    page = open_lesson(open_page, "downhill", language)
    commit(page, "shorter", 2, by_keyboard=False)
    one = race(page, 0)
    press(one, "last")
    expect(page.locator("#q-shorter [data-part=outcome]")).to_have_class(SHOWN)
    is_done(page, "arrive")
    # The start is put where one clicks.
    plot = one.locator(".figure-race-map .figure-plot")
    expect(plot.locator(".main-svg").first).to_be_visible(timeout=30_000)
    across = plot.evaluate("(plot) => plot._fullLayout.xaxis._offset + plot._fullLayout.xaxis.d2p(3)")
    plot.click(position={"x": across, "y": 60})
    is_done(page, "other")
    answer_all(page, SIXTH, language, by_keyboard=False)
    commit(page, "straight", 1, by_keyboard=False)
    press(race(page, 1), "last")
    is_done(page, "low")
    expect(page.locator("#q-straight [data-part=outcome]")).to_have_class(SHOWN)
    assert done(page) == 7


@IN_RUSSIAN
def test_the_seventh_lesson_by_keyboard_alone(open_page: PageOpener, language: str) -> None:
    page = open_lesson(open_page, "the-learning-rate", language)
    commit(page, "lowest", 2, by_keyboard=True)
    press(race(page, 0), "last", by_keyboard=True)
    expect(page.locator("#q-lowest [data-part=outcome]")).to_have_class(SHOWN)
    one = race(page, 1)
    press(one, "last", by_keyboard=True)
    for name, rate in (("jump", "0,5"), ("bounce", "0.76"), ("fly", "1.5"), ("border", "0.8")):
        assert not DONE.search(page.locator(f"#q-{name}").get_attribute("class") or ""), name
        put(one, "rate-0", rate)
        is_done(page, name)
    answer_all(page, SEVENTH, language, by_keyboard=True)
    page.focus("#q-luck [data-part=skip]")
    page.keyboard.press("Enter")
    two = race(page, 2)
    press(two, "last", by_keyboard=True)
    put(two, "rate-0", "0.2")
    expect(page.locator("#q-luck [data-part=outcome]")).to_have_class(SHOWN)
    is_done(page, "deeper")
    assert done(page) == 8


@IN_ENGLISH
def test_the_seventh_lesson_by_single_clicks(open_page: PageOpener, language: str) -> None:
    page = open_lesson(open_page, "the-learning-rate", language)
    page.click("#q-lowest [data-part=skip]")
    press(race(page, 0), "last")
    expect(page.locator("#q-lowest [data-part=outcome]")).to_have_class(SHOWN)
    one = race(page, 1)
    press(one, "last")
    higher = one.locator("button[id$='rate-0-up']")
    for _ in range(20):
        higher.click()
        expect(one.locator(".race-row-value").first).not_to_have_text("—")
    for name in ("jump", "bounce", "border", "fly"):
        is_done(page, name)
    answer_all(page, SEVENTH, language, by_keyboard=False)
    commit(page, "luck", 3, by_keyboard=False)
    two = race(page, 2)
    press(two, "last")
    press(two, "rate-0-up", 2)
    expect(page.locator("#q-luck [data-part=outcome]")).to_have_class(SHOWN)
    is_done(page, "deeper")
    assert done(page) == 8


def test_a_hidden_limit_is_told_nowhere_and_a_shown_one_is(open_page: PageOpener) -> None:
    page = open_lesson(open_page, "the-learning-rate")
    one = race(page, 1)
    expect(one.locator("figcaption").first).to_contain_text("begins at")
    assert "2/λ" not in one.inner_text()


def test_every_race_of_a_lesson_is_its_own(open_page: PageOpener) -> None:
    page = open_lesson(open_page, "downhill")
    press(race(page, 0), "forward", 3)
    two = race(page, 1)
    expect(two.locator("input[id$='-step']")).to_have_value("0")
    press(two, "last")
    expect(page.locator("[data-instrument=race]").nth(0).locator("input[id$='-step']")).to_have_value("3")
    ids = page.evaluate("() => [...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert len(ids) == len(set(ids))


def test_what_the_server_refuses_of_a_race_is_said_beside_it(open_page: PageOpener) -> None:
    page = open_lesson(open_page, "downhill")
    one = race(page, 0)
    open_page.expect("422")
    answer = {"detail": [{"loc": ["body", "start"], "msg": "Not from there.", "type": "value_error"}]}
    page.route("**/api/descent", lambda route: route.fulfill(status=422, json=answer))
    field = one.locator("input[type=text][id$='-start-0']")
    field.fill("3")
    field.press("Enter")
    expect(one.locator(".problem")).to_have_text("Not from there.")
    page.unroute("**/api/descent")
    put(one, "start-0", "2.5")
    expect(one.locator(".problem")).to_have_count(0)


def test_a_server_that_is_away_is_told_once_and_what_was_asked_comes_when_it_is_back(open_page: PageOpener) -> None:
    page = open_lesson(open_page, "training")
    expect(page.locator("[data-instrument=lab] .main-svg").first).to_be_visible(timeout=30_000)
    open_page.expect("ERR_INTERNET_DISCONNECTED")
    page.context.set_offline(True)
    page.click("#forward")
    expect(page.locator("#banner")).to_be_visible()
    assert page.locator("#lab-banner").is_hidden()
    page.context.set_offline(False)
    expect(page.locator("#banner")).to_be_hidden(timeout=20_000)
    expect(page.locator("#counter")).to_contain_text("1")


def test_a_part_of_the_lab_that_does_not_come_is_asked_for_again(open_page: PageOpener) -> None:
    open_page.expect("ERR_FAILED")
    page = open_page("/en/about")
    page.route("**/panels/branches.js", lambda route: route.abort(), times=1)
    page.goto("/en/lessons/training")
    page.locator("[data-instrument=lab]").scroll_into_view_if_needed()
    expect(page.locator("#play")).to_be_visible(timeout=20_000)
    expect(page.locator("#branch-here")).to_be_visible()


def test_what_the_rate_of_a_race_does_is_told_when_its_end_was_seen(open_page: PageOpener) -> None:
    page = open_lesson(open_page, "the-learning-rate", "en")
    one = race(page, 1)
    outcome = one.locator("[id$=-race-outcome]")
    for rate, verdict in (("0.001", "slow"), ("0.4", "good"), ("0.799", "bounces"), ("0.9", "flies away")):
        with page.expect_response("**/api/descent") as answered:
            put(one, "rate-0", rate)
        own = answered.value.json()["runs"][0]["rates"]["own"]
        assert own["verdict"] == verdict.replace(" ", "_")
        expect(outcome).not_to_contain_text("This rate")
        press(one, "last")
        expect(outcome).to_contain_text(f"This rate, in 20 steps: {verdict}, from")
        press(one, "first")
    # The border is to be found: no colour tells it.
    assert "--zone" not in (one.locator("input[type=range]").first.get_attribute("style") or "")
