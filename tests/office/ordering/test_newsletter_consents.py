"""Who agreed to receive news, taken away with the proof."""

import csv
import io
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from orders.database import db
from orders.staff.models import AuditEntry, StaffRole
from tests.factories import make_edition, make_order
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
TEXT = "Envoyez-moi aussi des nouvelles."


@pytest.fixture(autouse=True)
def season(app: Flask) -> None:
    with app.app_context():
        make_edition()
        make_order(email="nobody@example.org")
        make_order(email="ana@example.org", news_text="Un texte plus ancien.", minutes=1)
        make_order(email="bo@example.org", news_text=TEXT, language="nl", minutes=2)
        make_order(email="Ana@example.org", news_text=TEXT, minutes=3)


def test_each_address_stands_once_with_the_text_shown_and_the_day(app: Flask, office: Office) -> None:
    client = office(StaffRole.COORDINATOR)
    assert "2 adresses" in Page.open(client, "/office/ordering/news").words()
    answer = client.get("/office/ordering/news.csv")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[1:] == [
        ["bo@example.org", "nl", TEXT, "2026-11-20 10:02"],
        ["Ana@example.org", "fr", TEXT, "2026-11-20 10:03"],
    ]
    sheet = load_workbook(io.BytesIO(client.get("/office/ordering/news.xlsx").data)).active
    assert sheet is not None
    found = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [[*row[:3], f"{row[3]:%Y-%m-%d %H:%M}"] for row in found] == rows[1:]
    assert client.get("/office/ordering/news.pdf").status_code == 404
    with app.app_context():
        entries = db.session.scalars(select(AuditEntry).where(AuditEntry.thing == "news consents")).all()
        assert [entry.after["lines"] for entry in entries if entry.after] == [2, 2]


def test_only_who_coordinates_may_take_them_away(office: Office) -> None:
    for path in ("news", "news.csv"):
        assert office(StaffRole.OFFICE).get(f"/office/ordering/{path}").status_code == 403
