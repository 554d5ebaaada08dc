"""For which organisation an order is, as far as two orders are compared by it."""

from dataclasses import dataclass
from typing import Any

from orders.ordering.models import Order
from orders.ordering.request.order_request import OrderRequest
from orders.ordering.review.name_likeness import is_same_organisation


@dataclass(frozen=True, slots=True)
class Sender:
    """The organisation of an order, where it is, and its number in the directory."""

    organisation: str
    postcode: str
    town: str
    institution: str | None

    @classmethod
    def of(cls, asked: OrderRequest | Order) -> "Sender":
        address = asked.address
        return cls(address.organisation, address.postcode, address.town, asked.institution)

    @classmethod
    def of_row(cls, row: Any) -> "Sender":
        """The sender of a row with these columns."""
        return cls(row.organisation, row.postcode, row.town, row.institution)

    def is_same_organisation(self, other: "Sender") -> bool:
        """Whether two senders of one postcode are one: by their numbers where both have one, else by their names."""
        if self.institution and other.institution:
            return self.institution == other.institution
        return is_same_organisation(self.organisation, other.organisation, (self.town, other.town))
