"""Looking inside: votes, the check of every gradient, the strip, the proof; all with the engine's own numbers."""

import math
import re
from itertools import chain
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import accessible_in_each_look, choose, open_lab, settle
from tests.browser.pages import PageOpener
from tests.filled import filled

Answers = dict[str, list[Any]]


def listen(page: Page) -> Answers:
    """Collect what the server answers, by path, as it comes."""
    answers: Answers = {}

    def keep(response: Any) -> None:
        if "/api/" in response.url and response.ok:
            answers.setdefault(response.url.rsplit("/", 1)[1], []).append(response.json())

    page.on("response", keep)
    return answers


def look_inside(open_page: PageOpener, preset: str = "worked", **more: Any) -> tuple[Page, Answers]:
    page = open_lab(open_page, **more)
    answers = listen(page)
    if preset != "worked":
        choose(page, preset)
        settle(page)
    page.click('[data-task-choice="inside"]')
    expect(page.locator("#strip-caption")).to_contain_text("Step 0")
    settle(page)
    return page, answers


def drawn(page: Page, plot: str) -> list[dict[str, Any]]:
    """The traces of a figure, once they are drawn: what is outside the window waits until it is seen."""
    page.locator(f"#{plot}").scroll_into_view_if_needed()
    page.wait_for_function("(id) => document.getElementById(id).data?.length > 0", arg=plot)
    settle(page)
    return page.evaluate(
        "(id) => document.getElementById(id).data.map(({ x, y, z, customdata }) => ({ x, y, z, customdata }))", plot
    )


def pin_steepest(page: Page) -> None:
    page.click("#votes-pin")
    expect(page.locator("#votes-caption")).to_contain_text(re.compile(r"gradient[,.]"))
    settle(page)


def prove(page: Page) -> None:
    """Ask the card of the pinned parameter for the proof."""
    page.locator("#card-tabs label", has_text="Proof").click()
    expect(page.locator("#proof-slopes tr")).not_to_have_count(0)
    settle(page)


def check_all(page: Page) -> None:
    page.click("#check-all")
    expect(page.locator("#check-caption")).to_contain_text("nudged by")
    settle(page)


def show_numbers(page: Page, figure: str) -> None:
    page.locator(f"{figure} .numbers-switch input").check()
    expect(page.locator(f"{figure} .numbers table")).to_be_visible()


def titles(page: Page) -> list[float]:
    """The slopes of the proof's table, every digit."""
    texts = page.locator("#proof-slopes td:nth-child(2)").evaluate_all("(all) => all.map((one) => one.title)")
    return [read(text) for text in texts]


def read(text: str) -> float:
    """A number as the page writes it."""
    lowered = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")
    return float(re.sub(r"(?<!\d)10(?=-)", "1e", text.translate(lowered).replace("·10", "e")))


def test_the_votes_come_to_the_gradient_that_the_engine_has(open_page: PageOpener) -> None:
    page, answers = look_inside(open_page, "moons")
    expect(page.locator("#votes-caption")).to_contain_text("Pin a weight")
    pin_steepest(page)
    bars, *_ = drawn(page, "votes-plot")
    explained = answers["explain"][-1]
    # The lab asks ahead: the trace on screen is not the last that came.
    trace = next(one for one in answers["trace"] if one["loss"] == explained["loss"])
    steepest = max((w for layer in trace["layers"] for row in layer["dW"] for w in row), key=abs)
    assert explained["gradient"] == steepest
    assert len(bars["y"]) == 120
    assert math.fsum(bars["y"]) / 120 == pytest.approx(steepest, rel=1e-12)
    assert bars["y"] == sorted(bars["y"], reverse=True)
    assert sorted(bars["y"]) == sorted(explained["votes"])
    expect(page.locator("#votes-caption")).to_contain_text(f"{steepest:.4g}".replace("-", "−"))
    pulls = math.fsum(abs(vote) for vote in bars["y"])
    cancelled = 100 * (1 - abs(math.fsum(bars["y"])) / pulls)
    expect(page.locator("#votes-caption")).to_contain_text(f"{cancelled:.3g}\u00a0% of their pull cancels")
    page.locator("#votes-sorted").uncheck()
    settle(page)
    assert drawn(page, "votes-plot")[0]["y"] == answers["explain"][-1]["votes"]


