"""The forecast of one publication, as a picture."""

from flask import Blueprint, Response, request

from orders.catalogue import edition_lookup
from orders.clock import local_day, now
from orders.office.access import needs
from orders.office.charts import picture
from orders.office.stock import forecast_chart
from orders.reports import stock_outlook
from orders.staff.models import StaffRole

pages = Blueprint("forecast", __name__, url_prefix="/stock")


@pages.get("/<code>/forecast.svg")
@needs(StaffRole.OFFICE)
def chart(code: str) -> Response:
    """Free copies as they were and as they may be; with `narrow=1` as a phone shows it."""
    publication = edition_lookup.get_publication(code)
    outlook = stock_outlook.outlook(publication, at=now())
    free = stock_outlook.free_by_day(publication, local_day(now()))
    return picture(forecast_chart.draw(outlook, free, narrow=request.args.get("narrow") == "1"))
