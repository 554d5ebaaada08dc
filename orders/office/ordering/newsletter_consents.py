"""The addresses that agreed to receive news, with the proof, for whoever sends the newsletter."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.clock import local_day, now
from orders.office.access import needs
from orders.office.ordering.blueprint import pages
from orders.office.table_download import table_answer
from orders.ordering.followup import newsletter_consents as consenting
from orders.spreadsheets import Column, Kind
from orders.staff.models import StaffRole


@pages.get("/news")
@needs(StaffRole.COORDINATOR)
def news() -> str:
    """How many agreed, and the two files."""
    return render_template("office/ordering/news.html", total=consenting.count())


@pages.get("/news.<ending>")
@needs(StaffRole.COORDINATOR, fresh=True)
def news_file(ending: str) -> ResponseReturnValue:
    """E-mail, language, the text that was shown, and the moment of consent; that it was taken away is journaled."""
    at = now()
    header = [
        Column(gettext("E-mail")),
        Column(gettext("Langue")),
        Column(gettext("Texte accepté")),
        Column(gettext("Date de l’accord"), Kind.MOMENT, csv_format="%Y-%m-%d %H:%M"),
    ]
    rows = [(each.email, each.language, each.text, each.at) for each in consenting.consents()]
    name = gettext("nouvelles-%(day)s", day=local_day(at))
    return table_answer(name, ending, header, rows, about="news consents", title=gettext("Nouvelles"))
