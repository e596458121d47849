"""What lessons show is the engine's, what was done is kept, and no rule is broken in any look."""

import json
import math
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Route, expect

from app.engine.surfaces import SURFACES
from app.engine.tangent import tangent
from app.lessons.lesson import CONTENT, DONE, load
from tests.browser.lessons import (
    FIRST,
    answer,
    asked,
    done,
    given,
    keeps_every_rule_in_each_look,
    open_lesson,
    put,
    says,
    turn,
)
from tests.browser.looks import WIDTHS
from tests.browser.pages import PageOpener
from tests.browser.test_pseudo import TEXTS, untranslated
from tests.filled import filled

LANGUAGES = pytest.mark.parametrize("language", ["en", "ru"])
SHOWN = re.compile("is-shown")


@LANGUAGES
def test_every_kind_of_wrong_answer_is_named_with_its_line(open_page: PageOpener, language: str) -> None:
    page = open_lesson(open_page, FIRST, language)
    answer(page, "sum", 123_456)
    verdict = page.locator("#q-sum [data-part=verdict]")
    expect(verdict.locator(".is-wrong")).to_have_count(1)
    expect(verdict.locator("li")).to_have_count(1)
    made = asked(page, "sum", "pixel_distance")
    shown = given(page, "sum")
    numbers = [float(one) for one in re.split("[,;] ", shown["pixels"])]
    assert numbers == made.given["pixels"]
    seen = set()
    for slip in made.slips:
        answer(page, "sum", slip.value)
        expect(verdict.locator("li.is-marked")).to_have_count(1)
        seen.add(verdict.locator(".is-wrong").first.inner_text())
        assert str(made.answer).removesuffix(".0") not in verdict.locator("strong").all_inner_texts()[-1:]
    assert len(seen) == len(made.slips)
    page.fill("#q-sum-answer", "many")
    page.press("#q-sum-answer", "Enter")
    expect(page.locator("#q-sum-answer")).to_have_attribute("aria-invalid", "true")
    page.click("#q-sum [data-part=other]")
    expect(page.locator("#q-sum [data-given=pixels]")).not_to_have_text(shown["pixels"])
    expect(verdict).to_be_empty()
    assert done(page) == 0


def test_every_stage_of_the_rule_is_the_engines(open_page: PageOpener) -> None:
    page = open_lesson(open_page, FIRST)
    says(page)  # of the blank picture
    with page.expect_response("**/api/detector") as heard:
        page.click("[data-stamp=dog]")
    found = heard.value.json()
    expect(page.locator(".pixels-number")).to_have_text(f"{found['total']:g}")
    for stage in ("difference", "distance"):
        page.check(f"input[value={stage}]")
        texts = [text.replace("−", "-") for text in page.locator(".pixel").all_inner_texts()]
        assert [float(text) for text in texts] == [one for row in found[stage] for one in row]


def test_the_costs_of_a_prediction_are_those_of_the_losses(open_page: PageOpener) -> None:
    page = open_lesson(open_page, "how-wrong")
    field = page.locator("#losses-0-prediction")
    for text in ("0.57", "0.9"):
        field.fill(text)
        field.press("Enter")
        value = float(text)
        wanted = (value, value**2, -math.log(1 - value))
        slopes = (1, 2 * value, 1 / (1 - value))
        expect(page.locator(".losses-costs dd").first).to_have_text(f"{value:.4g}")
        shown = page.locator(".losses-costs dd:not(.losses-slope)").all_inner_texts()
        assert [float(one) for one in shown] == pytest.approx(wanted, rel=6e-4)
        told = page.locator(".losses-slope").all_inner_texts()
        assert [float(one.split("+")[1]) for one in told] == pytest.approx(slopes, rel=6e-4)


