"""Stock steps of the state machine of `test_integrity`: deliveries, corrections, counts, sharing."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlalchemy import select

from orders.catalogue import edition_lookup
from orders.database import db
from orders.ordering.allocation.sharing_rules import SharingRule
from orders.ordering.queue import deallocation, rationing
from orders.shipping.packed_copies import packed_copies
from orders.stock import count_lines, ledger, print_runs, stock_counts
from orders.stock.models import CORRECTION_REASONS, PrintRun, Reason
from orders.stock.print_runs import PlannedRun
from orders.stock.stock_counts import Decision
from tests.factories import BY

CODES = ("MAN26", "LIV26")
codes = st.sampled_from(CODES)
which = st.integers(0, 99)  # of those that there are, round and round


class StockSteps:
    """Deliveries, print runs, corrections, counts and sharing."""

    attempt: Callable[..., Any]

    @rule(code=codes, copies=st.integers(1, 4))
    def receive(self, code: str, copies: int) -> None:
        self.attempt(ledger.receive, edition_lookup.get_publication(code), copies, by=BY)

    @rule(code=codes, change=st.integers(-9, 9).filter(bool), reason=st.sampled_from(CORRECTION_REASONS))
    def correct(self, code: str, change: int, reason: Any) -> None:
        self.attempt(ledger.correct, edition_lookup.get_publication(code), change, reason=reason, note="noted", by=BY)

    @rule(code=codes, copies=st.integers(1, 9), off=st.sampled_from((0, 0, 0, 1)))
    def correct_below_what_is_reserved(self, code: str, copies: int, off: int) -> None:
        """The newest orders give back what they hold and wait again; one that sees another number is asked again."""
        publication = edition_lookup.get_publication(code)
        seen = deallocation.plan_release(publication, copies).copies
        before, after, done = self.attempt(
            deallocation.correct, publication, -copies, reason=Reason.DAMAGED, confirmed=seen + off, by=BY
        )
        assert before.here - after.here == (copies if done else 0)
        assert not (done and seen and off)
        gave = [line for line in after.lines if after.lines[line].reserved < before.lines[line].reserved]
        assert sum(before.lines[line].reserved - after.lines[line].reserved for line in gave) == (seen if done else 0)

    @rule(code=codes, copies=st.integers(1, 9))
    def order_from_the_printer(self, code: str, copies: int) -> None:
        planned = PlannedRun(copies, date(2026, 12, 1))
        self.attempt(print_runs.commission, edition_lookup.get_publication(code), planned, by=BY)

    @rule(number=which, copies=st.integers(1, 6), sure=st.booleans())
    def receive_a_part(self, number: int, copies: int, sure: bool) -> None:
        if run := self.some_run(number):
            before, after, done = self.attempt(
                print_runs.receive, run.publication, copies, run_id=run.id, more_is_right=sure, by=BY
            )
            assert after.rows != before.rows or not done

    @rule(number=which, copies=st.integers(1, 6), released=st.booleans())
    def take_back_what_never_came(self, number: int, copies: int, released: bool) -> None:
        if run := self.some_run(number):
            seen = deallocation.plan_release(run.publication, copies).copies if released else None
            before, after, done = self.attempt(
                deallocation.take_back, run.publication, copies, run_id=run.id, confirmed=seen, by=BY
            )
            assert before.here - after.here == (copies if done else 0)
            assert print_runs.progress_of(run).received >= 0

    @rule(number=which)
    def expect_no_more(self, number: int) -> None:
        if run := self.some_run(number):
            self.attempt(print_runs.cancel, run.publication, run.id, by=BY)

    def some_run(self, number: int) -> PrintRun | None:
        runs = db.session.scalars(select(PrintRun).order_by(PrintRun.id)).all()
        return runs[number % len(runs)] if runs else None

    @rule(code=codes, off=st.integers(-3, 3), part=st.integers(0, 9))
    def count(self, code: str, off: int, part: int) -> None:
        """Two people, each at a shelf; together they are `off` by so many."""
        publication = edition_lookup.get_publication(code)
        found = max(0, count_lines.loose_copies([publication.id], packed_copies)[publication.id] + off)
        for copies in (min(part, found), found - min(part, found)):
            self.attempt(stock_counts.enter, publication, copies, packed=packed_copies, by=BY)

    @rule(again=st.booleans(), released=st.booleans())
    def approve(self, again: bool, released: bool) -> None:
        """The shelf changes by the differences that were shown, whatever moved since they were typed."""
        for running in stock_counts.open_counts():
            lines = count_lines.lines(running, packed_copies)
            difference = sum(line.difference for line in lines)
            decision = Decision(count_lines.mark_of(lines), {})
            asked = [deallocation.plan_release(line.publication, -line.difference).copies for line in lines]
            room = partial(deallocation.make_room, confirmed=sum(asked) if released else None)
            before, after, _ = self.attempt(
                stock_counts.approve, running.id, decision, packed=packed_copies, make_room=room, by=BY
            )
            if stock_counts.get_count(running.id).approved_at:
                assert after.here - before.here == difference
            elif again:
                self.attempt(stock_counts.abandon, running.id, by=BY)

    @rule(code=codes, way=st.sampled_from(SharingRule), minimum=st.integers(1, 5))
    def share(self, code: str, way: SharingRule, minimum: int) -> None:
        """The same copies are reserved for others; what was sent and what lies in a dispatch stays."""
        publication = edition_lookup.get_publication(code)
        seen = rationing.read_demand(publication).mark
        before, after, _ = self.attempt(
            rationing.apply, publication, way, minimum=minimum, seen=seen, by=BY, in_turn=False
        )
        assert (after.here, after.sent) == (before.here, before.sent)
