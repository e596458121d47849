"""The page about the API: a reference without scripts, and with them a place to try every path."""

import itertools
import json

import pytest
from playwright.sync_api import Locator, Page, expect

from app.api import examples
from tests.browser.axe import OF_COLOUR, assert_accessible
from tests.browser.pages import PageOpener
from tests.browser.screenshots import shoot
from tests.filled import filled

EXAMPLES = {
    "/api/parameters": examples.PARAMETERS,
    "/api/dataset": examples.DATASET,
    "/api/trace": examples.TRACE,
    "/api/survey": examples.SURVEY,
    "/api/explain": examples.EXPLAIN,
    "/api/train": examples.TRAIN,
}
WITHOUT_BODY = ("/api/catalog", "/healthz")


def without_nulls(value: object) -> object:
    """Return what the OpenAPI document has of an example: a null field is the same as none."""
    if isinstance(value, dict):
        return {key: without_nulls(part) for key, part in value.items() if part is not None}
    return [without_nulls(part) for part in value] if isinstance(value, list) else value


def trial(page: Page, path: str) -> Locator:
    return page.locator(f'.try[data-path="{path}"]')


def send(page: Page, path: str) -> Locator:
    """Press an endpoint's button; return its part of the page once the answer is there."""
    part = trial(page, path)
    part.get_by_role("button", name="Send").click()
    expect(part.locator(".try-status")).to_contain_text(" ms")
    return part


def accessible_in_both_themes(page: Page, name: str, *, full_page: bool = False) -> None:
    for theme, rules in (("light", ()), ("dark", OF_COLOUR)):
        page.emulate_media(color_scheme=theme)
        expect(page.locator("html")).to_have_attribute("data-theme", theme)
        shoot(page, f"{name}-{theme}", full_page=full_page)
        assert_accessible(page, only=rules)


def open_all(page: Page) -> None:
    page.locator("main details").evaluate_all("all => all.forEach((one) => { one.open = true; })")


# With everything open the page is very long: its colours, which no width changes, are looked at in one only.
COLOURED = 1440


