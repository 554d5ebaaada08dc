"""The first page: what can be ordered and for whom letters are written, or when the next edition opens."""

from flask import render_template

from orders.catalogue import edition_lookup
from orders.clock import local_day, now
from orders.ordering.allocation import estimates
from orders.public.blueprint import pages
from orders.public.closed_page import closed_page, nearby
from orders.public.order_deadline import ten_december
from orders.stock import expected_deliveries
from orders.stock.availability import availability


@pages.get("/")
def front() -> str:
    """The open edition with its publications and the persons whom it defends; else the closed page."""
    at = now()
    today = local_day(at)
    edition = edition_lookup.find_open_edition(today)
    if edition is None:
        return closed_page()
    publications = edition_lookup.orderable(edition)
    return render_template(
        "public/front.html",
        edition=edition,
        publications=publications,
        availability=availability(publications),
        ten_december=ten_december(edition, today),
        expected_on=estimates.next_copies(publications, day=today),
        overdue_on=expected_deliveries.overdue_on([each.id for each in publications], today),
        **nearby(today, at=at),
    )
