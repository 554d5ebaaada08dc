"""Exceptions by which rules about orders refuse; their sentences stand in `orders.wording`."""

from collections.abc import Sequence

from orders.catalogue.models import Edition
from orders.errors import NotFound, Refused
from orders.stock.models import Shortage


class OrderRefused(Refused):
    """What is asked cannot be done with the order of this reference."""

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference


class UnknownOrder(NotFound):
    """No such order, or the link does not allow to know."""


class OrderErased(OrderRefused):
    """The personal data of the order is erased: nothing can be done with it any more."""


class OrderRestricted(OrderRefused):
    """Whoever placed the order asked that nothing be done with it for now."""


class OrderingClosed(Refused):
    """No edition takes orders on that day; `edition` is the one that was asked for, where there is one."""

    def __init__(self, edition: Edition | None) -> None:
        super().__init__(edition and edition.year)
        self.edition = edition


class NotOrderable(Refused):
    """These publications cannot be ordered: unknown, archived, or of another edition."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(codes)
        self.codes = codes


class ParcelToPoBox(Refused):
    """A parcel would go to a PO box, where only letters go; `references` are the orders, where they are several."""

    field = "street"

    def __init__(self, references: Sequence[str] = ()) -> None:
        super().__init__(references)
        self.references = references


class AlreadyDispatched(OrderRefused):
    """The order is being packed or is on its way: it is too late to change it."""


class AlreadyEnded(OrderRefused):
    """The order was cancelled or rejected before."""


class NothingToHandOver(OrderRefused):
    """The order is not for pickup, or nothing of it lies ready."""


class HandedOverOtherwise(OrderRefused):
    """Something of the order has moved since it was handed over."""


class NotOnTheTable(OrderRefused):
    """The order is in no open dispatch."""


class NothingSent(OrderRefused):
    """Nothing of the order that could come back or get lost: not sent, or sent before Pli kept count."""


class NotSentSoMany(OrderRefused):
    """More copies are to come back than were sent."""

    def __init__(self, reference: str, shortages: Sequence[Shortage]) -> None:
        super().__init__(reference)
        self.shortages = shortages


class NothingReturned(OrderRefused):
    """The address cannot be corrected: the post returned nothing, or the order is being packed again."""


class NothingToReport(OrderRefused):
    """Nothing was posted that could be missing."""
