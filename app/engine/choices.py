"""A name that has to be one of a list, and the sentence for when it is not."""

from collections.abc import Collection


def known(name: str, choices: Collection[str], kind: str) -> str:
    """Return `name` if it is one of `choices`; else raise ValueError, which lists them and says of what `kind`."""
    if name in choices:
        return name
    hint = f"choose {listed(choices)}" if choices else "there is none to choose"
    message = f'There is no {kind} called "{name}"; {hint}.'
    raise ValueError(message)


def listed(names: Collection[str]) -> str:
    """Return the names as they stand in a sentence: "a", "b" or "c"; there has to be at least one."""
    *most, last = (f'"{name}"' for name in names)
    return f"{', '.join(most)} or {last}" if most else last
