"""The paper of single orders, outside any dispatch: one label, one slip, and what is set aside for pickups."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from types import MappingProxyType
from typing import BinaryIO

import labels
from labels import AddressLabel, DropOff, PullEntry, PullLine, PullList, Slip, SlipLine, Unprintable
from orders.catalogue.models import Kind, Publication
from orders.dropoff.lookup import NearestPoints
from orders.errors import Refused
from orders.mail import signed_links
from orders.ordering.models import Delivery, Order
from orders.shipping.printing.letterhead import letterhead
from orders.shipping.printing.print_requests import PrintRequest
from orders.shipping.printing.slip_codes import copies_on_slip, link_with_code, order_code
from orders.stock.expected_deliveries import expected_on


class NotPosted(Refused):
    """The order is fetched at the office: there is nothing to put an address on."""

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference


class UnprintableParcels(Refused):
    """Some addresses cannot be printed; `parcels` says of each its number in the sequence (or reference) and why."""

    def __init__(self, parcels: Sequence[tuple[int | str, str]]) -> None:
        super().__init__(parcels)
        self.parcels = parcels


@dataclass(frozen=True, slots=True)
class SlipContext:
    """What slips of one day say of more than their order: where letters can be left, when copies are expected."""

    day: date
    nearest: NearestPoints
    expected: Mapping[int, date]

    @classmethod
    def of(cls, orders: Iterable[Order], day: date) -> "SlipContext":
        publications = {line.publication_id for order in orders for line in order.lines}
        return cls(day, NearestPoints(day), expected_on(publications, day) if publications else {})


def print_order_label(order: Order, wanted: PrintRequest, *, out: BinaryIO) -> None:
    """Print one label for an order, outside any dispatch, so without a number. Refuses with `NotPosted`."""
    if order.delivery is Delivery.PICKUP:
        raise NotPosted(order.reference)
    with _explained_in([order]):
        labels.print_addresses(
            [AddressLabel(lines=order.address.lines(), reference=order.reference)],
            wanted.sheet,
            start=wanted.start,
            profile=wanted.profile,
            out=out,
            title="Étiquette",
        )


def print_order_slip(order: Order, *, today: date, out: BinaryIO) -> None:
    """Print one slip for an order: inside is what is reserved for it now, or what was sent once nothing is."""
    with _explained_in([order]):
        slip = _own_slip(order, SlipContext.of([order], today))
        labels.print_slips([slip], out=out, letterhead=letterhead(), title="Bordereau")


def print_pickup_list(pickups: Sequence[Order], *, today: date, out: BinaryIO) -> None:
    """Print what to fetch from the shelf for orders that are picked up, and each with its reference."""
    copies = [(line.publication, line.reserved) for order in pickups for line in order.lines]
    pull_list = PullList(
        title="Retraits au bureau",
        lines=tuple(bundled(copies)),
        entries=tuple(map(_pickup_entry, count(1), pickups)),
        day=today,
    )
    with _explained_in(pickups):
        labels.print_pull_list(pull_list, out=out, title="À préparer pour les retraits")


def print_pickup_slips(pickups: Sequence[Order], *, today: date, out: BinaryIO) -> None:
    """Print a slip for each order that is picked up, numbered as on the list, with what is set aside for it now."""
    with _explained_in(pickups):
        context = SlipContext.of(pickups, today)
        slips = (replace(_own_slip(order, context), sequence=number) for number, order in enumerate(pickups, 1))
        labels.print_slips(slips, out=out, letterhead=letterhead(), title="Bordereaux des retraits")


def _own_slip(order: Order, context: SlipContext) -> Slip:
    """The slip of an order outside any dispatch."""
    follows = {line.id: line.waiting for line in order.lines}
    return order_slip(order, copies_on_slip(order), follows, context, code=order_code(order))


def _pickup_entry(sequence: int, order: Order) -> PullEntry:
    return PullEntry(
        sequence=sequence,
        name=order.organisation or order.name,
        place=f"{order.name}, {order.shown_reference}" if order.organisation else order.shown_reference,
        contents=tuple((line.publication.code, line.reserved) for line in order.lines if line.reserved),
    )


def bundled(contents: Iterable[tuple[Publication, int]]) -> list[PullLine]:
    copies: dict[Publication, int] = defaultdict(int)
    for publication, number in contents:
        copies[publication] += number
    ordered = sorted(
        ((each, total) for each, total in copies.items() if total),
        key=lambda row: (row[0].edition_id, row[0].position, row[0].id),
    )
    return [
        PullLine(each.code, each.title(), total, *divmod(total, each.bundle_size), each.bundle_size)
        for each, total in ordered
    ]


@contextmanager
def _explained_in(orders: Sequence[Order]) -> Iterator[None]:
    """Turn the library's refusals of paper outside a dispatch into ours, which name orders by their reference."""
    try:
        yield
    except Unprintable as error:
        raise UnprintableParcels(
            [(orders[refusal.label - 1].shown_reference, str(refusal)) for refusal in error.refusals]
        ) from None


def order_slip(
    order: Order, inside: Mapping[int, int], follows: Mapping[int, int], context: SlipContext, *, code: str
) -> Slip:
    """The slip of an order with these copies inside and these to follow, both by the id of the line."""
    return Slip(
        lines=order.address.lines(),
        reference=order.reference,
        code=code,
        sequence=None,
        part="",
        language=order.language,
        inside=_slip_lines(order, inside),
        follows=_slip_lines(order, follows, context.expected),
        order_url=link_with_code(signed_links.order_page(order.reference, order.link_nonce), code),
        letters_back_by=order.edition.letters_back_by,
        has_folding_booklet=any(line.publication.kind is Kind.BOOKLET and inside.get(line.id) for line in order.lines),
        read_online_url=_read_online(order),
        name=order.name,
        day=context.day,
        is_pickup=order.delivery is Delivery.PICKUP,
        without_email=not order.email,
        postage_due=order.postage_due,
        postage_cents=order.postage_cents,
        drop_off=tuple(
            DropOff(f"{each.place.name}, {each.place.where}", each.place.last_day)
            for each in context.nearest.to(order.postcode, order.edition)
        ),
    )


def _slip_lines(
    order: Order, copies: Mapping[int, int], expected: Mapping[int, date] = MappingProxyType({})
) -> tuple[SlipLine, ...]:
    return tuple(
        SlipLine(
            *(line.publication.code, line.publication.title(order.language)),
            *(copies[line.id], expected.get(line.publication_id)),
        )
        for line in order.lines
        if copies.get(line.id, 0) > 0
    )


def _read_online(order: Order) -> str:
    manuals = (line.publication for line in order.lines if line.publication.kind is Kind.MANUAL)
    readable = next((each for each in manuals if each.can_be_read_online), None)
    if readable is None:
        return ""
    return (
        signed_links.page("reading.read", code=readable.code) if readable.reading_digest else readable.read_online_url
    )
