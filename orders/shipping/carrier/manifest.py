"""The file for bpost's Shipping Manager: one row for each box of a dispatch, letters left out.

Columns and values follow one working example; they could not be tried against today's service. Weights are grams.
The e-mail address of the orderer is not handed to the carrier, who needs none to deliver. Names and streets that are
too long for the service are shortened; `shortenings` lists them, to be looked at before the file leaves.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from orders.association import current_profile, in_language
from orders.association.profile import LONGEST_CARRIER_NAME
from orders.database import db
from orders.errors import Refused
from orders.ordering.models import Order, OrderLine
from orders.packing.models import PostKind
from orders.shipping.carrier.short_names import over_two_fields, shortened
from orders.shipping.dispatches.lifecycle import parcels_of
from orders.shipping.models import Dispatch, DispatchEnded, DispatchState, Parcel, ParcelContent
from orders.spreadsheets import harmless

HEADER = (
    "ProductId;Name;Contact Name;Contact Phone;Street;Street Number;Box Number;Postal Code;City;Country;"
    "Sender Name;Sender Contact Name;Sender Street;Sender Street Number;Sender Box Number;Sender Postal Code;"
    "Sender City;Weight;Customer Reference;Cost Center;Free Message;COD Amount;COD Account;Signature;Insurance;"
    "Automatic Second Presentation;Info Reminder;Info Reminder Language;Info Reminder Type;"
    "Info Reminder Contact Data;Info Next Day;Info Next Day Language;Info Next Day Type;Info Next Day Contact Data;"
    "Info Distributed;Info Distributed Language;Info Distributed Type;Info Distributed Contact Data;"
    "Saturday Delivery;Delivery point id;Delivery point message language;Delivery point mobile phone;"
    "Receiver email address;Parcel locker reduced mobility zone"
)
SERVICES = (
    "Signature",
    "Insurance",
    "Automatic Second Presentation",
    "Info Reminder",
    "Info Next Day",
    "Info Distributed",
    "Saturday Delivery",
)
MG_PER_G = 1_000


class NothingForCarrier(Refused):
    """The dispatch holds letters only."""


@dataclass(frozen=True, slots=True)
class Shortening:
    """What the file says otherwise than the label of a parcel: `column` is one of the file."""

    parcel: Parcel
    column: str
    written: str
    short: str


def carrier_file(dispatch: Dispatch) -> str:
    """The rows of a dispatch's boxes. Refuses with `NothingForCarrier`, and with `DispatchEnded` when it was undone."""
    boxes = _boxes(dispatch)
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADER.split(";"), restval="", delimiter=";", lineterminator="\n")
    writer.writeheader()
    writer.writerows(_row(parcel) for parcel in boxes)
    return out.getvalue()


def shortenings(dispatch: Dispatch) -> Sequence[Shortening]:
    """All that the file has shorter than it was typed, parcel by parcel. Refuses as `carrier_file` does."""
    return [shortening for parcel in _boxes(dispatch) for shortening in _shortenings_of(parcel)]


def has_long_names(dispatch: Dispatch) -> bool:
    """Whether anything of the file of a dispatch is shortened; one look, however many boxes there are."""
    contents = select(Order.id).join(OrderLine).join(ParcelContent).join(Parcel)
    boxes = contents.where(Parcel.dispatch_id == dispatch.id, Parcel.kind == PostKind.PARCEL)
    long = [func.length(column) > LONGEST_CARRIER_NAME for column in (Order.organisation, Order.name)]
    long += [func.length(column) > LONGEST_CARRIER_NAME for column in (Order.street, Order.town)]
    return db.session.scalar(boxes.where(or_(*long)).limit(1)) is not None


def _boxes(dispatch: Dispatch) -> Sequence[Parcel]:
    if dispatch.state is DispatchState.UNDONE:
        raise DispatchEnded(dispatch)
    boxes = [parcel for parcel in parcels_of(dispatch) if parcel.kind is PostKind.PARCEL]
    if not boxes:
        raise NothingForCarrier
    return boxes


def _shortenings_of(parcel: Parcel) -> Iterator[Shortening]:
    order = parcel.orders[0]
    names = over_two_fields(order.organisation, order.name, LONGEST_CARRIER_NAME)
    if names.left or not order.organisation and names.name != order.name:
        yield Shortening(parcel, "Name", order.organisation or order.name, f"{names.name} / {names.contact}")
    elif order.organisation not in ("", names.name):
        yield Shortening(parcel, "Name", order.organisation, names.name)
    if order.organisation and names.contact != order.name:
        yield Shortening(parcel, "Contact Name", order.name, "" if names.left else names.contact)
    for column, typed in (("Street", order.street), ("City", order.town)):
        if (short := shortened(typed, LONGEST_CARRIER_NAME)) != typed:
            yield Shortening(parcel, column, typed, short)


def customer_reference(parcel: Parcel) -> str:
    """`KLNBRTVX-12`: the order, and the number of the parcel that stands on its slip; no other parcel has it."""
    return f"{parcel.orders[0].reference}-{parcel.sequence}"


def _row(parcel: Parcel) -> dict[str, str]:
    order = parcel.orders[0]
    names = over_two_fields(order.organisation, order.name, LONGEST_CARRIER_NAME)
    typed = {
        "Name": names.name,
        "Contact Name": names.contact,
        "Street": shortened(order.street, LONGEST_CARRIER_NAME),
        "Street Number": order.number,
        "Box Number": order.box,
        "Postal Code": order.postcode,
        "City": shortened(order.town, LONGEST_CARRIER_NAME),
        "Free Message": ", ".join(filter(None, (names.left, order.department, order.building))),
    }
    return {
        "ProductId": "BPACK24h",
        "Contact Phone": order.phone.replace("+", "00"),
        "Country": order.country,
        "Weight": str(-(-parcel.weight_mg // MG_PER_G)),
        "Customer Reference": customer_reference(parcel),
        **{name: harmless(value) for name, value in typed.items()},
        **_sender(),
        **dict.fromkeys(SERVICES, "N"),
    }


def _sender() -> dict[str, str]:
    profile = current_profile()
    text = in_language(profile, profile.languages[0])
    return {
        "Sender Name": profile.carrier_name,
        "Sender Contact Name": shortened(text.campaign, LONGEST_CARRIER_NAME),
        "Sender Street": shortened(text.street, LONGEST_CARRIER_NAME),
        "Sender Street Number": profile.number,
        "Sender Postal Code": profile.postcode,
        "Sender City": shortened(text.town, LONGEST_CARRIER_NAME),
    }
