"""An e-mail address as mail servers read it; no server is asked whether it exists."""

import re
from dataclasses import dataclass
from difflib import get_close_matches

from email_validator import EmailNotValidError, validate_email

from orders.addresses import LONGEST, LONGEST_LOCAL_PART, Missing, TooLong
from orders.ordering.request.validation_errors import MalformedEmail, SeveralEmails

_NAMED = re.compile(r"[^<>]*<\s*([^<>\s]+@[^<>\s]+)\s*>")  # `Zoé <zoe@example.org>`, as mail programs copy it
_LINK = re.compile(r"mailto:\s*", re.IGNORECASE)
_AROUND = " ,;:.<>\"'«»()[]"
_SEVERAL = re.compile(r"@[^@\s,;/]+[\s,;/]+[^@]*@")

_PROVIDERS = {
    **dict.fromkeys(("gmail", "icloud", "protonmail"), ("com",)),
    **dict.fromkeys(("hotmail", "outlook", "yahoo"), ("com", "be", "fr")),
    **dict.fromkeys(("skynet", "telenet", "proximus", "scarlet"), ("be",)),
    **{"laposte": ("net",), "belgacom": ("net",), "wanadoo": ("fr",)},
}
"""Where people here have their address, and how its domain ends, the likeliest first."""

_OF_ONE_ENDING = frozenset(("gmail", "icloud", "skynet", "telenet"))
_OTHERS = frozenset(("email", "mail", "ymail", "zmail", "rocketmail"))  # providers whose name is close to another's
_MISTYPED = {
    **dict.fromkeys(["con", "cmo", "ocm", "vom", "xom", "cpm", "cim", "comm", "coml", "comn"], "com"),
    **dict.fromkeys(["b", "eb", "vbe", "bbe", "ber"], "be"),
    **{"fre": "fr", "frr": "fr", "ner": "net"},
}
_CUT = ("co", "cm")  # of `com`
_CLOSE = 0.8


@dataclass(frozen=True, slots=True)
class DoubtfulEmail:
    """An address that can exist and is probably mistyped; `meant` is what was probably to be typed."""

    typed: str
    meant: str
    field: str = "email"


def tidy(typed: str) -> str:
    """An address without what mail programs and spreadsheets put around it.

    >>> tidy("Zoé <zoe@example.org>;"), tidy("mailto:zoe@example.org,"), tidy("zoe @ example.org")
    ('zoe@example.org', 'zoe@example.org', 'zoe@example.org')
    """
    text = typed.strip(_AROUND.replace("<", "").replace(">", ""))
    if found := _NAMED.fullmatch(text):
        text = found[1]
    return re.sub(r"\s*@\s*", "@", _LINK.sub("", text.strip(_AROUND)))


def read_email(typed: str) -> tuple[str, Missing | TooLong | MalformedEmail | SeveralEmails | None]:
    """Return the address, normalised, or what was typed and what is wrong with it."""
    text = tidy(typed)
    if not text:
        return "", Missing("email")
    if _SEVERAL.search(text):
        return typed, SeveralEmails()
    if too_long := _excess(text):
        return typed, too_long
    try:
        return validate_email(text, check_deliverability=False, allow_smtputf8=False).normalized, None
    except EmailNotValidError:
        return typed, MalformedEmail()


def email_question(address: str) -> DoubtfulEmail | None:
    """What is to be asked about a well-formed address: `gmail.con` and `gmial.com` are hardly anybody's.

    >>> email_question("zoe@gmial.com").meant, email_question("zoe@ecole.con").meant, email_question("zoe@ecole.be")
    ('zoe@gmail.com', 'zoe@ecole.com', None)
    """
    local, _, domain = address.rpartition("@")
    label, _, ending = domain.lower().rpartition(".")
    meant = _meant(label, ending)
    return DoubtfulEmail(address, f"{local}@{meant}") if meant and local and meant != domain.lower() else None


def _meant(label: str, ending: str) -> str:
    """The domain that was probably meant; empty where nothing speaks against this one."""
    likely = _MISTYPED.get(ending, ending)
    is_close = "." not in label and label not in _OTHERS
    provider = next(iter(get_close_matches(label, _PROVIDERS, 1, _CLOSE)), "") if is_close else ""
    if not provider:
        return f"{label}.{likely}" if likely != ending else ""
    endings = _PROVIDERS[provider]
    is_wrong = likely in _CUT or (provider in _OF_ONE_ENDING and likely not in endings)
    return f"{provider}.{endings[0] if is_wrong else likely}"


def _excess(typed: str) -> TooLong | None:
    """The larger of the two: that of the whole address, and that of what stands before its `@`."""
    local, _, _ = typed.rpartition("@")
    limits = ((len(typed), LONGEST["email"]), (len(local), LONGEST_LOCAL_PART))
    by, longest = max((length - longest, longest) for length, longest in limits)
    return TooLong("email", longest, by) if by > 0 else None
