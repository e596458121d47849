"""A lesson in somebody else's page: in a sandbox without an origin, and heard by the page around it."""

import html
import re
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.file_server import FileServer
from tests.browser.lessons import keeps_every_rule_in_each_look
from tests.browser.pages import PageOpener
from tests.browser.screenshots import shoot
from tests.browser.test_pseudo import TEXTS, untranslated
from tests.filled import filled
from tests.lessons.test_questions import BY_HAND
from tests.running_server import RunningServer

HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>A course</title><link rel="icon" href="data:,">'
HEAR = "<script>const heard = []; addEventListener('message', (event) => heard.push(event.data));</script>"
VERBS = "http://adlnet.gov/expapi/verbs/"


@pytest.fixture
def course(tmp_path: Path) -> Generator[FileServer]:
    """A server of somebody else, on another port."""
    with FileServer({"/files": tmp_path}) as running:
        yield running


def code_of(open_page: PageOpener, query: str, language: str = "en") -> str:
    """The code that the teachers' page gives for a page."""
    page = open_page(f"/{language}/teach/link?page={query}", language=language)
    return page.locator("#frame").inner_text() + "".join(page.locator("#listener").all_inner_texts())


def put(course: FileServer, body: str) -> str:
    """Make a page of the course; return its address."""
    page = f"{HEAD}<main><h1>A course</h1>{HEAR}{body}</main>"
    (course.folders["/files"] / "page.html").write_text(page, encoding="utf-8")
    return f"{course.url}/files/page.html"


def framed(open_page: PageOpener, course: FileServer, body: str, **more: Any) -> tuple[Page, FrameLocator]:
    open_page.expect(f"request to another host: {course.url}")  # the page around it is somebody else's
    page = open_page(put(course, body), **more)
    return page, page.frame_locator("iframe")


def statements(page: Page) -> list[dict[str, Any]]:
    heard = page.evaluate("() => heard")
    assert all(one["source"] == "backstep" and one["type"] in ("height", "statement") for one in filled(heard))
    return [one["statement"] for one in heard if one["type"] == "statement"]


def said(page: Page) -> list[tuple[str, str, Any]]:
    """What was heard: verb, block ("" for the lesson), success."""
    return [
        (
            one["verb"]["id"].removeprefix(VERBS),
            one["object"]["id"].partition("#q-")[2],
            one.get("result", {}).get("success"),
        )
        for one in statements(page)
    ]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_an_embedded_lesson_runs_in_its_sandbox_and_reports(
    open_page: PageOpener, course: FileServer, server: RunningServer, language: str
) -> None:
    slug = "a-picture-is-numbers"
    code = code_of(open_page, f"lessons/{slug}", language)
    assert 'sandbox="allow-scripts"' in code
    page, lesson = framed(open_page, course, code, language=language)
    # It has no origin, no storage and no cookies, and works all the same.
    inside = page.frames[1]
    expect(lesson.locator(".pixels-says")).not_to_have_text("—")
    assert inside.evaluate("self.origin") == "null"
    for forbidden in ("localStorage", "sessionStorage", "document.cookie"):
        assert inside.evaluate(f"() => {{ try {{ return {forbidden}, false; }} catch {{ return true; }} }}")
    assert said(page) == [("initialized", "", None)]
    lesson.locator("#q-cat .lesson-option").nth(1).click()
    lesson.locator("#q-cat [data-part=commit]").click()
    lesson.locator("[data-stamp=cat]").click()
    expect(lesson.locator("#q-cat [data-part=outcome]")).to_be_visible()
    lesson.locator("[data-stamp=dust]").click()
    expect(lesson.locator("#q-fool")).to_have_class(re.compile("is-done"))
    lesson.locator("#q-sum-answer").fill("99999")
    lesson.locator("#q-sum-answer").press("Enter")
    expect(lesson.locator("#q-sum .is-wrong")).to_be_visible()
    given = lesson.locator("#q-sum [data-given]").evaluate_all(
        "all => all.map((one) => [one.dataset.given, one.textContent])"
    )
    numbers = {name: [float(one) for one in re.split("[,;] ", text)] for name, text in given}
    right = BY_HAND["pixel_distance"]({"pixels": numbers["pixels"], "white": numbers["white"][0]})
    lesson.locator("#q-sum-answer").fill(f"{right:g}")
    lesson.locator("#q-sum [data-part=check]").click()
    expect(lesson.locator("#q-sum .is-right")).to_be_visible()
    assert said(page)[1:] == [
        ("answered", "cat", True),
        ("completed", "fool", True),
        ("answered", "sum", False),
        ("answered", "sum", True),
        ("completed", "", None),
    ]
    for one in statements(page):
        assert one["object"]["id"].startswith(f"{server.url}/{language}/lessons/{slug}")
        assert one["context"]["language"] == language
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", one["timestamp"])
        assert "actor" not in one
    assert statements(page)[3]["result"] == {"success": False, "response": "99999"}
    assert statements(page)[-1]["result"] == {"completion": True}


