"""What the deliveries that are expected mean for those who wait, publication by publication."""

from collections.abc import Iterable

from flask import current_app

from orders.clock import local_day, now
from orders.reports.delivery_time import read_delay
from orders.reports.stock_outlook import Outlook
from orders.reports.waiting_outlook import WaitingOutlook, waiting_outlook


def waiting_outlooks(outlooks: Iterable[Outlook]) -> dict[int, WaitingOutlook]:
    """By publication id, for those that anybody waits for."""
    return {each.publication.id: _of(each) for each in outlooks if each.situation.waiting}


def _of(outlook: Outlook) -> WaitingOutlook:
    config, publication = current_app.config, outlook.publication
    delay = read_delay(
        publication.edition, local_day(now()), office_days=config["OFFICE_DAYS"], post_days=config["POST_DAYS"]
    )
    return waiting_outlook(publication, outlook.situation.deliveries, delay)
