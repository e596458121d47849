"""The whole set-up: all that can be chosen in the drawer, and that the server takes it."""

import json
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import assert_accessible
from tests.browser.lab import choose, exact_parameters, open_lab, picture, settle
from tests.browser.pages import PageOpener
from tests.filled import filled

# Makes experiments by the drawer's own functions and has one step of each trained; returns what was refused.
TRAIN_ALL = """async ({ url, sets, part }) => {
    const made = await import(url);
    const catalog = JSON.parse(document.querySelector('#start').textContent).catalog;
    const names = (rows) => rows.map(({ name }) => name);
    const start = (name) => catalog.presets.find((row) => row.name === name).experiment;
    const wanted = [];
    let count = 0;
    const seen = new Set(); // many ways lead to the same experiment
    const want = (what, experiment) => {
        count += 1;
        const text = JSON.stringify(experiment);
        if (!seen.has(text)) wanted.push([what, experiment]);
        seen.add(text);
    };
    const outputs = (experiment) => experiment.network.layers.length - 1;
    const PARTS = {
        outputs() {
            for (const dataset of sets) {
                const on = made.withDataset(catalog, start('xor'), dataset);
                for (const loss of names(made.fittingLosses(catalog, on))) {
                    const compared = made.withLoss(catalog, on, loss);
                    for (const name of names(made.possibleOutputs(catalog, compared)))
                        want([dataset, loss, name], made.withOutput(catalog, compared, name));
                }
            }
        },
        losses() {
            for (const dataset of sets) {
                const on = made.withDataset(catalog, start('xor'), dataset);
                for (const loss of names(made.fittingLosses(catalog, on))) {
                    const compared = made.withLoss(catalog, on, loss);
                    const last = outputs(compared);
                    for (const name of names(made.fittingActivations(catalog, compared, last)))
                        want([dataset, loss, name], made.withActivation(compared, last, name));
                    for (const then of names(made.fittingLosses(catalog, compared)))
                        want([dataset, loss, then], made.withLoss(catalog, compared, then));
                }
                for (const name of names(made.fittingActivations(catalog, on, 0)))
                    want([dataset, 'hidden', name], made.withActivation(on, 0, name));
            }
        },
        presets() {
            for (const { name, experiment } of catalog.presets) {
                want([name], experiment);
                for (const dataset of sets) {
                    const on = made.withDataset(catalog, experiment, dataset);
                    want([name, dataset], on);
                    for (const then of sets) want([name, dataset, then], made.withDataset(catalog, on, then));
                }
                want([name, 'deeper'], made.addLayer(experiment, 0));
                if (outputs(experiment) > 0) want([name, 'flatter'], made.removeLayer(experiment, 0));
            }
        },
        settings() {
            for (const row of catalog.datasets) {
                const on = made.withDataset(catalog, start('xor'), row.name);
                for (const setting of [...(row.is_fixed ? [] : [row.samples]), row.noise, ...row.settings])
                    for (const value of [setting.minimum, setting.maximum])
                        for (const loss of names(made.fittingLosses(catalog, on))) {
                            const compared = made.withLoss(catalog, on, loss);
                            const set = made.withDataSetting(catalog, compared, setting.name, value);
                            want([row.name, setting.name, value, loss], set);
                        }
                for (const fraction of [0.01, 0.5, 0.999])
                    want([row.name, 'held out', fraction], made.withTestFraction(catalog, on, fraction));
            }
            for (const optimizer of catalog.optimizers) {
                const on = made.withOptimizer(catalog, start('xor'), optimizer.name);
                want([optimizer.name], on);
                for (const setting of optimizer.settings.filter(({ minimum }) => minimum !== null)) {
                    want(
                        [optimizer.name, setting.name],
                        made.withOptimizerSetting(on, setting.name, setting.minimum),
                    );
                }
            }
            for (const initializer of catalog.initializers) {
                const on = made.withInitializer(start('worked'), initializer.name);
                want([initializer.name], on);
                for (const setting of initializer.settings)
                    want([initializer.name, setting.name], made.withInitializerSetting(on, setting.name, 0.25));
            }
            for (let bits = 1; bits < 2 ** catalog.features.length; bits += 1) {
                let on = start('moons');
                catalog.features.forEach((name, index) => {
                    on = made.withFeature(catalog, on, name, Boolean(bits & (1 << index)));
                });
                want(['features', bits], on);
            }
            const small = made.withSmallBatches(catalog, start('moons'), true);
            want(['batches'], small);
            want(['batches of one'], made.withBatch(catalog, small, { size: 1 }));
            want(['penalties'], made.withObjective(start('moons'), { l1: 0.1, l2: 0.2, reduction: 'sum' }));
        },
    };
    PARTS[part]();
    const refused = [];
    const next = async () => {
        for (let one = wanted.shift(); one; one = wanted.shift()) {
            const [what, { parameters, ...experiment }] = one;
            const state = parameters ? { state: { step: 0, parameters } } : {};
            const body = JSON.stringify({ ...experiment, ...state, steps: 1 });
            const answer = await fetch('/api/train', {
                method: 'POST', body, headers: { 'Content-Type': 'application/json' },
            });
            if (!answer.ok) refused.push([what, (await answer.json()).detail]);
        }
    };
    await Promise.all([next(), next(), next()]);
    return { count, refused };
}"""

