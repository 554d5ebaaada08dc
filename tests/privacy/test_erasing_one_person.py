"""One person asks to be forgotten: nothing of them is left anywhere, and nothing of anybody else is gone."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import String, Text, func, select, text, update

from orders.database import Model, db, transact
from orders.events import proposing
from orders.events.models import Event
from orders.events.proposing import Contact
from orders.idempotency import SubmittedForm
from orders.mail import outbox, signed_links
from orders.ordering.files import exporting
from orders.ordering.followup import notes
from orders.ordering.lifecycle import cancellation, order_links
from orders.ordering.models import Order
from orders.places.place_address import Address
from orders.privacy import data_subject_rights, erased_list, erasing, persons, traces
from orders.privacy.data_subject_rights import OrdersStillOpen
from orders.privacy.inventory import data_of
from orders.privacy.persons import person_of
from orders.privacy.registry import REMOVED, Erasure
from orders.privacy.tables import TABLES
from orders.reminders import subscriptions
from orders.schema.unmodelled_names import SEARCH_TABLE
from orders.staff.models import AuditEntry, StaffRole
from tests.events.events import propose
from tests.factories import BY, NOW, make_edition, make_order
from tests.privacy.season import make_season, post_orders
from tests.races import only

MARK = "zqxmark"
NAME = f"{MARK.title()} Dupont"
EMAIL = f"{MARK}@example.org"


WITH_TEXTS = {
    table.name
    for table in TABLES
    if table.of_orders
    and any(isinstance(Model.metadata.tables[table.name].c[each.name].type, String) for each in table.erasable)
}
"""Tables in which a text is about an order: in each of them the mark must stand before it is erased."""


def marked_order(**fields: Any) -> Order:
    return make_order(name=NAME, email=EMAIL, organisation=f"Asbl {MARK}", message=f"chez {MARK}", **fields)


def leave_traces(order: Order) -> None:
    """What packing, posting and talking about an order leave behind, and its form."""
    post_orders([order])

    def write() -> None:
        notes.write(order.reference, f"{NAME} a rappelé", at=NOW, by=BY)
        db.session.add(SubmittedForm(key="key", digest=MARK, at=NOW))
        db.session.get_one(Order, order.id).submission = "key"
        contact = Contact(NAME, EMAIL, "fr")
        proposing.propose_gathering(order.id, contact, NOW.date(), Address("", "5000", "Namur"), at=NOW, by=BY)
        subscriptions.keep(order, "Gardez mon adresse", at=NOW)

    transact(write)


def mark_everything(*orders: Order) -> None:
    """Write the mark into every personal column of text that the declarations find for these orders, and into notes.

    Not into what is counted before it is erased: the counts remain.
    """
    for table in TABLES:
        if not table.of_orders:
            continue
        stored = Model.metadata.tables[table.name]
        texts = [
            stored.c[column.name]
            for column in table.erasable
            if isinstance(stored.c[column.name].type, String | Text) and column.how.erasure is not Erasure.COUNTED
        ]
        marked = {column.name: f"{MARK} {column.name}"[: getattr(column.type, "length", None)] for column in texts}
        if table.name == "order":
            marked |= {"email": EMAIL, "email_key": EMAIL, "name": NAME, "country": "FR", "language": "de"}
        marked = {name: value for name, value in marked.items() if name not in ("language",) or table.name == "order"}
        if marked:
            condition = text(table.of_orders).bindparams(
                db.bindparam("orders", [each.id for each in orders], expanding=True)
            )
            db.session.execute(update(stored).where(condition).values(marked))
    for name in ("count_entry", "print_run"):
        db.session.execute(update(Model.metadata.tables[name]).values(note=f"vu avec {NAME.upper()}, 12 h"))
    db.session.execute(update(Model.metadata.tables["movement_note"]).values(text=f"donné à {NAME}"))


def everywhere(app: Flask, caplog: pytest.LogCaptureFixture, folder: Path) -> Iterator[tuple[str, bytes]]:
    """All that there is: every row, every file of the instance with the database's own, exports, and the logs."""
    for table in Model.metadata.sorted_tables:
        yield table.name, repr(db.session.execute(select(table)).all()).encode()
    db.session.rollback()
    for path in Path(app.instance_path).rglob("*"):
        if path.is_file():
            yield path.name, path.read_bytes()
    export = folder / "orders.csv"
    exporting.export(export)
    yield "export", export.read_bytes()
    yield "logs", caplog.text.encode()


