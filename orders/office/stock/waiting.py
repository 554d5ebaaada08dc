"""What the deliveries that are expected mean for those who wait, publication by publication."""

from collections.abc import Iterable

from flask import current_app

from orders.clock import local_day, now
from orders.reports.arrivals.kept_delay import KeptDelays
from orders.reports.stock_outlook import Outlook
from orders.reports.waiting_outlook import WaitingOutlook, waiting_outlook


def waiting_outlooks(outlooks: Iterable[Outlook]) -> dict[int, WaitingOutlook]:
    """By publication id, for those that anybody waits for."""
    return {each.publication.id: _of(each) for each in outlooks if each.situation.waiting}


def _of(outlook: Outlook) -> WaitingOutlook:
    publication = outlook.publication
    kept = KeptDelays.among(current_app.extensions)
    delay = kept.of(publication.edition, local_day(now()), current_app.config)
    return waiting_outlook(publication, outlook.situation.deliveries, delay)