BRANCHES_IN_THE_ADDRESS = """(count) => {
    const text = location.hash.slice(3).replaceAll('-', '+').replaceAll('_', '/');
    return text !== '' && JSON.parse(atob(text)).runs.length === count;
}"""


def script(page: Page, name: str) -> str:
    """The address of a module that the page has loaded."""
    found = page.evaluate(
        "(part) => performance.getEntriesByType('resource').map(({ name }) => name).find((n) => n.includes(part))",
        name,
    )
    assert found, name
    return found


def open_setup(page: Page, preset: str | None = None) -> None:
    if preset:
        choose(page, preset)
    page.click("#setup-toggle")
    expect(page.locator("#dataset")).to_be_visible()


def options(menu: Locator) -> list[str]:
    return menu.locator("option").evaluate_all("(all) => all.map((one) => one.value)")


def parameters(page: Page) -> list[str]:
    """The weights and biases on screen, every digit, without their gradients."""
    return page.evaluate(
        """() => document.querySelector('#network-plot').data
            .flatMap((trace) => trace.hovertext ?? [])
            .flatMap((text) => text.match(/>[wb] = [^<]*/g) ?? [])"""
    )


def type_in(page: Page, field: str, text: str) -> None:
    page.locator(field).fill(text)
    page.keyboard.press("Enter")
    settle(page)


def step_to(page: Page, step: int) -> None:
    """Training steps made one by one; the counter says the number of the next."""
    for number in filled(range(2, step + 2)):
        page.keyboard.press("Shift+ArrowRight")
        expect(page.locator("#counter")).to_contain_text(f"step {number} ")
    settle(page)


@pytest.mark.parametrize(
    ("part", "least"), [("losses", 500), ("outputs", 500), ("presets", 3000), ("settings", 300)]
)
def test_whatever_is_chosen_is_accepted_by_the_server(open_page: PageOpener, part: str, least: int) -> None:
    page = open_lab(open_page)
    open_setup(page)
    sets = [name for name in options(page.locator("#dataset")) if name]
    asked: dict[str, Any] = {"url": script(page, "js/lib/experiment"), "sets": sets, "part": part}
    answer = page.evaluate(TRAIN_ALL, asked)
    assert answer["count"] >= least
    assert not answer["refused"], json.dumps(answer["refused"][:5], indent=1, ensure_ascii=False)


