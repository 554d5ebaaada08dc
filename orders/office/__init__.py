"""DOOR: the pages of the staff. One guard for all of them; a page module per room."""

from flask import Flask

from orders.office import access, catalogue, ordering, shipping, staff, stock, today

for pages in (today, ordering, shipping, stock, catalogue, staff):
    access.office.register_blueprint(pages.pages)


def init_app(app: Flask) -> None:
    app.register_blueprint(access.office)
    app.context_processor(access.what_may_be_opened)
