"""One change of one file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mutant:
    """Replaces `source[start:end]` by `new`, in the file `file` (its path in the repository)."""

    file: str
    start: int
    end: int
    new: str
    source: str

    @property
    def old(self) -> str:
        return self.source[self.start : self.end]

    @property
    def mutated(self) -> str:
        """The whole file with the change."""
        return self.source[: self.start] + self.new + self.source[self.end :]

    @property
    def number(self) -> int:
        """The line of the change, from 1."""
        return self.source.count("\n", 0, self.start) + 1

    @property
    def line(self) -> str:
        """The text of that line, which stays the same when lines above it come or go."""
        begin = self.source.rfind("\n", 0, self.start) + 1
        return self.source[begin:].partition("\n")[0].strip()

    @property
    def change(self) -> str:
        return f"{one_line(self.old)} → {one_line(self.new) or 'nothing'}"

    @property
    def column(self) -> int:
        """Where in the stripped line it begins: it tells one `+` of the line from another."""
        begin = self.source.rfind("\n", 0, self.start) + 1
        text = self.source[begin : self.start]
        return len(text.lstrip()) if text.strip() else 0

    def __str__(self) -> str:
        return f"{self.file}:{self.number}:{self.column}: {self.change}    in: {self.line}"


def one_line(text: str) -> str:
    return " ".join(text.split())
