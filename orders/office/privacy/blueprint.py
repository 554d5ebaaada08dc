"""The blueprint of the pages about personal data."""

from flask import Blueprint

pages = Blueprint("privacy", __name__, url_prefix="/privacy")
