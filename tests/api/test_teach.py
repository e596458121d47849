"""The teachers' pages: all of the notes, and links that ask for what was chosen and nothing else."""

import html
import re
from urllib.parse import unquote

import pytest

from app.api.presets import PRESETS
from app.lessons.lesson import CONTENT, course
from app.lessons.questions import SLIPS
from app.lessons.worksheets import questions
from app.links import LAB_PARTS, RACE_PARTS
from tests.api.conftest import Client
from tests.filled import filled

LESSONS = course([CONTENT]).lessons
LANGUAGES = pytest.mark.parametrize("code", ["en", "ru"])


def link_of(client: Client, query: str, code: str = "en") -> str:
    answer = client.get(f"/{code}/teach/link?{query}")
    assert answer.status_code == 200
    (link,) = re.findall(r'id="link">([^<]*)<', answer.text)
    assert f'href="{link}"' in answer.text
    return html.unescape(link)


@LANGUAGES
def test_every_lesson_is_there_with_its_notes_and_links(client: Client, code: str) -> None:
    page = client.get(f"/{code}/teach").text
    for lesson in LESSONS:
        notes = lesson.notes[code]
        assert page.count(f'id="{lesson.slug}"') == 1
        assert notes.aim in page
        for one in filled(notes.wrong):
            assert one.ask in page
            assert one.said in page
    for link in filled(set(re.findall(rf'href="(/{code}/[^"]*)"', page))):
        assert client.get(html.unescape(link)).status_code == 200
    assert page.count("/worksheet?lesson=") == sum(bool(questions(lesson.pages[code])) for lesson in LESSONS)


def test_a_slip_is_named_in_the_readers_language(client: Client) -> None:
    english, russian = client.get("/en/teach").text, client.get("/ru/teach").text
    slips = {one.slip for lesson in LESSONS for one in lesson.notes["en"].wrong if one.slip}
    for slip in filled(slips):
        assert SLIPS[slip]["label"] in html.unescape(english)
        assert SLIPS[slip]["label"] not in html.unescape(russian)


LINKS = [
    ("", "lessons/a-picture-is-numbers"),
    ("page=lessons/one-neuron", "lessons/one-neuron"),
    ("page=lessons/one-neuron&language=ru", "lessons/one-neuron"),
    ("page=lessons/one-neuron&hide=xor&hide=bias&hide=more", "lessons/one-neuron?hide=bias,xor,more"),
    ("page=lessons/one-neuron&lock=b&lock=w1", "lessons/one-neuron?lock=w1,b"),
    ("page=lab&preset=xor&hide=setup&lock=rate&projector=on", "lab?preset=xor&hide=setup&lock=rate&projector"),
    ("page=race&preset=momentum&hide=share", "race?preset=momentum&hide=share"),
    # What the page does not have is left out.
    ("page=lab&preset=nothing&hide=xor&lock=w1", "lab"),
    ("page=race&preset=xor&lock=rate", "race"),
    ("page=lessons/one-neuron&preset=xor&hide=%22%3E&language=de", "lessons/one-neuron"),
]


@LANGUAGES
@pytest.mark.parametrize(("query", "wanted"), LINKS)
def test_a_link_asks_for_what_was_chosen(client: Client, code: str, query: str, wanted: str) -> None:
    chosen = "ru" if "language=ru" in query else code
    link = link_of(client, query, code)
    assert link == f"http://test/{chosen}/{wanted}"
    assert client.get(link).status_code == 200


def test_everything_in_the_tables_can_be_asked_for(client: Client) -> None:
    for preset in PRESETS:
        assert link_of(client, f"page=lab&preset={preset}").endswith(f"lab?preset={preset}")
    for page, parts in (("lab", LAB_PARTS), ("race", RACE_PARTS)):
        names = [part.name for part in parts]
        query = "&".join(f"hide={name}" for name in names)
        assert link_of(client, f"page={page}&{query}").endswith(f"?hide={','.join(names)}")


def test_another_link_has_another_code(client: Client) -> None:
    def code(query: str) -> str:
        (found,) = re.findall(r'<img src="(data:image/svg[^"]*)"', client.get(f"/en/teach/link?{query}").text)
        svg = unquote(html.unescape(found))
        assert "<script" not in svg
        return re.findall(r"""\bd=['"]([^'"]*)""", svg)[-1]

    assert code("page=lab") == code("page=lab&hide=nothing")
    assert code("page=lab") != code("page=race")


def test_a_link_too_long_for_a_code_is_a_link_all_the_same(client: Client) -> None:
    answer = client.get("/en/teach/link", host="a" * 4000)
    assert answer.status_code == 200
    assert "data:image/svg" not in answer.text
    assert 'id="link"' in answer.text


@LANGUAGES
def test_a_page_that_is_not_there_is_said(client: Client, code: str) -> None:
    answer = client.get(f"/{code}/teach/link?page=nowhere%22%3E%3Cscript%3E")
    assert answer.status_code == 422
    assert 'id="page-problem"' in answer.text
    assert "<script>" not in answer.text
    assert 'id="link"' not in answer.text
    for path in ("teach", "teach/link"):
        assert client.get(f"/de/{path}").status_code == 404
