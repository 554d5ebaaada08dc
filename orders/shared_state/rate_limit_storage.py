"""Counts tries for the rate limits where every process and machine sees them: `PLI_RATELIMIT_STORAGE_URI=database://`.

On PostgreSQL that is a table; it is not logged, as a count may be lost in a crash. On SQLite, where all processes are
on one machine, it is a file of its own, so that tries do not queue behind orders that are written; the table there
stays empty. Whose tries they are is kept as a keyed hash only.
"""

import hashlib
import hmac
import random
import time
from functools import cached_property
from pathlib import Path
from typing import Any

from flask import current_app
from limits.storage import Storage
from sqlalchemy import BigInteger, Connection, Engine, String, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import CreateTable

from orders.database import Model, db

FILE = "rate-limits.sqlite"
TIDIED = 0.005  # the share of tries at which what is over is deleted

_COUNT = text(
    "INSERT INTO rate_limit (key, hits, ends_at) VALUES (:key, :hits, :ends_at) ON CONFLICT (key) DO UPDATE SET "
    "hits = CASE WHEN rate_limit.ends_at <= :now THEN :hits ELSE rate_limit.hits + :hits END, "
    "ends_at = CASE WHEN rate_limit.ends_at <= :now THEN :ends_at ELSE rate_limit.ends_at END RETURNING hits"
)


class RateLimit(Model):
    """Tries of somebody at something in a window of time; `ends_at` in seconds since 1970."""

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    hits: Mapped[int]
    ends_at: Mapped[int] = mapped_column(BigInteger)


class DatabaseStorage(Storage):
    """Registers itself with `limits` under its scheme."""

    STORAGE_SCHEME = ["database"]

    @property
    def base_exceptions(self) -> type[Exception]:
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        now = int(time.time())
        with self._connected() as connection:
            if random.random() < TIDIED:  # noqa: S311 -- nothing depends on it
                connection.execute(text("DELETE FROM rate_limit WHERE ends_at <= :now"), {"now": now})
            counted = {"key": _hashed(key), "hits": amount, "now": now, "ends_at": now + expiry}
            return int(connection.execute(_COUNT, counted).scalar_one())

    def get(self, key: str) -> int:
        return self._found("hits", key)

    def get_expiry(self, key: str) -> float:
        return float(self._found("ends_at", key)) or time.time()

    def check(self) -> bool:
        with self._connected() as connection:
            return bool(connection.execute(text("SELECT 1")).scalar_one())

    def reset(self) -> int | None:
        with self._connected() as connection:
            return connection.execute(text("DELETE FROM rate_limit")).rowcount

    def clear(self, key: str) -> None:
        with self._connected() as connection:
            connection.execute(text("DELETE FROM rate_limit WHERE key = :key"), {"key": _hashed(key)})

    def _found(self, column: str, key: str) -> int:
        query = text(f"SELECT {column} FROM rate_limit WHERE key = :key AND ends_at > :now")  # noqa: S608 -- our own names
        with self._connected() as connection:
            return int(connection.execute(query, {"key": _hashed(key), "now": int(time.time())}).scalar() or 0)

    def _connected(self) -> Connection:
        """Each statement is a transaction of its own, whatever the request does in its own."""
        engine = db.engine if db.engine.dialect.name == "postgresql" else self._own_file
        return engine.connect().execution_options(isolation_level="AUTOCOMMIT")

    @cached_property
    def _own_file(self) -> Engine:
        engine = create_engine(f"sqlite:///{Path(current_app.instance_path) / FILE}")

        @event.listens_for(engine, "connect")
        def configure(connection: Any, _record: object) -> None:
            for pragma in ("journal_mode=WAL", "synchronous=OFF", "busy_timeout=5000"):
                connection.execute(f"PRAGMA {pragma}")

        with engine.begin() as connection:
            connection.execute(CreateTable(RateLimit.__table__, if_not_exists=True))  # type: ignore[arg-type]
        return engine


def _hashed(key: str) -> str:
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(secret, key.encode(), hashlib.sha256).hexdigest()
