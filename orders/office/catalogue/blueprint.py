"""The blueprint that the catalogue's pages share."""

from flask import Blueprint

pages = Blueprint("catalogue", __name__, url_prefix="/catalogue")
