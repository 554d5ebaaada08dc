"""DOOR: the pages for everyone, without an account."""

from flask import Flask

from orders.public import changing, files, health, helping, letters, notices, ordering, own_order, reading
from orders.public.blueprint import pages

__all__ = ["changing", "letters", "ordering", "own_order"]


def init_app(app: Flask) -> None:
    for each in (pages, reading.pages, files.pages, helping.pages, notices.pages, health.pages):
        app.register_blueprint(each)
