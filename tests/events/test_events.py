"""An event is proposed, confirmed by a link, decided by a coordinator, shown until it is over, and forgotten."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import func, select

from orders import daily_jobs
from orders.clock import now
from orders.database import db, transact
from orders.events import deciding, field_parsing, lookup, proposing
from orders.events.models import (
    AlreadyDecided,
    Event,
    EventOver,
    EventState,
    UnknownEvent,
    content_of,
    end_of,
    moment_of,
)
from orders.idempotency import SubmittedOtherwise
from orders.mail.models import OutgoingMail
from orders.places.faults import DayFarAhead, DayOver, EmptyField, EndsBeforeItBegins, PlaceFault
from orders.staff.edit_conflicts import ChangedMeanwhile
from tests.events.events import ZOE, propose, publish, read_event, typed
from tests.factories import BY

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


def faults(**fields: str) -> list[PlaceFault]:
    return field_parsing.read(typed(day="2026-12-10", **fields), is_public=True, at=AT)[1]


def kinds() -> list[str]:
    return list(db.session.scalars(select(OutgoingMail.kind).order_by(OutgoingMail.id)))


def test_an_event_in_the_past_in_another_century_or_turned_round_is_told_by_its_field() -> None:
    assert faults(begins="22:00", ends="19:30") == [EndsBeforeItBegins("ends")]
    assert faults(begins="19:30", ends="19:30") == [EndsBeforeItBegins("ends")]
    assert faults(begins="20:00", ends="24:00") == []
    assert faults(title="") == [EmptyField("title")]
    for day, fault in (
        ("2026-11-19", DayOver("day", date(2026, 11, 19))),
        ("2099-12-10", DayFarAhead("day", date(2099, 12, 10), date(2027, 12, 25))),
    ):
        assert field_parsing.read(typed(day=day), is_public=True, at=AT)[1] == [fault]
    this_morning = typed(day="2026-11-20", begins="8:00", ends="9:00")
    assert field_parsing.read(this_morning, is_public=True, at=AT)[1] == [DayOver("day", date(2026, 11, 20))]


def test_hours_are_those_of_the_clock_in_brussels_in_winter_and_in_summer() -> None:
    assert moment_of(date(2026, 12, 10), time(19, 30)) == datetime(2026, 12, 10, 18, 30, tzinfo=UTC)
    assert moment_of(date(2027, 6, 10), time(19, 30)) == datetime(2027, 6, 10, 17, 30, tzinfo=UTC)
    changing = date(2027, 3, 28)  # 23 hours long
    assert end_of(changing, None) - moment_of(changing, time()) == timedelta(hours=23)
    assert end_of(changing, time()) == moment_of(date(2027, 3, 29), time())


@pytest.mark.usefixtures("app_context")
def test_a_proposal_is_seen_once_it_is_confirmed_and_published() -> None:
    event = propose()
    assert (event.state, kinds(), lookup.all_events()) == (EventState.UNCONFIRMED, ["event_proposed"], [])
    with pytest.raises(UnknownEvent):
        transact(deciding.publish, event.id, at=now(), by=BY)
    transact(proposing.confirm, proposing.token(event), at=now(), by=BY)
    assert (event.state, lookup.coming(at=now())) == (EventState.PROPOSED, [])
    with pytest.raises(EventOver):
        transact(deciding.publish, event.id, at=event.ends_at, by=BY)
    transact(deciding.publish, event.id, at=now(), by=BY)
    assert (lookup.coming(at=now()), kinds()[-1]) == ([event], "event_published")
    assert lookup.coming(at=event.ends_at) == []
    with pytest.raises(UnknownEvent):
        lookup.get_published(event.id, at=event.ends_at)
    with pytest.raises(AlreadyDecided):
        transact(deciding.publish, event.id, at=now(), by=BY)


@pytest.mark.usefixtures("app_context")
def test_a_refused_event_is_not_seen_and_its_mail_says_why() -> None:
    event = publish()
    transact(deciding.refuse, event.id, "complet", at=now(), by=BY)
    assert (event.state, lookup.coming(at=now())) == (EventState.REFUSED, [])
    mail = db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "event_refused")).one()
    assert (mail.address, "complet" in mail.text) == (ZOE.email, True)


@pytest.mark.usefixtures("app_context")
def test_the_same_form_twice_is_one_proposal_and_one_mail() -> None:
    for _ in range(2):
        transact(proposing.propose, read_event(), ZOE, submission="a-key", at=now(), by=BY)
    assert (db.session.scalar(select(func.count()).select_from(Event)), kinds()) == (1, ["event_proposed"])
    with pytest.raises(SubmittedOtherwise):
        transact(proposing.propose, read_event(title="Autre"), ZOE, submission="a-key", at=now(), by=BY)


@pytest.mark.usefixtures("app_context")
def test_a_link_opens_its_own_event_and_forgets_it_at_once() -> None:
    event = propose()
    token = proposing.token(event)
    for wrong in ("", "1.x", token[:-1], f"{token}x"):
        with pytest.raises(UnknownEvent):
            proposing.find_by_token(wrong)
    transact(proposing.withdraw, token, at=now(), by=BY)
    with pytest.raises(UnknownEvent):
        proposing.find_by_token(token)


@pytest.mark.usefixtures("app_context")
def test_a_change_over_somebody_elses_is_told_first() -> None:
    event = publish()
    transact(deciding.change, event.id, read_event(venue="Maison des jeunes"), at=now(), by=BY)
    assert content_of(event).venue == "Maison des jeunes"
    with pytest.raises(ChangedMeanwhile):
        transact(deciding.change, event.id, read_event(venue="Café"), at=now(), by=BY, shown="another mark")


@pytest.mark.usefixtures("app_context")
def test_old_events_and_unconfirmed_proposals_are_forgotten_by_themselves() -> None:
    propose()
    publish()
    for days, left in ((0, 2), (8, 1), (36, 1), (38, 0)):
        at = now() + timedelta(days=days)
        for part in deciding.CHORE.look(at=at):
            transact(daily_jobs.do, deciding.CHORE, part, at=at)
        assert db.session.scalar(select(func.count()).select_from(Event)) == left, days
