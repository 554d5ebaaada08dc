"""Notifies orderers: posts the mail about an order, in the transaction of what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from orders.clock import local_day
from orders.mail import outbox, signed_links
from orders.mail.models import OutgoingMail
from orders.ordering import email_confirmation
from orders.ordering.allocation.estimates import promised_on, promised_on_each
from orders.ordering.mail_facts import line_facts, order_facts
from orders.ordering.models import Order, OrderLine
from orders.rows import bulk_rows, quick_rows

# What shows the day on which copies are expected; a test compares them with the templates.
NAMES_THE_DAY = frozenset(
    f"order_{name}"
    for name in (
        *("accepted", "arrived", "changed", "confirmed", "delayed", "pending"),
        *("sent", "sent_again", "set_back", "shared", "to_fetch"),
    )
)

CHANGED = "order_changed"
FIRST = ("order_confirmed", "order_pending")  # before which nothing was told about an order


def notify(
    order: Order,
    kind: str,
    *,
    at: datetime,
    lines: Sequence[OrderLine] | None = None,
    announced_on: Mapping[int, date] | None = None,
    **more: Any,
) -> None:
    """Post the mail of this kind to the orderer, in their language, with the link to the order's page.

    No mail goes to orderers who asked that their data lie still, nor to those without an e-mail address: the slip says
    whom to ask (`order_pdfs`).
    `lines`: those that the mail is about, if not all; `announced_on`: the days that were told before, by publication
    id. `more`: plain values that the templates know besides.
    Every mail may say when what the order waits for is expected. The line keeps the day that was said, so that its
    orderer can be told when it changes (`followup.announced_days`).
    Changes within ten minutes are told in one mail.
    """
    if not _is_told(order):
        return
    expected_on, about = promised_on(order, local_day(at)), order.lines if lines is None else lines
    if lines is not None:
        more["lines"] = [line_facts(line, expected_on, announced_on) for line in lines]
    _post(order, kind, at=at, told=_told(order, expected_on) | more)
    if kind in NAMES_THE_DAY:
        _keep_days(about, expected_on)


@dataclass(frozen=True, slots=True)
class News:
    """What an orderer is told by a mail of this kind; `more` is what its template knows besides."""

    order: Order
    kind: str
    more: Mapping[str, Any] = field(default_factory=dict)


def notify_all(news: Sequence[News], *, at: datetime) -> None:
    """Notify many orderers as `notify` does, of anything but changes, in a few statements."""
    assert all(each.kind != CHANGED for each in news)
    news = [each for each in news if _is_told(each.order)]
    expected_on = promised_on_each([each.order for each in news], local_day(at))
    too_much = email_confirmation.with_enough_mail([each.order for each in news if each.order.door == "web"], at=at)
    outbox.release([each.order.id for each in news if each.kind not in FIRST], at=at)
    mails = []
    for each in news:
        order, days = each.order, expected_on.get(each.order.id, {})
        mails.append(_draw(order, each.kind, at=at, told=_told(order, days) | dict(each.more)))
        if order.id in too_much:
            outbox.hold_back(mails[-1], at=at)
        if each.kind in NAMES_THE_DAY:
            _keep_days(order.lines, days)
    bulk_rows.insert(mails)


def _is_told(order: Order) -> bool:
    return bool(order.email) and order.restricted_at is None


def _told(order: Order, expected_on: Mapping[int, date]) -> dict[str, Any]:
    """What the template of every mail about an order knows."""
    page = signed_links.mailed_order_page(order.reference, order.link_nonce)
    return {"order": order_facts(order, expected_on), "page": page}


def _keep_days(lines: Sequence[OrderLine], expected_on: Mapping[int, date]) -> None:
    for line in lines:
        if line.publication_id in expected_on:
            line.announced_on, line.delay_told = expected_on[line.publication_id], False


def _post(order: Order, kind: str, *, at: datetime, told: Mapping[str, Any]) -> None:
    """Of an address that nobody has confirmed, what is too much for a day is held back for the office."""
    is_too_much = order.door == "web" and email_confirmation.has_enough_mail(order.email, order.email_key, at=at)
    if kind not in (CHANGED, *FIRST):
        outbox.release([order.id], at=at)
    if kind == CHANGED:
        mail = outbox.post_soon(order.email, kind, language=order.language, at=at, order_id=order.id, **told)
    else:
        mail = _draw(order, kind, at=at, told=told)
    if is_too_much:
        outbox.hold_back(mail, at=at)
    if kind != CHANGED:
        quick_rows.insert_values(OutgoingMail, [quick_rows.values_of(mail)])


def _draw(order: Order, kind: str, *, at: datetime, told: Mapping[str, Any]) -> OutgoingMail:
    return outbox.draw(order.email, kind, language=order.language, at=at, order_id=order.id, **told)
