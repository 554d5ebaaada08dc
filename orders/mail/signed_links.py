"""Links that open one order: signed, revocable, and only in the form in which they were given out.

A token is the reference and a nonce that belongs to the order, signed. One that stands only in mails is signed for
another purpose, so that whoever opens it has read the mail.
"""

from typing import Any

from flask import current_app

from orders.web import signing

PURPOSE = "order-page"
MAILED = "mailed-order-page"


def page(endpoint: str, **values: Any) -> str:
    """The absolute address of a page, from `PLI_PUBLIC_URL`, never from a request's Host header."""
    path = current_app.url_map.bind("").build(endpoint, values)
    return f"{current_app.config['PUBLIC_URL']}{path}"


def token(reference: str, nonce: str) -> str:
    """The token of an order's page."""
    return signing.sign(f"{reference}.{nonce}", PURPOSE)


def read_token(text: str) -> tuple[str, str] | None:
    """Reference and nonce, or `None` for anything that we did not sign exactly so."""
    signed = signing.read(text, PURPOSE) or signing.read(text, MAILED)
    reference, dot, nonce = (signed or "").partition(".")
    return (reference, nonce) if dot and "." not in nonce else None


def is_mailed(text: str) -> bool:
    """Whether the token stands in mails only."""
    return signing.read(text, MAILED) is not None


def order_page(reference: str, nonce: str) -> str:
    """The absolute address of an order's own page."""
    return page("public.order", token=token(reference, nonce))


def mailed_order_page(reference: str, nonce: str) -> str:
    """The same page, by a link that is given out in mails only."""
    return page("public.order", token=signing.sign(f"{reference}.{nonce}", MAILED))
