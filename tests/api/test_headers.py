"""What goes along with every answer: strict headers, no cookies, files kept for ever, the right language."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import plotly
import pytest

from app import i18n, limits
from app.api import examples
from app.api.catalog import catalog
from app.headers import HEADERS, headers_of
from app.messages import Message, script_messages, table_messages
from tests.api.conftest import Client
from tests.filled import filled

WORKED = examples.TRACE["worked"]["value"]
ROOT = Path(__file__).parents[2]


def answers(client: Client) -> dict[str, Any]:
    """Return an answer of every kind."""
    static = re.findall(r'"(/static/[^"]+)"', client.get("/docs").text)[0]
    return {
        "a page": client.get("/docs"),
        "a redirect": client.get("/"),
        "a small answer": client.post("/api/trace", WORKED),
        "a large answer": client.get("/api/catalog"),
        "health": client.get("/healthz"),
        "a file": client.get(static),
        "the document": client.get("/openapi.json"),
        "no page": client.get("/en/nothing"),
        "no path": client.get("/api/nothing"),
        "a wrong method": client.get("/api/trace"),
        "a refusal": client.post("/api/trace", {}),
        "an unreadable body": client.post("/api/trace", b"[" * 100_000),
        "too much": client.post("/api/trace", b" " * (limits.BODY_BYTES + 1)),
    }


def test_every_kind_of_answer_has_the_headers_and_no_cookie(client: Client) -> None:
    found = answers(client)
    assert {answer.status_code for answer in found.values()} >= {200, 307, 400, 404, 405, 413, 422}
    for kind, answer in found.items():
        for name, value in filled(headers_of(answer.request.url.path).items()):
            assert answer.headers.get_list(name) == [value], kind
        assert "set-cookie" not in answer.headers, kind
        assert "server" not in answer.headers, kind
        assert "x-powered-by" not in answer.headers, kind


def test_the_policy_allows_nothing_from_elsewhere_and_no_script_in_the_page() -> None:
    policy = dict(part.partition(" ")[::2] for part in HEADERS["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert "script-src" not in policy
    assert "style-src" not in policy
    assert "unsafe-eval" not in HEADERS["Content-Security-Policy"]
    assert [name for name, value in policy.items() if "unsafe-inline" in value] == ["style-src-attr"]
    assert HEADERS["X-Content-Type-Options"] == "nosniff"


# Files


def static_urls(client: Client) -> list[str]:
    return sorted(set(re.findall(r'"(/static/[^"]+)"', client.get("/docs").text)))


def test_the_files_of_a_page_are_kept_for_ever_and_compressed(client: Client) -> None:
    urls = static_urls(client)
    assert {Path(url).suffix for url in urls} >= {".css", ".js", ".svg"}
    for url in urls:
        answer = client.get(url, accept_encoding="gzip")
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["vary"].lower().count("accept-encoding") == 1
        # What is sent of scripts and styles, test_assets.py compares with their sources.
        path = ROOT / "static" / url.split("/", 3)[3]
        assert path.suffix in (".js", ".css") or answer.content == path.read_bytes()
        assert answer.content
        plain = client.get(url, accept_encoding="identity")
        assert "content-encoding" not in plain.headers
        assert plain.content == answer.content


def test_a_file_under_an_old_address_is_served_but_not_kept(client: Client) -> None:
    url = re.sub(r"/static/\w+/", "/static/0123456789ab/", static_urls(client)[0])
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"


def test_the_figures_script_is_the_packages_own_compressed_and_kept_for_ever(client: Client) -> None:
    (url,) = (route.path for route in routes(client.app) if route.path.startswith("/plotly/"))
    assert re.fullmatch(r"/plotly/[0-9a-f]{12}/plotly\.min\.js", url)
    answer = client.get(url, accept_encoding="gzip")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    script = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    assert answer.content == script.read_bytes()
    assert int(answer.headers["content-length"]) == len(gzip.compress(answer.content, 9, mtime=0))
    assert client.get(url, accept_encoding="identity").content == answer.content


def routes(where: Any) -> list[Any]:
    """Return all routes, those of included routers too."""
    found: list[Any] = []
    for route in where.routes:
        inner = getattr(route, "original_router", None) or getattr(route, "router", None)
        found += routes(inner) if inner is not None else [route]
    return [route for route in found if hasattr(route, "path")]


def test_large_answers_are_compressed_for_those_who_ask(client: Client) -> None:
    assert client.get("/api/catalog", accept_encoding="gzip").headers["content-encoding"] == "gzip"
    plain = client.get("/api/catalog", accept_encoding="identity")
    assert "content-encoding" not in plain.headers
    assert json.loads(plain.text) == client.ok("/api/catalog")


PAGES = ["/docs", "/en/lab", "/ru/lab", "/en/race", "/ru/about", "/en/", "/ru/lessons/one-neuron"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_that_has_not_changed_is_not_sent_again(client: Client, path: str) -> None:
    first = client.get(path)
    assert first.status_code == 200
    again = client.get(path, if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(path, if_none_match='"other"').status_code == 200


@pytest.mark.parametrize("path", ["/en/lab", "/ru/lab", "/ru/race", "/ru/about"])
def test_a_page_is_compressed_once_and_well(client: Client, path: str) -> None:
    packed = client.get(path, accept_encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"].lower().count("accept-encoding") == 1
    plain = client.get(path, accept_encoding="identity")
    assert "content-encoding" not in plain.headers
    assert plain.headers["content-type"] == packed.headers["content-type"] == "text/html; charset=utf-8"
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) == len(gzip.compress(plain.content, 9, mtime=0))


# Languages

WISHES = [
    ("ru", "ru"),
    ("ru-RU,ru;q=0.9,en;q=0.8", "ru"),
    ("en-GB,en;q=0.9,ru;q=0.8", "en"),
    ("de,fr;q=0.7", "en"),
    ("de,ru;q=0.5,en;q=0.3", "ru"),
    ("en;q=0.2,ru;q=0.9", "ru"),
    ("en; q=0.2, ru; q=0.9", "ru"),
    ("ru;q=0,en", "en"),
    ("ru;q=0", "en"),
    ("RU", "ru"),
    ("*", "en"),
    ("", "en"),
    (";;;q=,,", "en"),
    ("ru;q=much,en;q=1", "en"),
    ("x" * 5000, "en"),
    ("нет", "en"),
]


@pytest.mark.parametrize(("wish", "language"), WISHES, ids=lambda text: text[:30])
def test_the_browsers_language_is_chosen(wish: str, language: str) -> None:
    assert i18n.preferred(wish) == language


@pytest.mark.parametrize(("wish", "language"), [pair for pair in WISHES if pair[0].isascii()][:8])
def test_the_root_leads_to_the_browsers_language(client: Client, wish: str, language: str) -> None:
    answer = client.get("/", accept_language=wish)
    assert answer.status_code == 307
    assert answer.headers["location"].startswith(f"/{language}/")
    assert "accept-language" in answer.headers["vary"].lower()


@pytest.mark.parametrize(
    ("path", "wish", "language"),
    [
        ("/ru/nothing", "en", "ru"),
        ("/en/nothing", "ru", "en"),
        ("/de/nothing", "ru", "ru"),
        ("/de/lab", "de", "en"),
        ("/nothing/at/all", "ru,en;q=0.5", "ru"),
    ],
)
def test_a_page_that_is_not_there_says_so_in_the_right_language(
    client: Client, path: str, wish: str, language: str
) -> None:
    answer = client.get(path, accept_language=wish)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert f'<html lang="{language}">' in answer.text
    assert i18n.language(language).translations.gettext("Nothing here") in answer.text


def spoken_by_scripts() -> set[str]:
    """Return the names of the messages that scripts and tables hold: all but those of templates alone."""
    found: list[Message] = list(table_messages(catalog()))
    for path in (ROOT / "static" / "js").rglob("*.js"):
        found += script_messages(path.read_text(encoding="utf-8"))
    return {message if isinstance(message, str) else message[0] for message in found}


@pytest.mark.parametrize("slug", ["training", "backpropagation"])
def test_a_lesson_with_the_lab_in_it_gets_all_its_words(client: Client, slug: str) -> None:
    page = client.get(f"/ru/lessons/{slug}").text
    start = json.loads(re.findall(r'<script type="application/json" id="start">(.*?)</script>', page)[0])
    words = start["messages"] | client.get(start["more"]).json()
    wanted = spoken_by_scripts() & i18n.language("ru").messages.keys()
    assert not wanted - words.keys()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_words_that_come_later_are_kept_for_ever_and_those_of_an_old_page_are_not(
    client: Client, language: str
) -> None:
    page = client.get(f"/{language}/lab").text
    start = json.loads(re.findall(r'<script type="application/json" id="start">(.*?)</script>', page)[0])
    answer = client.get(start["more"])
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    assert not answer.json().keys() & start["messages"].keys()
    wanted = spoken_by_scripts()
    everything = {name: text for name, text in i18n.language(language).messages.items() if name in wanted}
    assert answer.json() | start["messages"] == everything
    old = client.get(re.sub(r"\w+\.json$", "0123456789abcdef.json", start["more"]))
    assert old.json() == answer.json()
    assert old.headers["cache-control"] == "no-cache"
