"""Grams, millimetres and euros as people type them: kept as whole numbers of a smaller unit."""

import re
from decimal import Decimal

from flask_babel import format_decimal

NUMBER = re.compile(r"([+-]?[0-9]{1,12})(?:[.,]([0-9]{1,2}))?")
BESIDE = re.compile(r"[\s\u00a0\u202f]|€|eur|mm|g", re.IGNORECASE)  # spaces, and a unit that was typed too


def read_measure(typed: str, scale: int) -> int | None:
    """`1,5` or `1.5` with scale 1000 is 1500. `None` for what is no number, or finer than the scale.

    Three digits after a point are refused: `2.000` may mean two thousand.
    """
    plain = BESIDE.sub("", typed).replace("\u2212", "-")
    found = NUMBER.fullmatch(plain)
    if not found:
        return None
    value = Decimal(plain.replace(",", ".")) * scale
    return int(value) if value == value.to_integral_value() else None


def show_measure(value: int, scale: int, pattern: str = "0.###") -> str:
    """`1500` with scale 1000 is `1,5`, by the language of the page."""
    return str(format_decimal(Decimal(value) / scale, pattern))


def show_price(cents: int) -> str:
    """`149` is `1,49`."""
    return show_measure(cents, 100, "0.00")
