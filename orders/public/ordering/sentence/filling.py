"""Fills the order form from a sentence, and says what was understood and what was not."""

from datetime import date

from flask_babel import gettext, ngettext

from orders.public.ordering.order_form import OrderForm
from orders.public.ordering.sentence.reading import Reading, read_sentence
from orders.wording import number

SENTENCE = "sentence"
SENTENCE_BUTTON = "read_sentence"


def fill_from_sentence(form: OrderForm, typed: dict[str, str], *, today: date) -> str:
    """Change the fields that the sentence speaks of, on the form and in `typed`; returns what to say about it."""
    reading = read_sentence(typed.get(SENTENCE) or "", form.publications, form.audiences, today=today)
    filled = {name: value for name, value in reading.fields.items() if name in form}
    typed.update(filled)
    form.fill_in(filled)
    last = [gettext("Vérifiez, puis commandez.")] if filled else []
    return " ".join([_understood(filled), *_not_understood(reading), *last])


def _understood(filled: dict[str, str]) -> str:
    if not filled:
        return gettext("Nous n’avons rien compris de cette phrase : remplissez les cases ci-dessous.")
    return ngettext(
        "C’est rempli : %(cases)s case. Rien n’est encore envoyé.",
        "C’est rempli : %(cases)s cases. Rien n’est encore envoyé.",
        len(filled),
        cases=number(len(filled)),
    )


def _not_understood(reading: Reading) -> list[str]:
    if not reading.rest:
        return []
    pieces = ", ".join(gettext("« %(words)s »", words=piece[:80]) for piece in reading.rest[:5])
    return [gettext("Pas compris : %(pieces)s.", pieces=pieces)]
