"""Health checks for monitoring: is the process alive, and can it work?"""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from orders.database import is_migrated

pages = Blueprint("health", __name__)


@pages.get("/healthz")
def alive() -> ResponseReturnValue:
    return {"status": "ok"}


@pages.get("/readyz")
def ready() -> ResponseReturnValue:
    """200 when the database answers and has every migration, else 503."""
    if is_migrated():
        return {"status": "ok"}
    return {"status": "the database does not answer, or lacks migrations: flask db upgrade"}, 503
