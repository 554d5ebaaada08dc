"""The copies that stand on an order form, for what is said while it is filled in."""

import re
from collections.abc import Mapping, Sequence

from orders.addresses import clean
from orders.catalogue.models import Publication
from orders.ordering.request.order_request import COPIES, MOST_PER_LINE


def copies_typed(typed: Mapping[str, str], publications: Sequence[Publication]) -> dict[str, int]:
    """By code; what is no number of copies counts as none."""
    return {each.code: _number(typed.get(COPIES + each.code) or "") for each in publications}


def _number(typed: str) -> int:
    text = clean(typed).replace(" ", "")
    return int(text) if re.fullmatch("[0-9]{1,30}", text) and int(text) <= MOST_PER_LINE else 0