def marked(app: Flask, caplog: pytest.LogCaptureFixture, folder: Path) -> list[str]:
    """Where the mark stands, in any case."""
    return [where for where, content in everywhere(app, caplog, folder) if MARK.encode() in content.lower()]


def erase_and_clean_up(app: Flask, order: Order) -> None:
    transact(data_subject_rights.erase, order.reference, at=NOW, by=BY)
    traces.clean_up(Path(app.instance_path), before=NOW, rewrite=False)


def test_nothing_of_a_person_is_left_in_any_row_file_mail_export_or_log(
    app: Flask,
    client: FlaskClient,
    office: Any,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    caplog.set_level(logging.DEBUG)
    with app.app_context():
        make_season()
        order, second = marked_order(), marked_order(minutes=5)
        order_id = order.id
        transact(order_links.mail_links, EMAIL.upper(), at=NOW, language="fr")
        transact(cancellation.cancel, second.reference, at=NOW, by=BY)
        leave_traces(order)
        second_id = second.id
        link = f"/o/{signed_links.token(order.reference, order.link_nonce)}"
    assert client.get(link).status_code == 200
    assert office(StaffRole.OFFICE).get(f"/office/ordering/?q={MARK}").status_code == 200
    with app.app_context():
        order = db.session.get_one(Order, order_id)
        transact(outbox.count_as_sent)
        transact(mark_everything, order, db.session.get_one(Order, second_id))
        mail = db.session.execute(text("SELECT message_id FROM outgoing_mail WHERE text LIKE '%zqxmark%'")).scalar()
        folder = Path(app.instance_path) / "mail"
        folder.mkdir(exist_ok=True)
        (folder / "one.eml").write_text(f"To: {EMAIL}\nMessage-ID: {mail}\n\n{NAME}")
        before = set(marked(app, caplog, tmp_path))
        assert WITH_TEXTS | {"movement_note", "print_run", "count_entry", "one.eml"} <= before
        kept = db.session.scalar(select(func.count()).where(Order.name != REMOVED))
        erase_and_clean_up(app, order)
        assert marked(app, caplog, tmp_path) == []
        assert db.session.scalar(select(func.count()).where(Order.name != REMOVED)) == (kept or 0) - 2
    assert client.get(link).status_code == 404


def test_every_personal_column_of_the_order_holds_what_its_declaration_says(app_context: Flask) -> None:
    make_season()
    order = marked_order()
    transact(cancellation.cancel, order.reference, at=NOW, by=BY)
    transact(mark_everything, order)
    transact(data_subject_rights.erase, order.reference, at=NOW, by=BY)
    for table in TABLES:
        if table.of_orders:
            assert erasing.count(table, table.of_orders, orders=[order.id]) == 0, table.name
    row = db.session.execute(select(Model.metadata.tables["order"]).where(Order.id == order.id)).mappings().one()
    for column in next(table for table in TABLES if table.name == "order").erasable:
        assert row[column.name] == (None if column.how.erasure is Erasure.NULL else column.how.value)


def test_what_is_still_open_is_said_first_and_nothing_is_erased(app_context: Flask) -> None:
    make_season()
    order = marked_order()
    with pytest.raises(OrdersStillOpen) as refused:
        transact(data_subject_rights.erase, order.reference, at=NOW, by=BY)
    assert refused.value.references == [order.reference]
    assert db.session.get_one(Order, order.id).name == NAME


def test_the_journal_says_that_it_was_done_and_not_to_whom(app_context: Flask) -> None:
    make_season()
    order = marked_order()
    transact(cancellation.cancel, order.reference, at=NOW, by=BY)
    transact(data_subject_rights.erase, order.reference, at=NOW, by=BY)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "erased")).one()
    assert (entry.thing, entry.before, entry.after) == (f"order {order.reference}", None, None)


