"""What the law asks us to say: privacy and accessibility."""

from flask import Blueprint, current_app, render_template

pages = Blueprint("notices", __name__)


@pages.get("/privacy")
def privacy() -> str:
    return render_template("public/privacy.html", dpo=current_app.config["DPO_CONTACT"])


@pages.get("/accessibility")
def accessibility() -> str:
    return render_template("public/accessibility.html", sender=current_app.config["MAIL_DEFAULT_SENDER"])
