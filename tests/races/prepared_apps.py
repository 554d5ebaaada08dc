"""Applications made before processes are forked, one for each kind of database, so that these start quickly."""

from functools import cache
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from flask import Flask
from sqlalchemy import Dialect, event, make_url

from orders.database import db
from orders.sqlite_write_queue import FairLock
from tests.conftest import make_app

NOWHERE = {"sqlite": "sqlite:////nowhere/pli.sqlite", "postgresql": "postgresql+psycopg:///nowhere"}


@cache
def application(kind: str) -> Flask:
    """One that is connected to nothing yet."""
    return make_app(NOWHERE[kind], Path(gettempdir()))


def application_on(url: str) -> Flask:
    """The one for this kind of database, which from now on connects to this database."""
    app = application(make_url(url).get_backend_name())

    def redirect(dialect: Dialect, _record: object, positional: list[Any], named: dict[str, Any]) -> None:
        positional[:], others = dialect.create_connect_args(make_url(url))
        named.update(others)

    if "pli_writers" in app.extensions:
        app.extensions["pli_writers"] = FairLock(make_url(url).database)
    with app.app_context():
        event.listen(db.engine, "do_connect", redirect)
    return app