@pytest.mark.parametrize(
    "typed",
    [EMAIL, f" {EMAIL.upper()} ", f"{MARK}+news@example.org", NAME.lower(), f"dupont {MARK}"],
)
def test_a_person_is_found_by_name_or_address_however_written(app_context: Flask, typed: str) -> None:
    make_season()
    order = marked_order()
    (found,), _ = persons.find(typed)
    assert found.latest.id == order.id


def test_a_person_whose_name_is_mistyped_stands_among_those_alike(app_context: Flask) -> None:
    make_season()
    order = marked_order()
    found, alike = persons.find("Zqxmarck Dupont")
    assert (found, [person.latest.id for person in alike]) == ([], [order.id])


def test_after_a_restore_what_was_erased_is_erased_again_and_later_orders_stay(app: Flask) -> None:
    """The backup is from before the order was cancelled and erased; the person ordered again since."""
    with app.app_context():
        make_season()
        order = marked_order()
        later = marked_order(minutes=60)
        reference, order_id, later_id = order.reference, order.id, later.id
    runner = app.test_cli_runner()
    file = Path(app.instance_path) / erased_list.FILE
    file.write_text(f"{reference} {NOW.isoformat()}\nKLNBRTVX {NOW.isoformat()}\n")
    done = runner.invoke(args=["privacy", "reapply"])
    assert (done.exit_code, done.stdout) == (0, "1 order erased again of 2 listed\n")
    with app.app_context():
        assert db.session.get_one(Order, order_id).name == REMOVED
        assert db.session.get_one(Order, later_id).name == NAME
        assert erased_list.references() == {reference: NOW}
        unsent = select(func.count()).select_from(Model.metadata.tables["outgoing_mail"])
        assert db.session.scalar(unsent.where(text("order_id = :id").bindparams(id=order_id))) == 0
    file.write_text(file.read_text() + "no line\n")
    again = runner.invoke(args=["privacy", "reapply"])
    assert (again.exit_code, again.stdout) == (1, "0 orders erased again of 2 listed\n")
    assert f"mend line 3 of {file}" in again.stderr


def test_the_list_of_what_was_erased_is_kept_beside_the_database_and_names_nobody(app_context: Flask) -> None:
    make_season()
    order = marked_order()
    transact(cancellation.cancel, order.reference, at=NOW, by=BY)
    erase_and_clean_up(app_context, order)
    file = Path(app_context.instance_path) / erased_list.FILE
    assert file.read_text() == f"{order.reference} {NOW.isoformat()}\n"
    assert erased_list.read(file) == {order.reference: NOW}


@only("sqlite")
def test_the_search_index_keeps_no_piece_of_a_name(app: Flask) -> None:
    def pieces() -> int:
        blocks = db.session.execute(text(f"SELECT block FROM {SEARCH_TABLE}_data")).scalars()  # noqa: S608
        return sum(bytes(block).count(MARK[2:4].encode()) for block in blocks)

    with app.app_context():
        make_season()
        order = marked_order()
        transact(cancellation.cancel, order.reference, at=NOW, by=BY)
        assert pieces()
        erase_and_clean_up(app, order)
        assert not pieces()


@pytest.mark.usefixtures("app_context")
def test_an_event_that_the_person_proposed_is_handed_out_and_erased_with_the_orders() -> None:
    make_edition()
    order = make_order(email="Zoe@example.org")
    propose()
    told = data_of(person_of(order))
    assert (told["event"][0]["title"], told["event"][0]["contact_email"]) == ("Soirée d’écriture", "zoe@example.org")
    transact(cancellation.cancel, order.reference, at=NOW, by=BY)
    rows = transact(data_subject_rights.erase, order.reference, at=NOW, by=BY)
    assert rows["event"] == 1
    assert db.session.scalars(select(Event)).all() == []


@pytest.mark.usefixtures("app_context")
def test_the_number_of_the_school_is_handed_out_though_it_stays_when_the_rest_is_erased() -> None:
    make_edition()
    order = make_order(institution="fwb:42")
    assert data_of(person_of(order))["order"][0]["institution"] == "fwb:42"
    transact(cancellation.cancel, order.reference, at=NOW, by=BY)
    transact(data_subject_rights.erase, order.reference, at=NOW, by=BY)
    assert db.session.get_one(Order, order.id).institution == "fwb:42"
