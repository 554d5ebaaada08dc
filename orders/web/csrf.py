"""CSRF protection: every change needs a token.

The pages of staff check it behind their own guard (a stranger is sent to sign in, not told about tokens). The order
form and the form for an event check their own (they come back filled in). For everything else it is checked here.
"""

from flask import Flask, request
from flask_wtf.csrf import CSRFProtect

from orders.web import signing

csrf = CSRFProtect()
CHECK_THEIR_OWN = {"office", "public"}
FORMS_THAT_CHECK_THEIR_OWN = {"events.propose"}


def init_app(app: Flask) -> None:
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    app.config["WTF_CSRF_SECRET_KEY"] = signing.keys(app.config)
    csrf.init_app(app)
    app.before_request(_protect)


def _protect() -> None:
    checks_its_own = (request.blueprint or "").split(".")[0] in CHECK_THEIR_OWN
    if request.endpoint and not checks_its_own and request.endpoint not in FORMS_THAT_CHECK_THEIR_OWN:
        csrf.protect()
