"""Many orders that are placed at once become what they become one after the other."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import event, select

from orders.database import db, transact
from orders.errors import Refused
from orders.mail.models import OutgoingMail
from orders.ordering.lifecycle import cancellation, placing, placing_many
from orders.ordering.lifecycle.placing_many import OneRefused
from orders.ordering.models import Delivery, Order, OrderLine, WhenShort
from orders.ordering.refusals import NotOrderable, OrderingClosed, ParcelToPoBox
from orders.ordering.request.order_request import OrderRequest
from orders.ordering.review.allowances import OverAllowance
from orders.staff.journal import Actor
from orders.staff.models import AuditEntry
from orders.stock import print_runs
from orders.stock.models import Balance, Movement, OutOfStock
from orders.stock.print_runs import PlannedRun
from tests.factories import BY, NOW, allow, make_edition, make_order, make_request

pytestmark = pytest.mark.usefixtures("app_context")
BY_FILE = Actor("import")
ITS_OWN = ("id", "reference", "link_nonce", "order_id")
SCHOOLS = ("École communale de Ciney", "Ec. com. Ciney", "Athénée royal", "École libre Saint-Joseph", "")
LATER = NOW + timedelta(days=1)


class UndoneError(Exception):
    """Ends a transaction of which nothing is to stay."""


def make_requests(seed: int, number: int) -> list[OrderRequest]:
    """People who order again, neighbours, schools under several names, orders of long ago, all that a file may ask."""
    pick = Random(seed)

    def one(n: int) -> OrderRequest:
        organisation = pick.choice(SCHOOLS)
        return make_request(
            lines={"MAN26": pick.choice((1, 2, 30, 130)), "LIV26": pick.randrange(1, 4)},
            audience="school" if organisation else "family",
            organisation=organisation,
            postcode="5590",
            town="Ciney",
            number=str(pick.randrange(1, 12)),
            email=pick.choice(("", f"a{pick.randrange(9)}@example.org", f"A{pick.randrange(9)}+x@example.org")),
            delivery=pick.choice((Delivery.POST, Delivery.POST, Delivery.PICKUP)),
            when_short=pick.choice((WhenShort.SEND, WhenShort.SEND, WhenShort.WAIT, WhenShort.FEWER)),
            placed_at=pick.choice((None, None, NOW - timedelta(days=pick.randrange(3)))),
            sent_before_pli=pick.random() < 0.1,
            confirmed=frozenset({"repeat", "place", "number", "email"}),
            submission=f"row-{seed}-{n}",
        )

    return [one(n) for n in range(number)]


def place_each(requests: Sequence[OrderRequest]) -> None:
    for position, request in enumerate(requests):
        try:
            placing.place(request, at=LATER, by=BY_FILE)
        except Refused as refusal:
            raise OneRefused(position, refusal) from refusal


def place_all(requests: Sequence[OrderRequest]) -> None:
    placing_many.place_all(requests, at=LATER, by=BY_FILE)


def values(kind: type[Order] | type[OrderLine]) -> list[dict[str, object]]:
    names = [each.name for each in kind.__table__.columns if each.name not in ITS_OWN]
    return [{name: getattr(row, name) for name in names} for row in db.session.scalars(select(kind).order_by(kind.id))]


def everything() -> object:
    """All that the orders are and left behind."""
    db.session.flush()
    db.session.expire_all()
    submissions = {number: key for number, key in db.session.execute(select(Order.id, Order.submission))}
    mails = select(OutgoingMail).order_by(OutgoingMail.order_id, OutgoingMail.kind)
    moved = select(Movement).order_by(Movement.order_id, Movement.publication_id)
    key = Balance.publication_id, Balance.place
    balances = select(*key, Balance.copies).order_by(*key)
    return {
        "orders": values(Order),
        "lines": values(OrderLine),
        "balances": db.session.execute(balances).all(),
        "mails": [(submissions[each.order_id or 0], each.kind, each.address) for each in db.session.scalars(mails)],
        "moved": [
            (submissions.get(each.order_id or 0), each.publication_id, each.copies, each.origin, each.reason, each.at)
            for each in db.session.scalars(moved)
        ],
        "journal": db.session.execute(
            select(AuditEntry.action, AuditEntry.after, AuditEntry.door).order_by(AuditEntry.id)
        ).all(),
    }


def outcome(place: object, requests: Sequence[OrderRequest]) -> object:
    """What became of it, or which one was refused and why; nothing of it stays."""
    found: list[object] = []

    def rule() -> None:
        try:
            place(requests)  # type: ignore[operator]
            found.append(everything())
        except OneRefused as stop:
            found.append((stop.position, type(stop.refusal), vars(stop.refusal)))
        raise UndoneError

    with suppress(UndoneError):
        transact(rule)
    return found[0]


def a_season(*, manuals: int) -> None:
    """Orders that wait, one that is called off, allowances, and a print run that will bring some of what is missing."""
    edition = make_edition(shelf={"MAN26": manuals, "LIV26": 4})
    transact(
        print_runs.commission, edition.publications[1], PlannedRun(20, LATER.date() + timedelta(days=9)), at=NOW, by=BY
    )
    for audience in ("school", "family"):
        allow(audience, review_above=150, maximum=600)
    make_order(lines={"LIV26": 3}, postcode="5590", town="Ciney", number="3", email="a1@example.org")
    make_order(lines={"LIV26": 9}, audience="school", organisation="Athénée royal", postcode="5590", town="Ciney")
    gone = make_order(lines={"MAN26": 5}, email="a2@example.org")
    transact(cancellation.cancel, gone.reference, at=NOW, by=BY)


@pytest.mark.parametrize(("seed", "manuals"), [(1, 5_000), (2, 90), (3, 700)])
def test_at_once_they_become_what_they_become_one_after_the_other(seed: int, manuals: int) -> None:
    a_season(manuals=manuals)
    requests = make_requests(seed, 25)
    one_by_one, together = outcome(place_each, requests), outcome(place_all, requests)
    assert together == one_by_one
    placed = requests[: together[0]] if isinstance(together, tuple) else requests
    transact(place_all, placed)  # the sums are proved after the test
    assert db.session.query(Order).count() == 3 + len(placed)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"lines": {"MAN26": 700}}, OverAllowance),
        ({"lines": {"LIV26": 1}, "when_short": WhenShort.FEWER}, OutOfStock),
        ({"lines": {"MAN26": 300}, "street": "Boîte postale", "number": "7"}, ParcelToPoBox),
        ({"lines": {"OLD25": 1}}, NotOrderable),
    ],
)
def test_the_one_that_is_refused_is_named_and_none_is_placed(fields: dict[str, object], why: type[Refused]) -> None:
    a_season(manuals=1_000)
    refused = make_request(submission="bad", **fields)  # type: ignore[arg-type]
    requests = [make_request(submission="good"), refused, make_request(submission="next")]
    assert outcome(place_each, requests) == outcome(place_all, requests)
    with pytest.raises(OneRefused) as stopped:
        transact(place_all, requests)
    assert (stopped.value.position, type(stopped.value.refusal)) == (1, why)
    assert db.session.query(Order).count() == 3


def test_nothing_is_placed_after_the_close_of_orders() -> None:
    make_edition(closes_on=NOW.date())
    with pytest.raises(OrderingClosed):
        transact(place_all, [make_request(submission="one")])


def test_ten_orders_take_as_many_statements_as_two() -> None:
    make_edition()

    def statements(first: int, number: int) -> int:
        requests = [replace(make_request(), submission=f"row {each}") for each in range(first, first + number)]
        run: list[object] = []
        event.listen(db.engine, "before_cursor_execute", lambda *given: run.append(given[2]))
        transact(place_all, requests)
        return len(run)

    few, many = statements(0, 2), statements(2, 10)
    assert many <= few


def test_an_address_is_looked_for_by_its_key() -> None:
    make_edition()
    make_order(street="Rue Haute", number="5", email="")
    transact(place_all, [make_request(street="R. Haute", number="5", email="", submission="one")])
    assert [order.review_reasons for order in db.session.scalars(select(Order).order_by(Order.id))] == [[], ["repeat"]]
