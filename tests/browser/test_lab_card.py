"""The card: any number of the picture asked where it comes from, and every answer held against the API's."""

import base64
import io
import itertools
import json
import math
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.lab import at, choose, open_lab, settle
from tests.browser.pages import PageOpener
from tests.filled import filled

MINUS = "\u2212"
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
# A network and data drawn by hand's chance: two hidden layers, a batch of three, a penalty.
EXPERIMENT: dict[str, Any] = {
    "network": {
        "inputs": 2,
        "layers": [
            {"units": 3, "activation": "tanh", "bias": True},
            {"units": 2, "activation": "silu", "bias": True},
            {"units": 2, "activation": "sigmoid", "bias": True},
        ],
    },
    "data": {
        "inputs": [[0.31, -0.82], [-0.57, 0.44], [0.95, 0.13]],
        "targets": [[0.2, 0.7], [0.9, 0.1], [0.4, 0.6]],
    },
    "loss": "half_squared_error",
    "l2": 0.03,
    "optimizer": {"name": "sgd", "learning_rate": 0.3},
    "batch": {"size": None, "shuffle": False, "seed": 0},
    "initializer": {"name": "normal", "seed": 11, "std": 0.9, "bias": 0.1},
}
FUSED = EXPERIMENT | {"loss": "binary_cross_entropy", "l2": 0.0}


def link(experiment: dict[str, Any], pinned: dict[str, Any] | None = None, **more: Any) -> str:
    run = {"id": 0, "name": "", "origin": None, "experiment": experiment, "step": 0}
    run |= {"rate": experiment["optimizer"]["learning_rate"], "changes": [], "edits": [], "turns": []}
    content = {"preset": "", "runs": [run], "branch": 0, "cursor": 0, "whole": True, "example": 0, "task": "step"}
    content |= {"pinned": pinned, "logarithmic": False, **more}
    text = base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")
    return f"/en/lab#2.{text}"


def open_link(
    open_page: PageOpener, experiment: dict[str, Any], pinned: dict[str, Any] | None = None, **more: Any
) -> Page:
    page = open_page(link(experiment, pinned), **more)
    expect(page.locator("#network-plot .main-svg").first).to_be_visible(timeout=20_000)
    expect(page.locator("#counter")).not_to_be_empty()
    settle(page)
    return page


def read(text: str) -> float:
    """A number as the page writes it."""
    ascii_ = text.strip().replace(MINUS, "-").replace("\u202f", "")
    found = re.fullmatch(r"([+-]?[\d.]+)(?:·10(⁻?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+))?", ascii_)
    assert found, text
    power = "".join(str(SUPERSCRIPTS.index(digit)) for digit in found[3] or "")
    return float(f"{found[1]}e{'-' if found[2] else ''}{power or 0}")


def shown(value: float) -> float:
    """The value at the digits that are shown."""
    return float(f"{value:.4g}")


def exact(number: Locator) -> float:
    return read(number.get_attribute("title") or "")


def see(page: Page, section: str) -> None:
    page.locator(f'input[name="card-section"][value="{section}"]').check(force=True)


def ask(page: Page, unit: str, number: str) -> None:
    """Ask by the menus of the card."""
    page.locator(".ask-which").evaluate("(details) => { details.open = true; }")
    page.select_option("#card-unit", unit)
    expect(page.locator("#card-number")).to_have_value("unit")
    page.select_option("#card-number", number)
    settle(page)


def places(network: dict[str, Any]) -> Iterator[tuple[int, int, int | str]]:
    sizes = [network["inputs"], *(layer["units"] for layer in network["layers"])]
    for layer, (fan_in, units) in enumerate(itertools.pairwise(sizes)):
        for unit in range(units):
            yield from ((layer, unit, source) for source in (*range(fan_in), "bias"))


