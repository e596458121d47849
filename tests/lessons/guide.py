"""The example in the guide for authors, by language."""

import re

from app.lessons.lesson import CONTENT

GUIDE = CONTENT.parent / "README.md"


def example_for_authors() -> dict[str, str]:
    return dict(re.findall(r"````(\w\w)\.md\n(.*?)````", GUIDE.read_text(encoding="utf-8"), re.DOTALL))
