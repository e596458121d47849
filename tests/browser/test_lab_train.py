"""Training in the lab: branches to the last bit, answers and measures held against the API's, all by keyboard."""

import base64
import json
import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import accessible_in_each_look, counter, exact_parameters, settle
from tests.browser.pages import PageOpener
from tests.running_server import RunningServer

PATIENCE = 30_000  # milliseconds for the picture on a machine that is busy with other tests
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
HIDDEN = {"units": 6, "activation": "tanh", "bias": True}
# Small batches, shuffled, a part held out.
EXPERIMENT: dict[str, Any] = {
    "network": {
        "inputs": 2,
        "layers": [HIDDEN, HIDDEN, {"units": 1, "activation": "sigmoid", "bias": True}],
    },
    "data": {"dataset": "moons", "samples": 120, "noise": 0.1, "seed": 2},
    "loss": "binary_cross_entropy",
    "test_fraction": 0.25,
    "optimizer": {"name": "sgd", "learning_rate": 0.5},
    "batch": {"size": 10, "shuffle": True, "seed": 3},
    "initializer": {"name": "xavier_uniform", "seed": 2},
}
DIGITS = EXPERIMENT | {
    "network": {
        "inputs": 64,
        "layers": [
            {"units": 8, "activation": "relu", "bias": True},
            {"units": 10, "activation": "softmax", "bias": True},
        ],
    },
    "data": {"dataset": "digits", "samples": 200},
    "loss": "cross_entropy",
}


def link(experiment: dict[str, Any], step: int, **run: Any) -> str:
    first = {"id": 0, "name": "", "origin": None, "experiment": experiment, "step": step}
    first |= {"rate": experiment["optimizer"]["learning_rate"], "changes": [], "edits": [], "turns": [], **run}
    content = {"preset": "", "runs": [first], "branch": 0, "cursor": 0, "whole": True, "example": 0}
    content |= {"task": "train", "pinned": None, "logarithmic": False}
    text = base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")
    return f"/en/lab#2.{text}"


def open_run(open_page: PageOpener, step: int, experiment: dict[str, Any] | None = None, **more: Any) -> Page:
    size = {key: more.pop(key) for key in ("width", "height", "dark", "language") if key in more}
    page = open_page(link(experiment or EXPERIMENT, step, **more), **size)
    # Pictures are drawn where they are seen: first the page has to have its final length.
    expect(page.locator("#boundary-caption")).not_to_be_empty(timeout=PATIENCE)
    settle(page)
    for plot in ("#network-plot", "#boundary-plot", "#loss-plot"):
        page.locator(plot).scroll_into_view_if_needed()
        page.locator(f"{plot} .main-svg").first.wait_for(timeout=PATIENCE)
    page.evaluate("() => scrollTo(0, 0)")
    settle(page)
    return page


def to_step(page: Page, step: int) -> None:
    page.locator("#timeline").evaluate(
        "(slider, step) => { slider.value = step; slider.dispatchEvent(new Event('input')); }", step
    )
    expect(page.locator("#counter")).to_contain_text(f"step {step} ")
    settle(page)


def set_rate(page: Page, rate: str) -> None:
    page.locator("#rate-field").fill(rate)
    page.keyboard.press("Enter")
    settle(page)


def names(page: Page) -> list[str]:
    return page.locator(".branch-name").all_text_contents()


def choose_branch(page: Page, name: str) -> None:
    page.locator(".branch-choice", has=page.locator(".branch-name", has_text=re.compile(f"^{name}$"))).click()
    expect(page.locator(".branch.is-current .branch-name")).to_have_text(name)
    settle(page)


def parameters_on_screen(page: Page) -> list[float]:
    """Every weight and bias, the full doubles of the hover texts, from least to largest."""
    texts: list[str] = page.evaluate(
        """() => document.querySelector('#network-plot').data
            .flatMap((trace) => trace.hovertext ?? [])
            .flatMap((text) => text.split('<br>'))
            .filter((line) => /^[wb] = /.test(line))"""
    )
    plain = [text[4:].replace("\u2212", "-") for text in texts]
    return sorted(
        float(re.sub(r"·10(.+)", lambda power: "e" + power[1].translate(SUPERSCRIPTS), one)) for one in plain
    )


def survey_at(server: RunningServer, step: int, experiment: dict[str, Any] = EXPERIMENT) -> dict[str, Any]:
    """What the API says of the run at a step."""
    with httpx.Client(base_url=server.url, timeout=60) as client:
        run = client.post("/api/train", json={**experiment, "steps": step}).raise_for_status().json()
        asked = {key: experiment[key] for key in ("network", "data", "loss", "test_fraction")}
        body = {**asked, "parameters": run["state"]["parameters"], "outputs": True}
        found: dict[str, Any] = client.post("/api/survey", json=body).raise_for_status().json()
        return found


