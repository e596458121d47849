"""Finds things in a piece of a page, given as a tree of `{"tag", "attributes", "children"}`."""

from typing import Any


def formulas_in(tree: Any) -> list[dict[str, Any]]:
    """The formulas of a piece of a page, in order."""
    if isinstance(tree, str):
        return []
    if tree["tag"] == "math":
        return [tree]
    return [found for child in tree["children"] for found in formulas_in(child)]


def elements(tree: Any, tag: str) -> list[dict[str, Any]]:
    if isinstance(tree, str):
        return []
    own = [tree] if tree["tag"] == tag else []
    return own + [found for child in tree["children"] for found in elements(child, tag)]


def with_class(tree: Any, name: str) -> list[dict[str, Any]]:
    if isinstance(tree, str):
        return []
    own = [tree] if name in tree["attributes"].get("class", "").split() else []
    return own + [found for child in tree["children"] for found in with_class(child, name)]
