"""What was mended in an address that is sent already: said once on the order's page, where it can be put back.

It travels as a flashed message, in the browser of whoever typed it, and is gone once it was shown.
"""

from collections.abc import Iterable
from typing import Any

from flask import flash, get_flashed_messages

from orders.public.ordering.help.address_mending import Mended, before_all

MENDED = "mended"


def tell_what_was_mended(done: Iterable[Mended]) -> None:
    mended = list(done)
    if mended:
        told: Any = {"words": [each.words for each in mended], "before": before_all(mended)}
        flash(told, MENDED)


def just_mended() -> Any:
    """What the last form mended: its words, and what stood in the fields before; None on every other visit."""
    return next(iter(get_flashed_messages(category_filter=[MENDED])), None)