def test_every_data_set_opens_with_all_of_its_numbers(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    open_setup(page)
    labels = dict(
        page.locator("#dataset option").evaluate_all("(all) => all.map((one) => [one.value, one.textContent])")
    )
    assert len(labels) >= 15
    for name, label in labels.items():
        page.select_option("#dataset", name)
        title = label if name != "worked" else "Worked example"
        expect(page.locator("#summary strong")).to_have_text(title)
        settle(page)
        assert page.locator("#banner").is_hidden(), name
        assert "—" not in picture(page), name
        assert "—" not in page.locator("#inspector-body").inner_text(), name


def test_the_line_at_the_top_says_the_whole_set_up(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    open_setup(page, "moons")
    page.select_option("#batch-kind", "some")
    type_in(page, "#held-out", "20")
    type_in(page, "#l2", "0,001")
    page.select_option("#optimizer", "momentum")
    expect(page.locator("#summary")).to_have_text(
        "Moons · 2-6-6-1 tanh, sigmoid · binary cross-entropy · L2 0.001 · momentum, η 0.5 · batch 10 · "
        "20 % held out · seed 2",
        ignore_case=True,
    )
    page.select_option("#dataset", "circles")
    expect(page.locator("#summary strong")).to_have_text("Circles")
    expect(page.locator("#preset")).to_have_value("")
    page.select_option("#preset", "moons")
    expect(page.locator("#summary")).not_to_contain_text("held out")


def test_a_number_that_cannot_be_is_refused_beside_its_field_before_anything_is_asked(
    open_page: PageOpener,
) -> None:
    page = open_lab(open_page)
    open_setup(page, "moons")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/" in request.url else None)
    type_in(page, "#data-noise", "3")
    expect(page.locator("#data-noise-problem")).to_have_text("A number from 0 to 0.5, such as 0.1.")
    expect(page.locator("#data-noise")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#data-noise")).to_have_value("3")
    expect(page.locator("#data-noise")).to_be_focused()
    assert not asked
    type_in(page, "#data-noise", "0,25")
    expect(page.locator("#data-noise-problem")).to_have_count(0)
    expect(page.locator("#data-noise")).to_have_attribute("aria-invalid", "false")
    expect(page.locator("#data-noise")).to_have_value("0.25")
    assert asked


def test_sliders_buttons_and_fields_say_the_same(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    open_setup(page, "moons")
    page.click("#data-samples-up")
    expect(page.locator("#data-samples")).to_have_value("130")
    expect(page.locator("#data-samples-slider")).to_have_value("130")
    page.locator("#data-samples-slider").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#data-samples")).to_have_value("140")
    expect(page.locator("#data-samples-slider")).to_be_focused()
    settle(page)
    expect(page.locator("#example-label")).to_have_text("example 1 of 140")
    for _ in range(4):
        page.click("#seed-up")
    expect(page.locator("#seed")).to_have_value("6")
    expect(page.locator("#summary")).to_contain_text("seed 6")
    expect(page.locator("#seed-up")).to_be_focused()


def test_quick_changes_go_on_from_what_was_asked_for(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    open_setup(page, "xor")
    page.evaluate(
        """() => {
            document.querySelector('#units-up-0').click();
            document.querySelector('#units-up-0').click();
            document.querySelector('#add-layer').click();
            const optimizer = document.querySelector('#optimizer');
            optimizer.value = 'momentum';
            optimizer.dispatchEvent(new Event('change'));
            document.querySelector('#seed-up').click();
        }"""
    )
    expect(page.locator("#summary")).to_contain_text("2-6-3-1")
    expect(page.locator("#summary")).to_contain_text("Momentum")
    expect(page.locator("#summary")).to_contain_text("seed 8")


def test_another_optimizer_goes_on_from_this_step_with_the_same_weights(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    choose(page, "xor")
    page.keyboard.press("]")
    expect(page.locator("#rate-field")).to_have_value("1")
    step_to(page, 3)
    weights = exact_parameters(page)
    open_setup(page)
    page.select_option("#optimizer", "momentum")
    settle(page)
    type_in(page, "#optimizer-momentum", "0.5")
    expect(page.locator("#summary")).to_contain_text("Momentum, η 1")
    expect(page.locator("#counter")).to_contain_text("step 4 ")
    assert exact_parameters(page) == weights
    page.select_option("#activation-0", "relu")
    expect(page.locator("#counter")).to_contain_text("step 1 ")
    expect(page.locator("#summary")).to_contain_text("Momentum, η 1")


def test_the_way_on_with_another_set_up_is_undone(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    choose(page, "xor")
    step_to(page, 2)
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#counter")).to_contain_text("step 4 ")
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator("#counter")).to_contain_text("step 3 ")
    settle(page)
    weights = exact_parameters(page)
    open_setup(page)
    page.select_option("#optimizer", "adam")
    expect(page.locator("#summary")).to_contain_text("Adam, η 0.01")
    # There was a future already: it stays, and the other set-up is a branch of its own.
    page.wait_for_function(BRANCHES_IN_THE_ADDRESS, arg=2)
    page.click("#setup-toggle")
    page.keyboard.press("Control+z")
    expect(page.locator("#summary")).to_contain_text("SGD, η 0.5")
    expect(page.locator("#counter")).to_contain_text("step 3 ")
    settle(page)
    assert exact_parameters(page) == weights
    page.wait_for_function(BRANCHES_IN_THE_ADDRESS, arg=1)


def test_engineered_inputs_are_inputs_of_the_network(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    open_setup(page, "xor")
    expect(page.locator(".features .tick")).to_have_text(["x₁", "x₂", "x₁²", "x₂²", "x₁·x₂", "sin x₁", "sin x₂"])
    page.locator(".features .tick", has_text="x₁·x₂").locator("input").check()
    expect(page.locator("#summary")).to_contain_text("3-4-1")
    page.locator("#feature-0").uncheck()
    page.locator("#feature-1").uncheck()
    expect(page.locator("#summary")).to_contain_text("1-4-1")
    expect(page.locator("#feature-4")).to_be_disabled()
    page.select_option("#dataset", "digits")
    expect(page.locator(".features")).to_have_count(0)
    expect(page.locator("#summary")).to_contain_text("64-4-1")


def test_the_worked_weights_stay_until_others_are_drawn(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    written = parameters(page)
    open_setup(page)
    expect(page.locator("#initializer option:checked")).to_have_text("As written in the example")
    page.select_option("#activation-0", "tanh")
    settle(page)
    assert parameters(page) == written
    page.select_option("#initializer", "he_normal")
    expect(page.locator("#summary")).to_contain_text("seed 0")
    settle(page)
    assert parameters(page) != written
    expect(page.locator("#initializer option")).not_to_contain_text(["As written in the example"])


def test_presets_stand_in_groups_with_what_to_look_for(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    open_setup(page)
    groups = page.locator("#preset optgroup").evaluate_all("(all) => all.map((one) => one.label)")
    assert groups == [
        "To begin with",
        "Gates",
        "Points in the plane",
        "Curves",
        "Pictures",
        "From history",
        "Broken on purpose",
    ]
    for name in filled(options(page.locator("#preset"))):
        page.select_option("#preset", name)
        settle(page)
        assert page.locator("#banner").is_hidden(), name
        assert len(page.locator(".look-for").inner_text()) > 30, name
        expect(page.locator("#preset")).to_have_value(name)


@pytest.mark.parametrize(
    ("preset", "dark", "size"),
    [
        ("spiral", False, (1440, 900)),
        ("spiral", True, (390, 844)),
        ("digits", True, (1000, 800)),
        ("digits", False, (320, 640)),
    ],
)
def test_the_set_up_and_the_edited_picture_are_accessible(
    open_page: PageOpener, preset: str, dark: bool, size: tuple[int, int]
) -> None:
    page = open_lab(open_page, size=size, dark=dark)
    open_setup(page, preset)
    page.select_option("#optimizer", "adamw")
    page.click("#edit-network")
    expect(page.locator("#edit-add-0")).to_be_visible()
    type_in(page, "#data-samples", "none")
    settle(page)
    assert_accessible(page)
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
