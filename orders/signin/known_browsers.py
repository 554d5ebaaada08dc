"""Browsers in which somebody signed in before: a lock-out of the account does not hold there.

The cookie names the accounts, signed. It opens nothing.
"""

from datetime import timedelta

from flask import Response, current_app, request

from orders.web import signing

PURPOSE = "known browser"
KEPT = timedelta(days=90)
MOST = 8  # accounts that share a browser


def is_known(member_id: int) -> bool:
    """Whether this account signed in with this browser."""
    return str(member_id) in _known()


def remember(member_id: int, response: Response) -> None:
    known = [str(member_id), *(each for each in _known() if each != str(member_id))][:MOST]
    response.set_cookie(
        _cookie(),
        signing.sign(".".join(known), PURPOSE),
        max_age=KEPT,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )


def _known() -> list[str]:
    return (signing.read(request.cookies.get(_cookie(), ""), PURPOSE) or "").split(".")


def _cookie() -> str:
    return "__Host-known" if current_app.config["SESSION_COOKIE_SECURE"] else "known"
