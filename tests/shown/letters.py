"""What letters stand for where they stand alone: numbers, and functions of them, given by name."""

from collections.abc import Callable, Mapping, Sequence

from tests.shown.reading import key_of, value_of
from tests.shown.rounded import Rounded, applied
from tests.shown.tokens import Name, Node, Op


def name_of(tokens: Sequence) -> str:
    """A symbol as one word, such as w12 or δ."""
    letter, index, *_ = key_of(tokens, {})
    return letter + "".join(map(str, index))


def defined_by(part: Sequence) -> str:
    """The name of what a line says that something is, if this part only names it: ŷ, δ₁, f′(z), f(u)."""
    if len(part) == 1 and not isinstance(part[0], Op):
        return name_of(part)
    if isinstance(part[0], Name) and len(part) == 4 and (part[1], part[3]) == (Op("("), Op(")")):
        return f"{part[0].text}({name_of(part[2:3])})"
    return ""


class Letters:
    """`numbers` by name, "∂L∂w" the slope of L by w; `functions` by name, and else "f′(z)" is a number, too."""

    def __init__(self, numbers: Mapping[str, float], **functions: Callable[[float], float]) -> None:
        self.numbers, self.functions = dict(numbers), functions
        self.bound: dict[str, int] = {}

    def symbol(self, letter: str, index: tuple, layer: int | None, mark: str) -> Rounded:
        assert (layer, mark) == (None, "")
        # A letter inside a sum over whatever there is stands for one of several.
        own = index or ((self.bound["∑"],) if "∑" in self.bound else ())
        return Rounded(self.numbers[letter + "".join(map(str, own))])

    def derivative(self, top: tuple, bottom: tuple) -> Rounded:
        return Rounded(self.numbers[f"{name_of(top)}∂{name_of(bottom)}"])

    def called(self, name: str, argument: tuple) -> Rounded:
        if name in self.functions:
            return applied(self.functions[name], value_of(argument, self))
        said = " ".join(one.text if not isinstance(one, Node) else name_of([one]) for one in argument)
        return Rounded(self.numbers[f"{name}({said})"])

    def reach(self, index: str) -> int:
        return int(self.numbers[f"reach of {index}"])
