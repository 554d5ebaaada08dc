"""Checks one row of a file by itself: the order that it asks for, or all that is wrong with it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from orders import addresses
from orders.catalogue.audience_lookup import codes_by_word
from orders.catalogue.audience_models import Audience
from orders.catalogue.models import Publication
from orders.ordering.files.columns import IN_ADDRESS
from orders.ordering.files.import_rows import Extras, RowFault, UnreadAddress, WrongCells, spoiled_cells
from orders.ordering.files.row_reading import ADDRESS, ReadOtherwise, read_row
from orders.ordering.request.order_request import OrderRequest, check
from orders.ordering.request.validation_errors import Problem, UnknownPublicationField
from orders.spreadsheets import Row, with_full_name

ANSWERED = frozenset({"place", "number", "email", "repeat"})
"""What a form would ask is taken as confirmed and told; repeats become pending."""


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row with what it asks, or else with what is wrong; `changes` are the cells that are read otherwise."""

    row: Row
    request: OrderRequest | None
    problems: list[Problem | RowFault]
    changes: list[ReadOtherwise]


class RowChecker:
    """Reads the rows of one file. `closed` are codes of publications that have a column and cannot be ordered."""

    def __init__(
        self,
        header: tuple[str, ...],
        publications: Mapping[str, Publication],
        audiences: Sequence[Audience],
        closed: Iterable[str],
        *,
        as_written: bool,
        at: datetime,
    ) -> None:
        self._header = header
        self._publications = publications
        self._audiences = audiences
        self._codes_by_word = codes_by_word(audiences)
        self._closed = [code for code in closed if code in header]
        self._as_written = as_written
        self._at = at

    def check(self, row: Row) -> CheckedRow:
        if len(row.cells) > len(self._header):
            return CheckedRow(row, None, [WrongCells(self._header[-1], len(self._header), len(row.cells))], [])
        typed = {name: cell for name, cell in zip(self._header, row.cells, strict=False) if name}
        typed = with_full_name(typed)
        values, changes = (typed, []) if self._as_written else read_row(typed, self._codes_by_word, self._publications)
        request, problems = check(values, self._publications, self._audiences, prefix="", needs_email=False)
        extras = Extras(values, self._at)
        spoiled = spoiled_cells(typed)
        found = [*_without(problems, {each.field for each in spoiled}, typed), *spoiled, *extras.problems]
        found += self._of_closed(values)
        if found or request is None:
            return CheckedRow(row, None, found, changes)
        request = replace(
            request,
            placed_at=extras.placed_at,
            sent_before_pli=extras.already_sent,
            reference=extras.reference or None,
            confirmed=ANSWERED,
        )
        return CheckedRow(row, request, [], changes)

    def _of_closed(self, values: Mapping[str, str]) -> list[Problem | RowFault]:
        asked = [code for code in self._closed if values.get(code, "").strip() not in ("", "0")]
        return [UnknownPublicationField(code, code) for code in asked]


def _without(problems: list[Problem], spoiled: Collection[str], typed: Mapping[str, str]) -> list[Problem | RowFault]:
    """The problems of cells that are not spoiled; of a whole address that cannot be told apart, one for all."""
    found: list[Problem | RowFault] = [each for each in problems if each.field not in spoiled]
    whole = typed.get(ADDRESS, "").strip()
    missing = [each for each in found if isinstance(each, addresses.Missing) and each.field in IN_ADDRESS]
    if whole and any(each.field in ("postcode", "town") for each in missing):
        return [UnreadAddress(ADDRESS, whole), *(each for each in found if each not in missing)]
    return found
