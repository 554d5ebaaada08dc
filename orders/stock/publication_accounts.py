"""The accounts of a publication in the ledger: opened with it, and deleted only if nothing of it ever moved."""

from datetime import datetime

from sqlalchemy import delete, exists, select

from orders.catalogue import editing, edition_lookup
from orders.catalogue.editing import StillInUse
from orders.catalogue.edition_input import PublicationContent
from orders.catalogue.models import Publication
from orders.database import db
from orders.staff.journal import Actor
from orders.stock import ledger
from orders.stock.models import Balance, Movement, Place


def add_publication(year: int, code: str, content: PublicationContent, *, at: datetime, by: Actor) -> Publication:
    """A new publication of an edition, with every account at 0. Refuses with `ImpossibleContent`."""
    publication = editing.add_publication(year, code, content, at=at, by=by)
    open_accounts(publication)
    return publication


def open_accounts(publication: Publication) -> None:
    """Give a new publication its balances, all at 0, so that there is something to lock."""
    db.session.add_all(Balance(publication_id=publication.id, place=place, copies=0) for place in Place)
    db.session.flush()


def delete_publication(code: str, *, at: datetime, by: Actor) -> None:
    """Delete a publication that was never printed, counted or ordered; anything else is only archived."""
    ledger.lock_stock([edition_lookup.get_publication(code).edition_id])
    publication = editing.lock_publication(code)
    if has_movements(publication):
        raise StillInUse(f"publication {code}")
    db.session.execute(delete(Balance).where(Balance.publication_id == publication.id))
    editing.delete_publication(publication, at=at, by=by)


def has_movements(publication: Publication) -> bool:
    return bool(db.session.scalar(select(exists().where(Movement.publication_id == publication.id))))
