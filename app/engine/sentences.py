"""Sentences for people that a page can say in another language: a template, and the values it is filled with.

`said('"{name}" should be at least {least}.', name="units", least=1)` is the English text, and remembers what it was
made of. Templates are collected from these calls (`python -m app.messages`), so each is one plain text.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Self

Values = Mapping[str, Any]


class Sentence(str):
    """An English sentence, or a part of one, with its `template`, `values`, and the template for many things."""

    __slots__ = ("many", "template", "values")
    template: str
    many: str | None
    values: dict[str, Any]

    def __new__(cls, template: str, many: str | None = None, **values: Any) -> Self:
        """Fill the template: `many` is taken where `values["count"]` is not 1."""
        chosen = template if many is None or values["count"] == 1 else many
        made = super().__new__(cls, chosen.format_map({name: _written(one) for name, one in values.items()}))
        made.template, made.many, made.values = template, many, values
        return made

    def told(
        self, translate: Callable[[str], str], count: Callable[[str, str, int], str], write: Callable[[Any], str]
    ) -> str:
        """Return the sentence in another language.

        `translate` gives a template's translation, `count` that for a number of things, `write` a number as text.
        """
        if self.many is None:
            template = translate(self.template)
        else:
            template = count(self.template, self.many, self.values["count"])
        values = {
            name: one.told(translate, count, write) if isinstance(one, Sentence) else write(one)
            for name, one in self.values.items()
        }
        return template.format_map(values)


def _written(value: Any) -> str:
    """Return a value as it stands in an English sentence."""
    if isinstance(value, bool | str):
        return str(value)
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"


def said(template: str, **values: Any) -> Sentence:
    """Return a sentence, or a part of one."""
    return Sentence(template, **values)


def counted(one: str, many: str, count: int, **values: Any) -> Sentence:
    """Return a sentence about `count` things, which both templates name."""
    return Sentence(one, many, count=count, **values)


def listed(names: Collection[str], last: str = "or") -> str:
    """Return the names as they stand in a sentence: "a", "b" or "c"; there has to be at least one."""
    *most, end = (f'"{name}"' for name in names)
    if not most:
        return end
    if last == "or":
        return said("{most} or {end}", most=", ".join(most), end=end)
    return said("{most} and {end}", most=", ".join(most), end=end)


def enumerated(numbers: Collection[int]) -> str:
    """Return several numbers as they stand in a sentence: 1, 2 and 3."""
    *most, end = map(str, numbers)
    return said("{most} and {end}", most=", ".join(most), end=end) if most else end


def marked(template: str) -> str:
    """Mark a template of a table, so that it is collected; a `Sentence` is made of it where it is said."""
    return template
