"""`flask orders`: orders from a file and into one."""

from pathlib import Path

import click
from flask.cli import AppGroup

from orders import spreadsheets
from orders.clock import now
from orders.commands.console import counted, progress, refuse
from orders.database import transact
from orders.errors import Refused
from orders.ordering.files import exporting, import_batches, importing
from orders.references import show_reference
from orders.spreadsheets import ColumnsNotRead, UnreadableFile
from orders.staff import journal
from orders.staff.journal import Actor
from orders.wording import moment, sentence

orders = AppGroup("orders", help="Orders in files.")


@orders.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check every row and place nothing.")
@click.option("--skip-errors", is_flag=True, help="Place the right rows; write the others to FILE.rejected.csv.")
@click.option("--again", is_flag=True, help="Take a file that was imported before.")
@click.option("--mend/--as-written", default=True, help="Read cells as the form would propose (the default), or not.")
def import_orders(file: Path, dry_run: bool, skip_errors: bool, again: bool, mend: bool) -> None:
    """Place the orders of FILE (CSV or XLSX). All rows must be right, or none is placed.

    They are placed a hundred at a time; to go on with an import that broke off, give the same command again.

    What is read otherwise than it is written is listed first: --dry-run shows it and places nothing.
    """
    try:
        checked = importing.check_file(file, at=now(), as_written=not mend)
    except UnreadableFile as refusal:
        refuse(f"{file.name}: {sentence(refusal)}")
    except Refused as refusal:
        refuse(sentence(refusal))
    _tell(checked)
    if checked.problems and not skip_errors:
        lines = {problem.line for problem in checked.problems}
        are = "is" if len(lines) == 1 else "are"
        refuse(f"nothing imported: {len(lines)} of {counted(len(checked.table.rows), 'row')} {are} wrong")
    if dry_run:
        click.echo(f"{counted(len(checked.good), 'order')} could be imported; nothing was, because of --dry-run")
        return
    _place(checked, again=again)
    if checked.problems:
        rejected = file.with_name(f"{file.name}.rejected.csv")
        spreadsheets.write(rejected, checked.table.header, [row.cells for row in checked.rejected])
        click.echo(f"{counted(len(checked.rejected), 'row')} written to {rejected}")


def _tell(checked: importing.Checked) -> None:
    """A line on stderr for each row that is wrong, already known, or that a form would have asked about."""
    for note in checked.table.notes:
        click.echo(sentence(note), err=True)
    if checked.unread:
        click.echo(sentence(ColumnsNotRead(checked.unread)), err=True)
    for problem in checked.problems:
        click.echo(f"line {problem.line}: {problem.problem.field}: {sentence(problem.problem)}", err=True)
    for line, reference in checked.known:
        click.echo(f"line {line}: reference: {show_reference(reference)} is here already, skipped", err=True)
    for line, change in checked.changes:
        click.echo(f"line {line}: {change.field}: {sentence(change)}", err=True)
    for line, question in checked.questions:
        click.echo(f"line {line}: {question.field}: {sentence(question)} (taken as confirmed)", err=True)
    if checked.without_email:
        click.echo(f"{counted(checked.without_email, 'order')} without an e-mail address: no mails go", err=True)


def _place(checked: importing.Checked, *, again: bool) -> None:
    if checked.placed:
        click.echo(f"{counted(len(checked.placed), 'order')} of this file are here since an import broke off", err=True)
    try:
        with progress("orders", len(checked.good)) as placed:
            count = import_batches.place_all(
                checked.digest, checked.good, transact, clock=now, by=Actor("command"), again=again, placed=placed
            )
    except import_batches.AlreadyImported as refusal:
        refuse(f"this very file was imported on {moment(refusal.at)}: nothing imported (--again takes it once more)")
    except import_batches.ImportStopped as stop:
        refuse(*_stopped(stop))
    click.echo(f"{counted(count, 'order')} imported")


def _stopped(stop: import_batches.ImportStopped) -> list[str]:
    """Why the row that was right a moment ago is not any more, and what became of the others."""
    yet = f"{counted(stop.placed, 'order')} of this file imported, and no more; the same command goes on from there"
    return [f"line {stop.line}: {sentence(stop.refusal)}", yet if stop.placed else "nothing imported"]


@orders.command("export")
@click.argument("file", type=click.Path(path_type=Path))
def export_orders(file: Path) -> None:
    """Write every order to FILE (CSV or XLSX, by its ending)."""
    try:
        written = exporting.export(file)
    except UnreadableFile as refusal:
        refuse(f"{file.name}: {sentence(refusal)}")
    transact(journal.record, "exported", "orders file", at=now(), by=Actor("command"), after={"orders": written})
    click.echo(f"{counted(written, 'order')} written to {file}")