def test_the_point_is_dragged_along_the_curve_and_every_number_is_the_engines(open_page: PageOpener) -> None:
    page = open_lesson(open_page, "the-slope")
    plot = page.locator(".slopes-plot").first
    expect(plot.locator(".main-svg").first).to_be_visible(timeout=30_000)
    box = plot.bounding_box()
    assert box
    where = "([x]) => { const { xaxis } = document.querySelector('.slopes-plot')._fullLayout;"
    where += " return xaxis._offset + xaxis.d2p(x); }"
    page.mouse.move(box["x"] + page.evaluate(where, [0.6]), box["y"] + 100)
    page.mouse.down()
    with page.expect_response("**/api/tangent"):
        page.mouse.move(box["x"] + page.evaluate(where, [-1.5]), box["y"] + 100, steps=5)
    page.mouse.up()
    expect(page.locator(".losses-costs dd").first).not_to_have_text("—")
    expect(page.locator("#slope-0-at")).to_have_value(re.compile("^−1[.](4[89]|5[01]?)"))
    at = float(page.locator("#slope-0-at").input_value().replace("−", "-"))
    found = tangent(SURFACES["two_valleys"], at, 0.5)
    page.wait_for_function(
        """(slope) => {
            const shown = Number(document.querySelector('.losses-costs dd').textContent.replace('−', '-'));
            return Math.abs(shown - slope) <= 1e-3 * Math.abs(slope);
        }""",
        arg=found.slope,
    )
    shown = [text.replace("−", "-") for text in page.locator(".losses-costs dd").all_inner_texts()]
    assert [float(shown[0]), float(shown[1])] == pytest.approx([found.slope, found.secant], rel=6e-4)


def test_the_sum_of_a_neuron_is_the_engines_at_every_point(open_page: PageOpener) -> None:
    page = open_lesson(open_page, "one-neuron")
    put(page, 0, w1=0.7, w2=-1.1)
    with page.expect_response("**/api/trace") as heard:
        put(page, 0, b=0.3)
    layer = heard.value.json()["layers"][0]
    expect(page.locator(".neuron-figure .main-svg").first).to_be_visible(timeout=30_000)
    page.locator(".numbers-switch").first.click()
    expect(page.locator(".neuron-figure tbody tr")).to_have_count(8)
    last = page.locator(".neuron-figure tbody tr").last.locator("td").nth(2)
    page.wait_for_function(
        "([cell, z]) => Number(cell.textContent.replace('−', '-')) === z",
        arg=[last.element_handle(), layer["z"][-1][0]],
    )
    rows = page.locator(".neuron-figure tbody tr").all()
    assert len(rows) == len(layer["z"]) == 8
    for row, (z,), (a,) in zip(rows, layer["z"], layer["a"], strict=True):
        cells = [text.replace("−", "-") for text in row.locator("td").all_inner_texts()]
        assert [float(cells[2]), float(cells[3])] == [z, a]
        row.locator("button").click()
        shown = page.locator(".neuron-sum strong").all_inner_texts()
        assert float(shown[0].replace("−", "-")) == pytest.approx(z, rel=6e-4)
        assert float(shown[1].replace("−", "-")) == pytest.approx(a, rel=6e-4)


def test_only_numbers_that_are_those_of_the_question_can_be_answered(open_page: PageOpener) -> None:
    page = open_lesson(open_page, FIRST)
    says(page)
    expect(page.locator("#q-sum [data-part=check]")).to_be_enabled()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/api/question", hold)
    page.click("#q-sum [data-part=other]")
    page.click("#q-sum [data-part=other]")
    expect(page.locator("#q-sum [data-part=check]")).to_be_disabled()
    page.fill("#q-sum-answer", "5")
    page.press("#q-sum-answer", "Enter")
    page.wait_for_timeout(200)
    expect(page.locator("#q-sum [data-part=verdict]")).to_be_empty()
    # The answers overtake each other: the numbers on screen are those of the last question.
    assert len(held) == 2
    held[1].continue_()
    expect(page.locator("#q-sum [data-part=check]")).to_be_enabled()
    shown = given(page, "sum")
    held[0].continue_()
    page.wait_for_timeout(300)
    assert given(page, "sum") == shown
    answer(page, "sum", 5)
    made = asked(page, "sum", "pixel_distance")
    assert [float(one) for one in shown["pixels"].split(", ")] == made.given["pixels"]


