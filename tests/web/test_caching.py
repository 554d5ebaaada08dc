"""What browsers may keep: static files for a year, pages that show somebody never."""

from collections.abc import Callable

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from orders.mail import signed_links
from orders.staff.models import StaffRole
from tests.factories import make_edition, make_order

FOR_A_YEAR = "public, max-age=31536000, immutable"


@pytest.mark.parametrize(("asked", "kept"), [("", FOR_A_YEAR), ("of-another-version", "no-cache"), (None, "no-cache")])
def test_a_file_is_kept_for_a_year_if_it_is_what_was_asked_for(
    app: Flask, client: FlaskClient, asked: str | None, kept: str
) -> None:
    with app.test_request_context():
        address = url_for("static", filename="pli.css")
    url = {"": address, None: "/static/pli.css"}.get(asked, f"/static/pli.css?v={asked}")
    with client.get(url) as answer:
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, kept)


def test_a_page_that_shows_somebody_is_never_kept(
    app: Flask, client: FlaskClient, office: Callable[[StaffRole], FlaskClient]
) -> None:
    with app.app_context():
        make_edition()
        order = make_order()
        own = f"/o/{signed_links.token(order.reference, order.link_nonce)}"
        reference = order.reference
    staff = office(StaffRole.ADMINISTRATOR)
    pages = (
        "/office/",
        "/office/ordering/",
        f"/office/ordering/{reference}",
        f"/office/ordering/{reference}/label.pdf",
    )
    answers = [client.get(own), client.post("/order", data={"name": "Marie"}), *(staff.get(page) for page in pages)]
    assert [(answer.status_code, answer.headers["Cache-Control"]) for answer in answers] == [
        (200, "no-store"),
        (422, "no-store"),
        *[(200, "no-store")] * len(pages),
    ]
