"""Rate limits per IP address. They are generous, because a whole school may share one address."""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, headers_enabled=False)
ORDERS = "60 per minute; 600 per hour"
CHOICES = "120 per minute"
SIGN_INS = "20 per minute; 200 per hour"


def init_app(app: Flask) -> None:
    limiter.init_app(app)