def test_a_prediction_may_be_skipped_on_purpose(open_page: PageOpener) -> None:
    page = open_lesson(open_page, FIRST)
    page.click("[data-stamp=cat]")
    expect(page.locator(".pixels-says")).to_have_text("“A dog”")
    page.click("#q-cat [data-part=skip]")
    expect(page.locator("#q-cat [data-part=outcome]")).to_have_class(SHOWN)
    expect(page.locator("#q-cat [data-part=said]")).to_have_text("nothing, on purpose")


def test_a_finger_draws_without_moving_the_page(open_page: PageOpener) -> None:
    page = open_lesson(open_page, FIRST, width=390, height=844, has_touch=True, is_mobile=True)
    page.locator(".pixels").scroll_into_view_if_needed()
    boxes = [page.locator(".pixel").nth(index).bounding_box() for index in (0, 9, 18)]
    points = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes if box]
    before = page.evaluate("scrollY")
    touch = page.context.new_cdp_session(page)
    for index, (x, y) in enumerate(points):
        kind = "touchMove" if index else "touchStart"
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.locator(".pixels-number")).to_have_text("765")
    assert page.evaluate("scrollY") == before


@LANGUAGES
def test_the_contents_show_what_was_done_and_go_on_where_one_was(open_page: PageOpener, language: str) -> None:
    page = open_page(f"/{language}/", language=language)
    expect(page.locator("#race-map-plot .main-svg").first).to_be_visible(timeout=30_000)
    expect(page.locator(f"[data-lesson={FIRST}]")).to_be_visible()
    expect(page.locator("#progress-clear")).to_be_disabled()
    page.click(f"[data-lesson={FIRST}] a")
    page.click("#q-cat [data-part=skip]")
    page.click("[data-stamp=cat]")
    expect(page.locator("#q-cat")).to_have_class(re.compile("is-done"))
    page.click(".site-header .wordmark")
    expect(page.locator(f"[data-lesson={FIRST}] .lesson-done")).to_contain_text("1")
    href = page.locator("#continue").get_attribute("href")
    assert href == f"/{language}/lessons/{FIRST}"
    with page.expect_download() as saved:
        page.click("#progress-save")
    assert json.loads(saved.value.path().read_text())["lessons"][FIRST]["predictions"] == {
        "cat": {"choice": None, "outcome": 2, "facts": {}}
    }
    page.click("#progress-clear")
    expect(page.locator(f"[data-lesson={FIRST}] .lesson-done")).to_be_hidden()
    assert page.evaluate("localStorage.getItem('backstep.progress')") is None


# Where a part of what is kept should be, something else.
STRANGE = ("null", "3", "[null]", '{"choice": 99}')


def half_valid(slug: str) -> Iterator[str]:
    """Texts that begin like what is kept, and go on as something else."""
    yield from ("{", "null", '{"version": 9}', '{"version": 1}', '{"version": 1, "lessons": 3}')
    names = [block.name for block in load(CONTENT / slug)[0].pages["en"].blocks if block.kind in DONE]
    for strange in STRANGE:
        kinds = ", ".join(f'"{kind}": {strange}' for kind in ("tasks", "predictions", "numbers"))
        yield f'{{"version": 1, "lessons": {{"{slug}": {{{kinds}}}}}}}'
        things = ", ".join(f'"{name}": {strange}' for name in filled(names))
        kinds = ", ".join(f'"{kind}": {{{things}}}' for kind in ("tasks", "predictions", "numbers"))
        yield f'{{"version": 1, "last": "{slug}", "lessons": {{"{slug}": {{{kinds}}}}}}}'
    for prediction in ({"choice": 9, "outcome": 9}, {"choice": 1, "outcome": 1, "facts": 3}, {"choice": 0}):
        yield json.dumps(
            {"version": 1, "lessons": {slug: {"predictions": dict.fromkeys(filled(names), prediction)}}}
        )


