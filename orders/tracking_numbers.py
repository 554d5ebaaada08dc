"""Tracking numbers of bpost, as they stand on a receipt or in a file."""

import re

# bpost's own numbers have 24 digits; UPU S10 has two letters, nine digits and the country.
_NUMBER = re.compile(r"3232[0-9]{20}|[A-Z]{2}[0-9]{9}[A-Z]{2}")
TRACK = "https://track.bpost.cloud/btr/web/#/search?itemCode="


def read_number(typed: str) -> str | None:
    """A tracking number without its spaces, or `None`.

    >>> read_number("ce 123 456 785 be"), read_number("1Z 999 AA1 01 2345 6784")
    ('CE123456785BE', None)
    """
    bare = re.sub(r"[\s\u00a0\u202f]", "", typed).upper()
    return bare if _NUMBER.fullmatch(bare) else None
