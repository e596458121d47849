"""Worksheets in a browser: the form, with scripts and without, and what comes out of the printer."""

import io
import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.axe import assert_accessible
from tests.browser.looks import WIDTHS, keeps_every_rule_in_each_look
from tests.browser.pages import PageOpener
from tests.browser.screenshots import shoot
from tests.browser.test_pseudo import TEXTS, untranslated
from tests.filled import filled

LANGUAGES = pytest.mark.parametrize("language", ["en", "ru"])
SIZES = {"a4": (595, 842), "letter": (612, 792)}


@LANGUAGES
@pytest.mark.parametrize("lesson", [1, 3])
def test_it_is_accessible_and_nothing_scrolls_sideways(open_page: PageOpener, language: str, lesson: int) -> None:
    page = open_page(f"/{language}/worksheet?lesson={lesson}&count=3", language=language)
    keeps_every_rule_in_each_look(page, f"worksheet-{lesson}-{language}", full_page=True)


def sideways(page: Page) -> int:
    return page.evaluate("() => document.documentElement.scrollWidth - innerWidth")


@LANGUAGES
def test_what_is_wrong_is_said_beside_its_field_and_mended_by_keyboard(
    open_page: PageOpener, language: str
) -> None:
    open_page.expect("422")
    page = open_page(f"/{language}/worksheet?count=1000&seed=x", language=language, width=390, height=844)
    expect(page.locator("#count")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#count-problem")).to_contain_text("40")
    expect(page.locator("#print")).to_have_count(0)
    assert_accessible(page)
    page.focus("#count")
    page.keyboard.press("Control+a")
    page.keyboard.type("2")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("8")
    page.keyboard.press("Enter")
    expect(page.locator(".problem-asked")).to_have_count(2)
    expect(page.locator("[aria-invalid]")).to_have_count(0)
    page.click(f"[data-language={'en' if language == 'ru' else 'ru'}]")
    expect(page.locator(".problem-asked")).to_have_count(2)
    assert "seed=8" in page.url


def test_the_form_works_without_scripts_and_the_button_needs_one(open_page: PageOpener) -> None:
    page = open_page("/en/worksheet")
    page.evaluate("() => { globalThis.print = () => { document.title = 'printed'; }; }")
    page.click("#print")
    assert page.title() == "printed"
    plain = open_page("/en/worksheet", java_script_enabled=False)
    expect(plain.locator("#print")).to_be_hidden()
    expect(plain.locator("noscript")).to_be_visible()
    before = plain.locator(".given").first.inner_text()
    plain.click(".worksheet-actions a")
    plain.wait_for_url("**seed=2")
    plain.select_option("#lesson", "how-wrong")
    plain.select_option("#paper", "letter")
    plain.click(".worksheet-actions .button-strong")
    expect(plain.locator("#sheet-title")).to_contain_text("How wrong")
    assert plain.locator(".given").first.inner_text() != before


def test_the_program_is_saved_as_a_file(open_page: PageOpener) -> None:
    page = open_page("/ru/worksheet?lesson=5", language="ru")
    with page.expect_download() as saved:
        page.click(".paper-program a")
    assert saved.value.suggested_filename == "the-slope-1.py"
    assert "import numpy" in saved.value.path().read_text(encoding="utf-8")


def test_every_text_comes_from_the_catalog_or_the_lesson(open_pseudo: PageOpener) -> None:
    page = open_pseudo("/en/worksheet?lesson=3")
    own = ".problem-asked, .paper h2, .paper-foot, option, title, .line-sign"
    page.evaluate("(own) => document.querySelectorAll(own).forEach((one) => one.remove())", own)
    found = untranslated(page.evaluate(TEXTS))
    assert not found, "\n" + "\n".join(found)
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        assert sideways(page) <= 0


# On paper


def printed(page: Page) -> list[str]:
    """Print the page; return the text of every page of paper, all of the size that was chosen."""
    reader = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    paper = "letter" if "paper=letter" in page.url else "a4"
    for one in filled(reader.pages):
        assert (float(one.mediabox.width), float(one.mediabox.height)) == pytest.approx(SIZES[paper], abs=1)
    return [one.extract_text() for one in reader.pages]


def split(page: Page, pages: list[str], last_line: str) -> bool:
    """Whether a problem begins on one page and its last line is on another."""
    asked = page.locator(".problem-asked p").first.evaluate("(one) => one.firstChild.textContent.trim()")
    return any(text.count(asked) != text.count(last_line) for text in pages)


CASES = [
    ("en", "lesson=one-neuron&count=6", "relu(z) =", 2, 1),
    ("ru", "lesson=one-neuron&count=13", "relu(z) =", 3, 3),
    ("ru", "lesson=a-picture-is-numbers&count=7&paper=letter", "sum(abs(pixel − white)) =", 2, 2),
    ("en", "lesson=the-slope&count=5&key=no", "∕ h =", 2, 0),
]


@pytest.mark.parametrize(("language", "query", "last_line", "sheets", "keys"), CASES)
def test_the_key_has_pages_of_its_own_and_no_problem_is_parted(
    open_page: PageOpener, language: str, query: str, last_line: str, sheets: int, keys: int
) -> None:
    page = open_page(f"/{language}/worksheet?{query}", language=language, dark=True)
    pages = printed(page)
    key = "Key:" if language == "en" else "Ответы:"
    assert [key in text for text in pages] == [False] * sheets + [True] * keys
    assert not split(page, pages[:sheets], last_line)
    # The foot of every page says what it is and where it came from; the form and the site are not there.
    seed = "seed 1" if language == "en" else "вариант 1"
    for number, text in enumerate(pages, start=1):
        assert seed in text
        assert "worksheet?lesson=" in text.replace("\n", "")
        assert f"{number} / {len(pages)}" in text
        assert "Backstep" not in text
    everything = "\n".join(pages)
    words = page.locator(".worksheet-actions .button-strong, .paper-program a, .site-nav a").all_inner_texts()
    assert not [one for one in filled(words) if one in everything]
    values = page.locator(".line-value").all_inner_texts()
    assert bool(values) == (keys > 0)
    assert not [value for value in values if value not in everything]


@pytest.mark.parametrize("width", [642, 681])  # what A4 and Letter have between their margins
def test_nothing_is_clipped_on_paper(open_page: PageOpener, width: int) -> None:
    for lesson in range(1, 6):
        page = open_page(f"/ru/worksheet?lesson={lesson}&count=4", language="ru", width=width, height=900)
        page.emulate_media(media="print")
        shoot(page, f"worksheet-printed-{lesson}-{width}", full_page=True)
        assert sideways(page) <= 0
        cut = "all => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.className)"
        assert page.locator(".paper-body *:not(math *, .visually-hidden)").evaluate_all(cut) == []


def test_a_problem_that_is_parted_would_be_noticed(open_page: PageOpener) -> None:
    _, query, last_line, sheets, _ = CASES[0]
    page = open_page(f"/en/worksheet?{query}")
    for rule in (
        ".problem-row { break-inside: auto !important }",
        ".problem-lines { margin-top: 6rem !important }",
    ):
        page.evaluate("(rule) => document.styleSheets[0].insertRule(rule)", rule)
    assert split(page, printed(page)[:sheets], last_line)


def test_the_key_would_be_missed_on_a_page_of_the_sheet(open_page: PageOpener) -> None:
    page = open_page("/en/worksheet?count=1")
    page.evaluate("() => document.styleSheets[0].insertRule('.paper-key { break-before: auto !important }')")
    assert [bool(re.search("Key:", text)) for text in printed(page)] == [True]
