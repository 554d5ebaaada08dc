"""Sends due mails in batches. Each step is committed at once."""

from collections import deque
from collections.abc import Sequence

from flask import current_app

from orders.clock import now
from orders.database import transact
from orders.mail import claims, delivery, smtp
from orders.reports.arrivals import mail_foresight

BATCH = 20
MOST_BREAKS = 3  # connections in a row that broke at their first mail: the fault is then the server's, not a mail's


def send_batch() -> int:
    """Claim up to `BATCH` due mails and send them. Returns how many were claimed. Raises `smtp.Unreachable`."""
    claim = transact(claims.claim, BATCH, at=now())
    batch = _Batch(claim)
    try:
        _foresee(claim.mail_ids)
        batch.send()
    finally:
        if batch.left:
            transact(claims.release, claim.holder)
    return len(claim.mail_ids)


def _foresee(mail_ids: Sequence[int]) -> None:
    if mail_ids:
        days = {name: current_app.config[name.upper()] for name in ("office_days", "post_days")}
        transact(mail_foresight.foresee, mail_ids, at=now(), **days)


class _Batch:
    def __init__(self, claim: claims.Claim) -> None:
        self.holder = claim.holder
        self.left = deque(claim.mail_ids)
        self._handed_over = False

    def send(self) -> None:
        """Send all that is left, on a new connection whenever one broke."""
        breaks = 0
        while self.left:
            with smtp.connect() as connection:
                transact(claims.renew, self.holder, at=now())
                breaks = breaks + 1 if self._send_on(connection) else 0
            if breaks == MOST_BREAKS:
                raise smtp.Unreachable("the line broke at one mail after the other")

    def _send_on(self, connection: smtp.Connection) -> bool:
        """Send mails until none is left or the connection breaks. Returns whether it broke at the first one."""
        is_first = True
        while self.left and connection.is_open:
            try:
                outcome = self._hand_over(connection)
            except claims.TakenOver:
                self.left.popleft()
                return False
            if not connection.is_open and not is_first and not self._handed_over:
                return False  # some servers close after a number of mails: this does not count as an attempt
            transact(claims.record_outcome, outcome, self.holder, at=now())
            self.left.popleft()
            if is_first and not connection.is_open:
                return True
            is_first = False
        return False

    def _hand_over(self, connection: smtp.Connection) -> claims.Outcome:
        self._handed_over = False
        return delivery.hand_over(self.left[0], connection, self._begin)

    def _begin(self, mail_id: int, attempts: int) -> None:
        transact(claims.begin_handing_over, mail_id, self.holder, attempts, at=now())
        self._handed_over = True
