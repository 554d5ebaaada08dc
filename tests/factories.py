"""Makes what a test needs: keyword-only, everything with a default, through the real rules."""

import itertools
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from orders.addresses import PostalAddress
from orders.catalogue.audience_lookup import starter_audiences
from orders.catalogue.models import Allowance, Edition, Kind, Publication
from orders.database import db, transact
from orders.ordering.lifecycle import placing
from orders.ordering.models import Order
from orders.ordering.request.order_request import OrderRequest
from orders.packing.models import PostageRate, PostKind
from orders.shipping.dispatches import creation
from orders.shipping.models import Dispatch
from orders.staff import sessions
from orders.staff.journal import Actor
from orders.staff.models import AuditEntry, StaffMember, StaffRole
from orders.staff.session_limits import SessionLimits
from orders.staff.user_agents import Program
from orders.stock import ledger, publication_accounts
from orders.stock.models import Balance, Movement
from tests.fixtures.recorded_rows import RecordedRows

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
BY = Actor("command")
AUDIENCES = starter_audiences()
"""Those that every test starts with, as values without a database."""
TITLES = {
    Kind.MANUAL: {"fr": "Manuel", "nl": "Handleiding", "de": "Handbuch", "en": "Manual"},
    Kind.BOOKLET: {
        "fr": "Livret d’activités",
        "nl": "Activiteitenboekje",
        "de": "Aktivitätenheft",
        "en": "Activity booklet",
    },
}
EDITIONS = RecordedRows(Edition, Publication, Balance, Movement, AuditEntry)
_numbers = itertools.count(1)


def number_from(start: int) -> None:
    """Count orderers from there: processes that were forked count alike, and would all be the same people."""
    global _numbers
    _numbers = itertools.count(start)


def make_edition(*, shelf: int | Mapping[str, int] = 100, year: int = 2026, **fields: Any) -> Edition:
    """An edition open for ever with a manual and a booklet, and copies on the shelf (of each, or by code)."""

    def build() -> None:
        edition = Edition(
            year=year,
            title=f"Marathon des lettres {year}",
            opens_on=date(2020, 1, 1),
            closes_on=date(2090, 12, 31),
            letters_back_by=date(2027, 2, 28),
            front_text="",
        )
        for name, value in fields.items():
            setattr(edition, name, value)
        edition.publications = [
            _publication(f"MAN{year % 100:02}", Kind.MANUAL, 1, 59_000, 2_300),
            _publication(f"LIV{year % 100:02}", Kind.BOOKLET, 2, 17_000, 350),
        ]
        db.session.add(edition)
        db.session.flush()
        for publication in edition.publications:
            publication_accounts.open_accounts(publication)
            copies = shelf if isinstance(shelf, int) else shelf.get(publication.code, 0)
            if copies:
                ledger.receive(publication, copies, at=NOW, by=BY)

    on_the_shelf = shelf if isinstance(shelf, int) else frozenset(shelf.items())
    EDITIONS.write(build, year, on_the_shelf, *itertools.chain.from_iterable(fields.items()))
    return db.session.scalars(select(Edition).filter_by(year=year)).one()


def _publication(code: str, kind: Kind, position: int, weight: int, thickness: int) -> Publication:
    return Publication(
        code=code,
        kind=kind,
        titles=TITLES[kind],
        format="A5",
        unit_weight_mg=weight,
        unit_thickness_um=thickness,
        bundle_size=25,
        low_stock_line=10,
        position=position,
        read_online_url="",
    )


def make_request(*, lines: Mapping[str, int] | None = None, **fields: Any) -> OrderRequest:
    """A well-formed request by somebody new. Address fields (`name`, `town`, …) may be given beside the others."""
    number = next(_numbers)
    address = PostalAddress(
        name=f"Marie Dupont {number}", street="Rue de la Senne", number=str(number), postcode="1000", town="Bruxelles"
    )
    request = OrderRequest(
        audience="family",
        address=address,
        email=f"marie{number}@example.org",
        copies=lines or {"MAN26": 1},
    )
    where = {name: fields.pop(name) for name in list(fields) if hasattr(address, name)}
    return replace(request, address=replace(address, **where), **fields)


def make_order(*, lines: Mapping[str, int] | None = None, minutes: int = 0, **fields: Any) -> Order:
    """An order placed so many minutes after `NOW`."""
    request = make_request(lines=lines, **fields)
    return transact(placing.place, request, at=NOW + timedelta(minutes=minutes), by=BY)


def make_dispatch(*orders: Order) -> Dispatch:
    return transact(creation.make, [order.reference for order in orders], at=NOW, by=BY)


def make_member(*, role: StaffRole = StaffRole.OFFICE, **fields: Any) -> StaffMember:
    """An account whose password is no password, so that nobody signs in with it."""

    def build() -> int:
        number = next(_numbers)
        member = StaffMember(email=f"staff{number}@example.org", password="*", role=role, created_at=NOW)
        for name, value in fields.items():
            setattr(member, name, value)
        db.session.add(member)
        db.session.flush()
        return member.id

    return db.session.get_one(StaffMember, transact(build))


def make_session(member: StaffMember, *, at: datetime) -> str:
    """The name of a session in which somebody signed in at that moment."""
    limits = SessionLimits(idle=timedelta(hours=1), longest=timedelta(days=1))
    program = Program("Firefox", "Windows")
    return transact(sessions.begin, member.id, program, "127.0.0.1", limits=limits, remember=False, at=at).name


def allow(audience: str, *, review_above: int, maximum: int, codes: Collection[str] = ("MAN26", "LIV26")) -> None:
    """Set the allowances of an audience; an edition of the tests starts without any."""

    def write() -> None:
        for publication in db.session.query(Publication).filter(Publication.code.in_(codes)):
            publication.allowances = [each for each in publication.allowances if each.audience != audience]
            db.session.flush()
            publication.allowances.append(Allowance(audience=audience, review_above=review_above, maximum=maximum))

    transact(write)


def receive(code: str, copies: int, *, minutes: int = 0) -> None:
    """A delivery."""
    publication = db.session.query(Publication).filter_by(code=code).one()
    transact(ledger.receive, publication, copies, at=NOW + timedelta(minutes=minutes), by=BY)


def price_parcels(cents: int | None) -> None:
    """What the post asks for a parcel, whatever it weighs; None: nobody knows."""

    def write() -> None:
        for rate in db.session.query(PostageRate).filter_by(kind=PostKind.PARCEL):
            rate.price_cents = cents

    transact(write)
