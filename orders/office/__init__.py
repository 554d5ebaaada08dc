"""DOOR: the pages of the staff. One guard for all of them; a page module per room."""

from flask import Flask

from orders.office import access, catalogue, lateness, letter_counts, ordering, outgoing_mail, reports, shipping, today
from orders.office.ordering import approval
from orders.office.scanning import views
from orders.office.staff import views
from orders.office.stock import counts, forecast, print_runs, publications, sharing
from orders.office.tracking import views
from orders.office.url_converters import RowNumber

PAGES = (
    today,
    ordering,
    approval,
    shipping,
    publications,
    forecast,
    reports,
    letter_counts,
    catalogue,
    views,
    views,
    views,
    outgoing_mail,
)

for part in (print_runs, counts, sharing):
    publications.pages.register_blueprint(part.pages)
for room in PAGES:
    access.office.register_blueprint(room.pages)


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = RowNumber
    app.register_blueprint(access.office)
    app.context_processor(access.what_may_be_opened)
    app.jinja_env.filters["lateness"] = lateness.lateness_today
