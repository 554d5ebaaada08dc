"""DOOR: signing in and out, and passwords: Flask-Security, told about our accounts."""

from orders.signin.setup import init_app

__all__ = ["init_app"]
