"""The blueprint that the pages of dispatches, printers and parcels share."""

from flask import Blueprint

pages = Blueprint("shipping", __name__, url_prefix="/shipping")