def test_a_click_on_a_vote_follows_its_example(open_page: PageOpener) -> None:
    page, _ = look_inside(open_page, "xor")
    pin_steepest(page)
    bars, *_ = drawn(page, "votes-plot")
    third = bars["customdata"][2]["example"]
    page.locator("#votes-plot").scroll_into_view_if_needed()
    bar = page.locator("#votes-plot .bars .point path").nth(2).bounding_box()
    assert bar is not None
    page.mouse.click(bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] / 2)
    expect(page.locator("#example-label")).to_have_text(f"example {third + 1} of 4")
    settle(page)
    assert drawn(page, "votes-plot")[1]["x"] == [2]  # the small triangle
    show_numbers(page, "#votes")
    other = (third + 1) % 4
    page.click(f'#votes .numbers button:text-matches("^example {other + 1}\\\\b")')
    expect(page.locator("#example-label")).to_have_text(f"example {other + 1} of 4")
    expect(page.locator("#votes .numbers")).to_contain_text(f"example {other + 1}, followed")


def test_a_batch_of_one_has_one_voice_and_a_sum_is_called_a_sum(open_page: PageOpener) -> None:
    page, _ = look_inside(open_page)
    pin_steepest(page)
    expect(page.locator("#votes-caption")).to_contain_text("one example, one voice")
    choose(page, "symmetry")
    settle(page)
    pin_steepest(page)
    expect(page.locator("#votes-caption")).to_contain_text("The sum of 64 votes is the gradient")


def test_the_check_names_the_parameter_that_the_engine_finds_worst(open_page: PageOpener) -> None:
    page, answers = look_inside(open_page, "moons")
    check_all(page)
    check = next(trace["gradient_check"] for trace in answers["trace"] if trace["gradient_check"])
    cells = drawn(page, "check-plot")
    errors = check["relative_errors"]
    for layer, own in enumerate(errors):
        for unit, row in filled(enumerate(own["weights"])):
            shown = cells[layer]["z"][unit]
            expected = [*row, own["biases"][unit]]
            assert [*shown[:-2], shown[-1]] == pytest.approx([max(math.log10(e or 1e-300), -12) for e in expected])
            assert shown[-2] is None
    worst = check["worst_place"]
    layer, unit, source = worst["layer"], worst["unit"], worst["input"]
    own = errors[layer]["biases"][unit] if source == "bias" else errors[layer]["weights"][unit][source]
    assert own == check["worst"] == max(max(*one["biases"], *chain(*one["weights"]), 0) for one in errors)
    numerical = check["numerical"][layer]
    number = numerical["biases"][unit] if source == "bias" else numerical["weights"][unit][source]
    words = page.locator("#check-caption").inner_text()
    assert f"nudging {number:+.7g}".replace("-", "−").split("e")[0][:14] in words
    assert "67 parameters" in words
    show_numbers(page, "#check")
    first = page.locator("#check .numbers tbody tr").first
    assert read(first.locator("td").nth(2).inner_text()) == check["worst"]
    # Asking about it keeps the check: it is of the same moment.
    name = first.locator("button").inner_text()
    first.locator("button").click()
    expect(page.locator("#votes-caption")).to_contain_text(name[1:])
    expect(page.locator("#check-caption")).to_have_text(words)


def test_a_check_is_gone_when_the_moment_has_changed(open_page: PageOpener) -> None:
    page, _ = look_inside(open_page, "xor")
    check_all(page)
    expect(page.locator("#check-all")).to_be_hidden()
    page.click("#forward")
    expect(page.locator("#strip-caption")).to_contain_text("Step 1")
    expect(page.locator("#check-all")).to_be_visible()
    expect(page.locator("#check-plot")).to_be_hidden()


