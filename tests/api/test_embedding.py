"""Who may frame what, and ask for what from where; and oEmbed."""

import html
import json
import re
from urllib.parse import urljoin

import pytest

from app.headers import headers_of
from app.lessons.lesson import CONTENT, course
from tests.api import conftest
from tests.api.conftest import Client

LESSONS = course([CONTENT]).lessons
PREFLIGHT = {"Origin": "null", "Access-Control-Request-Method": "POST"}


def policy(answer) -> dict[str, str]:
    return dict(part.partition(" ")[::2] for part in answer.headers["content-security-policy"].split("; "))


@pytest.mark.parametrize("code", ["en", "ru"])
def test_only_pages_to_embed_may_be_framed(client: Client, code: str) -> None:
    for lesson in LESSONS:
        framed = client.get(f"/{code}/embed/lessons/{lesson.slug}")
        whole = client.get(f"/{code}/lessons/{lesson.slug}")
        assert (framed.status_code, whole.status_code) == (200, 200)
        mine, theirs = policy(framed), policy(whole)
        assert mine.pop("frame-ancestors") == "* file:"
        assert theirs.pop("frame-ancestors") == "'none'"
        assert mine == theirs
        assert "set-cookie" not in framed.headers
        assert 'class="site-header"' not in framed.text
        assert 'class="site-footer"' not in framed.text
        for part in ("skip-link", "lesson-ways", "lesson-sheet"):
            assert part not in framed.text
    for name in ("lab", "race"):
        framed = client.get(f"/{code}/embed/{name}")
        assert policy(framed)["frame-ancestors"] == "* file:"
        for part in ("site-header", "site-footer", "skip-link", 'id="share"', "json+oembed"):
            assert part not in framed.text
    for path in (f"/{code}/", f"/{code}/lab", f"/{code}/teach", f"/{code}/worksheet", f"/{code}/nothing", "/docs"):
        assert policy(client.get(path))["frame-ancestors"] == "'none'"


@pytest.mark.parametrize("path", ["lessons/training", "lab", "race"])
def test_what_an_embedded_page_loads_is_open_and_pages_are_not(client: Client, path: str) -> None:
    page = client.get(f"/en/embed/{path}").text
    start = json.loads(re.findall(r'<script type="application/json" id="start">(.*?)</script>', page)[0])
    for part in {*re.findall(r'"(/static/[^"]+)"', page), start["plotly"]}:
        answer = client.get(part)
        assert answer.status_code == 200
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
        assert "access-control-allow-credentials" not in answer.headers
    asked = client.post("/api/question", {"question": "neuron_z", "seed": 1})
    assert asked.headers["access-control-allow-origin"] == "*"
    if path != "race":
        assert client.get(start["more"]).headers["access-control-allow-origin"] == "*"
    refused = client.post("/api/question", {})
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (422, "*")
    for other in ("/en/lessons/one-neuron", "/en/embed/lessons/one-neuron", "/healthz", "/openapi.json"):
        assert "access-control-allow-origin" not in client.get(other).headers


@pytest.mark.parametrize("path", ["/api/trace", "/api/answer", "/api/nothing"])
def test_a_browser_that_asks_whether_it_may_ask_is_told(client: Client, path: str) -> None:
    answer = client.send("OPTIONS", path, headers=PREFLIGHT)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-allow-headers"] == "Content-Type"
    assert "POST" in answer.headers["access-control-allow-methods"]


def test_options_that_are_no_such_question_are_refused_as_before(client: Client) -> None:
    assert client.send("OPTIONS", "/api/trace").status_code == 405
    assert client.send("OPTIONS", "/en/lab", headers=PREFLIGHT).status_code == 405
    assert "access-control-allow-methods" not in client.get("/api/catalog").headers


@pytest.mark.parametrize(
    ("path", "is_framed"),
    [("/en/embed/x", True), ("/embed/x", False), ("/en/lab/embed", False), ("/en/embedded", False), ("/", False)],
)
def test_the_path_alone_says_who_may_frame(path: str, is_framed: bool) -> None:
    assert ("frame-ancestors *" in headers_of(path)["Content-Security-Policy"]) == is_framed


