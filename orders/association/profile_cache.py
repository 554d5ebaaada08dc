"""The profile in force, cached. Each process reads it at most once in five seconds, so pages need no query for it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from time import monotonic
from typing import Any

from flask import Flask, current_app, g
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from orders.association.models import THE_ROW, Association
from orders.association.profile import AssociationProfile, profile_from
from orders.database import db

STARTER = Path(__file__).with_name("starter.json")
FRESH = 5.0  # seconds: how long another process may still show what was changed
KEPT = "association"


def init_app(app: Flask) -> None:
    forget(app)


def current_profile() -> AssociationProfile:
    """The profile that an administrator saved, else the starter profile."""
    if "association_preview" in g:
        previewed: AssociationProfile = g.association_preview
        return previewed
    read_at, profile = current_app.extensions[KEPT]
    if profile is None or monotonic() - read_at > FRESH:
        try:
            values = db.session.scalar(select(Association.profile).where(Association.id == THE_ROW))
        except SQLAlchemyError:  # an error page is being written, perhaps because there is no database
            return profile or starter_profile()
        profile = profile_from(values) if values else starter_profile()
        current_app.extensions[KEPT] = (monotonic(), profile)
    return profile


@contextmanager
def previewed(profile: AssociationProfile) -> Iterator[None]:
    """Within this context pages, mails and paper are those of a profile that is not kept."""
    g.association_preview = profile
    try:
        yield
    finally:
        del g.association_preview


def forget(app: Flask) -> None:
    """Read the profile anew the next time: it was changed here, or the database is another one."""
    app.extensions[KEPT] = (0.0, None)


@cache
def starter_profile() -> AssociationProfile:
    """The profile that a new installation starts with: `starter.json`, the only file that names an association."""
    return profile_from(starter_values())


def starter_values() -> dict[str, Any]:
    """All that `starter.json` holds: the values of the profile, and the `audiences` that a new database begins with."""
    values: dict[str, Any] = json.loads(STARTER.read_text("utf-8"))
    return values
