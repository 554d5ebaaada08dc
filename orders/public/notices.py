"""The notices that the law requires: privacy and accessibility."""

from flask import Blueprint, render_template

pages = Blueprint("notices", __name__)


@pages.get("/privacy")
def privacy() -> str:
    return render_template("public/privacy.html")


@pages.get("/accessibility")
def accessibility() -> str:
    return render_template("public/accessibility.html")