def post(page: Page, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = page.request.post(path, data=body)
    assert answer.ok, answer.text()
    return answer.json()


@pytest.mark.parametrize("experiment", [EXPERIMENT, FUSED], ids=["product", "fused"])
def test_for_every_parameter_card_api_paths_and_nudge_agree(open_page: PageOpener, experiment) -> None:
    page = open_link(open_page, experiment, {"kind": "loss"})
    first = {"network": experiment["network"], "initializer": experiment["initializer"]}
    query = {name: value for name, value in experiment.items() if name != "initializer"}
    query["parameters"] = post(page, "/api/parameters", first)["parameters"]
    trace = post(page, "/api/trace", query)["layers"]
    asked = 0
    for layer, unit, source in filled(places(experiment["network"])):
        ask(page, f"{layer} {unit}", str(source))
        own = trace[layer]
        gradient = own["db"][unit] if source == "bias" else own["dW"][unit][source]
        term = f"db {layer} {unit}" if source == "bias" else f"dW {layer} {unit} {source}"
        see(page, "value")
        card = page.locator(f'#card-body .ask-number[data-term="{term}"]')
        expect(card).to_have_count(1)
        assert exact(card) == gradient, "the card's gradient is the API's, to the last digit"
        nudged = page.locator("#card-body .ask-nudged")
        expect(nudged).not_to_have_text("—")  # the proof is on its way
        assert read(card.inner_text()) == shown(gradient) == read(nudged.inner_text()), term

        see(page, "paths")
        adds = [exact(one) for one in page.locator(".ask-path .ask-adds").all()]
        ends = [exact(one) for one in page.locator(".ask-ends li:not(.ask-total) .ask-number").all()]
        assert adds == sorted(adds, key=abs, reverse=True)
        assert math.isclose(math.fsum(adds + ends), gradient, rel_tol=1e-9, abs_tol=1e-15), term
        assert read(page.locator(".ask-total .ask-number").inner_text()) == shown(math.fsum(adds + ends))
        expected_paths = 3 * math.prod(one["units"] for one in experiment["network"]["layers"][layer + 1 :])
        assert len(adds) == expected_paths
        asked += 1
    assert asked == 23


def copied(page: Page, button: str) -> str:
    page.click(f"#{button}")
    expect(page.locator(".ask-status")).to_have_text("Copied.")
    return page.evaluate("() => navigator.clipboard.readText()")


def printed(python: str) -> float:
    with redirect_stdout(io.StringIO()) as out:
        exec(compile(python, "copied.py", "exec"), {})  # noqa: S102  the text is the page's own
    return float(out.getvalue())


def test_the_copied_python_gives_the_gradient_and_the_latex_is_the_formula(open_page: PageOpener) -> None:
    page = open_link(open_page, EXPERIMENT, {"kind": "loss"})
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for unit, number in (("0 2", "1"), ("1 0", "bias"), ("2 1", "0")):
        ask(page, unit, number)
        see(page, "value")
        gradient = exact(page.locator(f'#card-body .ask-number[data-term^="d{"b" if number == "bias" else "W"} "]'))
        see(page, "notations")
        assert math.isclose(printed(copied(page, "copy-python")), gradient, rel_tol=1e-12)
        latex = copied(page, "copy-latex")
        assert latex.startswith("\\begin{aligned}")
        assert "\\frac{\\partial L}" in latex
        assert latex.count("{") == latex.count("}")


def test_without_a_clipboard_the_text_can_be_copied_by_hand(open_page: PageOpener) -> None:
    page = open_link(open_page, EXPERIMENT, {"kind": "parameter", "place": {"layer": 2, "unit": 0, "input": 1}})
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    see(page, "notations")
    page.click("#copy-python")
    assert "import numpy" in page.locator(".ask-byhand").input_value()


@pytest.mark.parametrize(
    ("term", "title"),
    [
        ("weight 1 0 1", "weight from hidden unit 2 to output unit 1"),
        ("a 0 1", "hidden unit 2"),
        ("a -1 0", "input 1"),
        ("delta 1 0", "output unit 1"),
        ("bias 0 0", "bias of hidden unit 1"),
        ("batch_loss", "loss"),
        ("example_loss", "loss"),
    ],
)
def test_a_click_on_a_number_of_the_picture_opens_its_card(open_page: PageOpener, term: str, title: str) -> None:
    page = open_lab(open_page)
    page.mouse.click(*at(page, "batch_loss" if term == "example_loss" else term))
    expect(page.locator("#card-title")).to_have_text(title)
    expect(page.locator("#card-moment")).to_have_text("training step 1 · before its update")
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()


def lit(page: Page, inside: str) -> int:
    return page.locator(f"{inside} .is-lit").count()


def halos(page: Page) -> int:
    """Units, and connections, that the picture has marked."""
    return page.evaluate(
        """() => {
            const { data } = document.querySelector('#network-plot');
            const mark = getComputedStyle(document.documentElement).getPropertyValue('--mark').trim();
            const lines = data.filter((trace) => trace.line?.color === mark).flatMap((trace) => trace.x);
            const units = data.filter((trace) => trace.marker?.color === mark).flatMap((trace) => trace.x);
            return units.length + lines.length / 3;
        }"""
    )


def test_what_is_pointed_at_lights_up_in_all_four_notations_and_in_the_picture(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    page.mouse.click(*at(page, "weight 1 0 1"))
    see(page, "notations")
    page.locator('input[name="ask-notation"][value="all"]').check(force=True)
    page.mouse.move(5, 5)
    expect(page.locator("#card-body .is-lit")).to_have_count(0)
    page.locator(".ask-chip").first.hover()
    for notation in ("sum", "matrix", "numpy", "pytorch"):
        expect(page.locator(f".is-{notation} .is-lit").first).to_be_visible()
    settle(page)
    assert halos(page) == 1
    page.mouse.move(5, 5)
    expect(page.locator("#card-body .is-lit")).to_have_count(0)
    # By focus too, and from the picture to the card.
    page.locator(".ask-chip").nth(1).focus()
    expect(page.locator(".is-matrix .is-lit").first).to_be_visible()
    page.locator("#card-close").focus()
    expect(page.locator("#card-body .is-lit")).to_have_count(0)
    page.evaluate("() => scrollTo(0, 0)")
    page.mouse.move(*at(page, "delta 1 0"))
    for notation in ("sum", "matrix", "numpy", "pytorch"):
        expect(page.locator(f".is-{notation} .is-lit").first).to_be_attached()


def test_a_path_lights_its_route_and_arrows_walk_along_the_list(open_page: PageOpener) -> None:
    page = open_link(open_page, EXPERIMENT, {"kind": "parameter", "place": {"layer": 0, "unit": 1, "input": 0}})
    see(page, "paths")
    first = page.locator(".ask-path").first
    first.focus()
    expect(first).to_have_attribute("aria-pressed", "true")
    settle(page)
    assert halos(page) == 3 + 4, "three connections and four units, input and output included"
    page.keyboard.press("ArrowDown")
    second = page.locator(".ask-path").nth(1)
    expect(second).to_be_focused()
    expect(second).to_have_attribute("aria-pressed", "true")
    expect(first).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#counter")).to_contain_text("all of", timeout=1000)


def test_each_factor_of_the_chain_leads_to_its_own_card(open_page: PageOpener) -> None:
    page = open_link(open_page, EXPERIMENT, {"kind": "parameter", "place": {"layer": 1, "unit": 1, "input": 2}})
    see(page, "chain")
    factors = [exact(one) for one in page.locator(".ask-factors .ask-number").all()]
    assert len(factors) == 3
    terms = [exact(one) for one in page.locator(".ask-terms tbody .sum .ask-number").all()]
    assert len(terms) == 2
    assert math.isclose(sum(terms), factors[0], rel_tol=1e-12), "the first factor is the sum over the next layer"
    page.locator(".ask-factors button").nth(2).click()
    expect(page.locator("#card-title")).to_have_text("unit 3 of hidden layer 1")
    expect(page.locator("#card-title")).to_be_focused()
    see(page, "connections")
    page.locator("#card-body .ask-button").first.click()
    expect(page.locator("#card-title")).to_have_text("bias of unit 3 of hidden layer 1")


def test_another_value_is_tried_told_and_undone(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    page.mouse.click(*at(page, "weight 1 0 0"))
    expect(page.locator("#card-value")).to_have_value("0.4")
    page.click("#card-up")
    # The published network with w₅ = 0.5: computed by hand from its outputs.
    expect(page.locator("#card-effect")).to_contain_text("from 0.4 to 0.5: the loss rises from 0.2984 to 0.3065")
    expect(page.locator("#card-value")).to_have_value("0.5")
    expect(page.locator("#network-plot")).to_contain_text("0.3065")
    page.wait_for_timeout(900)  # changes in one breath are one change to undo
    page.locator("#card-value").fill("-0,25")
    page.keyboard.press("Enter")
    expect(page.locator("#card-effect")).to_contain_text(f"from 0.5 to {MINUS}0.25: the loss falls")
    page.locator("#card-value").fill("much")
    page.keyboard.press("Enter")
    expect(page.locator("#card-effect")).to_contain_text("A value is a number")
    expect(page.locator("#card-value")).to_have_attribute("aria-invalid", "true")
    page.click("#card-undo")
    page.click("#card-undo")
    expect(page.locator("#card-value")).to_have_value("0.4")
    expect(page.locator("#network-plot")).to_contain_text("0.2984")


def test_without_a_mouse_every_number_is_asked_from_the_table(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    page.locator(".figure-network .numbers-switch input").focus()
    page.keyboard.press("Space")
    rows = page.locator(".figure-network .numbers tbody tr")
    expect(rows).to_have_count(1 + 2 + 8 + 4 + 8)
    expect(page.locator(".figure-network .numbers")).to_contain_text("0.08216704056423078")
    button = page.get_by_role("button", name="weight from hidden unit 2 to output unit 1", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#card-title")).to_have_text("weight from hidden unit 2 to output unit 1")
    expect(page.locator("#card-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()
    expect(button).to_be_focused()


def test_the_card_is_of_the_followed_example_and_the_loss_leads_to_others(open_page: PageOpener) -> None:
    page = open_link(open_page, EXPERIMENT, {"kind": "loss"})
    expect(page.locator("#card-moment")).to_contain_text("example 1 of 3")
    see(page, "examples")
    page.locator("#card-body .ask-button").nth(2).click()
    expect(page.locator("#card-moment")).to_contain_text("example 3 of 3")
    expect(page.locator("#card-body .ask-button").nth(2)).to_be_focused()
    ask(page, "0 1", "unit")
    see(page, "value")
    trace = post(page, "/api/trace", {**traced(page)})
    a = exact(page.locator('#card-body [data-term="a 0 1"]'))
    assert a == trace["layers"][0]["a"][2][1]


def traced(page: Page) -> dict[str, Any]:
    first = {"network": EXPERIMENT["network"], "initializer": EXPERIMENT["initializer"]}
    query = {name: value for name, value in EXPERIMENT.items() if name != "initializer"}
    return query | {"parameters": post(page, "/api/parameters", first)["parameters"]}


def test_while_it_trains_the_card_shows_the_value_alone(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    choose(page, "xor")
    settle(page)
    page.mouse.click(*at(page, "weight 0 1 1"))
    before = page.locator("#card-body .ask-number").first.inner_text()
    page.click('[data-task-choice="train"]')
    page.select_option("#speed", "100")
    page.click("#play")
    expect(page.locator("#card-body")).to_contain_text("It trains")
    expect(page.locator("#card-body .ask-number").nth(1)).to_have_text("—")
    expect(page.locator("#card-body .ask-number").first).not_to_have_text(before)
    page.click("#play")
    expect(page.locator("#card-body .ask-nudged")).to_be_visible()


def test_in_a_walk_the_card_has_a_dash_where_the_picture_has_one(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    page.keyboard.press("Home")
    page.mouse.click(*at(page, "weight 1 0 0"))
    numbers = page.locator("#card-body .facts .ask-number")
    expect(numbers).to_have_text(["0.4", "—", "—", "—"])
    page.keyboard.press("Escape")
    page.keyboard.press("End")
    page.mouse.click(*at(page, "weight 1 0 0"))
    expect(numbers).to_have_text(["0.4", "+0.08217", "+0.08217", "0.3589"])


def test_counts_too_long_to_be_read_are_written_as_about(open_page: PageOpener) -> None:
    layer = {"units": 13, "activation": "tanh", "bias": True}
    deep = EXPERIMENT | {"network": {"inputs": 2, "layers": [*[layer] * 11, {**layer, "units": 2}]}}
    page = open_page(link(deep, {"kind": "parameter", "place": {"layer": 0, "unit": 0, "input": 0}}))
    expect(page.locator("#card")).to_be_visible(timeout=20_000)
    see(page, "paths")
    assert 3 * 13**10 * 2 == 827_150_951_094
    expect(page.locator("#card-body .ask-prose").first).to_contain_text("≈ 8.3·10¹¹ paths")
    expect(page.locator(".ask-ends")).to_contain_text("more, together")
    assert page.locator(".ask-path").count() == 50
