"""Orders on paper or by telephone whose orderer has no e-mail address: no mail is written, all other rules hold."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from orders.database import db, transact
from orders.mail.models import OutgoingMail
from orders.ordering.files import import_batches, importing
from orders.ordering.followup import newsletter_consents, returned_orders
from orders.ordering.lifecycle import approval, cancellation, fulfilment, order_links
from orders.ordering.models import Delivery, Order, OrderStatus
from orders.ordering.request.order_request import check
from orders.ordering.review.duplicates import LooksRepeated
from orders.shipping.dispatches import lifecycle
from tests.factories import AUDIENCES, BY, NOW, allow, make_dispatch, make_edition, make_order, receive

SCHOOL: dict[str, Any] = {"audience": "school", "organisation": "Athénée Royal de Namur", "postcode": "5000"}
TYPED = {"audience": "family", "name": "Zoé", "street": "Rue Haute", "number": "1", "postcode": "5590"}
TYPED |= {"town": "Ciney", "copies-MAN26": "1"}
ROWS = "audience;name;street;number;postcode;town;email;phone;MAN26\n"


def mails() -> int:
    return db.session.scalar(select(func.count()).select_from(OutgoingMail)) or 0


def test_the_address_may_be_left_out_only_where_the_door_says_so() -> None:
    request, problems = check(TYPED, ["MAN26"], AUDIENCES, needs_email=False)
    assert request is not None
    assert (request.email, problems) == ("", [])
    assert [problem.field for problem in check(TYPED, ["MAN26"], AUDIENCES)[1]] == ["email"]


@pytest.mark.parametrize("typed", ["zoe", "zoe@", "zoé@exemple", "a b@example.org", "x" * 300 + "@example.org"])
def test_an_address_that_was_typed_must_be_one_all_the_same(typed: str) -> None:
    _, problems = check({**TYPED, "email": typed}, ["MAN26"], AUDIENCES, needs_email=False)
    assert [problem.field for problem in problems] == ["email"]


def test_no_mail_is_written_whatever_becomes_of_the_order(app_context: Flask) -> None:
    make_edition(shelf={"MAN26": 10, "LIV26": 0})
    allow("family", review_above=5, maximum=9)
    posted = make_order(email="", lines={"MAN26": 2})
    dispatch = make_dispatch(posted)
    transact(lifecycle.close, dispatch.id, at=NOW, by=BY, everything=True)
    transact(returned_orders.report_missing, posted.reference, at=NOW + timedelta(days=1), by=BY)
    fetched = make_order(email="", lines={"LIV26": 2}, delivery=Delivery.PICKUP)
    receive("LIV26", 2)
    transact(fulfilment.hand_over, fetched.reference, at=NOW, by=BY)
    refused = make_order(email="", lines={"MAN26": 6})
    transact(approval.reject, refused.reference, reason="Trop", at=NOW, by=BY)
    ended = make_order(email="", lines={"MAN26": 1})
    transact(order_links.renew_link, ended.reference, at=NOW, by=BY)
    transact(cancellation.cancel, ended.reference, at=NOW, by=BY)
    assert [order.status for order in (posted, fetched, refused, ended)] == [
        OrderStatus.SENT,
        OrderStatus.SENT,
        OrderStatus.REJECTED,
        OrderStatus.CANCELLED,
    ]
    assert mails() == 0


def test_repeats_are_known_by_address_and_organisation(app_context: Flask) -> None:
    make_edition()
    make_order(email="", **SCHOOL)
    with pytest.raises(LooksRepeated):
        make_order(email="", **{**SCHOOL, "organisation": "AR Namur"})
    with pytest.raises(LooksRepeated):
        make_order(email="", **SCHOOL)
    house_of_first: dict[str, Any] = {"street": "Rue du Parc", "number": "4", "postcode": "5100"}
    make_order(email="", **house_of_first)
    assert make_order(email="", **house_of_first).review_reasons == ["repeat"]


def test_two_who_have_no_address_are_not_the_same_orderer(app_context: Flask) -> None:
    make_edition()
    allow("family", review_above=3, maximum=4)
    orders = [make_order(email="", lines={"MAN26": 3}) for _ in range(3)]
    assert [order.status for order in orders] == [OrderStatus.READY] * 3
    assert all(order.review_reasons == [] for order in orders)


def test_nobody_without_an_address_agreed_to_news(app_context: Flask) -> None:
    make_edition()
    make_order(email="", news_text="Envoyez-moi des nouvelles")
    make_order(email="marie@example.org", news_text="Envoyez-moi des nouvelles")
    assert [each.email for each in newsletter_consents.consents()] == ["marie@example.org"]
    assert newsletter_consents.count() == 1


@pytest.mark.parametrize("heading", [ROWS, ROWS.replace("email;", "")])
def test_a_file_may_leave_the_address_out_and_is_told_so_first(
    app_context: Flask, tmp_path: Path, heading: str
) -> None:
    make_edition()
    email = "email" in heading
    rows = [f"family;Zoé {n};Rue Haute;{n};5590;Ciney;{';' * email}0475 12 34 56;1\n" for n in (1, 2)]
    path = tmp_path / "paper.csv"
    path.write_text(heading + "".join(rows), encoding="utf-8")
    checked = importing.check_file(path, at=NOW)
    assert (checked.problems, checked.without_email) == ([], 2)
    assert import_batches.place_all(checked.digest, checked.good, transact, clock=lambda: NOW, by=BY) == 2
    assert db.session.scalars(select(Order.email)).all() == ["", ""]
    assert mails() == 0


def test_what_a_command_read_without_addresses_it_says(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        make_edition()
    path = tmp_path / "paper.csv"
    path.write_text(ROWS + "family;Zoé;Rue Haute;1;5590;Ciney;;;1\n", encoding="utf-8")
    done = app.test_cli_runner().invoke(args=["orders", "import", str(path), "--dry-run"])
    assert done.exit_code == 0, done.output
    assert "1 order without an e-mail address: no mails go" in done.stderr
