"""DOOR: the pages of the staff. One guard for all of them; a package or a module per subject."""

from flask import Flask

from orders.office import (
    access,
    catalogue,
    directory,
    dropoff,
    events,
    help,
    journal,
    lateness_today,
    letter_counts,
    ordering,
    outgoing_mail,
    own_sessions,
    privacy,
    reports,
    scanning,
    settings,
    shipping,
    staff,
    stock,
    today,
    tracking,
)
from orders.office.directory import coverage
from orders.office.ordering import approval
from orders.office.stock import forecast
from orders.office.url_converters import RowNumber
from orders.shipping.number_ranges import show_ranges

SUBJECTS = (
    today,
    ordering,
    approval,
    shipping,
    stock,
    forecast,
    reports,
    letter_counts,
    catalogue,
    dropoff,
    directory,
    events,
    coverage,
    staff,
    scanning,
    tracking,
    outgoing_mail,
    privacy,
    settings,
    own_sessions,
    journal,
    help,
)

for subject in SUBJECTS:
    access.office.register_blueprint(subject.pages)


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = RowNumber
    app.register_blueprint(access.office)
    app.context_processor(access.what_may_be_opened)
    journal.init_app(app)
    help.init_app(app)
    app.jinja_env.filters["lateness"] = lateness_today.lateness_today
    app.jinja_env.filters["ranges"] = show_ranges