def test_a_branch_made_at_step_137_and_a_straight_run_agree_to_the_bit(
    open_page: PageOpener, server: RunningServer
) -> None:
    page = open_run(open_page, 200)
    to_step(page, 137)
    set_rate(page, "1.5")
    expect(page.locator(".branch-name")).to_have_text(["main", "η 1.5"])
    expect(page.locator(".branch-origin").last).to_have_text("from step 137 of main")
    to_step(page, 180)
    branched = exact_parameters(page)

    changes = [{"at_step": 137, "learning_rate": 1.5}]
    straight = open_run(open_page, 180, changes=changes)
    assert exact_parameters(straight) == branched

    with httpx.Client(base_url=server.url, timeout=60) as client:
        body = {**EXPERIMENT, "steps": 180, "changes": changes}
        answer = client.post("/api/train", json=body).raise_for_status().json()
    expected = [
        number
        for layer in answer["state"]["parameters"]
        for number in [*layer["biases"], *(weight for row in layer["weights"] for weight in row)]
    ]
    assert parameters_on_screen(page) == sorted(expected)


def test_going_back_and_forth_between_branches_loses_nothing(open_page: PageOpener) -> None:
    page = open_run(open_page, 60)
    at_the_end = exact_parameters(page)
    to_step(page, 40)
    set_rate(page, "2")
    to_step(page, 50)
    other = exact_parameters(page)
    sentence = page.locator("#boundary-caption").text_content()

    choose_branch(page, "main")
    assert counter(page) == "step 40 of 60", "the future of the old branch is gone"
    # Playing over steps that are known gives the same numbers again.
    page.select_option("#speed", "100")
    page.click("#play")
    page.wait_for_function("() => Number(document.querySelector('#timeline').value) > 60", timeout=PATIENCE)
    page.click("#play")
    settle(page)
    to_step(page, 60)
    assert exact_parameters(page) == at_the_end

    choose_branch(page, "η 2")
    assert counter(page) == "step 50 of 50"
    assert exact_parameters(page) == other
    assert page.locator("#boundary-caption").text_content() == sentence


