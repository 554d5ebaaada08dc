"""The text that an order is found by: folded, so that case and accents do not matter."""

import unicodedata

from orders.addresses import PostalAddress

LETTERS_IN_FULL = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})  # what NFKD leaves as it is


def fold(text: str) -> str:
    """Text as it is searched for: without case, without accents, without ligatures and strokes."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS_IN_FULL))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def searchable(address: PostalAddress, email: str) -> str:
    """What an order can be found by, folded: name, organisation, e-mail, street, postcode and town."""
    return fold(
        " ".join(
            (
                address.name,
                address.organisation,
                email,
                address.street,
                address.number,
                address.postcode,
                address.town,
            )
        )
    )