def test_a_wrong_prediction_is_reported_once_its_outcome_was_seen(
    open_page: PageOpener, course: FileServer
) -> None:
    page, lesson = framed(open_page, course, code_of(open_page, "lessons/a-picture-is-numbers", "en"))
    expect(lesson.locator(".pixels-says")).not_to_have_text("—")
    lesson.locator("#q-cat .lesson-option").nth(0).click()
    lesson.locator("#q-cat [data-part=commit]").click()
    expect(lesson.locator("#q-cat [data-part=waiting]")).not_to_be_empty()
    assert said(page) == [("initialized", "", None)]
    lesson.locator("[data-stamp=cat]").click()
    expect(lesson.locator("#q-cat [data-part=outcome]")).to_be_visible()
    assert said(page)[1:] == [("answered", "cat", False)]
    assert statements(page)[-1]["result"] == {"success": False, "response": "1"}


def test_the_frame_is_as_high_as_the_lesson_and_figures_are_drawn(
    open_page: PageOpener, course: FileServer
) -> None:
    page, lesson = framed(open_page, course, code_of(open_page, "lessons/the-slope&hide=sign&lock=nudge"))
    expect(lesson.locator(".slopes-plot .main-svg").first).to_be_visible(timeout=30_000)
    expect(lesson.locator("#q-sign")).to_be_hidden()
    expect(lesson.locator("#slope-0-nudge")).to_be_disabled()
    lesson.locator("#slope-0-at").fill("-0.96")
    lesson.locator("#slope-0-at").press("Enter")
    expect(lesson.locator("#q-minimum")).to_have_class(re.compile("is-done"))
    expect(lesson.locator("html")).to_have_class("is-embedded")
    inside = page.frames[1]
    page.wait_for_function("""() => {
        const { height } = heard.findLast(({ type }) => type === 'height');
        return Math.abs(document.querySelector('iframe').clientHeight - height) <= 1;
    }""")
    assert inside.evaluate("() => document.documentElement.scrollHeight - innerHeight") <= 1
    before = page.evaluate("document.querySelector('iframe').clientHeight")
    lesson.locator(".lesson-more summary").click()
    page.wait_for_function("(before) => document.querySelector('iframe').clientHeight > before + 40", arg=before)
    opened = page.evaluate("document.querySelector('iframe').clientHeight")
    lesson.locator(".lesson-more summary").click()
    page.wait_for_function("(opened) => document.querySelector('iframe').clientHeight < opened - 40", arg=opened)
    shoot(page, "embedded", full_page=True)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_lab_and_a_race_of_a_lesson_run_in_a_sandbox_too(
    open_page: PageOpener, course: FileServer, language: str
) -> None:
    _, lesson = framed(
        open_page, course, code_of(open_page, "lessons/training&lock=rate", language), language=language
    )
    expect(lesson.locator("#rate-field")).to_be_disabled(timeout=30_000)
    lesson.locator("#forward").click()
    expect(lesson.locator("#counter")).to_contain_text("1")
    words = {"en": "step", "ru": "шаг"}[language]
    expect(lesson.locator("#counter")).to_contain_text(words)
    _, lesson = framed(open_page, course, code_of(open_page, "lessons/downhill", language), language=language)
    expect(lesson.locator("[data-instrument=race] .main-svg").first).to_be_visible(timeout=30_000)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_lab_and_a_race_can_be_embedded_whole(
    open_page: PageOpener, course: FileServer, server: RunningServer, language: str
) -> None:
    code = code_of(open_page, "lab&preset=xor&hide=inside&lock=rate", language)
    assert "addEventListener" not in code, "it scrolls in its frame, so nobody need make the frame higher"
    page, lab = framed(open_page, course, code, language=language)
    expect(lab.locator("#summary strong")).to_contain_text("XOR")
    expect(lab.locator('[data-task-choice="inside"]')).to_be_hidden()
    expect(lab.locator("#rate-field")).to_be_disabled()
    expect(lab.locator("#network-plot .main-svg").first).to_be_visible(timeout=30_000)
    lab.locator("#forward").click()
    expect(lab.locator("#counter")).to_contain_text(" 1 ")
    lab.locator('[data-task-choice="train"]').click()
    lab.locator("#play").click()
    expect(lab.locator("#loss-plot .main-svg").first).to_be_visible(timeout=30_000)
    lab.locator("#play").click()
    lab.locator("#setup-toggle").click()
    expect(lab.locator("#preset")).to_have_value("xor")
    lab.locator("#keys-open").click()
    expect(lab.locator("#keys")).to_be_visible()
    (begun,) = statements(page)
    assert begun["verb"]["id"] == f"{VERBS}initialized"
    assert begun["object"]["id"] == f"{server.url}/{language}/lab"
    assert begun["object"]["definition"]["type"].endswith("/activities/simulation")

    page, race = framed(open_page, course, code_of(open_page, "race&preset=momentum", language), language=language)
    expect(race.locator("#race-name")).to_have_value("momentum")
    expect(race.locator("#race-map-plot .main-svg").first).to_be_visible(timeout=30_000)
    at_the_end = race.locator("#counter").inner_text()
    race.locator("#back").click()
    expect(race.locator("#counter")).not_to_have_text(at_the_end)
    assert statements(page)[0]["object"]["id"] == f"{server.url}/{language}/race"


