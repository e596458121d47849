"""The faded example: filled in by keyboard and by mouse, every slip named, and every number on it the engine's."""

import re
from collections.abc import Generator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from app.lessons.faded import BLANKS, LEVELS, pass_of, slips_of
from app.lessons.faded.said import SLIPS
from tests.browser.faded import field, fill, line, open_pass, said_of, typed, verdict, write_lesson
from tests.browser.pages import PageOpener
from tests.browser.profiles import Profiles
from tests.filled import filled
from tests.running_server import RunningServer

LANGUAGES = pytest.mark.parametrize("language", ["en", "ru"])
# A walk by clicks is in English, one by keys in Russian: each way, and each language, once.
IN_ENGLISH = pytest.mark.parametrize("language", ["en"])
IN_RUSSIAN = pytest.mark.parametrize("language", ["ru"])
DONE = re.compile("is-done")
RIGHT, WRONG = ".is-right", ".is-wrong"


@pytest.fixture(scope="module")
def faded_server(tmp_path_factory: pytest.TempPathFactory) -> Generator[RunningServer]:
    folder = tmp_path_factory.mktemp("faded")
    write_lesson(folder)
    running = RunningServer(folder / "log.txt", BACKSTEP_LESSONS=str(folder))
    yield running
    running.stop()


@pytest.fixture
def opener(browser: Browser, profiles: Profiles, faded_server: RunningServer) -> Generator[PageOpener]:
    made = PageOpener(browser, faded_server.url, profiles)
    yield made
    assert made.close() == []


def number_in(page: Page, name: str) -> str:
    return line(page, name).locator(".faded-value strong").inner_text()


def slip_answers(blank: str) -> list[tuple[float, set[str]]]:
    """Every slip's answer in the published example, with all slips that give it."""
    slips = slips_of(pass_of(0), blank)
    return [
        (slip.value, {one.name for one in slips if abs(one.value - slip.value) <= 0.005 * abs(one.value)})
        for slip in slips
    ]


@IN_RUSSIAN
def test_all_nine_by_keyboard_alone_with_every_slip_on_the_way(opener: PageOpener, language: str) -> None:
    page = open_pass(opener, language)
    page.focus("#faded-0-level")
    for blank in BLANKS:
        while page.evaluate("document.activeElement.id") != f"faded-0-{blank}-field":
            page.keyboard.press("Tab")
        expect(line(page, blank)).to_have_class(re.compile("is-current"))
        for value, names in filled(slip_answers(blank)):
            page.keyboard.press("ControlOrMeta+a")
            page.keyboard.type(typed(value, language))
            page.keyboard.press("Enter")
            for name in filled(names):
                expect(verdict(page, blank)).to_contain_text(said_of(SLIPS[name]["label"], language))
            expect(verdict(page, blank).locator(WRONG)).to_have_count(len(names))
            expect(field(page, blank)).to_be_focused()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(typed(pass_of(0).value(blank), language))
        page.keyboard.press("Enter")
        expect(verdict(page, blank).locator(RIGHT)).to_be_visible()
        expect(verdict(page, blank)).to_be_focused()
        expect(field(page, blank)).to_have_count(0)
    expect(page.locator("#q-all")).to_have_class(DONE)
    expect(page.locator(".faded-line-of.is-current")).to_have_count(0)
    assert not DONE.search(page.locator("#q-shown").get_attribute("class") or "")
    expect(page.locator("#q-updated [data-part=outcome]")).not_to_have_class(re.compile("is-shown"))


@IN_ENGLISH
def test_all_nine_with_the_mouse_and_in_any_order(opener: PageOpener, language: str) -> None:
    page = open_pass(opener, language)
    for blank in reversed(BLANKS):
        field(page, blank).click()
        page.keyboard.type("123456")
        page.click(f"#faded-0-{blank}-check")
        # A wrong number that comes from no slip: the formula is there then, without the number.
        expect(verdict(page, blank).locator(WRONG)).to_have_count(1)
        expect(line(page, blank).locator(".faded-pieces")).to_have_count(1)
        assert "=" in line(page, blank).locator(".faded-pieces").text_content()
    for blank in BLANKS:
        field(page, blank).click()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(typed(pass_of(0).value(blank), "en"))
        page.click(f"#faded-0-{blank}-check")
        expect(verdict(page, blank).locator(RIGHT)).to_be_visible()
    expect(page.locator("#q-all")).to_have_class(DONE)


def test_every_number_on_the_page_is_the_engines(opener: PageOpener) -> None:
    page = open_pass(opener)
    page.select_option("#faded-0-level", "none")
    expect(page.locator(".faded-form")).to_have_count(0)
    for one in filled(pass_of(0).lines):
        shown = line(page, one.name).locator(".faded-value strong")
        assert float(shown.inner_text().replace("−", "-")) == pytest.approx(one.value, rel=6e-4), one.name
        assert float(shown.get_attribute("title").replace("−", "-")) == one.value
    assert page.locator(".faded-picture text").all_text_contents().count("0.5933") == 1


