"""A sign-in that is recent enough for a dangerous act: roles, purge, restore, files of persons.

Whoever typed the password longer ago than `FRESH` types it again first. Opening such a page keeps the sign-in fresh for
as long again, so that a form that was opened in time can be sent.
"""

from datetime import timedelta
from urllib.parse import urlsplit

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security.utils import check_and_update_authn_fresh

FRESH = timedelta(minutes=15)


def is_fresh() -> bool:
    """Whether the person who is signed in said who they are a moment ago."""
    return bool(check_and_update_authn_fresh(FRESH, FRESH))


def ask_again() -> ResponseReturnValue:
    """To the page that asks for the password, and from there back: to the page on which the form stood."""
    return redirect(url_for("security.verify", next=_way_back()))


def _way_back() -> str:
    if request.method == "GET":
        return request.full_path.rstrip("?")
    came_from = urlsplit(request.referrer or "")
    if came_from.netloc != request.host:
        return "/office/"
    return f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path
