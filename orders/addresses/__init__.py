"""Belgian postal addresses: a value, what bpost wants of it, and what people really type. No framework.

`postcodes` knows the places of each code; `corrections` proposes how to correct what was typed.
"""

from orders.addresses.postal_address import COUNTRY_NAMES, LONGEST, LONGEST_LOCAL_PART, PostalAddress
from orders.addresses.text_cleaning import clean, unprintable
from orders.addresses.validation import (
    ControlCharacters,
    MalformedPostcode,
    Missing,
    Problem,
    TooLong,
    UnknownCountry,
    Unprintable,
    problems,
)

__all__ = [
    "COUNTRY_NAMES",
    "LONGEST",
    "LONGEST_LOCAL_PART",
    "ControlCharacters",
    "MalformedPostcode",
    "Missing",
    "PostalAddress",
    "Problem",
    "TooLong",
    "UnknownCountry",
    "Unprintable",
    "clean",
    "problems",
    "unprintable",
]
