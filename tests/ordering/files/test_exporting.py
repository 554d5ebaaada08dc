"""Orders as a workbook that people calculate with."""

from datetime import date
from pathlib import Path

from flask import Flask
from openpyxl import load_workbook

from orders.spreadsheets import read
from tests.factories import make_edition, make_order


def test_an_exported_workbook_has_days_and_copies_to_calculate_with_and_no_total(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        make_edition()
        make_order(lines={"MAN26": 3}, needed_by=date(2026, 12, 1))
    file = tmp_path / "orders.xlsx"
    app.test_cli_runner().invoke(args=["orders", "export", str(file)])
    headings, *rows = load_workbook(file)["orders"].iter_rows(values_only=True)
    (order,) = (dict(zip(headings, row, strict=True)) for row in rows)
    assert (order["MAN26"], order["LIV26"], order["postcode"]) == (3, 0, "1000")
    assert f"{order['needed_by']:%d/%m/%Y}" == "01/12/2026"
    (read_again,) = read(file).rows
    assert "2026-12-01" in read_again.cells
