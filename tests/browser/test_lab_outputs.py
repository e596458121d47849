"""What the output layer can be: one that does not fit the loss brings another loss, and says so."""

from playwright.sync_api import expect

from tests.browser.lab import choose, open_lab, settle
from tests.browser.pages import PageOpener


def test_an_output_that_the_loss_is_not_defined_for_brings_another_loss_and_says_so(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    choose(page, "xor")
    page.click("#setup-toggle")
    last = page.locator("#setup .layer-last select")
    expect(page.locator("#loss")).to_have_value("binary_cross_entropy")
    last.select_option("tanh")
    expect(page.locator("#toast")).to_contain_text("Binary cross-entropy does not fit the output Tanh")
    expect(page.locator("#loss")).to_have_value("mean_squared_error")
    settle(page)
    expect(page.locator("#banner")).to_be_hidden()
    last.select_option("sigmoid")
    settle(page)
    expect(page.locator("#loss")).to_have_value("mean_squared_error")  # it fits, so it stays
