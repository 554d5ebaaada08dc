"""The file for bpost's Shipping Manager: one row for each box of a dispatch, letters left out.

Columns and values follow one working example; they could not be tried against today's service. Weights are grams.
The e-mail address of the orderer is not handed to the carrier, who needs none to deliver.
"""

import csv
import io

from orders.addresses.po_boxes import without_po_box
from orders.association import current_profile, in_language
from orders.association.profile import LONGEST_CARRIER_NAME
from orders.errors import Refused
from orders.packing.models import PostKind
from orders.shipping.dispatches.lifecycle import parcels_of
from orders.shipping.models import Dispatch, DispatchEnded, DispatchState, Parcel
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


def carrier_file(dispatch: Dispatch) -> str:
    """The rows of a dispatch's boxes. Refuses with `NothingForCarrier`, and with `DispatchEnded` when it was undone."""
    if dispatch.state is DispatchState.UNDONE:
        raise DispatchEnded(dispatch)
    boxes = [parcel for parcel in parcels_of(dispatch) if parcel.kind is PostKind.PARCEL]
    if not boxes:
        raise NothingForCarrier
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADER.split(";"), restval="", delimiter=";", lineterminator="\n")
    writer.writeheader()
    writer.writerows(_row(parcel) for parcel in boxes)
    return out.getvalue()


def customer_reference(parcel: Parcel) -> str:
    """`KLNBRTVX-12`: the order, and the number of the parcel that stands on its slip; no other parcel has it."""
    return f"{parcel.orders[0].reference}-{parcel.sequence}"


def _row(parcel: Parcel) -> dict[str, str]:
    order = parcel.orders[0]
    typed = {
        "Name": order.organisation or order.name,
        "Contact Name": order.name,
        "Street": order.street,
        "Street Number": order.number,
        "Box Number": order.box,
        "Postal Code": order.postcode,
        "City": order.town,
        "Free Message": ", ".join(filter(None, (order.department, without_po_box(order.address).building))),
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
        "Sender Contact Name": text.campaign[:LONGEST_CARRIER_NAME],
        "Sender Street": text.street[:LONGEST_CARRIER_NAME],
        "Sender Street Number": profile.number,
        "Sender Postal Code": profile.postcode,
        "Sender City": text.town[:LONGEST_CARRIER_NAME],
    }
