"""The blueprint that the pages about orders share."""

from flask import Blueprint

pages = Blueprint("ordering", __name__, url_prefix="/ordering")
