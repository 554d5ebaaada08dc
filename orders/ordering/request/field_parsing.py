"""Parsers of typed fields (text, choice, number, day), which gather what is wrong."""

import re
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import TypeVar

from orders import addresses
from orders.addresses import clean
from orders.addresses.text_cleaning import is_control
from orders.days import read_day
from orders.ordering.request.validation_errors import MalformedDate, NotAChoice, NotANumber, Problem

E_ = TypeVar("E_", bound=Enum)


class Fields:
    """The fields of one form, or of one row of a file, as they were typed."""

    def __init__(self, typed: Mapping[str, str]) -> None:
        self.typed = typed
        self.problems: list[Problem] = []

    def text(self, field: str) -> str:
        return clean(self.typed.get(field) or "")

    def short(self, field: str, longest: int) -> str:
        """One line that is kept but printed on no label, so that any letter may stand in it."""
        return self._refuse_unwritable(field, self.text(field), longest)

    def lines(self, field: str, longest: int) -> str:
        """The same with its line breaks."""
        lines = [clean(line) for line in (self.typed.get(field) or "").splitlines()]
        return self._refuse_unwritable(field, "\n".join(lines).strip(), longest)

    def _refuse_unwritable(self, field: str, value: str, longest: int) -> str:
        if len(value) > longest:
            self.problems.append(addresses.TooLong(field, longest, len(value) - longest))
        if controls := tuple(x for x in dict.fromkeys(value) if x != "\n" and is_control(x)):
            self.problems.append(addresses.ControlCharacters(field, controls))
        return value

    def choice(self, field: str, kind: type[E_], default: E_ | None = None) -> E_ | None:
        value = self.text(field)
        if not value and default is not None:
            return default
        try:
            return kind(value)
        except ValueError:
            self.problems.append(NotAChoice(field, value, tuple(member.value for member in kind)))
            return default

    def number(self, field: str, most: int) -> int | None:
        """A whole number from 1 to `most`; `None` for an empty field."""
        value = self.text(field).replace(" ", "")
        if not value:
            return None
        if not re.fullmatch(r"[0-9]{1,30}", value) or not 1 <= int(value) <= most:
            self.problems.append(NotANumber(field, value[:30], most))
            return None
        return int(value)

    def day(self, field: str) -> date | None:
        value = self.text(field)
        if not value:
            return None
        found = read_day(value)
        if found is None:
            self.problems.append(MalformedDate(field))
        return found
