"""A season that is over, with all that a season leaves: orders in every state, paper, notes, mails, counts."""

from datetime import UTC, date, datetime

from orders.catalogue.models import Edition, Kind
from orders.database import db, transact
from orders.mail import outbox
from orders.ordering.followup import letter_counts
from orders.ordering.lifecycle import approval, cancellation
from orders.ordering.models import Order
from orders.packing.postage import Charge
from orders.shipping import returns
from orders.shipping.dispatches import lifecycle
from orders.shipping.models import Parcel
from orders.shipping.packed_copies import packed_copies
from orders.shipping.printing import print_log
from orders.shipping.printing.models import Paper
from orders.shipping.printing.print_requests import PrintRequest
from orders.shipping.return_models import ReturnReason
from orders.stock import ledger, print_runs, stock_counts
from orders.stock.models import Reason
from orders.stock.print_runs import PlannedRun
from tests.factories import BY, NOW, allow, make_dispatch, make_edition, make_order, price_parcels

CLOSES = date(2026, 11, 30)
BEFORE = datetime(2027, 2, 27, 9, 0, tzinfo=UTC)
DUE = datetime(2027, 2, 28, 9, 0, tzinfo=UTC)
"""Three months after the edition closed."""


def make_season(year: int = 2026) -> Edition:
    """Orders sent, cancelled, rejected, returned and still waiting, from several places and audiences."""
    edition = make_edition(shelf=1_000, year=year, closes_on=CLOSES, letters_back_by=date(2027, 2, 28))
    manual, booklet = (publication.code for publication in edition.publications)
    price_parcels(750)
    sent = [
        make_order(
            lines={manual: 3, booklet: 10}, postcode="5590", town="Ciney", audience="school", organisation="École"
        ),
        make_order(lines={manual: 1}, minutes=60 * 24 * 8),
        make_order(
            lines={manual: 60},
            postcode="4000",
            town="Liège",
            accepted_postage=Charge(750),
            billing_name="Zoé Payeuse",
            billing_address="Rue du Port 1",
            purchase_order="PO 7",
        ),
    ]
    back = make_order(lines={booklet: 2}, message="Sonnez deux fois chez Zoé")
    post_orders([*sent, back])
    transact(returns.take_back, back.reference, reason=ReturnReason.REFUSED, at=NOW, by=BY)
    _cancel(make_order(lines={manual: 5}, phone="+32475123456"))
    _reject(manual)
    _count_letters(edition, sent[0])
    _write_notes(edition)
    transact(outbox.count_as_sent)
    return edition


def waiting_order() -> Order:
    """An order that more copies are asked of than there are."""
    return make_order(lines={"LIV26": 5_000})


def post_orders(orders: list[Order]) -> None:
    """Print, close and track these orders in a dispatch of their own."""
    dispatch = make_dispatch(*orders)
    transact(print_log.record, dispatch.id, Paper.LABELS, PrintRequest(), at=NOW, by=BY)
    transact(lifecycle.close, dispatch.id, at=NOW, by=BY, everything=True)

    def track() -> None:
        for parcel in db.session.query(Parcel):
            parcel.tracking_number = f"3232{parcel.id:020}"

    transact(track)


def _cancel(order: Order) -> None:
    transact(cancellation.cancel, order.reference, at=NOW, by=BY)


def _reject(manual: str) -> None:
    allow("family", review_above=10, maximum=50, codes=(manual,))
    order = make_order(lines={manual: 20})
    transact(approval.reject, order.reference, "Trop pour Zoé", at=NOW, by=BY)


def _count_letters(edition: Edition, order: Order) -> None:
    transact(letter_counts.count_letters, order.reference, 12, at=NOW, by=BY, submission="letters")
    transact(letter_counts.count_without_slip, edition, 5, at=NOW, by=BY)


def _write_notes(edition: Edition) -> None:
    manual = next(each for each in edition.publications if each.kind is Kind.MANUAL)
    transact(ledger.correct, manual, -2, at=NOW, by=BY, reason=Reason.GIFT, note="donnés à Zoé")
    transact(print_runs.commission, manual, PlannedRun(100, date(2027, 1, 5), note="chez Zoé"), at=NOW, by=BY)
    count = transact(stock_counts.start, edition, at=NOW, by=BY)
    transact(stock_counts.enter, manual, 3, packed=packed_copies, at=NOW, by=BY, note="compté par Zoé")
    transact(stock_counts.abandon, count.id, at=NOW, by=BY)
