"""`python -m tests.pictures` writes the stored pictures of the views anew; tests/js/pictures.js says what they are.

Read what has changed before you keep it: `git diff tests/js/pictures`.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.browser.file_server import FileServer

JS = Path(__file__).parent / "js"
FOLDERS = {"/static": JS.parents[1] / "static", "/tests/js": JS}
STORED = JS / "pictures"
TEXTS = """async (file) => {
    globalThis.isWritingPictures = true;
    const harness = await import('/tests/js/harness.js');
    await import(file);
    const failed = (await harness.run()).filter(({ passed }) => !passed).map(({ name, message }) => name + message);
    const { texts } = await import('/tests/js/pictures.js');
    return { failed, texts: texts() };
}"""


def files() -> list[Path]:
    """Return the files of tests whose views have stored pictures."""
    return [one for one in sorted(JS.glob("*.test.js")) if "await pictures(" in one.read_text(encoding="utf-8")]


def main() -> int:
    failed: list[str] = []
    with FileServer(FOLDERS) as server, sync_playwright() as playwright:
        program = chromium.executable(also=Path(playwright.chromium.executable_path))
        browser = playwright.chromium.launch(executable_path=program, args=list(chromium.ARGUMENTS))
        for file in files():
            page = browser.new_page(base_url=server.url)
            page.goto("/")
            made = page.evaluate(TEXTS, f"/tests/js/{file.name}")
            page.close()
            failed += [f"{file.name}: {one}" for one in made["failed"]]
            for name, text in made["texts"].items():
                (STORED / f"{name}.json").write_text(text, encoding="utf-8")
                print(f"{len(text):>8} {name}")
        browser.close()
    print("\n".join(failed), end="", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
