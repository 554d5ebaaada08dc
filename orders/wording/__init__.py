"""Words shown to a person that more than one door needs. The sources are French, translated through gettext.

Stands under the doors, which all speak to people; the rooms below know no sentence.
"""

from flask import Flask
from flask_babel import Babel

from orders.clock import BRUSSELS
from orders.references import show_reference
from orders.wording import (
    account_sentences,
    catalogue_sentences,
    field_sentences,
    own_order_sentences,
    packing_sentences,
    refusal_sentences,
    shipping_sentences,
    stock_sentences,
)
from orders.wording.figures import day, long_day, moment, number
from orders.wording.sentences import sentence
from orders.wording.words import word

__all__ = [
    "account_sentences",
    "catalogue_sentences",
    "day",
    "field_sentences",
    "long_day",
    "moment",
    "number",
    "own_order_sentences",
    "packing_sentences",
    "refusal_sentences",
    "sentence",
    "shipping_sentences",
    "stock_sentences",
    "word",
]

babel = Babel()


def init_app(app: Flask) -> None:
    app.config["BABEL_DEFAULT_TIMEZONE"] = BRUSSELS.key
    babel.init_app(app, default_locale="fr", locale_selector=lambda: "fr")
    app.jinja_env.filters.update(
        word=word,
        day=day,
        long_day=long_day,
        moment=moment,
        number=number,
        sentence=sentence,
        grams=packing_sentences.grams,
        millimetres=packing_sentences.millimetres,
        euros=packing_sentences.euros,
        packaging_name=packing_sentences.packaging_name,
        reference=show_reference,
    )
