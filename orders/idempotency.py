"""Keys of forms: what is sent twice with the same key is done once."""

import secrets

LONGEST_KEY = 64


def new_key() -> str:
    """A key for one loading of a form, that nobody can guess."""
    return secrets.token_urlsafe(18)
