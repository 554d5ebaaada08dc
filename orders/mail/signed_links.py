"""Links that open one order: signed, revocable, and only in the form in which they were given out.

A token is the reference and a nonce that belongs to the order, signed with the secret key. The decoder of the
signature is forgiving (several last letters mean the same bytes), so a token must be, byte for byte, the one we
would make again.
"""

import hashlib
import hmac
from typing import Any

from flask import current_app
from itsdangerous import BadSignature, Signer


def page(endpoint: str, **values: Any) -> str:
    """The absolute address of a page, from `PLI_PUBLIC_URL`: a mail never believes a request's Host header."""
    path = current_app.url_map.bind("").build(endpoint, values)
    return f"{current_app.config['PUBLIC_URL']}{path}"


def token(reference: str, nonce: str) -> str:
    """The token of an order's page."""
    return _signer().sign(f"{reference}.{nonce}").decode()


def read_token(text: str) -> tuple[str, str] | None:
    """Reference and nonce, or `None` for anything that we did not sign exactly so."""
    try:
        reference, nonce = _signer().unsign(text.encode()).decode().split(".")
    except (BadSignature, ValueError):
        return None
    if not hmac.compare_digest(token(reference, nonce).encode(), text.encode()):
        return None
    return reference, nonce


def order_page(reference: str, nonce: str) -> str:
    """The absolute address of an order's own page."""
    return page("public.order", token=token(reference, nonce))


def _signer() -> Signer:
    return Signer(current_app.config["SECRET_KEY"], salt="order-page", digest_method=hashlib.sha256)
