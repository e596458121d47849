"""A name that has to be one of a list, and the sentence for when it is not."""

from collections.abc import Collection

from app.engine.sentences import Sentence, listed, said

# Names that take more characters are no help in a sentence.
_LONGEST = 250


def known(name: str, choices: Collection[str], kind: Sentence) -> str:
    """Return `name` if it is one of `choices`; else raise ValueError, which lists them and says of what `kind`."""
    if name in choices:
        return name
    if not choices:
        raise ValueError(said('There is no {kind} called "{name}"; there is none to choose.', kind=kind, name=name))
    names = listed(choices)
    if len(names) > _LONGEST:
        raise ValueError(said('There is no {kind} called "{name}".', kind=kind, name=name))
    raise ValueError(said('There is no {kind} called "{name}"; choose {names}.', kind=kind, name=name, names=names))
