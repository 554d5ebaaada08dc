"""The office's guide, read inside the application: each page leads to the chapter about it."""

from flask import Flask

from orders.office.help.views import link_from_here, pages

__all__ = ["init_app", "pages"]


def init_app(app: Flask) -> None:
    """Give templates the address of the chapter about the page that is shown."""
    app.jinja_env.globals["help_link"] = link_from_here
