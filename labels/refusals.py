"""What the library refuses, as data, and the report of what it did. Every message is one line."""

from collections.abc import Callable
from dataclasses import dataclass, field


class LabelsRefused(Exception):
    """Something that cannot be printed as asked; its text is one line for a person."""


class UnknownSheet(LabelsRefused):
    def __init__(self, name: str, nearest: str) -> None:
        super().__init__(f"no label sheet is called {name!r}; did you mean {nearest}?")
        self.name = name
        self.nearest = nearest


class ImpossibleSheet(LabelsRefused):
    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"label sheet {name} is impossible: {why}")
        self.name = name
        self.why = why


class NoSuchPosition(LabelsRefused):
    def __init__(self, sheet: str, position: int, count: int) -> None:
        super().__init__(f"{sheet} has positions 1 to {count}, not {position}")
        self.position = position
        self.count = count


class NoRoomForBarcode(LabelsRefused):
    def __init__(self, sheet: str) -> None:
        super().__init__(f"{sheet} is too small for a barcode: use L7163 or larger")


class BadWindow(LabelsRefused):
    def __init__(self, why: str) -> None:
        super().__init__(f"the window of the envelope is impossible: {why}")


class EmptyPile(LabelsRefused):
    def __init__(self) -> None:
        super().__init__("there is nothing to print")


class BadProfile(LabelsRefused):
    """A printer profile that no printer needs; the text says what is wrong."""


@dataclass(frozen=True, slots=True)
class TooLong:
    """Item `label` of the pile (counted from 1) cannot hold `line`, because of `why`."""

    label: int
    line: str
    why: str

    def __str__(self) -> str:
        return f"{self.label}: {self.why}: {self.line!r}"


@dataclass(frozen=True, slots=True)
class NoGlyph:
    """Item `label` of the pile holds letters that the typeface has not; `missing` names each of them once."""

    label: int
    line: str
    missing: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        names = ", ".join(f"U+{ord(char):04X} {name}" for char, name in self.missing)
        return f"{self.label}: no letter for {names} in “{self.line}”"


@dataclass(frozen=True, slots=True)
class BadReference:
    """Item `label` of the pile has a `reference` that cannot be a barcode."""

    label: int
    reference: str

    def __str__(self) -> str:
        return f"{self.label}: {self.reference!r} has no barcode: 1 to 20 ASCII letters and digits have"


@dataclass(frozen=True, slots=True)
class NothingToPrint:
    """Item `label` of the pile has no line at all."""

    label: int

    def __str__(self) -> str:
        return f"{self.label}: nothing to print"


Refusal = TooLong | NoGlyph | BadReference | NothingToPrint


class ItemRefused(Exception):
    """Raised while an item of the pile is drawn: `ItemRefused(TooLong, line, why)`.

    The item does not know its number; the loop over the pile adds it.
    """

    def __init__(self, kind: Callable[..., Refusal], *details: object) -> None:
        super().__init__(*details)
        self._kind = kind
        self._details = details

    def refusal(self, number: int) -> Refusal:
        """What goes into the report for item `number`."""
        return self._kind(number, *self._details)


class Unprintable(LabelsRefused):
    """Raised with *all* refusals of a print; nothing was written."""

    def __init__(self, refusals: list[Refusal]) -> None:
        more = f" (and {len(refusals) - 1} more)" if len(refusals) > 1 else ""
        super().__init__(f"{refusals[0]}{more}")
        self.refusals = refusals


@dataclass(slots=True)
class Report:
    """What a print came to. Numbers in `wrapped` and `shrunk` count the items of the pile from 1."""

    labels: int = 0
    pages: int = 0
    wrapped: list[int] = field(default_factory=list)
    shrunk: list[int] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def count(self, number: int, is_wrapped: bool, is_shrunk: bool) -> None:
        """Note that item `number` was printed."""
        self.labels += 1
        if is_wrapped:
            self.wrapped.append(number)
        if is_shrunk:
            self.shrunk.append(number)
