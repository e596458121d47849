"""The pages of worksheets: what the address asks for, and what is said where it makes no sense."""

import html
import re

import pytest

from app.i18n import language
from app.lessons.lesson import CONTENT, course
from app.lessons.worksheets import problems, questions, rounded
from tests.api.conftest import Client
from tests.filled import filled
from tests.lessons.test_worksheets import printed

LESSONS = course([CONTENT]).lessons
LANGUAGES = pytest.mark.parametrize("code", ["en", "ru"])


def text_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", page))


def numbers_of_key(page: str) -> list[str]:
    """Every number of the key: the lines of each problem, then what its slips give."""
    found = re.findall(r'(?:class="line-value"|<dt)>([^<]*)<', page)
    return [text.replace("−", "-").replace(",", ".") for text in found]


@LANGUAGES
@pytest.mark.parametrize("slug", [one.slug for one in LESSONS if questions(one.pages["en"])])
def test_the_script_that_is_offered_prints_the_key_of_the_page(client: Client, code: str, slug: str) -> None:
    page = client.get(f"/{code}/worksheet?lesson={slug}&seed=5&count=7")
    assert page.status_code == 200
    (link,) = re.findall(rf'href="(/{code}/worksheet\.py\?[^"]*)"', page.text)
    answer = client.get(html.unescape(link))
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="{slug}-5.py"'
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    shown = numbers_of_key(page.text)
    assert [line.split(": ")[1] for line in printed(answer.text)] == shown
    assert len(shown) >= 14
    lesson = next(one for one in LESSONS if one.slug == slug)
    made = problems(lesson.pages[code], code, 5, 7)
    slips = re.findall(r"<dt>([^<]*)</dt>", page.text)
    assert len(slips) >= 14
    assert slips == [rounded(slip.value, code) for one in made for slip in one.made.slips]


@LANGUAGES
def test_an_address_is_all_of_a_sheet(client: Client, code: str) -> None:
    first = client.get(f"/{code}/worksheet?lesson=2&seed=9&count=3")
    assert first.text == client.get(f"/{code}/worksheet?lesson=2&seed=9&count=3").text
    assert first.text == client.get(f"/{code}/worksheet?count=3&lesson=one-neuron&seed=9").text
    assert first.text != client.get(f"/{code}/worksheet?lesson=2&seed=10&count=3").text
    assert f"http://test/{code}/worksheet?lesson=one-neuron&count=3&seed=9" in text_of(first.text)
    # Without anything it is the second lesson, six problems, seed 1; and other numbers are one click away.
    usual = client.get(f"/{code}/worksheet").text
    assert usual == client.get(f"/{code}/worksheet?lesson=2&count=6&seed=1&paper=a4&key=yes").text
    assert usual.count('class="problem-asked"') == 6
    assert f'href="/{code}/worksheet?lesson=one-neuron&amp;count=6&amp;seed=2"' in usual


def test_paper_and_key_are_as_chosen(client: Client) -> None:
    page = client.get("/en/worksheet?paper=letter&key=no").text
    assert "paper-letter.css" in page
    assert "paper-a4.css" not in page
    assert numbers_of_key(page) == []
    assert "worksheet.py" not in page
    assert "paper=letter&amp;key=no" in page


def test_in_russian_every_number_has_a_comma(client: Client) -> None:
    for lesson in filled(one for one in LESSONS if questions(one.pages["ru"])):
        page = client.get(f"/ru/worksheet?lesson={lesson.slug}&count=12").text
        sheet = text_of(page[page.index('class="paper"') :].split("<footer")[0])
        assert not re.findall(r"\d\.\d", sheet)


BAD = {
    "count": ["0", "41", "1000", "-1", "six", "", "1.5", "²", "9" * 400],
    "seed": ["x", "-1", "1e3", "", "9007199254740992", "٣"],
    "lesson": ["99", "nowhere", "", "../../etc"],
    "paper": ["a5", ""],
    "key": ["maybe", ""],
}
SENTENCES = {
    "count": "The number of problems is a whole number from 1 to %(most)s.",
    "seed": "The seed is a whole number from 0 to %(most)s.",
    "lesson": "There is no such lesson: it is the number of one, or its name as in its address.",
    "paper": "The paper is a4 or letter.",
    "key": "The key is yes or no.",
}


@LANGUAGES
@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in BAD.items() for value in values])
def test_what_makes_no_sense_is_said_in_the_readers_language(
    client: Client, code: str, name: str, value: str
) -> None:
    for path in ("worksheet", "worksheet.py"):
        answer = client.get(f"/{code}/{path}?{name}={value}")
        assert answer.status_code == 422
    page = client.get(f"/{code}/worksheet?{name}={value}")
    most = {"count": 40, "seed": 2**53 - 1}.get(name)
    sentence = language(code).translations.gettext(SENTENCES[name])
    assert (sentence % {"most": most} if most else sentence) in text_of(page.text)
    assert page.text.count('aria-invalid="true"') == 1
    assert 'class="paper"' not in page.text


@LANGUAGES
def test_a_lesson_that_asks_for_no_numbers_says_so(client: Client, code: str) -> None:
    without = [one.slug for one in LESSONS if not questions(one.pages[code])]
    sentence = language(code).translations.gettext(
        "This lesson asks for no numbers, so there is nothing to put on paper. Please choose another one."
    )
    assert without
    for slug in without:
        page = client.get(f"/{code}/worksheet?lesson={slug}")
        assert page.status_code == 200
        assert sentence in page.text
        assert f'<option value="{slug}" selected>' in page.text
        assert 'class="paper"' not in page.text
        assert client.get(f"/{code}/worksheet.py?lesson={slug}").status_code == 404
    assert without[0] not in re.findall(r'<option value="([^"]*)"', client.get(f"/{code}/worksheet").text)


def test_what_was_typed_comes_back_as_text(client: Client) -> None:
    page = client.get("/en/worksheet?seed=%3Cscript%3E%22&count=%3Cb%3E").text
    assert '<script>"' not in page
    assert "&lt;b&gt;" in page


def test_a_language_or_a_sheet_that_is_not_there_is_no_page(client: Client) -> None:
    assert client.get("/de/worksheet").status_code == 404
    assert client.get("/de/worksheet.py").status_code == 404