def test_a_lesson_to_embed_that_is_not_there_is_no_page(client: Client) -> None:
    for path in ("/en/embed/lessons/nothing", "/de/embed/lessons/one-neuron", "/en/embed/"):
        assert client.get(path).status_code == 404


# oEmbed


@pytest.mark.parametrize("code", ["en", "ru"])
def test_a_lesson_is_found_by_its_own_link(client: Client, code: str) -> None:
    for lesson in LESSONS:
        page = client.get(f"/{code}/lessons/{lesson.slug}").text
        (link,) = re.findall(r'<link rel="alternate" type="application/json\+oembed" href="([^"]*)"', page)
        answer = client.ok(urljoin("http://test/", html.unescape(link)))
        assert (answer["version"], answer["type"], answer["provider_name"]) == ("1.0", "rich", "Backstep")
        assert answer["title"] == lesson.pages[code].title
        (source,) = re.findall(r'src="([^"]*)"', answer["html"])
        assert source == f"http://test/{code}/embed/lessons/{lesson.slug}"
        assert client.get(source).status_code == 200
        assert 'sandbox="allow-scripts"' in answer["html"]
        assert (answer["width"], answer["height"]) == (800, 900)
    assert "json+oembed" not in client.get(f"/{code}/embed/lessons/one-neuron").text


@pytest.mark.parametrize(("code", "name", "title"), [("en", "lab", "Lab"), ("ru", "race", "Забег")])
def test_the_lab_and_a_race_are_found_too_with_what_their_link_holds(
    client: Client, code: str, name: str, title: str
) -> None:
    page = client.get(f"/{code}/{name}").text
    (link,) = re.findall(r'<link rel="alternate" type="application/json\+oembed" href="([^"]*)"', page)
    assert client.ok(urljoin("http://test/", html.unescape(link)))["title"] == title
    url = f'http://test/{code}/{name}?hide=share%26lock=rate%26preset=xor%23x"y'
    answer = client.ok(f"/oembed?url={url}")
    asked = {"lab": "preset=xor&amp;hide=share&amp;lock=rate", "race": "hide=share"}[name]
    assert f'src="http://test/{code}/embed/{name}?{asked}#x&#34;y"' in answer["html"]
    assert client.get(f"/{code}/embed/{name}").status_code == 200


def test_sizes_and_wishes_are_kept_to(client: Client) -> None:
    url = "http://test/en/lessons/one-neuron?hide=xor,nothing%26lock=b%26evil=1"
    answer = client.ok(f"/oembed?url={url}&format=json&maxwidth=400&maxheight=5000")
    assert (answer["width"], answer["height"]) == (400, 900)
    assert 'width="400"' in answer["html"]
    assert 'src="http://test/en/embed/lessons/one-neuron?hide=xor&amp;lock=b"' in answer["html"]


@pytest.mark.parametrize(
    ("query", "status", "field"),
    [
        ("", 404, "url"),
        ("url=http://test/en/about", 404, "url"),
        ("url=http://test/de/lab", 404, "url"),
        ("url=http://test/en/lab/lessons", 404, "url"),
        ("url=http://elsewhere.example/en/lessons/one-neuron", 404, "url"),
        ("url=http://test/en/lessons/nothing", 404, "url"),
        ("url=http://[", 404, "url"),
        ("url=/en/lessons/one-neuron&format=xml", 501, "format"),
        ("url=/en/lessons/one-neuron&maxwidth=wide", 422, "maxwidth"),
        ("url=/en/lessons/one-neuron&maxheight=0", 422, "maxheight"),
    ],
)
def test_what_is_no_lesson_here_is_refused_in_a_sentence(
    client: Client, query: str, status: int, field: str
) -> None:
    answer = client.get(f"/oembed?{query}")
    assert answer.status_code == status
    (problem,) = conftest.problems(answer)
    assert problem["loc"] == ["query", field]
    (russian,) = client.get(f"/oembed?{query}", accept_language="ru").json()["detail"]
    assert russian["loc"] == problem["loc"]
    assert re.search("[а-я]{4}", russian["msg"])
