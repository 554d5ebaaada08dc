"""The language of a page: what `?lang=` asks (kept in a cookie), else what the browser prefers, else French.

The public pages speak four languages, the staff's French and English; a language that a page does not speak is as good
as none. `?lang=` on an address of the staff or of the public works alike, with every method: an order that is sent to
`/order?lang=nl` is placed in Dutch.
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from flask import Flask, Response, current_app, has_request_context, request, url_for
from flask_babel import get_locale
from markupsafe import Markup

from orders.association import current_profile

FIRST_LANGUAGE = "fr"
"""What the sources are written in, and what a command speaks."""
COOKIE = "lang"
A_YEAR = 365 * 86_400  # seconds
NAMES = {"fr": "Français", "nl": "Nederlands", "de": "Deutsch", "en": "English"}
LOCALES = {"fr": "fr_BE", "nl": "nl_BE", "de": "de_BE", "en": "en_GB"}
"""How days, numbers and prices are written in each language, here."""
STAFF_LANGUAGES = ("fr", "en")
STAFF_PATHS = ("/office", "/staff")
SWITCH = "language_switch"
"""The field that a switch of language sends, from a form that somebody has filled in: the form comes back filled in,
and nothing else happens."""


def init_app(app: Flask) -> None:
    app.after_request(_say_the_language)
    app.after_request(_keep_the_choice)
    app.jinja_env.globals.update(
        current_language=current_language,
        languages=spoken_languages,
        language_address=language_address,
    )


def current_language() -> str:
    """The language of the page or mail that is being written."""
    locale = get_locale()
    return str(locale.language) if locale else FIRST_LANGUAGE


def marked(text: str, language: str) -> Markup:
    """A text on a page: one in another language than the page's says which."""
    if current_language() == language:
        return Markup.escape(text)
    return Markup('<span lang="{}">{}</span>').format(language, text)


def choose_locale() -> str:
    """The locale of a request, for Flask-Babel; commands speak French."""
    chosen = next(iter(_wanted()), next(iter(_spoken()))) if has_request_context() else FIRST_LANGUAGE
    return LOCALES[chosen]


def spoken_languages() -> dict[str, str]:
    """What this page can speak: each language by its own name."""
    return {code: NAMES[code] for code in _spoken()}


def language_address(code: str, *, with_query: bool = True) -> str:
    """This page in that language, with its query; the front page where this one answers to forms only."""
    rule = request.url_rule
    if rule is not None and "GET" not in (rule.methods or ()):
        return url_for("public.front", lang=code)
    query = [(name, value) for name, value in request.args.items(multi=True) if with_query and name != "lang"]
    return f"?{urlencode([*query, ('lang', code)])}"


def _spoken() -> Iterable[str]:
    return STAFF_LANGUAGES if request.path.startswith(STAFF_PATHS) else current_profile().languages


def _wanted() -> Iterator[str]:
    """The languages that are wanted and spoken, the most wanted first."""
    asked = [request.args.get("lang", ""), request.cookies.get(COOKIE, "")]
    preferred = [re.split("[-_]", tag)[0].lower() for tag, quality in request.accept_languages if quality > 0]
    return (code for code in [*asked, *preferred] if code in _spoken())


def _keep_the_choice(response: Response) -> Response:
    """A choice lasts for a year. It says nothing about anybody, so it needs no consent."""
    chosen = request.args.get("lang", "")
    if chosen and response.mimetype == "text/html" and chosen in _spoken():
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        response.set_cookie(COOKIE, chosen, A_YEAR, secure=secure, httponly=True, samesite="Lax")
    return response


def _say_the_language(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.content_language.add(current_language())
        response.vary.update(("Accept-Language", "Cookie"))
    return response