@pytest.mark.parametrize("preset", ["worked", "spiral"])
def test_the_secant_of_every_nudge_is_how_far_the_loss_moves(open_page: PageOpener, preset: str) -> None:
    page, answers = look_inside(open_page, preset)
    pin_steepest(page)
    prove(page)
    explained = answers["explain"][-1]
    nudges = sorted(explained["nudges"], key=lambda one: one["h"])
    slider = page.locator("#nudge-slider")
    assert int(slider.get_attribute("max") or 0) == len(nudges) - 1 == 21
    for index, nudge in enumerate(nudges):
        slider.fill(str(index))
        gradient, secant, *_, check = titles(page)
        assert gradient == explained["gradient"]
        assert secant == nudge["secant"] == (nudge["loss"] - explained["loss"]) / nudge["h"]
        assert check == explained["numerical_gradient"]
        assert read(page.locator("#nudge-field").input_value()) == nudge["h"]
    expect(page.locator("#proof-slopes .tick")).to_have_count(1)
    expect(page.locator("#proof-note")).to_contain_text("They agree.")


def test_the_nudge_goes_by_buttons_keys_field_and_by_dragging(open_page: PageOpener) -> None:
    page, _ = look_inside(open_page)
    pin_steepest(page)
    prove(page)
    field = page.locator("#nudge-field")
    expect(field).to_have_value("+0.1")
    page.click("#nudge-up")
    expect(field).to_have_value("+0.2")
    page.click("#nudge-down")
    page.click("#nudge-down")
    expect(field).to_have_value("+0.05")
    page.focus("#nudge-slider")
    page.keyboard.press("ArrowLeft")
    expect(field).to_have_value("+0.02")
    page.keyboard.press("Home")
    expect(field).to_have_value("−2")
    field.fill("0,3")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(field).to_have_value("+0.2")
    field.fill("none")
    page.keyboard.press("Enter")
    expect(page.locator("#nudge-problem")).to_contain_text("A nudge is a number")
    expect(field).to_have_attribute("aria-invalid", "true")
    drawn(page, "proof-plot")
    page.locator("#proof-plot").scroll_into_view_if_needed()
    box = page.locator("#proof-plot").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 5, box["y"] + box["height"] / 2, steps=4)
    expect(field).to_have_value("−2")
    page.mouse.move(box["x"] + box["width"] - 5, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    expect(field).to_have_value("+2")
    page.mouse.move(box["x"] + 5, box["y"] + 20)
    expect(field).to_have_value("+2")


def test_a_corner_of_the_loss_is_told_from_a_mistake(open_page: PageOpener) -> None:
    """With biases of 0, XOR's input (0, 0) stands exactly on the corner of every ReLU."""
    page = open_lab(open_page)
    choose(page, "xor")
    page.click("#setup-toggle")
    page.select_option("#activation-0", "relu")
    settle(page)
    page.click("#setup-toggle")
    page.click('[data-task-choice="inside"]')
    check_all(page)
    expect(page.locator("#check-caption")).to_contain_text("a corner")
    show_numbers(page, "#check")
    page.locator("#check .numbers tbody button").first.click()
    prove(page)
    expect(page.locator("#proof-note")).to_contain_text("The loss has a corner here")
    expect(page.locator("#proof-slopes .tick")).to_have_count(0)


@pytest.mark.parametrize(
    ("preset", "words"),
    [("vanishing", r"Vanishing: hidden 1"), ("exploding", r"Exploding: hidden 1"), ("dead", r"exactly 0\.")],
)
def test_a_broken_network_is_seen_in_its_strip(open_page: PageOpener, preset: str, words: str) -> None:
    page, answers = look_inside(open_page, preset)
    expect(page.locator("#strip-caption")).to_contain_text(re.compile(words))
    norms = [layer["gradient_norm"] for layer in answers["survey"][0]["layers"]]
    show_numbers(page, "#strip")
    shown = page.locator("#strip .numbers tbody tr").last.locator("td").all_inner_texts()
    assert [read(text) for text in shown] == norms
    page.click("#forward")
    expect(page.locator("#strip-caption")).to_contain_text("Step 1")
    page.locator("#strip-plot").scroll_into_view_if_needed()  # what is not seen is not drawn
    page.wait_for_function("() => document.querySelector('#strip-plot').data?.[0].x.length === 2")
    lines = drawn(page, "strip-plot")
    assert len(lines) == len(norms)
    assert all(line["x"] == [0, 1] for line in lines)


def test_while_it_trains_there_are_dashes_and_the_strip_grows(open_page: PageOpener) -> None:
    page, _ = look_inside(open_page, "moons")
    pin_steepest(page)
    prove(page)
    page.select_option("#speed", "100")
    page.click("#play")
    expect(page.locator("#votes-caption")).to_contain_text("Pause to count the votes")
    expect(page.locator("#votes .figure-dash")).to_be_visible()
    expect(page.locator("#proof")).to_be_hidden()
    expect(page.locator("#check-all")).to_be_hidden()
    page.locator("#strip").scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('#strip-plot').data?.[0].x.length > 20")
    page.click("#play")
    expect(page.locator("#votes-caption")).to_contain_text("votes is the gradient")
    expect(page.locator("#proof-slopes tr")).to_have_count(4)
    expect(page.locator("#check-all")).to_be_visible()


def test_numbers_that_have_grown_beyond_all_are_said_and_not_drawn(open_page: PageOpener) -> None:
    page, _ = look_inside(open_page, "exploding")
    pin_steepest(page)
    prove(page)
    page.click("#play")
    expect(page.locator("#banner .button-strong")).to_be_visible()
    expect(page.locator("#votes-caption")).to_contain_text("beyond what a number can hold")
    page.click("#check-all")
    expect(page.locator("#check-caption")).to_contain_text("beyond what a number can hold")
    expect(page.locator("#strip-caption")).to_contain_text("beyond what a number can hold")
    expect(page.locator("#proof-note")).to_contain_text("no numbers here")


def everything(page: Page) -> None:
    pin_steepest(page)
    prove(page)
    check_all(page)
    for figure in ("#votes", "#check", "#strip", "#proof"):
        show_numbers(page, figure)


STATES = {"empty": lambda page: None, "full": everything}


@pytest.mark.parametrize("state", STATES)
def test_looking_inside_is_accessible_in_every_size_and_theme(open_page: PageOpener, state: str) -> None:
    page, _ = look_inside(open_page, "moons")
    STATES[state](page)
    for look in filled(accessible_in_each_look(page, f"inside-{state}")):
        small = page.evaluate(
            """() => [...document.querySelectorAll('#inside button, #inside input, #proof button, #proof input')]
                .filter((one) => one.offsetParent !== null && !one.closest('.numbers'))
                .map((one) => (one.closest('label') ?? one).getBoundingClientRect())
                .filter(({ width, height }) => Math.min(width, height) < 24).length"""
        )
        assert small == 0, look


def test_what_only_this_task_needs_is_loaded_with_it(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    loaded = "() => performance.getEntriesByType('resource').map(({ name }) => name.split('/').slice(-2).join('/'))"
    mine = {f"panels/{name}.js" for name in ("inside", "proof", "steps")}
    mine |= {
        f"views/{name}.js" for name in ("votes", "check", "strip", "nudge", "slope", "step-sizes", "sharpness")
    }
    assert not mine & set(page.evaluate(loaded))
    page.click('[data-task-choice="inside"]')
    pin_steepest(page)
    prove(page)
    assert mine <= set(page.evaluate(loaded))
