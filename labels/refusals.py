"""What the library refuses, as data, and the report of what it did.

The text of each is one line of French, for the person at the screen; for other words, use the data.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from labels.wording import french


class LabelsRefused(Exception):
    """Something that cannot be printed as asked."""

    def __init__(self, sentence: str) -> None:
        super().__init__(french(sentence))


class UnknownSheet(LabelsRefused):
    def __init__(self, name: str, nearest: str) -> None:
        super().__init__(f"aucune planche ne s’appelle « {name} » ; vouliez-vous dire {nearest} ?")
        self.name = name
        self.nearest = nearest


class ImpossibleSheet(LabelsRefused):
    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"planche {name} impossible : {why}")
        self.name = name
        self.why = why


class NoSuchPosition(LabelsRefused):
    def __init__(self, sheet: str, position: int, count: int) -> None:
        super().__init__(f"{sheet} a les positions 1 à {count}, pas {position}")
        self.position = position
        self.count = count


class NoRoomForBarcode(LabelsRefused):
    def __init__(self, sheet: str) -> None:
        super().__init__(f"{sheet} est trop petite pour un code-barres : il faut L7163 ou plus grand")


class BadWindow(LabelsRefused):
    def __init__(self, why: str) -> None:
        super().__init__(f"fenêtre d’enveloppe impossible : {why}")


class BadLetterhead(LabelsRefused):
    def __init__(self, why: str) -> None:
        super().__init__(f"en-tête impossible : {why}")


class BadProfile(LabelsRefused):
    """A printer profile that no printer needs; the text says what is wrong."""


class BadAddressFile(LabelsRefused):
    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name} : {why}")


class EmptyPile(LabelsRefused):
    def __init__(self) -> None:
        super().__init__("il n’y a rien à imprimer")


@dataclass(frozen=True, slots=True)
class TooLong:
    """Item `label` of the pile (counted from 1) cannot hold `line`, because of `why`."""

    label: int
    line: str
    why: str

    def __str__(self) -> str:
        return french(f"{self.why} : « {_short(self.line)} »")


@dataclass(frozen=True, slots=True)
class NoGlyph:
    """Item `label` of the pile holds letters that the typeface has not; `missing` names each of them once."""

    label: int
    line: str
    missing: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        names = ", ".join(f"U+{ord(char):04X} {name}" for char, name in self.missing)
        return french(f"lettres sans caractère à l’impression : {names} dans « {_short(self.line)} »")


@dataclass(frozen=True, slots=True)
class BadReference:
    """Item `label` of the pile has a `reference` that cannot be a barcode."""

    label: int
    reference: str

    def __str__(self) -> str:
        sentence = f"« {_short(self.reference)} » ne fait pas un code-barres : de 1 à 20 lettres et chiffres"
        return french(sentence)


@dataclass(frozen=True, slots=True)
class NothingToPrint:
    """Item `label` of the pile has no line at all."""

    label: int

    def __str__(self) -> str:
        return "adresse vide"


def _short(text: str) -> str:
    """A text that a message quotes."""
    return text if len(text) <= 60 else f"{text[:57]}…"


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
        more = f" (et {len(refusals) - 1} autres)" if len(refusals) > 1 else ""
        super().__init__(f"n° {refusals[0].label} : {refusals[0]}{more}")
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
