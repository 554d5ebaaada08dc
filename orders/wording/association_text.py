"""The association as a page or mail names it, in the language of that page or mail."""

from flask import current_app
from markupsafe import Markup, escape
from werkzeug.local import LocalProxy

from orders.association import current_profile, in_language
from orders.association.profile import LocalizedProfile
from orders.wording.translation.languages import current_language

KEPT = "association_texts"


def association_text() -> LocalizedProfile:
    """The profile in force, in the language that is being written. Made once for a language and profile."""
    profile, language = current_profile(), current_language()
    kept = current_app.extensions.setdefault(KEPT, {})
    if kept.get("profile") is not profile:
        kept.clear()
        kept["profile"] = profile
    if language not in kept:
        kept[language] = in_language(profile, language)
    text: LocalizedProfile = kept[language]
    return text


def with_contact(text: str) -> Markup:
    """A sentence in which the association's e-mail address is a link."""
    address = escape(association_text().email)
    linked = Markup('<a class="break-anywhere" href="mailto:{0}">{0}</a>').format(address)  # noqa: S704
    return Markup(escape(text).replace(address, linked)) if address else escape(text)  # noqa: S704 both escaped


association = LocalProxy(association_text)
"""What templates call `association`."""

association_name = LocalProxy(lambda: association_text().name)
"""For lazy messages: the name in the language in which the message is read."""