def test_what_is_kept_and_cannot_be_read_harms_nothing(open_page: PageOpener) -> None:
    page = open_page("/en/")
    for text in filled(list(half_valid(FIRST))):
        page.evaluate(
            """(text) => {
                localStorage.setItem('backstep.progress', text);
                localStorage.setItem('backstep.theme', text);
            }""",
            text,
        )
        page.goto(f"/en/lessons/{FIRST}")
        assert says(page) == "nothing"
        page.goto("/en/")
        expect(page.locator("#continue")).to_be_visible()
        assert page.evaluate("document.documentElement.dataset.theme") == "light"


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("", "en"),
        ("", "ru"),
        (f"lessons/{FIRST}", "en"),
        ("lessons/one-neuron", "ru"),
        ("lessons/a-network", "ru"),
        ("lessons/how-wrong", "en"),
        ("lessons/the-slope", "ru"),
    ],
)
def test_no_rule_is_broken_in_any_look(open_page: PageOpener, path: str, language: str) -> None:
    page = open_page(f"/{language}/{path}", language=language)
    if path.endswith("neuron"):
        expect(page.locator(".neuron-figure .main-svg").first).to_be_visible(timeout=30_000)
        put(page, 0, w1=1, w2=0.5)
        page.fill("#neuron-0-b", "?")
        page.press("#neuron-0-b", "Enter")
    elif path.endswith(("wrong", "slope")):
        expect(page.locator(".neuron-figure .main-svg").first).to_be_visible(timeout=30_000)
    elif path.endswith("network"):
        expect(page.locator(".neuron-figure .main-svg").first).to_be_visible(timeout=30_000)
        turn(page, 1, w1=1, b=-0.5)
        answer(page, "forward", 9999)
    elif path:
        says(page)
        page.click("#q-cat [data-part=skip]")
        page.click("[data-stamp=cat]")
        answer(page, "sum", 5)
        expect(page.locator("#q-sum .is-wrong")).to_be_visible()
    else:
        expect(page.locator("#race-map-plot .main-svg").first).to_be_visible(timeout=30_000)
    keeps_every_rule_in_each_look(page, f"{path.replace('/', '-') or 'contents'}-{language}")


@LANGUAGES
def test_a_lesson_can_be_read_without_scripts_and_is_small(open_page: PageOpener, language: str) -> None:
    page = open_lesson(open_page, FIRST, language)
    sizes = page.evaluate("() => performance.getEntries().map(({ encodedBodySize }) => encodedBodySize ?? 0)")
    assert sum(sizes) <= 110_000
    open_page.expect("request failed: csp")
    plain = open_page(f"/{language}/lessons/{FIRST}", language=language, java_script_enabled=False)
    for part in (".lesson-text", ".lesson-asked", ".lesson-told", ".lesson-outcome", "noscript"):
        expect(plain.locator(part).first).to_be_visible()


def test_every_text_comes_from_the_catalog_or_the_lesson(open_pseudo: PageOpener) -> None:
    page = open_pseudo(f"/en/lessons/{FIRST}")
    says(page)
    answer(page, "sum", 5)
    expect(page.locator("#q-sum .is-wrong")).to_be_visible()
    # The lesson's own words are a file of their own; what the page says about them is of the catalog.
    own = (".lesson-text", ".lesson-asked", ".lesson-option", ".lesson-told", ".lesson-more", ".lesson-idea")
    others = ("h1", "code", "title", ".lesson-ways a[href*=lessons]", ".lesson-outcome p", ".way-sign")
    page.evaluate(
        "(parts) => document.querySelectorAll(parts).forEach((one) => one.remove())", ", ".join((*own, *others))
    )
    found = [one for one in untranslated(page.evaluate(TEXTS)) if not re.search(r"pixel − white|abs|\bsum\b", one)]
    assert not found, "\n" + "\n".join(found)
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
