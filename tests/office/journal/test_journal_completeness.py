"""Every address that takes a form and every command that writes leaves a line in the journal, or says here why not."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, url_for
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from orders.catalogue.models import Edition
from orders.database import db, transact
from orders.ordering.models import Order
from orders.staff.models import AuditEntry, StaffRole
from tests.factories import make_edition
from tests.office.journal.every_form import make_world, steps
from tests.office.journal.files import a_file_of_orders
from tests.office.journal.steps import Step
from tests.office.journal.unrecorded_changes import watched
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]

WRITES_NOTHING = {
    "helping.mendings": "proposes how an address is better written",
    "office.directory.upload": "says what a list would change; what was read waits a day for `take_over`",
    "office.scanning.look": "says what a slip is",
    "office.settings.preview": "shows what is typed",
    "events.index": "measures distances from a position that is not kept",
    "where.index": "measures distances from a position that is not kept",
}
KEPT_ELSEWHERE = {
    "public.ask_email": "writes a mail to whoever owns the address; mails are kept by themselves",
    "public.ask_own_data": "writes a mail to whoever owns the address; mails are kept by themselves",
    "public.do_own_data": "calls the rules of office.privacy, which leave the lines",
    "office.privacy.purge": "tests/privacy looks for the line of a purge",
    "public.find": "writes a mail to whoever owns the address; mails are kept by themselves",
    "office.shipping.all_out": "the printing, which is in the journal, keeps its answer",
    "office.shipping.jammed": "the printing, which is in the journal, keeps its answer",
}
KEPT_ELSEWHERE |= dict.fromkeys(
    ("office.scanning.undo_pack", "office.scanning.undo_pickup", "office.ordering.undo_hand_over"),
    "needs the moment of what it takes back: tests/office/shipping/test_undo.py looks for its line",
)
SIGNED_IN = dict.fromkeys(
    ("office.account.end_session", "office.account.end_others", "office.staff.end_session"),
    "ends what needs a second browser; `sessions.end` and its siblings note it",
)
SIGNING_IN = "security."  # the pages of Flask-Security: tests/signin looks at what is noted of them
WITHOUT_A_LINE = WRITES_NOTHING | KEPT_ELSEWHERE | SIGNED_IN

COMMANDS_WITHOUT_A_LINE = {
    "doctor": "reads",
    "stock verify": "reads",
    "worker": "does chores, each of which calls rules; mails are kept by themselves",
    "start": "calls `flask staff add`'s rule for the first administrator and the ledger's for the opening stock",
    "privacy purge": "tests/privacy looks for the line of a purge",
    "privacy reapply": "tests/privacy looks for the line of each order that is erased again",
    "backup": "its own tests look for the line of a backup",
    "restore": "fills an empty database, with the journal that is in the backup",
}


PERSONAL = ("Dupont", "Zoé", "Rue Haute", "Rue de la Senne", "example.org", "la direction", "trop")
"""What the forms and the orders of the walk hold of people, and what was typed freely about them."""


def told(app: Flask) -> str:
    """All that the journal holds."""
    with app.app_context():
        lines = db.session.scalars(select(AuditEntry)).all()
        return "\n".join(f"{line.thing} {line.before} {line.after}" for line in lines)


def entries() -> int:
    return db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0


@dataclass
class Walker:
    """A browser that sends forms, and counts what the journal has more afterwards."""

    app: Flask
    client: FlaskClient
    token: str

    def send(self, each: Step) -> tuple[int, int]:
        """The status of the answer, and how many entries there are more."""
        with self.app.test_request_context():
            address = url_for(each.endpoint, **each.values)
        shown = Page.of(self.client.get(each.page)).fields(address, "post") if each.page else {}
        if each.is_asked_first:
            shown = Page.of(self.client.post(address, data=shown)).fields(address, "post")
        before = self._entries()
        answer = self.client.post(address, data={**shown, "csrf_token": self.token, **each.typed})
        return answer.status_code, self._entries() - before

    def _entries(self) -> int:
        with self.app.app_context():
            return entries()


def test_every_form_that_is_sent_leaves_a_line_without_a_personal_value(app: Flask, office: Office) -> None:
    with app.app_context():
        world = make_world()
    client = office(StaffRole.ADMINISTRATOR)
    walker = Walker(app, client, Page.open(client, "/office/").fields("/staff/logout")["csrf_token"])
    silent = {}
    walked = steps(world)
    with watched(app) as unrecorded:
        for each in walked:
            status, more = walker.send(each)
            if more < 1 or status >= 400:
                silent[each.endpoint] = (status, more)
    assert silent == {}
    assert unrecorded == []
    assert [value for value in PERSONAL if value in told(app)] == []
    takes_forms = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    takes_forms = {endpoint for endpoint in takes_forms if not endpoint.startswith(SIGNING_IN)}
    assert takes_forms - {each.endpoint for each in walked} - set(WITHOUT_A_LINE) == set()
    assert set(WITHOUT_A_LINE) <= takes_forms


def a_list_of_schools(folder: Path) -> Path:
    file = folder / "schools.csv"
    file.write_text("name,street,number,postcode,town\nÉcole communale,Rue Haute,1,1000,Bruxelles\n")
    return file


def a_file(folder: Path) -> Path:
    file = folder / "orders.csv"
    file.write_bytes(a_file_of_orders()[0].read())
    return file


def test_every_command_that_writes_leaves_a_line(own_app: Flask, tmp_path: Path) -> None:
    runner = own_app.test_cli_runner()
    commands = {
        "demo": ["--orders", "1"],
        "staff add": ["new@example.org", "--role", "office", "--password-stdin"],
        "staff unlock": ["new@example.org"],
        "orders export": [str(tmp_path / "out.csv")],
        "directory import": [str(a_list_of_schools(tmp_path)), "--list", "schools"],
    }
    with own_app.app_context(), watched(own_app) as unrecorded:
        silent = {}
        for name, arguments in commands.items():
            before = entries()
            done = runner.invoke(args=[*name.split(), *arguments], input="une longue phrase de passe 42\n")
            if done.exit_code or entries() == before:
                silent[name] = done.output
        assert silent == {}
    assert unrecorded == []
    assert ours(own_app) - set(commands) - {"orders import"} == set(COMMANDS_WITHOUT_A_LINE)


def test_an_import_by_command_leaves_a_line_for_itself_and_each_order(own_app: Flask, tmp_path: Path) -> None:
    with own_app.app_context():
        make_edition()
        done = own_app.test_cli_runner().invoke(args=["orders", "import", str(a_file(tmp_path))])
        assert done.exit_code == 0, done.output
        latest = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(2)).all()
        assert [(entry.action, entry.door) for entry in latest] == [("imported", "command"), ("placed", "import")]


def ours(app: Flask) -> set[str]:
    """The names of all commands that are not the migrations'."""
    groups = {name: command for name, command in app.cli.commands.items() if name != "db"}
    nested = {f"{name} {inner}" for name, group in groups.items() for inner in getattr(group, "commands", ())}
    return nested | {name for name, command in groups.items() if not hasattr(command, "commands")}


def test_a_watched_table_changed_by_a_page_without_a_line_is_found(own_app: Flask) -> None:
    with own_app.app_context():
        make_edition()
    with own_app.test_request_context(), watched(own_app) as unrecorded:
        transact(db.session.execute, update(Edition).values(title="Another title"))
        transact(db.session.execute, update(Order).values(search="nothing that the journal tells"))
    assert unrecorded == [["edition"]]
