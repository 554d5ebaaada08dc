"""DOOR: the pages for everyone, without an account."""

from flask import Flask

from orders.public import health, notices, publication_choices, publication_files
from orders.public.blueprint import pages
from orders.public.order_page import changing, letter_report, views
from orders.public.ordering import live_help, views

__all__ = ["changing", "letters", "ordering", "own_order"]


def init_app(app: Flask) -> None:
    for each in (
        pages,
        publication_choices.pages,
        publication_files.pages,
        live_help.pages,
        notices.pages,
        health.pages,
    ):
        app.register_blueprint(each)
