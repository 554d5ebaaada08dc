"""DOOR: the pages of the staff. One guard for all of them; a page module per room."""

from flask import Flask

from orders.office import (
    access,
    catalogue,
    deciding,
    forecast,
    late,
    letters,
    mail,
    ordering,
    reports,
    scanning,
    shipping,
    staff,
    stock,
    stock_counts,
    stock_print_runs,
    stock_sharing,
    today,
    tracking,
)
from orders.office.row_numbers import RowNumber

PAGES = (
    today,
    ordering,
    deciding,
    shipping,
    stock,
    forecast,
    reports,
    letters,
    catalogue,
    staff,
    scanning,
    tracking,
    mail,
)

for part in (stock_print_runs, stock_counts, stock_sharing):
    stock.pages.register_blueprint(part.pages)
for room in PAGES:
    access.office.register_blueprint(room.pages)


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = RowNumber
    app.register_blueprint(access.office)
    app.context_processor(access.what_may_be_opened)
    app.jinja_env.filters["lateness"] = late.lateness_today
