"""Read postcode and place where they stand together, or at the end of a longer line."""

from dataclasses import dataclass

from orders.addresses.postcodes import matches
from orders.addresses.vocabulary import COUNTRY, POSTCODE, compiled

_NAME = r"['’]?[^\W0-9_].*"
_CODE_FIRST = compiled(rf"{POSTCODE}[\s,;–-]*(?P<town>{_NAME})")
_CODE_LAST = compiled(rf"(?P<town>{_NAME}?)[\s,;(–-]+{POSTCODE}\)?")
_CODE_ALONE = compiled(r"(?:(?:be?|c\.?\s?p\.?)[\s:–-]*)?(?P<digits>[0-9](?:[\s.]?[0-9]){3})\.?")
_CODE_WITHIN = compiled(rf"(?<=[\s,;–-]){POSTCODE}[\s,;–-]+(?=['’]?[^\W0-9_])")
_BEFORE_PLACE = compiled(r"(?:\s(?:à|te|in))?[\s,;–-]*$")
_COUNTRY_AFTER = compiled(rf"(?:[\s,;–-]+{COUNTRY}|\s*\({COUNTRY}\))\.?$")
_COUNTRY_ALONE = compiled(rf"\(?{COUNTRY}\)?\.?")


@dataclass(frozen=True, slots=True)
class Place:
    """A postcode and the place typed beside it, as in `5590 Ciney`."""

    postcode: str
    town: str


def read_place(text: str) -> Place | None:
    """Return the place of `B-5590 Ciney, Belgique`, or of `Ciney (5590)` where the two go together."""
    text = without_country(text)
    if found := _CODE_FIRST.fullmatch(text):
        return Place(found["postcode"], found["town"])
    if (found := _CODE_LAST.fullmatch(text)) and matches(found["postcode"], found["town"]):
        return Place(found["postcode"], found["town"])
    return None


def read_postcode(text: str) -> str | None:
    """Return the four digits of `5590`, `B-5590`, `BE 5590` or `5 590`, if the text is nothing else."""
    found = _CODE_ALONE.fullmatch(text)
    return found["digits"].replace(" ", "").replace(".", "") if found else None


def split_place_at_end(text: str) -> tuple[str, Place] | None:
    """Return what is before the place in `Rue Haute 12, 5590 Ciney`; the code must be the place's own."""
    text = without_country(text)
    for found in _CODE_WITHIN.finditer(text):
        rest, town = _BEFORE_PLACE.sub("", text[: found.start()]), text[found.end() :]
        if rest and matches(found["postcode"], town):
            return rest, Place(found["postcode"], town)
    return None


def without_country(text: str) -> str:
    """Return a place without `, Belgique` or `(BE)` after it: letters within the country do not name it."""
    return _COUNTRY_AFTER.sub("", text)


def is_country(text: str) -> bool:
    """Tell whether a line is Belgium's name and nothing else."""
    return _COUNTRY_ALONE.fullmatch(text) is not None