@pytest.mark.parametrize(("path", "language"), [("lab", "en"), ("race", "ru")])
def test_an_embedded_instrument_is_accessible(open_page: PageOpener, path: str, language: str) -> None:
    page = open_page(f"/{language}/embed/{path}", language=language)
    expect(page.locator(".main-svg").first).to_be_visible(timeout=30_000)
    keeps_every_rule_in_each_look(page, f"embed-{path}-{language}")


def test_no_link_leads_out_of_the_frame(open_page: PageOpener) -> None:
    page = open_page("/en/embed/lessons/training")
    page = open_page("/en/embed/lessons/the-landscape")
    expect(page.locator(".lesson-text, .lesson-told").first).to_be_visible()
    page.wait_for_function("() => document.querySelectorAll('main a').length > 0")
    page.wait_for_function("() => document.querySelectorAll('main a[href]').length === 0")


def test_a_page_on_a_disk_may_embed_a_lesson_too(open_page: PageOpener, tmp_path: Path) -> None:
    code = code_of(open_page, "lessons/one-neuron")
    (tmp_path / "page.html").write_text(f"{HEAD}<main><h1>A course</h1>{HEAR}{code}</main>", encoding="utf-8")
    open_page.expect("request to another host: file:")
    page = open_page((tmp_path / "page.html").as_uri())
    expect(page.frame_locator("iframe").locator("#neuron-0-w1")).to_be_visible()
    assert said(page) == [("initialized", "", None)]


@pytest.mark.parametrize("path", ["/en/lessons/one-neuron", "/en/lab", "/ru/teach"])
def test_other_pages_may_not_be_framed(
    open_page: PageOpener, course: FileServer, server: RunningServer, path: str
) -> None:
    open_page.expect("frame-ancestors")
    open_page.expect("ERR_BLOCKED_BY_RESPONSE")
    body = f'<iframe src="{server.url}{path}" title="A page" sandbox="allow-scripts"></iframe>'
    page, inside = framed(open_page, course, body)
    page.wait_for_timeout(500)
    expect(inside.locator("#main")).to_have_count(0)
    assert page.evaluate("() => heard") == []


def test_a_lesson_that_nobody_frames_tells_nobody(open_page: PageOpener) -> None:
    page = open_page("/en/embed/lessons/one-neuron")
    page.evaluate("() => { globalThis.heard = []; addEventListener('message', ({ data }) => heard.push(data)); }")
    page.click("#q-bias .lesson-option")
    page.click("#q-bias [data-part=commit]")
    page.wait_for_timeout(200)
    assert page.evaluate("() => heard") == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_it_is_accessible_and_nothing_scrolls_sideways(open_page: PageOpener, language: str) -> None:
    page = open_page(f"/{language}/embed/lessons/how-wrong", language=language)
    expect(page.locator(".neuron-figure .main-svg").first).to_be_visible(timeout=30_000)
    keeps_every_rule_in_each_look(page, f"embed-{language}")


def test_a_title_cannot_break_out_of_the_code() -> None:
    from app.embedding import frame

    made = frame('http://a.example/"><script>', 'A "lesson" <b>')
    assert html.unescape(re.findall('title="([^"]*)"', made)[0]) == 'A "lesson" <b>'
    assert "<script>" not in made


def test_every_text_comes_from_the_catalog_or_the_lesson(open_pseudo: PageOpener) -> None:
    page = open_pseudo("/en/teach/link?page=lessons/one-neuron")
    own = "option, .link-ticks, #link, .link-code, title"
    page.evaluate("(own) => document.querySelectorAll(own).forEach((one) => one.remove())", own)
    assert untranslated(page.evaluate(TEXTS)) == []