@pytest.mark.parametrize("width", [COLOURED, 390, 320])
def test_it_is_accessible_and_fits_closed_open_answered_and_refused(open_page: PageOpener, width: int) -> None:
    open_page.expect("422")
    page = open_page("/docs", width=width)
    accessible_in_both_themes(page, f"api-{width}")
    send(page, "/api/trace")
    send(page, "/api/catalog")
    trial(page, "/api/explain").locator("textarea").fill('{"network": 1}')
    refused = send(page, "/api/explain")
    refused.locator("h4, .try-form").first.scroll_into_view_if_needed()
    shoot(page, f"api-{width}-refused")
    open_all(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if width == COLOURED:
        accessible_in_both_themes(page, f"api-{width}-whole", full_page=True)
    else:
        assert_accessible(page, without=OF_COLOUR)


@pytest.mark.parametrize("path", EXAMPLES)
def test_each_example_is_answered(open_page: PageOpener, path: str) -> None:
    page = open_page("/docs")
    part = trial(page, path)
    for name, example in filled(EXAMPLES[path].items()):
        part.get_by_label("Example", exact=True).select_option(name)
        assert json.loads(part.locator("textarea").input_value()) == without_nulls(example["value"])
        send(page, path)
        expect(part.locator(".try-status")).to_contain_text("200 OK")
        expect(part.locator(".try-problems")).to_be_hidden()
        part.locator(".try-status").evaluate("status => { status.textContent = ''; }")


@pytest.mark.parametrize("path", WITHOUT_BODY)
def test_a_path_without_a_body_is_answered_too(open_page: PageOpener, path: str) -> None:
    part = send(open_page("/docs"), path)
    expect(part.locator(".try-status")).to_contain_text("200 OK")


def test_numbers_are_shown_as_they_were_sent(open_page: PageOpener) -> None:
    page = open_page("/docs")
    part = trial(page, "/api/trace")
    part.get_by_label("Example", exact=True).select_option("operations")
    send(page, "/api/trace").get_by_role("button", name="Show all").click()
    shown = part.locator(".try-answer .code").inner_text()
    body = part.locator("textarea").input_value()
    asked = {"method": "POST", "body": body, "headers": {"Content-Type": "application/json"}}
    sent = page.evaluate("(asked) => fetch('/api/trace', asked).then((answer) => answer.text())", asked)
    assert "".join(shown.split()) == "".join(sent.split())
    assert max(map(len, shown.splitlines())) < 100


def test_a_long_answer_is_shortened_and_there_whole_on_demand(open_page: PageOpener) -> None:
    page = open_page("/docs")
    part = send(page, "/api/catalog")
    answer = part.locator(".try-answer .code")
    expect(answer).to_contain_text("…")
    expect(part.locator(".try-note")).to_contain_text("The first 60 of")
    with page.expect_download() as download:
        part.get_by_role("link", name="Download").click()
    complete = json.loads(download.value.path().read_text(encoding="utf-8"))
    part.get_by_role("button", name="Show all").click()
    assert json.loads(answer.inner_text()) == complete
    expect(part.get_by_role("button", name="Show all")).to_be_hidden()
    expect(answer).to_be_focused()


@pytest.mark.parametrize(
    ("body", "field", "sentence"),
    [
        ('{"network": ', "body", "This is not JSON"),
        ('{"network": {"inputs": 2, "layers": []}}', "body › data", '"data" is missing.'),
        ('{"nonsense": 1}', "body › nonsense", 'There is no field "nonsense" here.'),
    ],
)
def test_a_body_that_was_broken_is_refused_with_its_sentence(
    open_page: PageOpener, body: str, field: str, sentence: str
) -> None:
    open_page.expect("422")
    page = open_page("/docs")
    trial(page, "/api/trace").locator("textarea").fill(body)
    part = send(page, "/api/trace")
    expect(part.locator(".try-status")).to_contain_text("422")
    expect(part.locator(".try-problems")).to_contain_text(field)
    expect(part.locator(".try-problems")).to_contain_text(sentence)


def test_a_server_that_is_gone_is_said_and_what_was_typed_is_kept(open_page: PageOpener) -> None:
    open_page.expect("ERR_FAILED|api/trace")
    page = open_page("/docs")
    page.route("**/api/trace", lambda route: route.abort())
    part = trial(page, "/api/trace")
    part.locator("textarea").fill('{"mine": 1}')
    part.get_by_role("button", name="Send").click()
    expect(part.locator(".try-status")).to_contain_text("The server did not answer")
    expect(part.locator("textarea")).to_have_value('{"mine": 1}')


def test_the_command_is_that_of_the_form_and_can_be_copied(open_page: PageOpener) -> None:
    page = open_page("/docs", permissions=["clipboard-read", "clipboard-write"])
    part = trial(page, "/api/parameters")
    part.get_by_text("From a terminal").click()
    part.locator("textarea").fill('{"name":\n "it\'s"}')
    command = part.locator(".command:visible")
    home = page.evaluate("location.origin")
    wanted = f"curl {home}/api/parameters -H 'Content-Type: application/json' -d '{{\"name\": \"it'\\''s\"}}'"
    expect(command).to_have_text(wanted)
    part.get_by_role("button", name="Copy").click()
    expect(part.locator(".try-copied")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == wanted


def test_it_is_a_reference_without_scripts(open_page: PageOpener) -> None:
    page = open_page("/docs", java_script_enabled=False)
    for path, of_path in EXAMPLES.items():
        part = trial(page, path)
        expect(part.locator("form")).to_be_hidden()
        assert [json.loads(text) for text in part.locator(".example pre").all_inner_texts()] == [
            without_nulls(example["value"]) for example in of_path.values()
        ]
    expect(page.get_by_role("link", name="OpenAPI document").first).to_have_attribute("href", "/openapi.json")


def test_everything_is_reached_by_keyboard(open_page: PageOpener) -> None:
    page = open_page("/docs")
    unreached = page.evaluate(
        """() => [...document.querySelectorAll('main :is(a, button, select, textarea, summary)')]
            .filter((one) => one.checkVisibility() && !one.matches('details:not([open]) > :not(summary) *'))
            .filter((one) => { one.focus(); return document.activeElement !== one; })
            .map((one) => one.outerHTML)"""
    )
    assert unreached == []
    page.get_by_role("link", name="/api/train").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#api-train"


def test_headings_are_in_order_and_every_entry_of_the_contents_leads_somewhere(open_page: PageOpener) -> None:
    page = open_page("/docs")
    levels = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map((one) => Number(one.tagName[1]))")
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    targets = page.locator(".api-contents a[href^='#']").evaluate_all(
        "all => all.map((one) => !!document.querySelector(one.hash))"
    )
    assert targets
    assert all(targets)


def test_every_path_and_limit_is_on_the_page(open_page: PageOpener) -> None:
    page = open_page("/docs")
    document = page.evaluate("fetch('/openapi.json').then((answer) => answer.json())")
    assert [heading.split()[-1] for heading in page.locator("article h3").all_inner_texts()] == sorted(
        document["paths"], key=list(document["paths"]).index
    )
    limits = page.evaluate("fetch('/api/catalog').then((answer) => answer.json())")["limits"]
    assert page.locator(".limits tbody code").all_inner_texts() == list(limits)
    assert "" not in page.locator(".limit-counted").all_inner_texts()
