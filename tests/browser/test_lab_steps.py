"""What the learning rate does: step-size curve, slope, zones, sharpness; with the engine's numbers."""

import itertools
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import SIZES, choose, diverge, open_lab, settle, try_rate, verdict_words
from tests.browser.pages import PageOpener, wait_until, wait_until_drawn
from tests.browser.screenshots import shoot
from tests.browser.test_lab_inside import drawn, look_inside, show_numbers
from tests.filled import filled

NO_BREAK = "\N{NO-BREAK SPACE}"


def number(text: str) -> float:
    return float(text.replace("\N{MINUS SIGN}", "-"))


def caption(page: Page, figure: str) -> str:
    return page.locator(f"#{figure}-caption").text_content() or ""


def measured(page: Page) -> None:
    """Wait until the curve and the slope are those of the moment and the rate on screen, and drawn."""
    wait_until_drawn(page)  # what was typed or dragged has been taken
    wait_until(
        page,
        """async () => {
            const main = document.querySelector('script[type=module]').src;
            const { store, currentRate } = await import(main.replace('main.js', 'state.js'));
            const { now, isStale, asides } = store.get();
            const { slope, stepSizes } = asides;
            return !isStale && slope?.deps[0] === now && slope.deps[2] === currentRate(store.get())
                && stepSizes?.deps[0] === now;
        }""",
    )
    page.wait_for_function(
        "() => ['rates', 'slope'].every((id) => !document.getElementById(id).classList.contains('stale'))"
        " && document.getElementById('rates-caption').textContent.includes('next step')"
    )
    settle(page)


def arrow_end(page: Page) -> float:
    return page.evaluate(
        "() => document.getElementById('slope-plot').layout.annotations.find(({ showarrow }) => showarrow).x"
    )


def set_rate(page: Page, rate: str) -> None:
    page.locator("#rate-field").fill(rate)
    page.keyboard.press("Enter")


def test_the_mark_is_the_rate_and_its_loss_that_of_the_step(open_page: PageOpener) -> None:
    page, answers = look_inside(open_page, "xor")
    measured(page)
    mark = drawn(page, "rates-plot")[1]
    curve = answers["step-sizes"][-1]
    assert mark["x"] == [0.5]
    traced = {trace["loss"]: trace["updated_loss"] for trace in answers["trace"]}
    assert mark["y"] == [traced[curve["loss"]]]
    found = re.search(r"takes the loss from ([\d.]+) to ([\d.]+)\.", caption(page, "rates"))
    assert found
    assert f"{float(found[1]):.4g}" == f"{curve['loss']:.4g}"

    # Every zone by its own name, in the note, the figure and the legend, as the engine has tried it.
    rates = answers["rates"][-1]
    names = {"slow": "slow", "good": "good", "bounces": "bounces", "flies_away": "flies away"}
    for verdict, name in names.items():
        answer = try_rate(page, repr(rates["rates"][rates["verdicts"].index(verdict)]))
        assert answer["own"]["verdict"] == verdict
        expect(page.locator("#rate-zone")).to_contain_text(verdict_words(answer))
        expect(page.locator("#rate-zones .is-current")).to_have_text(name)
        expect(page.locator("#rate-zone")).to_have_text(re.compile(f"^{name}", re.IGNORECASE))
        expect(page.locator("#rates-caption")).to_contain_text(f"Zone: {name}.")
    words = f"2/λ = {float(format(rates['limit'], '.3g')):g}"
    expect(page.locator("#rate-zone")).to_contain_text(words)
    # No line break parts the limit from its number; what Playwright waits for knows no such spaces.
    assert words.replace(" ", NO_BREAK) in (page.locator("#rate-zone").text_content() or "")
    expect(page.locator("#announcer")).to_contain_text("Zone: flies away.")
    expect(page.locator("#rates-caption")).to_contain_text("A good single step is not a good rate")


def test_dragging_the_mark_stretches_the_arrow(open_page: PageOpener) -> None:
    page, answers = look_inside(open_page, "xor")
    set_rate(page, "2.5")
    measured(page)
    line = answers["slope"][-1]
    assert arrow_end(page) == line["step"]["value"]
    slider = page.locator("#rates-slider")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2, steps=3)
    page.mouse.up()
    measured(page)
    rate = number(page.locator("#rate-field").input_value())
    assert rate > 2.5
    # Where the pointer is on the axis, that is the rate; and the arrow has grown with it.
    low, high = page.evaluate("() => document.getElementById('rates-plot').layout.xaxis.range")
    share = (0.9 * box["width"] - 12) / (box["width"] - 24)
    assert abs(rate / 10 ** (low + (high - low) * share) - 1) < 0.06
    moved = (arrow_end(page) - line["value"]) / (line["step"]["value"] - line["value"])
    within = answers["slope"][-1]["step"]["is_off"] is False
    assert not within or abs(moved / (rate / 2.5) - 1) < 1e-9

    slider.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    measured(page)
    assert number(page.locator("#rate-field").input_value()) < rate
    assert "loss after one step" in (slider.get_attribute("aria-valuetext") or "")


