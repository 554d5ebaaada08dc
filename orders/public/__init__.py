"""DOOR: the pages for everyone, without an account."""

from flask import Flask

from orders.public import files, health, helping, notices, ordering, reading


def init_app(app: Flask) -> None:
    for pages in (ordering, reading, files, helping, notices, health):
        app.register_blueprint(pages.pages)
