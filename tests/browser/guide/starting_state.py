"""What stands in the application when the day of the guide begins."""

from datetime import timedelta

from orders.clock import now
from orders.database import transact
from orders.shipping.dispatches import lifecycle
from orders.shipping.printing import print_log, printers
from orders.shipping.printing.models import Paper
from orders.shipping.printing.print_requests import PrintRequest
from orders.staff import accounts
from orders.staff.models import StaffRole
from tests.browser.guide.office_pages import ADMINISTRATOR
from tests.browser.steps import EMAIL, PASSWORD
from tests.factories import BY, allow, make_dispatch, make_edition, make_order

YESTERDAY = ("Awa Diallo", "Luc Peeters", "Nour El Amrani", "Chloé Lambert", "Ivan Janssens")


def fill() -> None:
    """Stock, rules, a printer whose sheet of labels was begun, and five letters that were posted."""
    at = now() - timedelta(days=1)
    make_edition(shelf=4_800)
    allow("school", review_above=60, maximum=200)
    transact(accounts.add_member, EMAIL, StaffRole.COORDINATOR, PASSWORD, at=at, by=BY)
    transact(accounts.add_member, ADMINISTRATOR, StaffRole.ADMINISTRATOR, PASSWORD, at=at, by=BY)
    printer = transact(printers.add_printer, "Bureau, 2e étage", at=at, by=BY)
    dispatch = make_dispatch(*(make_order(name=name) for name in YESTERDAY))
    printing = transact(print_log.record, dispatch.id, Paper.LABELS, PrintRequest(printer=printer), at=at, by=BY)
    transact(print_log.all_out, dispatch.id, printing.id, at=at)
    transact(lifecycle.close, dispatch.id, at=at, by=BY, everything=True)
