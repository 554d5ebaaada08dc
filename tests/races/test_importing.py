"""The same file, sent twice at the same moment."""

from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from orders.database import db, transact
from orders.ordering.files import import_batches, importing
from orders.ordering.models import Order
from tests.factories import BY, NOW, make_edition
from tests.races.threads import run_at_once

pytestmark = pytest.mark.races

HEADER = "audience,name,street,number,postcode,town,email,MAN26"


def import_file(path: Path) -> str:
    checked = importing.check_file(path, at=NOW)
    try:
        import_batches.place_all(checked.digest, checked.good, transact, clock=lambda: NOW, by=BY)
    except import_batches.AlreadyImported:
        return "refused"
    return "done"


def test_two_imports_of_one_file_help_each_other_or_one_is_refused_and_each_row_is_placed_once(
    strict_app: Flask, tmp_path: Path
) -> None:
    rows = [f"family,Marie Dupont,Rue de la Senne,{n},1000,Bruxelles,m{n}@example.org,2" for n in range(1, 31)]
    file = tmp_path / "orders.csv"
    file.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    with strict_app.app_context():
        make_edition(shelf=100)
    assert "done" in run_at_once(strict_app, [partial(import_file, file)] * 3)
    with strict_app.app_context():
        emails = list(db.session.scalars(select(Order.email)))
    assert (len(emails), len(set(emails))) == (30, 30)