def test_the_preset_comes_to_the_edge_of_stability(open_page: PageOpener) -> None:
    page, _ = look_inside(open_page, "edge")
    page.select_option("#speed", "500")
    page.locator("#sharpness").scroll_into_view_if_needed()
    page.locator("#play").dispatch_event("click")
    page.wait_for_function("() => Number(document.getElementById('counter').textContent.match(/\\d+/)[0]) > 1200")
    live = len(drawn(page, "sharpness-plot")[1]["x"])
    assert live > 1
    page.locator("#play").dispatch_event("click")
    expect(page.locator("#sharpness-caption")).to_contain_text("hovers at 2/η = 10: the edge of stability")
    # Of a point, and of a row of its numbers, one comes to its step.
    show_numbers(page, "#sharpness")
    rows: Any = page.locator("#sharpness .numbers tbody button")
    page.wait_for_function("() => document.querySelectorAll('#sharpness .numbers tbody tr').length > 20")
    name = rows.nth(10).text_content() or ""
    rows.nth(10).click()
    expect(page.locator("#counter")).to_contain_text(name)


@pytest.mark.parametrize("size", SIZES)
def test_where_the_loss_is_beyond_a_number_a_dash_and_words_take_the_place_of_old_figures(
    open_page: PageOpener, size: tuple[int, int]
) -> None:
    page = open_lab(open_page)
    diverge(page)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.keyboard.press("Home")
    page.click('[data-task-choice="inside"]')
    for figure in ("rates", "slope"):
        expect(page.locator(f"#{figure}-caption")).to_contain_text("takes the loss from")
        show_numbers(page, f"#{figure}")
    page.keyboard.press("End")
    for figure in ("rates", "slope"):
        place = page.locator(f"#{figure}")
        expect(place.locator("figcaption")).to_have_text("Here the loss has grown beyond what a number can hold.")
        expect(place.locator("figcaption")).to_be_visible()
        expect(place.locator(".figure-dash")).to_be_visible()
        expect(place.locator(".figure-late")).to_be_hidden()
        expect(place.locator(".figure-plot")).to_be_hidden()
        expect(place.locator("tbody tr")).to_have_count(0)
        expect(place).not_to_have_class(re.compile(r"\bstale\b"))
    expect(page.locator("#slope-value")).to_have_text("")
    page.locator("#rates").scroll_into_view_if_needed()
    shoot(page, f"beyond-{size[0]}")
    page.keyboard.press("Home")
    for figure in ("rates", "slope"):
        expect(page.locator(f"#{figure} .figure-plot")).to_be_visible()
        expect(page.locator(f"#{figure}-caption")).to_contain_text("takes the loss from")


def test_on_paper_there_is_no_figure_that_has_nothing_in_it(open_page: PageOpener) -> None:
    page, _ = look_inside(open_page, size=(390, 844))

    def is_printed(figure: str) -> bool:
        page.emulate_media(media="print")
        shown = page.locator(f"#{figure}").is_visible()
        page.emulate_media(media="screen")
        return shown

    assert [is_printed(figure) for figure in ("sharpness", "votes", "check")] == [False, False, False]
    assert is_printed("strip")
    page.locator("#sharpness").scroll_into_view_if_needed()
    expect(page.locator("#sharpness-caption")).to_contain_text("Step 0: the sharpness is")
    page.click("#votes-pin")
    expect(page.locator("#votes .figure-plot")).to_be_visible()
    assert [is_printed(figure) for figure in ("sharpness", "votes", "check")] == [True, True, False]


def test_the_colours_of_the_slider_are_those_of_the_rates_that_were_tried(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    answer = try_rate(page, "0.7")
    track = page.locator("#rate-track")
    colours = re.findall(
        r"--zone-([a-z-]+)\)", track.evaluate("(track) => track.style.getPropertyValue('--zones')") or ""
    )
    bands = [
        one for one, before in zip(answer["verdicts"], [None, *answer["verdicts"]], strict=False) if one != before
    ]
    assert colours == [one.replace("_", "-") for one in bands]
    expect(page.locator("#rate-zone")).to_contain_text(verdict_words(answer))


ASKED_FOR_RATES = """
performance
  .getEntriesByType("resource")
  .filter(({ name }) => name.endsWith("/api/rates"))
  .map(({ startTime }) => startTime)
"""


def test_where_training_has_settled_the_slider_says_so(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    with page.expect_response("**/api/rates") as answered:
        choose(page, "dead")
    assert not answered.value.json()["settled"]
    page.click('[data-task-choice="train"]')
    page.select_option("#speed", "500")
    page.locator("#play").dispatch_event("click")
    page.wait_for_function("() => Number(document.getElementById('counter').textContent.match(/\\d+/)[0]) > 900")
    # In play it is asked at most once a second, by the page's own clock.
    page.evaluate("performance.clearResourceTimings()")
    page.wait_for_function(f"() => ({ASKED_FOR_RATES}).length >= 3")
    asked = page.evaluate(ASKED_FOR_RATES)
    assert all(later - earlier > 900 for earlier, later in itertools.pairwise(filled(asked)))
    page.locator("#play").dispatch_event("click")
    expect(page.locator("#rate-zone")).to_contain_text("Settled: none of the rates tried lowers the loss")
    expect(page.locator("#rate-zones .is-current")).to_have_count(0)
