"""The database: there, new enough, of the right letters, migrated, on the same clock, and right in its sums."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from flask import current_app
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from orders.clock import now
from orders.commands import web_server
from orders.commands.doctor.findings import Finding, ok, warning, wrong
from orders.database import THREADS, db, snapshot
from orders.packing.models import PostKind
from orders.packing.tariff import read_tariff
from orders.reports import integrity
from orders.stock.models import Movement

OLDEST_POSTGRESQL = 13
OLDEST_SQLITE = (3, 35, 0)  # RETURNING
LARGEST_DIFFERENCE = timedelta(seconds=5)
OTHERS = 10  # connections that workers, commands and people need beside the web server's


def _is_postgresql() -> bool:
    return bool(db.engine.dialect.name == "postgresql")


def _asked(question: str) -> str:
    return str(db.session.execute(text(question)).scalar_one())


def unreachable() -> Finding | None:
    """What keeps us from the database; None where it answers."""
    url = db.engine.url
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        db.session.rollback()
        kind = type(getattr(error, "orig", None) or error).__name__
        where = f"{url.host or url.query.get('host') or 'this machine'}, database {url.database}"
        advice = "see whether it runs, and whether name, user and password in PLI_DATABASE_URL are right"
        return wrong("database", f"does not let us in ({kind}; {where})", advice)
    return None


def version() -> Iterator[Finding]:
    about = "database"
    if not _is_postgresql():
        said = f"SQLite {sqlite3.sqlite_version} answers"
        is_old = sqlite3.sqlite_version_info < OLDEST_SQLITE
        yield wrong(about, f"{said}, which is too old", "use a newer Python") if is_old else ok(about, said)
        return
    number = int(_asked("SHOW server_version_num")) // 10_000
    said = f"PostgreSQL {number} answers"
    if number < OLDEST_POSTGRESQL:
        yield wrong(about, f"{said}, which is too old", f"use PostgreSQL {OLDEST_POSTGRESQL} or newer")
    else:
        yield ok(about, said)


def encoding() -> Iterator[Finding]:
    found = _asked("SHOW server_encoding" if _is_postgresql() else "PRAGMA encoding")
    if found.replace("-", "").upper() == "UTF8":
        yield ok("encoding", "the database keeps every letter (UTF-8)")
    else:
        advice = "make a database with ENCODING 'UTF8' TEMPLATE template0, and move everything there"
        yield wrong("encoding", f"the database keeps only the letters of {found}", advice)


def connections() -> Iterator[Finding]:
    if not _is_postgresql():
        return
    most, wanted = int(_asked("SHOW max_connections")), web_server.workers * THREADS + OTHERS
    said = f"this web server may need {wanted} connections, PostgreSQL allows {most} to all"
    if wanted > most:
        advice = "raise max_connections in postgresql.conf, or start fewer processes with PLI_WEB_PROCESSES"
        yield warning("connections", said, advice)
    else:
        yield ok("connections", said)


def migrations() -> Iterator[Finding]:
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    about = "migrations"
    scripts = ScriptDirectory(current_app.config["MIGRATIONS"])
    standing = MigrationContext.configure(db.session.connection()).get_current_heads()
    known = {each.revision for each in scripts.walk_revisions()}
    if unknown := set(standing) - known:
        said = f"the database was migrated by a newer version ({', '.join(sorted(unknown))})"
        yield wrong(about, said, "install that version again, or restore a backup made by this one")
        return
    behind = len(list(scripts.iterate_revisions("heads", standing or "base")))
    if behind:
        yield wrong(about, f"{behind} have not run on this database", "flask db upgrade")
    else:
        yield ok(about, "all have run")


def clock() -> Iterator[Finding]:
    about, here = "clock", now()
    if _is_postgresql():
        there: datetime = db.session.execute(text("SELECT clock_timestamp()")).scalar_one()
        apart = abs(there.astimezone(UTC) - now())
        if apart > LARGEST_DIFFERENCE:
            said = f"this machine and the database are {apart.total_seconds():.0f} seconds apart"
            yield wrong(about, said, "let both keep time: timedatectl set-ntp true")
            return
    latest = db.session.scalar(select(func.max(Movement.at)))
    if latest and latest > here + LARGEST_DIFFERENCE:
        said = f"copies were moved in the future ({latest:%Y-%m-%d %H:%M} UTC): a clock is or was wrong"
        yield wrong(about, said, "let the machine keep time: timedatectl set-ntp true")
    else:
        yield ok(about, f"{here:%Y-%m-%d %H:%M} UTC, as the database says")


def sums() -> Iterator[Finding]:
    with snapshot():
        broken = integrity.discrepancies()
    if broken:
        more = "" if len(broken) == 1 else f" and {len(broken) - 1} more"
        yield wrong("sums", f"{broken[0]}{more}", "flask stock verify lists all; write to whoever maintains Pli")
    else:
        yield ok("sums", "copies, orders and parcels agree with the movements")


def prices() -> Iterator[Finding]:
    """Postage that orderers see and pay: the first prices of a new installation are nobody's word yet."""
    if read_tariff().is_to_be_checked(PostKind.PARCEL):
        said = "those of parcels are of the starter catalogue, and nobody has checked them"
        advice = "compare them with the carrier's, and keep them at /office/catalogue/postage/parcel"
        yield warning("prices", said, advice)
    else:
        yield ok("prices", "those of parcels were checked, or none is known")
