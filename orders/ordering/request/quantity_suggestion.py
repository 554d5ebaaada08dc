"""How many copies a class, a school or a writing session needs: a proposal only.

The booklet is made for children of 6 to 10, who each cut up and fold their own. Everybody else writes from the manual,
two people sharing one; a class of children needs one for its teacher.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from orders.catalogue.models import Kind, Publication
from orders.ordering.request.order_request import MOST_PER_LINE

OLDEST_CHILD = 10  # years; the activity booklet says 6 to 10
READERS_PER_MANUAL = 2
CLOSE_TO_A_BUNDLE = 10  # a tenth of a bundle may be missing for the whole bundle to be proposed


@dataclass(frozen=True, slots=True)
class Gathering:
    """Who will write: so many classes of so many pupils of an age, and so many other people."""

    classes: int = 0
    pupils: int = 0
    age: int = 0
    people: int = 0


def suggest(
    gathering: Gathering, publications: Iterable[Publication], *, is_free: Callable[[Mapping[str, int]], bool]
) -> dict[str, int]:
    """Copies by code, of the first manual and the first booklet there are; 0 of everything else.

    Nearly a bundle becomes a bundle, unless `is_free` says that this turns a free letter into a parcel to pay.
    """
    published = list(publications)
    first = {each.kind: each for each in reversed(published)}
    copies = {each.code: 0 for each in published}
    for kind, wanted in _by_kind(gathering, has_booklet=Kind.BOOKLET in first).items():
        if kind in first:
            copies[first[kind].code] = min(wanted, MOST_PER_LINE)
    bundled = {each.code: _nearly_bundled(copies[each.code], each.bundle_size) for each in published}
    return copies if is_free(copies) and not is_free(bundled) else bundled


def _by_kind(gathering: Gathering, *, has_booklet: bool) -> dict[Kind, int]:
    others = _manuals(gathering.people)
    if gathering.age <= OLDEST_CHILD and has_booklet:
        return {Kind.BOOKLET: gathering.classes * gathering.pupils, Kind.MANUAL: gathering.classes + others}
    return {Kind.MANUAL: gathering.classes * _manuals(gathering.pupils) + others}


def _manuals(readers: int) -> int:
    return -(-readers // READERS_PER_MANUAL)


def _nearly_bundled(copies: int, bundle_size: int) -> int:
    """The next whole bundle when little is missing for it, else the copies themselves."""
    missing = -copies % bundle_size
    is_close = copies > 0 and missing * CLOSE_TO_A_BUNDLE <= bundle_size
    return min(copies + missing, MOST_PER_LINE) if is_close else copies
