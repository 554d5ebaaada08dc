"""Imported by the server from which processes are forked, so that each need not do again what all do first."""

import tempfile
from pathlib import Path

from sqlalchemy.orm import configure_mappers

from tests.conftest import make_app

with tempfile.TemporaryDirectory() as folder:
    make_app(f"sqlite:///{folder}/none.sqlite", Path(folder))
configure_mappers()
