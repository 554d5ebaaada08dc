"""Reads the fields of a public place as they were typed, in a form or in a row of a file, and gathers what is wrong."""

import re
from collections.abc import Mapping
from datetime import date, time

from orders.addresses import clean, coordinates, unprintable
from orders.addresses.postcode_lines import read_postcode
from orders.days import read_day
from orders.maps.postcode_points import kilometres, point_of
from orders.places import faults
from orders.places.faults import PlaceFault
from orders.places.place_address import LONGEST, Address

FAR = 25  # km: no place of a postcode is as far from its middle
_SHOWN = 40  # characters of what was typed that a sentence repeats
_TAG = re.compile(r"</?[a-z!][^>]*>?|&#?\w+;", re.IGNORECASE)
_FORMULA = re.compile(r"=\S+|[+\-@]\s*[a-z_.]+\s*[(!|].*", re.IGNORECASE)
_HOUR = re.compile(r"([01]?[0-9]|2[0-4])\s*(?:[:.h]|u|uur|uhr|heures?)?\s*([0-5][0-9])?\s*(?:h|u|uur|uhr|heures?)?")


class TypedFields:
    """The fields of one place; `faults` is filled by reading them."""

    def __init__(self, typed: Mapping[str, str]) -> None:
        self._typed = typed
        self.faults: list[PlaceFault] = []

    def text(self, field: str) -> str:
        """One line, whatever is in it."""
        return clean(self._typed.get(field) or "")

    def line(self, field: str, most: int, *, is_needed: bool = False) -> str:
        """One line of words that can be shown and printed."""
        return self._checked(field, self.text(field), most, is_needed=is_needed)

    def lines(self, field: str, most: int, *, is_needed: bool = False) -> str:
        """The same with its line breaks."""
        typed = (self._typed.get(field) or "")[: 4 * most]
        text = "\n".join(map(clean, typed.splitlines())).strip()
        return self._checked(field, text, most, is_needed=is_needed)

    def _checked(self, field: str, text: str, most: int, *, is_needed: bool) -> str:
        if is_needed and not text:
            self.faults.append(faults.EmptyField(field))
        if len(text) > most:
            self.faults.append(faults.LongField(field, most))
        elif strange := unprintable(text.replace("\n", " ")):
            self.faults.append(faults.UnprintableField(field, tuple(strange)))
        elif code := _TAG.search(text) or _FORMULA.match(text):
            self.faults.append(faults.CodeField(field, code[0][:_SHOWN]))
        return text

    def day(self, field: str, *, latest: date, earliest: date | None = None) -> date | None:
        """A day up to the `latest`; one before `earliest` is over."""
        typed = self.text(field)
        day = read_day(typed)
        if day is None:
            self.faults.append(faults.NoDay(field, typed[:_SHOWN]) if typed else faults.EmptyField(field))
        elif earliest is not None and day < earliest:
            self.faults.append(faults.DayOver(field, day))
        elif day > latest:
            self.faults.append(faults.DayFarAhead(field, day, latest))
        return day

    def hour(self, field: str, *, is_needed: bool = False) -> time | None:
        """A time of day, as in `19:30`, `19h30`, `19h` and `19.30 u`; `24:00` is midnight."""
        typed = self.text(field)
        if not typed:
            if is_needed:
                self.faults.append(faults.EmptyField(field))
            return None
        found = _HOUR.fullmatch(typed.casefold())
        if found is None or (found[1] == "24" and (found[2] or "00") != "00"):
            self.faults.append(faults.NoHour(field, typed[:_SHOWN]))
            return None
        return time(int(found[1]) % 24, int(found[2] or 0))

    def where(self) -> Address:
        """The address, and its point where one is given or its postcode has one."""
        known = len(self.faults)
        street = self.line("address", LONGEST["address"], is_needed=True)
        postcode = self._postcode()
        town = self.line("town", LONGEST["town"], is_needed=True)
        north, east = self.text("latitude"), self.text("longitude")
        if wrong := coordinates.fault(north, east):
            self.faults.append(wrong)
            return Address(street, postcode, town)
        place = Address(street, postcode, town, *coordinates.read(north, east))
        if len(self.faults) == known:
            self._check_point(place)
        return place

    def _postcode(self) -> str:
        typed = self.text("postcode")
        postcode = read_postcode(typed)
        if postcode is None:
            self.faults.append(faults.WrongPostcode(typed[:_SHOWN]) if typed else faults.EmptyField("postcode"))
        return postcode or ""

    def _check_point(self, place: Address) -> None:
        expected = point_of(place.postcode)
        if place.point is None:
            self.faults.append(faults.UnlocatedPostcode(place.postcode))
        elif expected is not None and (far := kilometres(place.point, expected)) > FAR:
            self.faults.append(faults.FarFromPostcode(place.postcode, round(far)))
