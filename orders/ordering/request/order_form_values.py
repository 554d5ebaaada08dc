"""An order's values as a form shows them: to fill the form in, and to detect changes since."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from orders.ordering.models import Order
from orders.ordering.request.order_request import COPIES, OrderRequest
from orders.phone_numbers import show_phone

FIELDS = (
    "organisation",
    "institution",
    "name",
    "department",
    "building",
    "street",
    "number",
    "box",
    "postcode",
    "town",
    "phone",
    "message",
    "billing_name",
    "billing_address",
    "purchase_order",
    "delivery",
    "when_short",
    "needed_by",
    "gathering_on",
    "people",
)
OFFICE_FIELDS = (*FIELDS, "audience", "email", "language")
"""What staff may change as well."""
MARK = 12  # letters of a hash: enough to tell two values of one field apart
LONGEST_VERSION = 4_000


def contents(order: Order, fields: Sequence[str] = FIELDS) -> dict[str, str]:
    """By the name of the form's field; copies are those that were not given up."""
    copies = {line.publication.code: line.wanted for line in order.lines}
    return _typed({name: getattr(order, name) for name in fields}, copies)


def asked(request: OrderRequest, fields: Sequence[str] = FIELDS) -> dict[str, str]:
    """The same of what is asked for; copies of what is not named are none."""
    where = {name: value for name, value in asdict(request.address).items() if name in fields}
    return _typed(where | {name: getattr(request, name) for name in fields if name not in where}, request.copies)


def version(order: Order, fields: Sequence[str] = FIELDS) -> str:
    """A mark of each field, to stand in a form and come back with it: it holds no value."""
    return " ".join(f"{field}={_mark(value)}" for field, value in contents(order, fields).items())


def changed_since(order: Order, shown: str, fields: Sequence[str] = FIELDS) -> list[str]:
    """The fields that are no longer what they were when a form showed this version; all, where it is none."""
    was = dict(part.split("=", 1) for part in shown[:LONGEST_VERSION].split() if "=" in part)
    return [field for field, value in contents(order, fields).items() if was.get(field, _mark("0")) != _mark(value)]


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The fields in which two contents differ; copies of what one of them does not have are none."""
    return [field for field in {**before, **after} if before.get(field, "0") != after.get(field, "0")]


def _mark(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()[:MARK]


def _typed(values: Mapping[str, object], copies: Mapping[str, int]) -> dict[str, str]:
    """As a form sends it: a choice's value, a day as 2026-11-20, nothing for none."""
    typed = {name: "" if value is None else str(getattr(value, "value", value)) for name, value in values.items()}
    typed["phone"] = show_phone(typed["phone"])
    return typed | {COPIES + code: str(number) for code, number in copies.items()}
