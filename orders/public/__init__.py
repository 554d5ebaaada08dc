"""DOOR: the pages for everyone, without an account."""

from flask import Flask

from orders.public import (
    association_look,
    front_page,
    health,
    metrics,
    notices,
    publication_choices,
    publication_files,
)
from orders.public.blueprint import pages
from orders.public.order_page import calendar_entry, changing, email_change, letter_report, notice, own_data, returning
from orders.public.order_page import views as order_page
from orders.public.ordering import order_form_api
from orders.public.ordering import views as ordering
from orders.public.places import event_proposal, events, where

__all__ = [
    "calendar_entry",
    "changing",
    "email_change",
    "event_proposal",
    "front_page",
    "letter_report",
    "notice",
    "order_page",
    "ordering",
    "own_data",
]


def init_app(app: Flask) -> None:
    for blueprint in (
        pages,
        publication_choices.pages,
        publication_files.pages,
        order_form_api.pages,
        returning.pages,
        association_look.pages,
        notices.pages,
        where.pages,
        events.pages,
        health.pages,
        metrics.pages,
    ):
        app.register_blueprint(blueprint)
