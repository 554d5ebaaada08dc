"""The journal as the staff reads it, and the histories on the pages of things."""

from flask import Flask

from orders.office.journal import fields, words
from orders.office.journal.views import pages

__all__ = ["init_app", "pages"]


def init_app(app: Flask) -> None:
    """Give templates the words of the journal."""
    app.jinja_env.filters.update(
        thing_name=words.thing_name,
        thing_link=words.thing_link,
        journal_details=fields.details,
        journal_action=words.action_name,
        journal_door=words.door_name,
    )
