"""DOOR: the pages for refusals, HTTP errors and bugs.

The one table of status codes for refusals. A bug is rolled back, logged without personal data, and answered with
an incident number that stands in the log too.
"""

import secrets

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from orders.database import db
from orders.errors import DomainError, NotFound, Refused
from orders.web import logs
from orders.wording import sentence

DATABASE_AWAY = (OperationalError, PoolTimeout)
STATUS = {NotFound: 404, Refused: 409}


def init_app(app: Flask) -> None:
    app.register_error_handler(DomainError, refusal)
    app.register_error_handler(CSRFError, csrf_error)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, internal_error)
    app.before_request(refuse_nul)


def refuse_nul() -> ResponseReturnValue | None:
    """Refuse requests that hold NUL: PostgreSQL cannot keep it. The order form says so beside its fields instead."""
    values = [request.path, *request.args.values()]
    if request.blueprint != "public":
        values += request.form.values()
    if any("\0" in value for value in values):
        return page(400, gettext("Votre navigateur a envoyé des caractères qui ne sont pas du texte. Recommencez."))
    return None


def page(status: int, said: str, incident: str = "") -> ResponseReturnValue:
    return render_template("errors/error.html", status=status, sentence=said, incident=incident), status


def refusal(error: DomainError) -> ResponseReturnValue:
    status = next(status for kind, status in STATUS.items() if isinstance(error, kind))
    return page(status, sentence(error))


def csrf_error(_error: CSRFError) -> ResponseReturnValue:
    return page(
        400,
        gettext("Cette page était ouverte depuis trop longtemps : revenez en arrière, rechargez-la et recommencez."),
    )


def http_error(error: HTTPException) -> ResponseReturnValue:
    """Show Werkzeug's own errors as our page; redirections pass unchanged."""
    if error.code is None or error.code < 400 or error.response is not None:
        return error
    answer = page(error.code, _http_sentence(error.code))
    response = current_app.make_response(answer)
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    return response


def _http_sentence(status: int) -> str:
    return {
        403: gettext("Votre compte n’ouvre pas cette page. Demandez à une personne de la coordination."),
        404: gettext("Cette page n’existe pas. Vérifiez l’adresse, ou repartez de l’accueil."),
        405: gettext("Cette adresse ne s’ouvre pas de cette façon. Repartez de l’accueil."),
        413: gettext("C’est trop lourd : raccourcissez le texte ou prenez un fichier plus petit, et recommencez."),
        429: gettext("Trop d’essais en peu de temps depuis cet endroit. Attendez une minute et recommencez."),
    }.get(status, gettext("Votre navigateur a envoyé quelque chose que nous ne comprenons pas. Recommencez."))


def internal_error(error: Exception) -> ResponseReturnValue:
    """Say that it is our fault. The log gets where it happened and the kind of error, never the values in it."""
    incident = secrets.token_hex(4)
    current_app.logger.error("incident %s: %s at %s", incident, type(error).__name__, logs.trail(error))
    if current_app.testing:
        raise error
    if isinstance(error, DATABASE_AWAY):
        return _away(incident)
    db.session.rollback()
    said = gettext("Quelque chose n’a pas marché chez nous, et rien n’a été enregistré. Réessayez dans un moment.")
    return page(500, said, incident)


def _away(incident: str) -> ResponseReturnValue:
    said = gettext(
        "Le service ne répond pas pour le moment. Attendez une minute, puis réessayez : "
        "une commande envoyée deux fois n’est faite qu’une fois."
    )
    later = {"Retry-After": "60"}
    try:
        db.session.rollback()
        return current_app.make_response(page(503, said, incident)), later
    except DATABASE_AWAY:  # the page asks who is signed in
        return f"{said} ({incident})", 503, {"Content-Type": "text/plain; charset=utf-8", **later}
