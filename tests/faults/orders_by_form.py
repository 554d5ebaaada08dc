"""Orders through the public form, as a browser sends it."""

from zlib import crc32

from flask.testing import FlaskClient

from tests.page import Page

TYPED = {
    "audience": "family",
    "street": "Rue de la Senne",
    "postcode": "5590",
    "town": "Ciney",
    "copies-MAN26": "2",
}


def fields(client: FlaskClient, name: str = "Marie Dupont") -> dict[str, str]:
    """The form, opened and filled in by somebody with this name, who lives alone."""
    number = str(1 + crc32(name.encode()) % 900)
    email = f"{name.lower().replace(' ', '.')}@example.org"
    return {**Page.open(client, "/order").fields("/order"), **TYPED, "name": name, "email": email, "number": number}
