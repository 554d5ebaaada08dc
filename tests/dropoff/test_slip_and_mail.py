"""The slip and the mail that a parcel is on its way name the nearest drop-off points, where an edition has any."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import event, select

from orders.clock import local_day, now
from orders.database import db, transact
from orders.mail.models import OutgoingMail
from orders.shipping.dispatches import lifecycle
from orders.shipping.models import Dispatch
from orders.shipping.printing import dispatch_pdfs
from orders.shipping.printing.print_requests import PrintRequest
from tests.dropoff.points import make_point
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order
from tests.labels.pdf_reading import text_of

pytestmark = pytest.mark.usefixtures("app_context")


def slips_of(dispatch: Dispatch) -> str:
    out = BytesIO()
    dispatch_pdfs.print_slips(dispatch, PrintRequest(), out=out)
    return " ".join(text_of(out.getvalue()).split())


def mail_of(dispatch: Dispatch) -> str:
    transact(lifecycle.close, dispatch.id, at=NOW, by=BY, everything=True)
    return db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "order_sent")).one().text


def test_slip_and_mail_name_the_three_nearest_and_until_when() -> None:
    make_edition(letters_back_by=local_day(now()) + timedelta(days=60))
    for postcode, town in (("1000", "Bruxelles"), ("5100", "Jambes"), ("5500", "Dinant"), ("6000", "Charleroi")):
        make_point(name=f"Magasin de {town}", postcode=postcode, town=town)
    dispatch = make_dispatch(make_order(postcode="5000", town="Namur"))
    for said in (slips_of(dispatch), mail_of(dispatch)):
        places = [said.index(f"Magasin de {town}, Rue Haute 12") for town in ("Jambes", "Dinant", "Charleroi")]
        assert places == sorted(places)
        assert "Magasin de Bruxelles" not in said
        assert "jusqu’au" in said


def test_an_edition_without_any_shows_only_the_post_address() -> None:
    make_edition()
    dispatch = make_dispatch(make_order())
    assert "déposez" not in slips_of(dispatch) + mail_of(dispatch)


def test_points_are_read_once_for_a_pile_of_slips() -> None:
    make_edition(letters_back_by=local_day(now()) + timedelta(days=60))
    make_point()
    dispatch = make_dispatch(*[make_order(postcode=code) for code in ("5000", "4000", "1000")])
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert slips_of(dispatch).count("Magasin du monde") == 3
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert sum("drop_off_point" in each for each in statements) <= 1
    assert sum("kept_rows_token" in each for each in statements) <= 1
