"""The blueprint that the pages for everyone share."""

from flask import Blueprint

pages = Blueprint("public", __name__)
