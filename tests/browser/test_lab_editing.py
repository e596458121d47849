"""The picture of the network: edited on it, which example it is of, and networks with many inputs."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import SIZES, choose, open_lab, settle
from tests.browser.pages import PageOpener


def editing(page: Page) -> Page:
    page.click("#edit-network")
    expect(page.locator("#edit-add-0")).to_be_visible()
    return page


@pytest.mark.parametrize("size", SIZES)
def test_the_network_is_edited_on_its_picture(open_page: PageOpener, size: tuple[int, int]) -> None:
    page = open_lab(open_page, size=size)
    choose(page, "xor")
    assert page.locator("#network-edit *").count() == 0
    editing(page)
    page.click("#edit-units-up-0")
    expect(page.locator("#summary")).to_contain_text("2-5-1")
    page.click("#edit-add-0")
    expect(page.locator("#summary")).to_contain_text("2-3-5-1")
    page.click("#edit-add-2")
    expect(page.locator("#summary")).to_contain_text("2-3-5-3-1")
    page.select_option("#edit-activation-1", "relu")
    expect(page.locator("#summary")).to_contain_text("tanh, ReLU, sigmoid")
    page.wait_for_timeout(900)  # changes that follow at once are undone together
    page.click("#edit-remove-0")
    expect(page.locator("#summary")).to_contain_text("2-5-3-1")
    settle(page)
    page.keyboard.press("Control+z")
    expect(page.locator("#summary")).to_contain_text("2-3-5-3-1")
    page.click("#edit-network")
    expect(page.locator("#network-edit *")).to_have_count(0)


def test_each_control_of_the_picture_stands_at_its_layer(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    choose(page, "spiral")
    editing(page)
    units = page.evaluate(
        """() => {
            const plot = document.querySelector('#network-plot');
            const { left } = plot.getBoundingClientRect();
            const circles = plot.data.filter((one) => one.mode === 'markers' && one.hovertext?.length === 19)[0];
            return [...new Set(circles.x)].map((x) => left + x);
        }"""
    )
    assert len(units) == 4
    for layer in (0, 1):
        box = page.locator(f"#edit-layer-{layer}").bounding_box()
        assert box
        assert abs(box["x"] + box["width"] / 2 - units[layer + 1]) < 2
    for layer in (0, 1, 2):
        box = page.locator(f"#edit-add-{layer}").bounding_box()
        assert box
        assert abs(box["x"] + box["width"] / 2 - (units[layer] + units[layer + 1]) / 2) < 2


def test_the_picture_is_edited_by_keyboard_in_reading_order(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    choose(page, "moons")
    page.focus("#edit-network")
    page.keyboard.press("Enter")
    expect(page.locator("#edit-add-0")).to_be_visible()
    page.focus("#edit-add-0")
    order = []
    while page.evaluate("() => document.querySelector('#network-edit').contains(document.activeElement)"):
        order.append(page.evaluate("() => document.activeElement.id"))
        page.keyboard.press("Tab")
    layer = ["edit-add-{}", "edit-activation-{}", "edit-units-down-{}", "edit-units-up-{}", "edit-remove-{}"]
    assert order == [name.format(index) for index in (0, 1) for name in layer] + ["edit-add-2"]
    page.focus("#edit-units-up-1")
    page.keyboard.press("Enter")
    expect(page.locator("#summary")).to_contain_text("2-6-7-1")
    expect(page.locator("#edit-units-up-1")).to_be_focused()
    page.focus("#edit-remove-1")
    page.keyboard.press("Enter")
    expect(page.locator("#summary")).to_contain_text("2-6-1")
    assert page.evaluate("() => document.querySelector('#network-edit').contains(document.activeElement)")


@pytest.mark.parametrize("size", [(1440, 900), (768, 900), (390, 844), (320, 640)])
def test_controls_on_a_large_network_are_large_enough_and_apart(
    open_page: PageOpener, size: tuple[int, int]
) -> None:
    page = open_lab(open_page, size=size)
    choose(page, "spiral")
    editing(page)
    for count in range(3, 7):
        page.click("#edit-add-1")
        expect(page.locator("#network-edit select")).to_have_count(count)
    expect(page.locator("#edit-add-0")).to_be_disabled()
    settle(page)
    boxes = page.locator("#network-edit :is(button, select)").evaluate_all(
        "(all) => all.map((one) => [one.id, one.getBoundingClientRect().toJSON()])"
    )
    assert len(boxes) == 31
    for name, box in boxes:
        assert min(box["width"], box["height"]) >= 24, name
        assert box["left"] >= 0, name
        assert box["right"] <= size[0], name
    for index, (name, one) in enumerate(boxes):
        for other_name, other in boxes[index + 1 :]:
            across = min(one["right"], other["right"]) - max(one["left"], other["left"])
            down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
            assert min(across, down) <= 0.5, f"{name} covers {other_name}"
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_example_shown_is_the_row_that_is_followed(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    choose(page, "spiral")
    label = page.locator("#example-label")
    expect(label).to_contain_text("example 1 of 10 · row ")
    rows = set()
    for number in (2, 3):
        page.click("#example-next")
        expect(label).to_contain_text(f"example {number} of 10 · row ")
        settle(page)
        rows.add(label.inner_text())
    page.click("#example-back")
    page.click("#example-back")
    settle(page)
    page.click("#example-back")
    expect(label).to_contain_text("example 10 of 10")
    # Where a batch has fewer, the last of them is followed.
    page.click("#setup-toggle")
    page.locator("#batch-size").fill("4")
    page.keyboard.press("Enter")
    expect(label).to_contain_text("example 4 of 4")
    page.click("#example-next")
    expect(label).to_contain_text("example 1 of 4")


def test_digits_are_drawn_as_pictures_and_walked_through(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    choose(page, "digits")
    expect(page.locator("#network-plot")).to_contain_text("64 inputs")
    settle(page)
    # The pixels on screen are the followed example's.
    values = page.evaluate(
        """() => document.querySelector('#network-plot').data
            .find(({ x, marker }) => marker?.symbol === 'square' && x.length === 64).marker.color"""
    )
    assert len(values) == 64
    assert max(values) == 1
    page.keyboard.press("ArrowRight")
    expect(page.locator("#counter")).to_contain_text("1 of 2516")
    expect(page.locator("#sheet-label")).to_have_text("Forward pass · hidden unit 1")
    page.keyboard.press("End")
    expect(page.locator("#counter")).to_contain_text("2516 of 2516")
