"""What the law asks us to say: privacy and accessibility."""

from email.utils import parseaddr

from flask import Blueprint, current_app, render_template

pages = Blueprint("notices", __name__)


@pages.get("/privacy")
def privacy() -> str:
    return render_template("public/privacy.html", dpo=current_app.config["DPO_CONTACT"])


@pages.get("/accessibility")
def accessibility() -> str:
    _, sender = parseaddr(current_app.config["MAIL_DEFAULT_SENDER"])
    return render_template("public/accessibility.html", sender=sender)