def test_what_is_shown_on_purpose_is_not_filled_in(opener: PageOpener) -> None:
    page = open_pass(opener)
    fill(page, "delta_o1", 0.741365)
    page.click("#faded-0-z_h1-show")
    expect(verdict(page, "z_h1")).to_be_focused()
    assert number_in(page, "z_h1") == "0.3775"
    expect(page.locator(".faded-progress")).to_contain_text("0 of 9")
    expect(page.locator("#q-shown")).to_have_class(DONE)
    assert not DONE.search(page.locator("#q-all").get_attribute("class") or "")


@LANGUAGES
def test_the_updated_weights_are_looked_at_and_both_losses_stand_side_by_side(
    opener: PageOpener, language: str
) -> None:
    page = open_pass(opener, language)
    fill(page, "da_h1", 0.03635)
    page.click("#q-updated [data-part=skip]")
    page.focus("#faded-0-weights-old")
    page.keyboard.press("ArrowRight")
    old, updated = ("0.29102777", "0.29102792") if language == "en" else ("0,29102777", "0,29102792")
    expect(page.locator("#faded-0-compared")).to_contain_text(old)
    expect(page.locator("#faded-0-compared")).to_contain_text(updated)
    expect(page.locator("#q-updated [data-part=outcome]")).to_have_class(re.compile("is-shown"))
    # In the hidden layer stands the mistake, and there is nothing to fill in; elsewhere all is as it was.
    wrong = "+0.0003647" if language == "en" else "+0,0003647"
    assert number_in(page, "dW_h1_x1") == wrong
    expect(field(page, "dW_h1_x1")).to_have_count(0)
    expect(field(page, "z_h1")).to_be_visible()
    page.check("#faded-0-weights-old")
    expect(field(page, "dW_h1_x1")).to_be_visible()
    assert number_in(page, "da_h1") == ("+0.03635" if language == "en" else "+0,03635")


def test_more_blanks_or_fewer_and_what_was_filled_in_stays(opener: PageOpener) -> None:
    page = open_pass(opener)
    fill(page, "delta_o1", 0.138)
    fill(page, "z_h1", 0.377)
    for level, given in (("five", 1), ("none", 0), ("nine", 2)):
        page.select_option("#faded-0-level", level)
        expect(page.locator(".faded-form")).to_have_count(len(LEVELS[level]) - given)
    expect(page.locator(".faded-progress")).to_contain_text("2 of 9")


def test_every_part_of_the_page_has_an_id_of_its_own(opener: PageOpener) -> None:
    page = open_pass(opener)
    ids = page.evaluate("() => [...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert len(ids) == len(set(ids))


def test_other_numbers_are_other_and_the_first_come_back(opener: PageOpener) -> None:
    page = open_pass(opener)
    fill(page, "z_h1", 0.3775)
    field(page, "a_o2").fill("0.5")
    expect(page.locator("#faded-0-first")).to_be_disabled()
    with page.expect_response("**/api/pass") as heard:
        page.click("#faded-0-others")
    drawn = heard.value.json()
    assert drawn["inputs"] != [0.05, 0.1]
    expect(page.locator(".faded-form")).to_have_count(9)
    expect(field(page, "a_o2")).to_have_value("")
    expect(page.locator(".faded-progress")).to_contain_text("0 of 9")
    seed = heard.value.request.post_data_json["seed"]
    fill(page, "z_h1", pass_of(seed).value("z_h1"))
    expect(verdict(page, "z_h1").locator(RIGHT)).to_be_visible()
    page.click("#faded-0-first")
    expect(page.locator("#faded-0-first")).to_be_disabled()
    expect(page.locator(".faded-form")).to_have_count(9)
    assert number_in(page, "a_h1") == "0.5933"


def test_something_that_is_no_number_is_asked_for_again_and_kept(opener: PageOpener) -> None:
    page = open_pass(opener)
    field(page, "z_h1").fill("many")
    page.click("#faded-0-z_h1-check")
    expect(verdict(page, "z_h1")).to_contain_text("A number is wanted here")
    expect(field(page, "z_h1")).to_have_attribute("aria-invalid", "true")
    field(page, "a_o2").fill("0.7")
    field(page, "da_o2").focus()
    expect(field(page, "a_o2")).to_have_value("0.7")
    expect(field(page, "z_h1")).to_have_value("many")


def test_on_a_slow_network_nothing_is_judged_by_numbers_that_are_gone(opener: PageOpener) -> None:
    page = open_pass(opener)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/api/pass*", hold)
    page.route("**/api/pass/answer", hold)
    field(page, "z_h1").fill("0.3775")
    field(page, "z_h1").press("Enter")
    expect(page.locator("#faded-0-z_h1-check")).to_have_attribute("aria-disabled", "true")
    field(page, "z_h1").press("Enter")
    page.wait_for_timeout(100)
    assert len(held) == 1, "asked once"
    page.click("#faded-0-others")
    expect(page.locator(".lesson-faded")).to_have_class(re.compile("is-waiting"))
    field(page, "a_o2").fill("0.77")
    field(page, "a_o2").press("Enter")
    page.wait_for_timeout(100)
    assert len(held) == 2, "while other numbers are on their way none is judged"
    for route in held:
        route.continue_()
    expect(page.locator(".lesson-faded")).not_to_have_class(re.compile("is-waiting"))
    page.wait_for_timeout(200)
    expect(page.locator(".faded-progress")).to_contain_text("0 of 9")
    expect(page.locator(".faded-form")).to_have_count(9)
