"""Rows written in one statement are as the session's own would be."""

from typing import Any

import pytest
from sqlalchemy import event, inspect

from orders.database import db
from orders.mail.models import OutgoingMail
from orders.rows import quick_rows
from orders.staff.models import AuditEntry
from tests.factories import NOW


def a_mail(**more: Any) -> OutgoingMail:
    return OutgoingMail(
        kind="order_links",
        address="marie@example.org",
        language="fr",
        subject="Vos\x00 commandes",
        told={"orders": []},
        kept_html="<p>Bonjour</p>",
        posted_at=NOW,
        due_at=NOW,
        **more,
    )


def values(mail: OutgoingMail) -> dict[str, Any]:
    names = [name for name, _ in inspect(OutgoingMail).column_attrs.items() if name not in ("id", "message_id")]
    return {name: getattr(mail, name) for name in names}


@pytest.mark.usefixtures("app_context")
def test_a_row_has_the_values_that_the_session_would_have_written() -> None:
    quick, usual = a_mail(message_id="<one@pli.test>"), a_mail(message_id="<two@pli.test>")
    quick_rows.insert(quick)
    db.session.add(usual)
    db.session.commit()
    assert values(quick) == values(usual)
    assert quick.subject == "Vos commandes"


@pytest.mark.usefixtures("app_context")
def test_a_row_is_known_to_the_session_without_being_read() -> None:
    mail = a_mail(message_id="<one@pli.test>")
    quick_rows.insert(mail)
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *found: asked.append(found[2]))
    assert values(mail)["attempts"] == 0
    assert db.session.get(OutgoingMail, mail.id) is mail
    assert asked == []
    mail.last_error = "held back"
    db.session.commit()
    assert db.session.get_one(OutgoingMail, mail.id, populate_existing=True).last_error == "held back"


@pytest.mark.usefixtures("app_context")
def test_many_rows_keep_their_order() -> None:
    mails = [a_mail(message_id=f"<{number}@pli.test>") for number in range(30)]
    quick_rows.write(mails)
    db.session.add_all(mails)
    db.session.commit()
    assert [each.message_id for each in mails] == [f"<{number}@pli.test>" for number in range(30)]


@pytest.mark.usefixtures("app_context")
def test_values_lose_their_control_characters_too() -> None:
    entry = {"at": NOW, "by_id": None, "door": "worker", "action": "changed", "thing": "edition\x00 2026"}
    quick_rows.insert_values(AuditEntry, [entry | {"before": None, "after": None}])
    assert db.session.query(AuditEntry).one().thing == "edition 2026"
