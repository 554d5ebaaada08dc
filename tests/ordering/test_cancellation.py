"""After an order was placed: cancelled, or opened through its link."""

import string

import pytest
from flask import Flask

from orders.catalogue import edition_lookup
from orders.database import transact
from orders.mail import signed_links
from orders.ordering import repository
from orders.ordering.lifecycle import cancellation
from orders.ordering.models import Order, OrderStatus
from orders.ordering.refusals import AlreadyDispatched, AlreadyEnded, UnknownOrder
from orders.stock import ledger
from orders.stock.models import Place
from orders.web import signing
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order

BASE64 = string.ascii_letters + string.digits + "-_"


def cancel(order: Order) -> Order:
    return transact(cancellation.cancel, order.reference, at=NOW, by=BY)


def shelf() -> int:
    return ledger.copies_at(edition_lookup.get_publication("MAN26").id, Place.SHELF)


def test_a_cancelled_order_gives_its_copies_back(app_context: Flask) -> None:
    make_edition(shelf=10)
    order = cancel(make_order(lines={"MAN26": 4}))
    assert (order.status, shelf()) == (OrderStatus.CANCELLED, 10)
    assert (order.lines[0].reserved, order.lines[0].given_up) == (0, 4)


def test_what_a_cancelled_order_gives_back_goes_to_the_oldest_that_waits(app_context: Flask) -> None:
    make_edition(shelf=10)
    first = make_order(lines={"MAN26": 10}, minutes=1)
    second = make_order(lines={"MAN26": 6}, minutes=2)
    third = make_order(lines={"MAN26": 6}, minutes=3)
    cancel(first)
    assert (second.lines[0].reserved, third.lines[0].reserved, shelf()) == (6, 4, 0)


def test_a_waiting_order_that_is_cancelled_waits_no_more(app_context: Flask) -> None:
    make_edition(shelf=0)
    order = cancel(make_order(lines={"MAN26": 4}))
    assert (order.status, order.lines[0].waiting) == (OrderStatus.CANCELLED, 0)


def test_an_order_that_is_being_packed_can_no_longer_be_cancelled(app_context: Flask) -> None:
    make_edition()
    order = make_order()
    make_dispatch(order)
    with pytest.raises(AlreadyDispatched):
        cancel(order)
    assert order.status is OrderStatus.DISPATCHING


def test_an_order_is_cancelled_once(app_context: Flask) -> None:
    make_edition()
    order = cancel(make_order())
    with pytest.raises(AlreadyEnded):
        cancel(order)


def test_the_link_opens_the_order(app_context: Flask) -> None:
    make_edition()
    order = make_order()
    token = signed_links.token(order.reference, order.link_nonce)
    assert repository.get_order_by_link(token).reference == order.reference


def test_a_link_with_any_one_letter_changed_opens_nothing(app_context: Flask) -> None:
    make_edition()
    order = make_order()
    token = signed_links.token(order.reference, order.link_nonce)
    for place, letter in enumerate(token):
        for other in "AZaz09-_.é":
            if other != letter:
                with pytest.raises(UnknownOrder):
                    repository.get_order_by_link(token[:place] + other + token[place + 1 :])


def test_a_link_whose_last_letter_stands_for_the_same_bytes_opens_nothing(app_context: Flask) -> None:
    """Base64 reads four letters as the last two bits of a signature; only the one that was written is right."""
    make_edition()
    order = make_order()
    token = signed_links.token(order.reference, order.link_nonce)
    opens = [letter for letter in BASE64 if signed_links.read_token(token[:-1] + letter)]
    assert opens == [token[-1]]


@pytest.mark.parametrize("value", ["KLNBRTVX", "KLNBRTVX.nonce.more", ""])
def test_a_link_holds_a_reference_and_a_nonce_and_nothing_else(app_context: Flask, value: str) -> None:
    assert signed_links.read_token(signing.sign(value, signed_links.PURPOSE)) is None


def test_a_revoked_link_opens_nothing(app_context: Flask) -> None:
    make_edition()
    order = make_order()
    token = signed_links.token(order.reference, order.link_nonce)

    def revoke() -> None:
        repository.get_order(order.reference).link_nonce = "another"

    transact(revoke)
    with pytest.raises(UnknownOrder):
        repository.get_order_by_link(token)
