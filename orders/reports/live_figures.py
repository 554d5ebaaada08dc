"""What a monitor asks for every few seconds: figures that cost a few milliseconds however many orders there are."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from orders.catalogue.models import Publication
from orders.database import db
from orders.mail.statistics import MailFigures, mails_by_state
from orders.ordering.models import OrderStatus
from orders.ordering.order_counts import orders_by_status
from orders.shared_state import worker_heartbeats
from orders.stock.models import Balance, Place


@dataclass(frozen=True, slots=True)
class LiveFigures:
    """`copies` of each publication, by its code, at each place of the ledger; `oldest_mail` in seconds."""

    orders: dict[OrderStatus, int]
    mails: MailFigures
    oldest_mail: float
    copies: dict[tuple[str, Place], int]
    workers: int


def live_figures(*, at: datetime) -> LiveFigures:
    mails = mails_by_state(at=at)
    balances = select(Publication.code, Balance.place, Balance.copies).join(
        Publication, Publication.id == Balance.publication_id
    )
    return LiveFigures(
        orders=orders_by_status(),
        mails=mails,
        oldest_mail=(at - mails.since).total_seconds() if mails.since else 0.0,
        copies={(code, place): copies for code, place, copies in db.session.execute(balances)},
        workers=worker_heartbeats.alive(at=at),
    )
