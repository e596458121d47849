"""Pictures of pages for people to look at: BACKSTEP_SCREENSHOTS=folder makes `shoot` save them there."""

import os
from pathlib import Path

from playwright.sync_api import Page


def shoot(page: Page, name: str, *, full_page: bool = False) -> None:
    """Save a picture of the page as `name`.png if a folder for pictures is set."""
    folder = os.environ.get("BACKSTEP_SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=full_page)
