"""CSRF protection: every change needs a token.

The pages of staff check it behind their own guard (a stranger is sent to sign in, not told about tokens) and the
order form checks its own (it comes back filled in); for everything else it is checked here.
"""

from flask import Flask, request
from flask_wtf.csrf import CSRFProtect

from orders.web import signing

csrf = CSRFProtect()
CHECK_THEIR_OWN = {"office", "public"}


def init_app(app: Flask) -> None:
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    app.config["WTF_CSRF_SECRET_KEY"] = signing.keys(app.config)
    csrf.init_app(app)
    app.before_request(_protect)


def _protect() -> None:
    if request.endpoint and (request.blueprint or "").split(".")[0] not in CHECK_THEIR_OWN:
        csrf.protect()
