"""Imported by the server from which processes are forked, so that each need not do again what all do first."""

from sqlalchemy.orm import configure_mappers

from tests.races.warm import NOWHERE, application

for kind in NOWHERE:
    application(kind)
configure_mappers()
