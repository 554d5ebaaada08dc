"""What only a row of a file has: columns that no form shows, and rows above that count for the same orderer."""

from dataclasses import dataclass
from datetime import datetime

from orders.catalogue.models import Publication
from orders.clock import BRUSSELS
from orders.ordering.request.order_request import OrderRequest
from orders.ordering.request.validation_errors import MalformedDate, NotAChoice, Problem
from orders.ordering.review.allowances import Excess, Orderer, Tally, already, excesses
from orders.references import MistypedReference, read_reference


@dataclass(frozen=True, slots=True)
class RepeatedReference:
    """A reference that stands twice in the file, or one that cannot be a reference."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class WrongCells:
    """A row with another number of cells than the header has columns."""

    field: str
    expected: int
    found: int


class Allowed:
    """What each orderer of a file may still have, counting the orders that are here and the rows above."""

    def __init__(self, edition_id: int, publications: dict[str, Publication]) -> None:
        self.edition_id = edition_id
        self.publications = publications
        self.rows = Tally()

    def take(self, request: OrderRequest, *, sent_before_pli: bool) -> list[Excess]:
        """What of a request is too much; copies that went out before Pli count and are never too many."""
        orderer = Orderer.of(request)
        over: list[Excess] = []
        if not sent_before_pli:
            had = self.rows.of(orderer)
            had.update(already(orderer, self.edition_id))
            over = excesses(request.audience, request.copies, had, self.publications)
        if not over:
            self.rows.add(orderer, request.copies)
        return over


class Extras:
    """The columns that only a file has."""

    def __init__(self, typed: dict[str, str], at: datetime) -> None:
        self.problems: list[Problem | RepeatedReference] = []
        self.placed_at = self._moment(typed.get("placed_at", "").strip(), at)
        self.already_sent = self._switch(typed.get("already_sent", "").strip())
        self.reference = self._reference(typed.get("reference", "").strip())

    def _moment(self, value: str, at: datetime) -> datetime | None:
        if not value:
            return None
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.problems.append(MalformedDate("placed_at"))
            return None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=BRUSSELS)
        if moment > at or moment.year < 2000:
            self.problems.append(MalformedDate("placed_at"))
        return moment

    def _switch(self, value: str) -> bool:
        if value not in ("", "0", "1"):
            self.problems.append(NotAChoice("already_sent", value, ("0", "1")))
        return value == "1"

    def _reference(self, value: str) -> str:
        try:
            return read_reference(value) if value else ""
        except MistypedReference:
            self.problems.append(RepeatedReference("reference", value))
            return ""
