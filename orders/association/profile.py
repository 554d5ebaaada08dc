"""The association's profile: a value, what it must contain, and how it reads in one language."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email

LANGUAGES = ("fr", "nl", "de", "en")
"""The languages that Pli speaks; a profile names those that it offers, French or another one first."""
LONGEST_LINE, LONGEST_TEXT, LONGEST_CARRIER_NAME = 80, 300, 40
ACCENT = re.compile(r"#[0-9a-f]{6}")

Text = Mapping[str, str]
"""One text by language. Where a language is missing, the profile's first language serves."""


@dataclass(frozen=True, slots=True)
class AssociationProfile:
    """Who sends. Fields of type `Text` are told by language, all others are the same in each.

    `carrier_name` is the sender's name in the carrier's file, which takes 40 characters. `accent` is a colour as
    `#rrggbb`, used as a surface behind black text. `mail_sender` reads `Name <address>`.
    """

    languages: tuple[str, ...]
    name: Text
    short_name: Text
    campaign: Text
    street: Text
    number: str
    postcode: str
    town: Text
    pickup_street: Text
    pickup_number: str
    pickup_postcode: str
    pickup_town: Text
    pickup_hours: Text
    pickup_way: Text
    slip_closing: Text
    company_number: Text
    phone: str
    email: str
    website: str
    dpo_contact: str
    mail_sender: str
    carrier_name: str
    accent: str = "#ffff00"
    logo_digest: str = ""

    def as_values(self) -> dict[str, Any]:
        """As it is kept and journaled: only what JSON knows."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}


TEXTS = tuple(each.name for each in fields(AssociationProfile) if each.type == "Text" or each.type is Text)
REQUIRED_TEXTS = ("name", "short_name", "campaign", "street", "town")
REQUIRED = ("number", "postcode", "email", "mail_sender", "carrier_name", "dpo_contact")
LONG_TEXTS = ("pickup_hours", "pickup_way", "slip_closing")


def profile_from(values: Mapping[str, Any]) -> AssociationProfile:
    """The profile that was kept as these values; fields added since then have their empty value."""
    filled: dict[str, Any] = {}
    for each in fields(AssociationProfile):
        empty: Any = {} if each.name in TEXTS else ""
        filled[each.name] = values.get(each.name, each.default if isinstance(each.default, str) else empty)
    filled["languages"] = tuple(filled["languages"])
    return AssociationProfile(**filled)


@dataclass(frozen=True, slots=True)
class LocalizedProfile:
    """The profile in one language, for templates: every text is a plain string."""

    texts: Mapping[str, str] = field(default_factory=dict)

    def __getattr__(self, name: str) -> str:
        try:
            return self.texts[name]
        except KeyError:
            raise AttributeError(name) from None


def in_language(profile: AssociationProfile, language: str) -> LocalizedProfile:
    """The profile as it reads in a language, with its addresses on one line.

    Adds `street_line`, `town_line`, `address_line`, and the same of the pickup address, which is the postal one where
    none is given.
    """
    told: dict[str, str] = {}
    for each in fields(AssociationProfile):
        value = getattr(profile, each.name)
        if each.name in TEXTS:
            told[each.name] = value.get(language) or value.get(profile.languages[0], "")
        elif isinstance(value, str):
            told[each.name] = value
    if not told["pickup_street"]:
        told |= {f"pickup_{part}": told[part] for part in ("street", "number", "postcode", "town")}
    for prefix in ("", "pickup_"):
        street = f"{told[prefix + 'street']} {told[prefix + 'number']}".strip()
        town = f"{told[prefix + 'postcode']} {told[prefix + 'town']}".strip()
        told |= {
            f"{prefix}street_line": street,
            f"{prefix}town_line": town,
            f"{prefix}address_line": f"{street}, {town}",
        }
    return LocalizedProfile(told)


@dataclass(frozen=True, slots=True)
class ProfileFault:
    """What is wrong with one field. Texts are named with their language: `name-fr`."""

    field: str
    problem: str
    most: int = 0


MISSING, TOO_LONG, INVISIBLE, MALFORMED = "missing", "too_long", "invisible", "malformed"


def profile_faults(profile: AssociationProfile) -> tuple[ProfileFault, ...]:
    """Everything that is wrong with a profile."""
    return tuple(_faults(profile))


def _faults(profile: AssociationProfile) -> Iterator[ProfileFault]:
    if not profile.languages:
        yield ProfileFault("languages", MISSING)
        return
    for name in TEXTS:
        most = LONGEST_TEXT if name in LONG_TEXTS else LONGEST_LINE
        for language in profile.languages:
            yield from _line_faults(f"{name}-{language}", getattr(profile, name).get(language, ""), most)
        if name in REQUIRED_TEXTS and not getattr(profile, name).get(profile.languages[0]):
            yield ProfileFault(f"{name}-{profile.languages[0]}", MISSING)
    for each in fields(AssociationProfile):
        value = getattr(profile, each.name)
        if isinstance(value, str) and each.name != "logo_digest":
            most = LONGEST_CARRIER_NAME if each.name == "carrier_name" else LONGEST_LINE
            yield from _line_faults(each.name, value, most)
            if each.name in REQUIRED and not value:
                yield ProfileFault(each.name, MISSING)
    yield from _form_faults(profile)


def _line_faults(name: str, value: str, most: int) -> Iterator[ProfileFault]:
    if len(value) > most:
        yield ProfileFault(name, TOO_LONG, most)
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in value):
        yield ProfileFault(name, INVISIBLE)


def _form_faults(profile: AssociationProfile) -> Iterator[ProfileFault]:
    if profile.email and not _is_email(profile.email):
        yield ProfileFault("email", MALFORMED)
    if profile.mail_sender and not _is_email(parseaddr(profile.mail_sender)[1]):
        yield ProfileFault("mail_sender", MALFORMED)
    if profile.website and not _is_website(profile.website):
        yield ProfileFault("website", MALFORMED)
    if not ACCENT.fullmatch(profile.accent):
        yield ProfileFault("accent", MALFORMED)
    elif _luminance(profile.accent) < LIGHTEST_UNREADABLE:
        yield ProfileFault("accent", TOO_DARK)


TOO_DARK = "too_dark"
LIGHTEST_UNREADABLE = 0.35
"""Relative luminance (WCAG 2.2) at which black #111 reaches a contrast of 7:1."""


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return sum(weight * each for weight, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _is_email(value: str) -> bool:
    try:
        validate_email(value, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True


def _is_website(value: str) -> bool:
    parts = urlsplit(value)
    return parts.scheme in ("http", "https") and bool(parts.hostname)
