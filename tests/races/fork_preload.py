"""Imported once by the fork server of the race tests, so that forked processes start quickly."""

from sqlalchemy.orm import configure_mappers

from tests.races.prepared_apps import NOWHERE, application

for kind in NOWHERE:
    application(kind)
configure_mappers()
