"""Another charity uses Pli: one language, three publications, nothing of the first association anywhere."""

from datetime import date
from io import BytesIO

from flask import Flask
from sqlalchemy import select

from orders.association import forget
from orders.catalogue import association_editing, audience_editing, editing
from orders.catalogue.allowance_editing import Bounds
from orders.catalogue.audience_input import AudienceContent
from orders.catalogue.edition_input import EditionContent, PublicationContent
from orders.catalogue.models import Kind
from orders.clock import now
from orders.database import db, transact
from orders.mail.delivery import message_of
from orders.mail.models import OutgoingMail
from orders.ordering.models import Order, OrderStatus
from orders.shipping.printing.order_pdfs import print_order_slip
from orders.stock import publication_accounts
from tests.association.test_profile import BY, OTHER
from tests.factories import NOW, make_order, receive
from tests.labels.pdf_reading import text_of
from tests.page import Page

TITLES = {"GIDS26": "Gids", "KAART26": "Kaarten", "AFFI26": "Affiche"}
ASKED = {
    "name": "Jan Voorbeeld",
    "street": "Kerkstraat",
    "number": "1",
    "postcode": "9000",
    "town": "Gent",
    "email": "jan@example.org",
}
THE_FIRST = ("Amnesty", "Ixelles", "Elsene", "Marathon", "Schrijfmarathon")


def set_up(app: Flask) -> None:
    """What `docs/another-house.md` says, step by step, by the rules that its pages call."""
    transact(association_editing.change_association, OTHER, at=now(), by=BY)
    forget(app)
    content = EditionContent("Brievenweek 2026", date(2026, 9, 1), date(2027, 1, 31), date(2027, 2, 28))
    transact(editing.add_edition, 2026, content, at=NOW, by=BY)
    for code, title in TITLES.items():
        publication = PublicationContent(
            titles={"nl": title}, kind=Kind.OTHER, unit_weight_mg=20_000, unit_thickness_um=500
        )
        transact(publication_accounts.add_publication, 2026, code, publication, at=NOW, by=BY)
        receive(code, 100)
    club = AudienceContent(
        names={"nl": "een leesclub"}, hints={"nl": "samen lezen"}, gathers=True, bounds=Bounds(10, 20)
    )
    transact(audience_editing.add_audience, "book-club", club, at=NOW, by=BY)
    for code in ("organiser", "group"):
        transact(audience_editing.delete_audience, code, at=NOW, by=BY)
    transact(audience_editing.retire_audience, "library", at=NOW, by=BY)


def test_pages_mails_and_paper_name_the_other_association_only(app_context: Flask) -> None:
    set_up(app_context)
    client = app_context.test_client()
    said = [client.get(path).get_data(as_text=True) for path in ("/", "/order", "/privacy", "/accessibility", "/find")]
    order: Order = make_order(lines={"GIDS26": 2, "AFFI26": 1}, language="nl", audience="book-club")
    mail = db.session.scalars(select(OutgoingMail).where(OutgoingMail.order_id == order.id)).one()
    slip = BytesIO()
    print_order_slip(order, today=NOW.date(), out=slip)
    assert "Brieven zonder Grenzen" in said[0]
    assert "Kerkstraat 12" in text_of(slip.getvalue())
    assert message_of(mail).sender == "Brievenweek <post@example.org>"
    for text in (*said, mail.text, mail.html, text_of(slip.getvalue())):
        assert [name for name in THE_FIRST if name in text] == []


def test_its_own_audience_orders_up_to_its_own_limits(app_context: Flask) -> None:
    set_up(app_context)
    client = app_context.test_client()
    form = Page.open(client, "/order")
    assert "een leesclub samen lezen" in form.words()
    assert [
        name for name in ("mijn eigen schrijfmarathon", "lokale groep", "bibliotheek") if name in form.words()
    ] == []
    asked = {**form.fields("/order"), **ASKED, "audience": "book-club"}
    assert "20" in Page.of(client.post("/order", data={**asked, "copies-GIDS26": "21"}), status=422).words()
    assert client.post("/order", data={**asked, "copies-GIDS26": "11"}).status_code == 303
    (order,) = db.session.scalars(select(Order))
    assert (order.audience, order.status) == ("book-club", OrderStatus.PENDING)


def test_its_pages_speak_its_one_language(app_context: Flask) -> None:
    set_up(app_context)
    page = Page.open(app_context.test_client(), "/", headers={"Accept-Language": "fr"})
    assert page.tree.get("lang") == "nl"
    assert "Gids" in page.words()
