"""A sheet to pin up where letters are written: the days, where they go, and a QR code that leads to the campaign."""

from flask import render_template
from markupsafe import Markup

from orders.clock import local_day, now
from orders.mail import signed_links
from orders.ordering import repository
from orders.public.blueprint import pages


@pages.get("/o/<token>/notice")
def notice(token: str) -> str:
    """One page of paper. It shows nothing of who ordered but the organisation, and leads to no order."""
    order = repository.get_order_by_link(token)
    front = signed_links.page("public.front")
    day = order.gathering_on or (order.edition.write_by if order.edition.write_by >= local_day(now()) else None)
    return render_template(
        "public/notice.html", order=order, edition=order.edition, day=day, front=front, qr=_qr(front)
    )


def _qr(address: str) -> Markup:
    """As SVG in the page, in modules of one unit: the style sheet says how large it is."""
    import qrcode
    from qrcode.image.svg import SvgPathImage

    drawn = qrcode.make(address, image_factory=SvgPathImage, border=4)
    return Markup(drawn.to_string(encoding="unicode"))  # noqa: S704 our own drawing
