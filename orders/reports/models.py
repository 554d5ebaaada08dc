"""What coordinators are warned of."""

import enum
from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from orders.database import Model, UtcDateTime, choice


class AlertKind(enum.Enum):
    LOW = "low"
    RUNS_OUT = "runs-out"
    LATE_RUN = "late-run"
    WRONG_SUMS = "wrong-sums"
    STUCK_MAIL = "stuck-mail"


class Alert(Model):
    """A problem that was reported. It is reported again only if it ended in between.

    `thing`: `MAN26`, `run 3`, `sums`, `mail`.
    """

    kind: Mapped[AlertKind] = mapped_column(choice(AlertKind), primary_key=True)
    thing: Mapped[str] = mapped_column(String(40), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
