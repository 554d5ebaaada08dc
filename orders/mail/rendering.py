"""Renders a mail from what its row tells, when it is sent or looked at: nobody who orders waits for it."""

import re
from typing import Any

from flask import current_app, render_template
from flask_babel import force_locale

from orders.mail import signed_links
from orders.mail.told import as_told


def subject(kind: str, language: str, told: Any) -> str:
    """The first line of `templates/mail/<kind>.txt`. What follows it is not rendered."""
    template = current_app.jinja_env.get_template(f"mail/{kind}.txt")
    line = ""
    with force_locale(language):
        for piece in template.generate(links=signed_links, **as_told(told)):
            line += piece
            if "\n" in line:
                break
    return line.split("\n", 1)[0].strip()


def text(kind: str, language: str, told: Any) -> str:
    """All that follows the subject. What templates leave out leaves no empty lines."""
    with force_locale(language):
        rendered = render_template(f"mail/{kind}.txt", links=signed_links, **as_told(told))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r" +\n", "\n", rendered.split("\n", 1)[1].strip())) + "\n"


def html(kind: str, language: str, subject: str, told: Any) -> str:
    with force_locale(language):
        return render_template(
            f"mail/{kind}.html", links=signed_links, subject=subject, language=language, **as_told(told)
        )
