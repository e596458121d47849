"""The page of races: its numbers are the engine's, the start is dragged, runs are changed, a link holds it all."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import assert_accessible
from tests.browser.pages import PageOpener
from tests.browser.race import MAP, Race, open_race
from tests.filled import filled

NARROW_SPACE, MINUS = "\u202f", "−"
POWERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def read(text: str) -> float:
    """Read a number as it is written on screen."""
    plain = text.replace(NARROW_SPACE, "").replace(MINUS, "-").replace(",", ".")
    return float(re.sub(r"·10([⁻⁰-⁹¹²³]+)$", lambda found: "e" + found[1].translate(POWERS), plain))


def close(shown: str, value: float | None) -> bool:
    if value is None:
        return shown == "∞"
    return read(shown) == pytest.approx(value, rel=6e-4)


def discs(page: Page) -> list[str]:
    return page.locator(".runner-disc").all_inner_texts()


def test_every_number_is_the_engines_at_each_step(open_page: PageOpener) -> None:
    race = open_race(open_page)
    page = race.page
    expect(page.locator("#counter")).to_have_text("step 60 of 60")
    for step in (60, 59, 58, 0, 1):
        if step in (59, 58):
            page.keyboard.press("ArrowLeft")
        if step == 0:
            page.keyboard.press("Home")
        if step == 1:
            page.click("#forward")
        expect(page.locator("#counter")).to_have_text(f"step {step} of 60")
        shown = race.numbers()
        assert len(shown) == 5
        for text, run in zip(shown, race.answer["runs"], strict=True):
            assert close(text, run["values"][step])
    expect(page.locator("#race-map-caption")).to_contain_text("After step 1 of 60")
    expect(page.locator("#race-curve-caption")).to_contain_text("after step 1")
    assert len(race.heard) == 1, "stepping asks the server for nothing"


def test_it_plays_to_the_end_and_can_be_paused(open_page: PageOpener) -> None:
    page = open_race(open_page).page
    page.select_option("#speed", "60")
    page.click("#play")
    expect(page.locator("#play-label")).to_have_text("Pause")
    page.keyboard.press("Space") if page.evaluate("document.activeElement === document.body") else page.click(
        "#play"
    )
    expect(page.locator("#play-label")).to_have_text("Play")
    paused = page.locator("#counter").inner_text()
    page.wait_for_timeout(300)
    expect(page.locator("#counter")).to_have_text(paused)
    page.click("#play")
    expect(page.locator("#counter")).to_have_text("step 60 of 60")
    expect(page.locator("#play-label")).to_have_text("Play")


def test_dragging_the_start_redraws_every_path_at_once_and_is_one_undo(open_page: PageOpener) -> None:
    race = open_race(open_page)
    page = race.page
    assert race.start() == [-3.5, 0.8]
    page.mouse.move(*race.place(-3.5, 0.8))
    page.mouse.down()
    for x, y in ((-2.0, 0.5), (0.0, 0.0), (2.0, -0.5), (3.0, -1.0)):
        before = len(race.heard)
        page.mouse.move(*race.place(x, y))
        race.wait_for_answers(before + 1)
        assert race.asked["start"] == pytest.approx([x, y], abs=0.02)
    page.mouse.up()
    race.settle()
    assert race.start() == pytest.approx([3.0, -1.0], abs=0.02)
    for text, run in filled(zip(race.numbers(), race.answer["runs"], strict=True)):
        assert close(text, run["values"][-1])
    expect(page.locator("#announcer")).to_contain_text("Step 60 of 60.")
    # Each drag is undone by itself, also where nothing else was done in between.
    page.mouse.move(*race.place(*race.start()))
    page.mouse.down()
    page.mouse.move(*race.place(1.0, 1.0))
    page.mouse.up()
    race.settle()
    assert race.start() == pytest.approx([1.0, 1.0], abs=0.02)
    page.click("#undo")
    race.settle()
    assert race.start() == pytest.approx([3.0, -1.0], abs=0.02)
    page.click("#undo")
    race.settle()
    assert race.start() == [-3.5, 0.8]
    expect(page.locator("#undo")).to_be_disabled()
    page.keyboard.press("Control+Shift+z")
    race.settle()
    assert race.start() == pytest.approx([3.0, -1.0], abs=0.02)


def test_a_run_that_flew_away_is_told_with_the_engines_number_as_long_as_there_is_one(
    open_page: PageOpener,
) -> None:
    race = open_race(open_page, link="#surface=parabola&start=-2&steps=20&run=sgd,60&run=sgd,1e30")
    first, second = race.answer["runs"]
    assert first["diverged_at"] is not None
    shown = race.numbers()
    assert close(shown[0], first["values"][-1])
    assert first["values"][-1] > 1e30
    assert second["values"][-1] is None
    assert shown[1] == "∞"


def test_a_click_puts_the_start_there_and_so_do_its_fields(open_page: PageOpener) -> None:
    race = open_race(open_page)
    page = race.page
    page.mouse.click(*race.place(1.0, 1.0))
    race.settle()
    assert race.start() == pytest.approx([1.0, 1.0], abs=0.02)
    page.fill("#start-x", "−2,5")
    page.keyboard.press("Enter")
    before = page.locator("#start-y").input_value()
    page.press("#start-y-slider", "ArrowRight")
    expect(page.locator("#start-y")).not_to_have_value(before)
    race.settle()
    assert race.start()[0] == -2.5
    assert race.start()[1] > 1.0
    page.fill("#start-x", "far")
    page.keyboard.press("Enter")
    expect(page.locator("#start-x-problem")).to_contain_text("A number")
    assert race.asked["start"][0] == -2.5


def test_a_finger_drags_the_start_and_elsewhere_scrolls_the_page(open_page: PageOpener) -> None:
    race = open_race(open_page, width=390, height=844, has_touch=True, is_mobile=True)
    page = race.page
    page.locator(MAP).scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    (x, y), (to_x, to_y) = race.place(-3.5, 0.8), race.place(1.0, -0.8)
    touch = page.context.new_cdp_session(page)

    def send(kind: str, *points: tuple[float, float]) -> None:
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": a, "y": b} for a, b in points]})

    send("touchStart", (x, y))
    for share in (0.25, 0.5, 0.75, 1.0):
        send("touchMove", (x + share * (to_x - x), y + share * (to_y - y)))
        page.wait_for_timeout(60)
    send("touchEnd")
    race.settle()
    assert race.start() == pytest.approx([1.0, -0.8], abs=0.1)
    assert page.evaluate("scrollY") == before


def test_runs_are_changed_added_and_removed(open_page: PageOpener) -> None:
    race = open_race(open_page)
    page = race.page
    page.fill("#run-learning_rate", "0,03")
    page.keyboard.press("Enter")
    race.settle()
    assert race.asked["runs"][0] == {"name": "sgd", "learning_rate": 0.03}
    page.click("#run-learning_rate-up")
    race.settle()
    assert race.asked["runs"][0]["learning_rate"] == 0.05
    page.fill("#run-learning_rate", "-1")
    page.keyboard.press("Enter")
    expect(page.locator("#run-learning_rate-problem")).to_contain_text("0 or more")
    page.click("#runner-choose-2")
    page.select_option("#run-optimizer", "momentum")
    expect(page.locator("#run-momentum")).to_have_value("0.9")
    race.settle()
    assert race.asked["runs"][2] == {"name": "momentum", "learning_rate": 0.1}
    for count in (6, 7, 8):
        page.click("#runner-add")
        expect(page.locator(".runner")).to_have_count(count)
    expect(page.locator("#runner-add")).to_be_disabled()
    expect(page.locator("#runner-full")).to_contain_text("8 runs")
    race.settle()
    rates = [run["learning_rate"] for run in race.asked["runs"] if run["name"] == "momentum"]
    assert rates == sorted(set(rates))
    for count in range(7, 0, -1):
        page.click("#runner-remove")
        expect(page.locator(".runner")).to_have_count(count)
    expect(page.locator("#runner-remove")).to_have_count(0)
    page.click("#undo")
    expect(page.locator(".runner")).to_have_count(2)
    expect(page.locator("#race-name option:checked")).to_have_text("A race of your own")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_link_holds_the_race_also_into_the_other_language(open_page: PageOpener, language: str) -> None:
    race = open_race(open_page, language=language)
    page = race.page
    race.choose("momentum")
    page.click("#runner-choose-1")
    page.keyboard.press("Home")
    for _ in range(3):
        page.click("#forward")
    page.locator("label:has(#race-logarithmic)").click()
    page.wait_for_function("() => location.hash.includes('step=3') && location.hash.includes('scale=log')")
    shown, other = race.numbers(), "ru" if language == "en" else "en"
    page.reload()
    race.settle()
    assert race.numbers() == shown
    page.click(f"a[data-language={other}]")
    page.wait_for_url(f"**/{other}/race#*")
    race.settle()
    assert [read(text) for text in race.numbers()] == [read(text) for text in shown]
    expect(page.locator("#runner-choose-1")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#race-logarithmic")).to_be_checked()
    assert page.locator("#race-name").input_value() == "momentum"


def test_a_link_that_makes_no_sense_says_so_and_the_first_race_is_there(open_page: PageOpener) -> None:
    race = open_race(open_page, link="#surface=hill&run=sgd,0.1")
    page = race.page
    expect(page.locator("#banner")).to_contain_text("could not be read. Here is the first race instead.")
    page.click("#banner button")
    expect(page.locator("#banner")).to_be_hidden()
    shown = race.numbers()
    page.evaluate("location.hash = '#surface=bowl&run=magic,1'")
    expect(page.locator("#banner")).to_contain_text("Nothing was changed.")
    assert race.numbers() == shown


def test_a_step_is_taken_apart_as_the_engine_made_it(open_page: PageOpener) -> None:
    race = open_race(open_page, link="#surface=ravine&run=sgd,0.02&run=momentum,0.02&run=adam,0.3&steps=20&step=4")
    page = race.page
    for chosen, rows in (
        (0, ("gradients", "moves")),
        (1, ("gradients", "remembered", "moves")),
        (2, ("gradients", "remembered", "divisors", "moves")),
    ):
        page.click(f"#runner-choose-{chosen}")
        expect(page.locator("#parts-note")).to_contain_text(f"Run {chosen + 1}")
        run = race.answer["runs"][chosen]
        wanted = [run["points"][3], *(run[row][3] for row in rows), run["points"][4]]
        shown = page.locator(".part-value > span:last-child").all_inner_texts()
        flat = [value for pair in wanted for value in pair]
        assert len(shown) == len(flat)
        assert all(close(text, value) for text, value in zip(shown, flat, strict=True))
    page.keyboard.press("Home")
    expect(page.locator("#parts")).to_be_hidden()
    expect(page.locator("#parts-note")).to_contain_text("no step yet")


def test_a_surface_of_one_variable_is_a_line(open_page: PageOpener) -> None:
    race = open_race(open_page)
    page = race.page
    race.choose("valleys")
    expect(page.locator("#race-forms")).to_be_hidden()
    expect(page.locator("#race-arrows-switch")).to_be_hidden()
    expect(page.locator("#race-logarithmic")).to_be_disabled()
    assert len(race.start()) == 1
    page.mouse.click(*race.place(1.5, 3.0))
    race.settle()
    assert race.start() == pytest.approx([1.5], abs=0.02)
    page.select_option("#surface", "bowl")
    race.settle()
    assert race.start() == [-2.5, 1.5]
    expect(page.locator("#race-forms")).to_be_visible()


def test_in_three_dimensions_and_back(open_page: PageOpener) -> None:
    race = open_race(open_page)
    page = race.page
    page.locator('#race-forms label:has(input[value="solid"])').click()
    expect(page.locator(f"{MAP} .gl-container canvas")).to_be_visible(timeout=30_000)
    expect(page.locator("#race-turning")).to_be_visible()
    expect(page.locator("#race-arrows-switch")).to_be_hidden()
    page.click("#race-right")
    page.wait_for_function("() => location.hash.includes('view=3d')")
    page.locator('#race-forms label:has(input[value="flat"])').click()
    expect(page.locator(f"{MAP} .gl-container canvas")).to_have_count(0)
    race.settle()
    page.mouse.click(*race.place(1.0, 1.0))
    race.settle()
    assert race.start() == pytest.approx([1.0, 1.0], abs=0.02)


def test_the_values_lead_to_their_step_and_the_tables_hold_the_numbers(open_page: PageOpener) -> None:
    race = open_race(open_page)
    page = race.page
    box = page.locator("#race-curve-plot").bounding_box()
    assert box
    x = page.evaluate(
        """() => { const { xaxis } = document.querySelector('#race-curve-plot')._fullLayout;
            return xaxis._offset + xaxis.d2p(20); }"""
    )
    page.mouse.click(box["x"] + x, box["y"] + 60)
    expect(page.locator("#counter")).to_have_text("step 20 of 60")
    page.locator("#race-map .numbers-switch").click()
    rows = page.locator("#race-map tbody tr")
    expect(rows).to_have_count(5)
    first = rows.first.locator("td").all_inner_texts()
    run = race.answer["runs"][0]
    wanted = [*run["points"][20], run["values"][20], *run["gradients"][20]]
    assert [read(text) for text in first[:5]] == wanted
    page.locator("#race-curve .numbers-switch").click()
    expect(page.locator("#race-curve tbody tr")).to_have_count(21)


def test_without_the_server_what_is_there_goes_on_and_the_rest_follows(open_page: PageOpener) -> None:
    open_page.expect("request failed")
    open_page.expect("Failed to load resource")
    race = open_race(open_page)
    page = race.page
    page.route("**/api/descent", lambda route: route.abort("connectionrefused"))
    page.click("#run-learning_rate-up")
    expect(page.locator("#banner")).to_contain_text("The server does not answer")
    expect(page.locator(".runner-value").first).to_have_text("—")
    page.keyboard.press("Home")
    expect(page.locator("#counter")).to_have_text("step 0 of 60")
    page.click("#run-learning_rate-up")
    page.unroute("**/api/descent")
    expect(page.locator("#banner")).to_be_hidden(timeout=20_000)
    race.settle()
    assert race.asked["runs"][0]["learning_rate"] == pytest.approx(0.02)


def test_the_keyboard_alone_is_enough(open_page: PageOpener) -> None:
    race = open_race(open_page)
    page = race.page
    page.keyboard.press("3")
    expect(page.locator("#runner-choose-2")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("?")
    assert_accessible(page)
    page.keyboard.press("Escape")
    page.focus("#race-name")
    page.keyboard.press("ArrowDown")
    race.settle()
    expect(page.locator("#race-name option:checked")).to_have_text("What momentum remembers")
    page.focus("#run-learning_rate-slider")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#race-name option:checked")).to_have_text("A race of your own")
    stops = 0
    page.reload()
    race.settle()
    for _ in range(80):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
                const one = document.activeElement;
                if (one === document.body) return null;
                const shown = one.matches('input[type=radio]') ? one.nextElementSibling : one;
                return parseFloat(getComputedStyle(shown).outlineWidth);
            }"""
        )
        if seen is None:
            break
        stops += 1
        assert seen >= 2
    assert 20 < stops < 60


def test_the_menu_shares_and_the_page_without_scripts_says_what_it_needs(open_page: PageOpener) -> None:
    race = open_race(open_page, permissions=["clipboard-read", "clipboard-write"])
    page = race.page
    page.click("#share")
    assert_accessible(page)
    page.click("#share-link")
    expect(page.locator("#toast")).to_contain_text("The link is copied")
    link = page.evaluate("navigator.clipboard.readText()")
    page.goto(link)
    race.settle()
    assert discs(page) == ["1", "2", "3", "4", "5"]
    open_page.expect("request failed: csp")
    plain = open_page("/ru/race", language="ru", java_script_enabled=False)
    assert "JavaScript" in plain.locator("noscript").inner_text()


def test_on_paper_there_is_what_can_be_read(open_page: PageOpener) -> None:
    race: Race = open_race(open_page)
    page = race.page
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    for seen in ("#race-map-plot", "#race-curve-plot", ".runner-name", "#look-for", "#parts"):
        expect(page.locator(seen).first).to_be_visible()
    for hidden in (".transport", "#course", "#runner-add", "#run-optimizer", "#race-name", ".site-tools"):
        expect(page.locator(hidden).first).to_be_hidden()
    page.pdf()
