"""The sentence for every problem and refusal that the rules report as data, one module per subject.

Importing this package registers all of them.
"""

from orders.wording.messages import (
    accounts,
    addresses,
    alerts,
    association,
    catalogue,
    edit_conflicts,
    fields,
    files,
    office_orders,
    packing,
    placed_orders,
    places,
    privacy,
    refusals,
    shipping,
    stock,
)

__all__ = [
    "accounts",
    "addresses",
    "alerts",
    "association",
    "catalogue",
    "edit_conflicts",
    "fields",
    "files",
    "office_orders",
    "placed_orders",
    "packing",
    "places",
    "privacy",
    "refusals",
    "shipping",
    "stock",
]
