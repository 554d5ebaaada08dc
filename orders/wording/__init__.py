"""Words shown to a person that more than one door needs. The sources are French, translated through gettext.

The doors use it; the rooms know no sentences.
"""

from flask import Flask

from orders.clock import BRUSSELS, local_day
from orders.ordering.lookup.tracked_orders import track_address
from orders.phone_numbers import show_phone
from orders.references import show_reference
from orders.wording.association_text import association, association_name, association_text, with_contact
from orders.wording.audience_names import audience_name, audience_named
from orders.wording.colleague_names import colleague, told_apart
from orders.wording.contact_redaction import without_contacts
from orders.wording.counted_titles import counted, title_after
from orders.wording.enum_labels import word
from orders.wording.event_titles import event_title
from orders.wording.formatting import (
    clock_or_moment,
    day,
    euros,
    hour,
    kilometres,
    long_day,
    moment,
    named_day,
    number,
    short_day,
    signed,
    weekday,
)
from orders.wording.mail_faults import mail_fault
from orders.wording.messages import packing
from orders.wording.messages.registry import sentence
from orders.wording.publication_titles import (
    as_written,
    edition_title,
    front_text,
    title_of,
    titled,
    translated,
    translated_plain,
)
from orders.wording.translation import languages
from orders.wording.translation.catalogues import Languages
from orders.wording.translation.languages import current_language

__all__ = [
    "association",
    "association_name",
    "association_text",
    "audience_name",
    "audience_named",
    "clock_or_moment",
    "colleague",
    "current_language",
    "day",
    "euros",
    "event_title",
    "kilometres",
    "as_written",
    "long_day",
    "moment",
    "number",
    "named_day",
    "short_day",
    "sentence",
    "counted",
    "title_of",
    "titled",
    "told_apart",
    "word",
]

babel = Languages()


FILTERS = {
    "word": word,
    "colleague": colleague,
    "audience_named": audience_named,
    "day": day,
    "local_day": local_day,
    "long_day": long_day,
    "named_day": named_day,
    "track_address": track_address,
    "with_contact": with_contact,
    "short_day": short_day,
    "moment": moment,
    "clock_or_moment": clock_or_moment,
    "mail_fault": mail_fault,
    "number": number,
    "language_name": languages.NAMES.__getitem__,
    "signed": signed,
    "euros": euros,
    "event_title": event_title,
    "hour": hour,
    "weekday": weekday,
    "kilometres": kilometres,
    "title_of": title_of,
    "titled": titled,
    "title_after": title_after,
    "as_written": as_written,
    "edition_title": edition_title,
    "front_text": front_text,
    "translated": translated,
    "translated_plain": translated_plain,
    "marked": languages.marked,
    "sentence": sentence,
    "grams": packing.grams,
    "millimetres": packing.millimetres,
    "packaging_name": packing.packaging_name,
    "reference": show_reference,
    "phone": show_phone,
    "without_contacts": without_contacts,
}
"""What templates write a value with."""


def init_app(app: Flask) -> None:
    app.config["BABEL_DEFAULT_TIMEZONE"] = BRUSSELS.key
    babel.init_app(app, locale_selector=languages.choose_locale)
    languages.init_app(app)
    app.jinja_env.globals["association"] = association
    app.jinja_env.filters.update(FILTERS)
