"""Colleagues by their names, as far as their addresses tell them."""

import re


def colleague(email: str) -> str:
    """The name that an address is made of; the address stays where accounts and the journal are looked after.

    >>> colleague("marie.dupont@example.org"), colleague("j-f_petit2@example.org"), colleague("bureau@example.org")
    ('Marie Dupont', 'J F Petit2', 'Bureau')
    """
    words = re.split(r"[._+-]+", email.partition("@")[0])
    return " ".join(word[:1].upper() + word[1:] for word in words if word)