def test_branches_are_renamed_deleted_and_brought_back_by_keyboard(open_page: PageOpener) -> None:
    page = open_run(open_page, 12)
    expect(page.locator("#branches-note")).to_contain_text("Go back to any step")
    page.locator("#branch-here").press("Enter")
    page.locator("#other-seed").press("Enter")
    expect(page.locator(".branch-name")).to_have_text(["main", "from step 12", "seed 3"])
    settle(page)
    expect(page.locator("#loss-plot")).to_contain_text("seed 3")

    page.get_by_role("button", name="Rename seed 3").press("Enter")
    page.keyboard.type("luckier")
    page.keyboard.press("Escape")
    assert names(page)[2] == "seed 3"
    page.get_by_role("button", name="Rename seed 3").press("Enter")
    page.locator("#branch-field").fill("luckier")
    page.keyboard.press("Enter")
    expect(page.locator(".branch-name").last).to_have_text("luckier")
    expect(page.locator("#loss-plot")).to_contain_text("luckier")

    page.get_by_role("checkbox", name=re.compile("in the curve +main")).uncheck()
    expect(page.locator("#loss-plot")).not_to_contain_text("main")
    page.get_by_role("checkbox", name=re.compile("in the curve +main")).check()

    before = exact_parameters(page)
    page.get_by_role("button", name="Delete luckier").press("Enter")
    expect(page.locator("#branches-deleted")).to_contain_text("“luckier” is deleted.")
    expect(page.locator(".branch-name")).to_have_text(["main", "from step 12"])
    expect(page.locator("#branch-undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".branch-name")).to_have_text(["main", "from step 12", "luckier"])
    settle(page)
    assert exact_parameters(page) == before


def test_answers_and_measures_are_those_of_the_api(open_page: PageOpener, server: RunningServer) -> None:
    page = open_run(open_page, 30)
    survey = survey_at(server, 30)
    train, test = survey["train"], survey["test"]
    assert train["right"] < train["count"], "nothing is wrong: this would show little"
    expect(page.locator("#boundary-caption")).to_contain_text(
        f"{train['right']} of {train['count']} right, and {test['right']} of the {test['count']} held out."
    )
    shown = page.locator("#measures-tables td").all_text_contents()
    assert [int(cell) for cell in shown] == [times for row in test["confusion"] for times in row]
    expect(page.locator("#measures-scores")).to_contain_text(f"{train['right']} of {train['count']}")

    page.locator(".figure-boundary").get_by_role("checkbox", name="numbers").check()
    rows = page.locator(".figure-boundary tbody tr")
    expect(rows).to_have_count(120)
    outputs = {row[0] for row in [*train["outputs"], *test["outputs"]]}
    cells = rows.locator("td:nth-child(5)").all_text_contents()
    assert {float(cell.replace("\u2212", "-").split("·")[0]) for cell in cells if "·" not in cell} <= outputs
    wrong = sum("✗" in text for text in rows.locator("th").all_text_contents())
    assert wrong == train["count"] + test["count"] - train["right"] - test["right"]


def test_the_line_of_one_half_parts_the_points_as_their_outputs_do(open_page: PageOpener) -> None:
    page = open_run(open_page, 60)
    # The colour of the plane under every point that is surely on one side: blue above one half, orange below.
    found = page.evaluate(
        """async () => {
            const plot = document.querySelector('#boundary-plot');
            const canvas = plot.querySelector('canvas');
            // A copy: reading pixels one by one from what is drawn makes the browser complain.
            const copy = new OffscreenCanvas(canvas.width, canvas.height);
            const pen = copy.getContext('2d', { willReadFrequently: true });
            pen.drawImage(canvas, 0, 0);
            const { xaxis, yaxis } = plot._fullLayout;
            const scale = canvas.width / plot.clientWidth;
            const outputs = plot.data[0].hovertext.map((text) =>
                Number(text.match(/output ([^<]+)/)[1].replace('−', '-').replace(/·10.*/, 'e-9')));
            return plot.data[0].x.map((x, index) => {
                const at = [xaxis._offset + xaxis.d2p(x), yaxis._offset + yaxis.d2p(plot.data[0].y[index])];
                const [red, , blue] = pen.getImageData(at[0] * scale, at[1] * scale, 1, 1).data;
                return [outputs[index], blue - red];
            });
        }"""
    )
    sure = [(output, blueness) for output, blueness in found if abs(output - 0.5) > 0.1]
    assert len(sure) > 60
    assert all((output > 0.5) == (blueness > 0) for output, blueness in sure)


def test_a_point_is_followed_where_it_is_in_the_batch_and_else_it_says_why_not(open_page: PageOpener) -> None:
    page = open_run(open_page, 30)
    page.locator(".figure-boundary").get_by_role("checkbox", name="numbers").check()
    batch = page.evaluate(
        """() => document.querySelector('#boundary-plot').data[0].customdata.map(({ example }) => example)"""
    )
    inside, outside = batch.index(4), batch.index(-1)
    rows = page.locator(".figure-boundary tbody tr")
    rows.nth(inside).locator("button").press("Enter")
    expect(page.locator("#example-label")).to_contain_text("example 5 of 10")
    settle(page)
    rows.nth(outside).locator("button").press("Enter")
    expect(page.locator("#boundary-note")).to_contain_text("not in the batch of step 30")
    page.click("#forward")
    expect(page.locator("#boundary-note")).to_be_hidden()


def test_a_unit_that_is_ill_is_named_marked_and_can_be_asked(open_page: PageOpener) -> None:
    relu = {"units": 6, "activation": "relu", "bias": True}
    layers = [relu, relu, EXPERIMENT["network"]["layers"][-1]]
    burnt = EXPERIMENT | {
        "network": {"inputs": 2, "layers": layers},
        "optimizer": {"name": "sgd", "learning_rate": 30},
        "batch": {"size": None, "shuffle": False, "seed": 0},
    }
    page = open_run(open_page, 3, burnt)
    dead = page.locator(".health-row", has_text="dead units")
    expect(dead).to_contain_text("Their slope is 0 for every training example")
    expect(dead.get_by_role("button").first).to_contain_text("seen dead since step")
    expect(page.locator("#network-plot")).to_contain_text("✕")
    dead.get_by_role("button").first.click()
    expect(page.locator(".health-row", has_text="saturated units")).to_contain_text("none")
    page.wait_for_function(
        """() => JSON.parse(atob(location.hash.slice(3).replaceAll('-', '+').replaceAll('_', '/'))).pinned?.kind
            === 'unit'"""
    )


def test_while_it_trains_all_pictures_move(open_page: PageOpener) -> None:
    page = open_run(open_page, 0)
    page.select_option("#speed", "100")
    page.click("#play")
    pixels = """() => ['boundary', 'network', 'loss'].map((name) =>
        document.querySelector(`#${name}-plot canvas`).toDataURL())"""
    page.wait_for_function("() => Number(document.querySelector('#timeline').value) > 20", timeout=PATIENCE)
    first = page.evaluate(pixels)
    page.wait_for_function("() => Number(document.querySelector('#timeline').value) > 60", timeout=PATIENCE)
    second = page.evaluate(pixels)
    assert [one != other for one, other in zip(first, second, strict=True)] == [True, True, True]
    page.click("#play")
    settle(page)
    expect(page.locator("#boundary-caption")).to_contain_text("right")


@pytest.mark.parametrize("experiment", [EXPERIMENT, DIGITS], ids=["moons", "digits"])
def test_training_is_accessible_in_every_size_and_theme(open_page: PageOpener, experiment: dict[str, Any]) -> None:
    page = open_run(open_page, 6, experiment, width=1440, height=900)
    to_step(page, 3)
    set_rate(page, "2")
    expect(page.locator(".branch-name")).to_have_count(2)
    page.locator(".figure-boundary").get_by_role("checkbox", name="numbers").check()
    page.locator(".health summary").click()
    assert len(list(accessible_in_each_look(page, f"train-{experiment['data']['dataset']}"))) == 5
