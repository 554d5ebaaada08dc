"""How many copies one orderer may have in an edition.

The same number in the directory, the same postal address, or the same e-mail address is the same orderer; one e-mail
address with two numbers is not: somebody orders for two schools (decision 0106).

Copies count from when they are asked, and no longer when they are given up; those that went out before Pli count too.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, bindparam, func, or_, select, union

from orders.catalogue.models import Publication
from orders.database import db
from orders.errors import Refused
from orders.ordering.models import Order, OrderLine
from orders.ordering.request.order_request import OrderRequest
from orders.ordering.review.matching import address_key, email_key
from orders.rows import quick_rows


@dataclass(frozen=True, slots=True)
class Excess:
    """More copies of a publication than its orderer may have: `already` has or is to get, of `maximum`."""

    code: str
    asked: int
    already: int
    maximum: int

    @property
    def field(self) -> str:
        """The column of a file that it is about."""
        return self.code

    @property
    def still(self) -> int:
        """How many are still possible; 0 also where the maximum was lowered below what somebody has."""
        return max(0, self.maximum - self.already)


class OverAllowance(Refused):
    """All publications of which too many copies were asked."""

    def __init__(self, excesses: Sequence[Excess]) -> None:
        super().__init__(excesses)
        self.excesses = excesses


@dataclass(frozen=True, slots=True)
class Orderer:
    """An orderer, by the keys of their e-mail and postal address (`matching`) and the number of their school.

    Empty keys match nobody.
    """

    email_key: str
    address_key: str
    institution: str | None = None

    @classmethod
    def of(cls, request: OrderRequest) -> "Orderer":
        return cls(email_key(request.email), address_key(request.address), request.institution)

    @classmethod
    def of_order(cls, order: Order) -> "Orderer":
        return cls(order.email_key, order.address_key, order.institution)

    def order_ids(self, edition_id: int, *, besides: Order | None = None) -> set[int]:
        """The orders that this orderer placed in an edition, without `besides`, whatever became of them."""
        keys = {"email_key": self.email_key or None, "address_key": self.address_key or None}
        if self.institution:
            placed, keys["institution"] = _PLACED_FOR_SCHOOL, self.institution
        else:
            placed = _PLACED
        found = set(quick_rows.execute(placed, {"edition_id": edition_id, **keys}).scalars())
        return found - {besides.id} if besides is not None else found

    def keys(self) -> dict[str, str]:
        return {name: key for name in ("email_key", "address_key", "institution") if (key := getattr(self, name))}


def _with(key: str) -> Select[int]:
    same = getattr(Order, key) == bindparam(key)
    return select(Order.id).where(Order.edition_id == bindparam("edition_id"), same)


# A UNION, because for an OR SQLite reads the whole edition, where two indexes have the answer at once.
_PLACED = union(_with("email_key"), _with("address_key"))
_OF_NO_OTHER_SCHOOL = or_(Order.institution.is_(None), Order.institution == bindparam("institution"))
_PLACED_FOR_SCHOOL = union(_with("email_key").where(_OF_NO_OTHER_SCHOOL), _with("address_key"), _with("institution"))
_COPIES = (
    select(Publication.code, func.sum(OrderLine.copies - OrderLine.given_up))
    .join(OrderLine.publication)
    .where(OrderLine.order_id.in_(bindparam("order_ids", expanding=True)))
    .group_by(Publication.code)
)


class Tally:
    """Copies asked in rows of a file that are not placed yet, to be counted beside those that are."""

    def __init__(self) -> None:
        self._rows: list[Mapping[str, int]] = []
        self._by_key: defaultdict[tuple[str, str], set[int]] = defaultdict(set)

    def add(self, orderer: Orderer, copies: Mapping[str, int]) -> None:
        for key in orderer.keys().items():
            self._by_key[key].add(len(self._rows))
        self._rows.append(copies)

    def of(self, orderer: Orderer) -> Counter[str]:
        """Copies by code in the rows of the same orderer."""
        total: Counter[str] = Counter()
        for row in set().union(*(self._by_key[key] for key in orderer.keys().items())):
            total.update(self._rows[row])
        return total


def already(
    orderer: Orderer, edition_id: int, *, besides: Order | None = None, only_accepted: bool = False
) -> dict[str, int]:
    """Copies by code that an orderer has, is to get or asks in an edition, without those of the order `besides`.

    `only_accepted`: without those about which a coordinator has still to decide.
    """
    own = orderer.order_ids(edition_id, besides=besides)
    if only_accepted and own:
        own = set(db.session.scalars(select(Order.id).where(Order.id.in_(own), Order.accepted_at.is_not(None))))
    return copies_in(own)


def copies_in(order_ids: Collection[int]) -> dict[str, int]:
    """Copies by code that these orders got, are to get or ask."""
    return dict(db.session.execute(_COPIES, {"order_ids": list(order_ids)}).all()) if order_ids else {}


def excesses(
    audience: str, asked: Mapping[str, int], had: Mapping[str, int], publications: Mapping[str, Publication]
) -> list[Excess]:
    """What goes over the maximum of its publication, by code; `had` is what the orderer has already."""
    found = []
    for code, copies in asked.items():
        allowance = publications[code].allowance_of(audience)
        if allowance is not None and copies + had.get(code, 0) > allowance.maximum:
            found.append(Excess(code, copies, had.get(code, 0), allowance.maximum))
    return found


def above_review(
    audience: str, asked: Mapping[str, int], had: Mapping[str, int], publications: Mapping[str, Publication]
) -> list[str]:
    """The codes of which a coordinator must decide whether the orderer gets so many."""
    return [
        code
        for code, copies in asked.items()
        if (allowance := publications[code].allowance_of(audience))
        and copies + had.get(code, 0) > allowance.review_above
    ]
