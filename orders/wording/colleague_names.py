"""Colleagues by their names, as far as their addresses tell them."""

import re
from collections import Counter
from collections.abc import Collection

from flask_babel import gettext


def colleague(email: str) -> str:
    """The name that an address is made of; an account that was erased is called by its number.

    >>> colleague("marie.dupont@example.org"), colleague("j-f_petit2@example.org"), colleague("bureau@example.org")
    ('Marie Dupont', 'J F Petit2', 'Bureau')
    """
    name, is_address, _ = email.partition("@")
    if not is_address:
        return gettext("ancien compte %(number)s", number=name.rpartition("-")[2])
    return " ".join(word[:1].upper() + word[1:] for word in re.split(r"[._+-]+", name) if word)


def told_apart(emails: Collection[str]) -> dict[str, str]:
    """The name of each; those that are called alike have their address beside it."""
    names = {email: colleague(email) for email in emails}
    alike = Counter(names.values())
    return {email: name if alike[name] == 1 else f"{name} ({email})" for email, name in names.items()}
