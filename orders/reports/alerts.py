"""Alerts to coordinators: one mail a day with a line for every new problem.

A problem keeps a row until it is over, so that each is reported once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from orders.catalogue import edition_lookup
from orders.catalogue.models import Edition, Publication
from orders.clock import local_day
from orders.daily_jobs import Chore
from orders.database import db
from orders.mail import outbox
from orders.mail.statistics import mails_by_state
from orders.reports import integrity
from orders.reports.models import Alert, AlertKind
from orders.reports.stock_outlook import Outlook, outlooks
from orders.staff import accounts
from orders.staff.models import StaffRole
from orders.stock import expected_deliveries
from orders.stock.print_runs import RunProgress

LANGUAGE = "fr"


@dataclass(frozen=True, slots=True)
class LowStock:
    """Not more copies on the shelf than the publication's line."""

    publication: Publication
    shelf: int
    kind = AlertKind.LOW

    @property
    def thing(self) -> str:
        return self.publication.code


@dataclass(frozen=True, slots=True)
class RunsOut:
    """Probably nothing left on `day`, before the next `delivery`; None: none is expected before the day to write by."""

    publication: Publication
    day: date
    delivery: date | None
    kind = AlertKind.RUNS_OUT

    @property
    def thing(self) -> str:
        return self.publication.code


@dataclass(frozen=True, slots=True)
class LateRun:
    """The printer should have delivered by now."""

    progress: RunProgress
    kind = AlertKind.LATE_RUN

    @property
    def thing(self) -> str:
        return f"run {self.progress.run.id}"


@dataclass(frozen=True, slots=True)
class WrongSums:
    """So many sums of the stock or of the orders do not hold."""

    sums: int
    kind = AlertKind.WRONG_SUMS
    thing = "sums"


@dataclass(frozen=True, slots=True)
class StuckMail:
    """Mails do not go; the oldest waits since then."""

    since: datetime
    kind = AlertKind.STUCK_MAIL
    thing = "mail"


Alarm = LowStock | RunsOut | LateRun | WrongSums | StuckMail


def current_alerts(at: datetime) -> list[Alarm]:
    """All problems at that moment, the gravest first."""
    day = local_day(at)
    found: list[Alarm] = []
    mails = mails_by_state(at=at)
    if mails.since and mails.is_stuck:
        found.append(StuckMail(mails.since))
    if wrong := len(integrity.discrepancies()):
        found.append(WrongSums(wrong))
    found += [LateRun(each) for each in expected_deliveries.late_runs(day)]
    edition = edition_lookup.find_open_edition(day)
    return [*found, *_about_stock(edition, at=at)] if edition else found


def _about_stock(edition: Edition, *, at: datetime) -> Iterator[Alarm]:
    for outlook in outlooks(edition, at=at):
        if outlook.publication.archived_at is not None:
            continue
        if (warning := _runs_out(outlook)) is not None:
            yield warning
        if outlook.situation.shelf <= outlook.publication.low_stock_line:
            yield LowStock(outlook.publication, outlook.situation.shelf)


def _runs_out(outlook: Outlook) -> RunsOut | None:
    delivery = min(outlook.situation.deliveries, default=None)
    day = outlook.told.runs_out[1] if outlook.told else None
    if day is None or day >= (delivery or outlook.situation.write_by):
        return None
    return RunsOut(outlook.publication, day, delivery)


def look(*, at: datetime) -> list[list[Alarm]]:
    """All problems, as the one part of the daily chore. Holds no lock."""
    return [current_alerts(at)]


def tell(alarms: Sequence[Alarm], *, at: datetime) -> None:
    """Mail every coordinator the problems that are new since the last time; no mail where there are none."""
    holding = {(each.kind, each.thing): each for each in alarms}
    known = {(each.kind, each.thing): each for each in db.session.scalars(select(Alert))}
    for key, alert in known.items():
        if key not in holding:
            db.session.delete(alert)
    new = [warning for key, warning in holding.items() if key not in known]
    db.session.add_all(Alert(kind=each.kind, thing=each.thing, since=at) for each in new)
    if new:
        _post(new, at=at)


CHORE = Chore("alerts", look, tell)


def _post(new: Sequence[Alarm], *, at: datetime) -> None:
    for member in accounts.working_members(StaffRole.COORDINATOR, at=at):
        outbox.post_rendered(member.email, "stock_alerts", language=LANGUAGE, at=at, warnings=new)
