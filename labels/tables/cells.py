"""What a spreadsheet program makes of a cell: formulas, dates that nobody typed, errors."""

import re
import unicodedata
from datetime import date, timedelta

FORMULA_SIGNS = "=+\\-@\t\r\n＝＋－＠﹦﹢﹣﹫"
_SPACE = r" \u00a0\u00ad\u200b-\u200d\u2060\u3000\ufeff"  # also that of which nothing is seen: a program may drop it
_SEPARATORS = ';,\t\r\n|"'
# At the beginning of a cell, and after whatever another program may take for the end of one.
_STARTS_FORMULA = re.compile(rf"((?:^|[{_SEPARATORS}])[{_SPACE}]{{0,3}})('*)(?=[{FORMULA_SIGNS}])")
_NEUTRALISED = re.compile(rf"((?:^|[{_SEPARATORS}])[{_SPACE}]{{0,3}}'*)'(?=[{FORMULA_SIGNS}])")
_MAY_START_FORMULA = re.compile(rf"[{FORMULA_SIGNS}]")

_MONTHS = (
    "jan janv januari januar janvier january",
    "feb fev fevr fevrier februari februar february",
    "mar mars mrt maart marz mrz march",
    "apr avr avril april",
    "may mai mei",
    "jun juin juni june",
    "jul juil juillet juli july",
    "aug aou aout augustus august",
    "sep sept septembre september",
    "oct okt octobre oktober october",
    "nov novembre november",
    "dec dez decembre december dezember",
)
_MONTH_OF = {name: month for month, names in enumerate(_MONTHS, start=1) for name in names.split()}
_NAMED = re.compile(r"(?P<a>[0-9]{1,4}|[a-z]{3,9})[ ./-]+(?P<b>[0-9]{1,4}|[a-z]{3,9})(?:[ ./-]+[0-9]{2,4})?")
_WHOLE = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?:[t ][0-9:.]+)?")
_NUMERIC = re.compile(
    r"(?P<day>[0-9]{1,2})[/.-](?P<month>[0-9]{1,2})[/.-](?:(?:19|20)[0-9]{2}|(?<=[0-9]{2}[/.-]..[/.-])[0-9]{2})"
)
_SERIAL = re.compile(r"[1-9][0-9]{4}(?:[.,]0+)?")
_FIRST_SERIAL_DAY = date(1899, 12, 30)

_ERRORS = frozenset(  # of English, French, Dutch and German programs
    ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")
    + ("#VALEUR!", "#NOM?", "#NOMBRE!", "#NUL!", "#PROPAGATION!")
    + ("#N/B", "#VERW!", "#WAARDE!", "#NAAM?", "#DEEL/0!", "#LEEG!", "#GETAL!")
    + ("#NV", "#BEZUG!", "#WERT!", "#ZAHL!")
)

_LOST_INSIDE = re.compile(r"\S*\?[^\W\d_]\S*")
_LOST_AT_END = re.compile(r"[^\W\d_]+\?(?!\S)")
_NEVER_ASKED = frozenset(("name", "street", "town"))  # an organisation may have a question mark in its name


def harmless(cell: str) -> str:
    """The cell with an apostrophe before whatever a spreadsheet program would take for a formula."""
    return _STARTS_FORMULA.sub(r"\1\2'", cell) if _MAY_START_FORMULA.search(cell) else cell


def plain(cell: str) -> str:
    """The cell without those apostrophes."""
    return _NEUTRALISED.sub(r"\1", cell) if "'" in cell else cell


def is_spreadsheet_error(cell: str) -> bool:
    """Whether a cell holds what a spreadsheet program shows for a formula that failed."""
    cell = cell.strip().upper()
    return cell in _ERRORS or (len(cell) > 2 and set(cell) == {"#"})


def lost_letters(column: str, cell: str) -> str:
    """A word of an address in which a question mark stands for a letter that a program could not write; or nothing.

    >>> lost_letters("street", "Rue de l’?glise"), lost_letters("town", "Li?ge"), lost_letters("number", "?")
    ('l’?glise', 'Li?ge', '')
    """
    if "?" not in cell:
        return ""
    found = _LOST_INSIDE.search(cell) or (column in _NEVER_ASKED and _LOST_AT_END.search(cell))
    return found[0] if found else ""


def read_as_date(cell: str) -> tuple[str, ...]:
    """What was probably typed where a spreadsheet program made a date of a house number; nothing for no such cell.

    `05-juil` was `5-7`, `juil-05` was `7-5`, and 46208 is the day that such a program counts for 5 July 2026.
    """
    text = "".join(
        x for x in unicodedata.normalize("NFKD", cell.strip(" .").casefold()) if not unicodedata.combining(x)
    )
    numbers = _named(text) or _counted(text)
    if numbers is None:
        return ()
    first, second = numbers
    return tuple(dict.fromkeys((f"{first}-{second}", f"{first}/{second}", f"{second}-{first}")))


def _named(text: str) -> tuple[int, int] | None:
    """Day and month, or month and day, of `5-jul`, `juil.-05`, `05-juil-26`."""
    found = _NAMED.fullmatch(text)
    if not found:
        return None
    parts = [int(part) if part.isdecimal() else _MONTH_OF.get(part) for part in (found["a"], found["b"])]
    has_one_name = found["a"].isdecimal() != found["b"].isdecimal()
    return (parts[0], parts[1]) if has_one_name and parts[0] is not None and parts[1] is not None else None


def _counted(text: str) -> tuple[int, int] | None:
    """Day and month of a whole date, or of the number of days by which spreadsheet programs keep one."""
    if found := _WHOLE.fullmatch(text) or _NUMERIC.fullmatch(text):
        return int(found["day"]), int(found["month"])
    if _SERIAL.fullmatch(text):
        day = _FIRST_SERIAL_DAY + timedelta(days=int(text[:5]))
        return day.day, day.month
    return None
