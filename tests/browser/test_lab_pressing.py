from playwright.sync_api import expect

from tests.browser.lab import at, open_lab
from tests.browser.pages import PageOpener


def test_a_weight_is_asked_anywhere_along_its_line(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    count = page.evaluate(
        """() => document.querySelector('#network-plot').data.flatMap((trace) => trace.customdata ?? [])
            .filter((pick) => pick.term === 'weight 0 1 1').length"""
    )
    assert count > 8
    for index in (0, count // 3, count // 2, count - 4, count - 1):
        page.mouse.click(*at(page, "weight 0 1 1", index))
        expect(page.locator("#card")).to_be_visible()
        expect(page.locator("#card-title")).to_have_text("weight from input 2 to hidden unit 2")
        page.click("#card-close")
        expect(page.locator("#card")).to_be_hidden()


def test_a_slow_press_opens_the_card_though_the_picture_changes_meanwhile(open_page: PageOpener) -> None:
    page = open_lab(open_page)
    page.mouse.move(*at(page, "weight 1 0 1"))
    page.mouse.down()
    page.evaluate(
        """async () => {
            const main = document.querySelector('script[type=module]').src;
            (await import(main.replace('main.js', 'actions.js'))).toCursor(3);
            await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        }"""
    )
    page.mouse.up()
    expect(page.locator("#card")).to_be_visible()
    expect(page.locator("#progress")).to_have_value("3")
