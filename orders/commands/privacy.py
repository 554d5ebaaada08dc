"""`flask privacy`: erases personal data whose time is over, and does so again after a restore."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from orders.clock import now
from orders.commands.console import counted, progress, refuse
from orders.daily_jobs import Chore
from orders.database import snapshot, transact
from orders.privacy import colleagues, erased_list, erasing, purging, retention, traces
from orders.privacy.purging import Due, OrdersOf, Step
from orders.reports import integrity
from orders.staff.journal import Actor

privacy = AppGroup("privacy", help="Personal data: what is due, and erasing it.")


@privacy.command("purge")
@click.option("--dry-run", is_flag=True, help="Say what would be erased, and erase nothing.")
def purge(dry_run: bool) -> None:
    """Erase all personal data whose time is over (PLI_RETENTION_MONTHS after the last day of its edition).

    It may be stopped at any moment; the same command goes on from there. The worker does the same each day.
    """
    at = now()
    with snapshot():
        still_open = [each for each in retention.due_editions(at=at, months=months()) if each.still_open]
        due = purging.due(at=at, months=months())
        steps = [] if dry_run else purging.look(at=at, months=months())
    for each in still_open:
        click.echo(f"edition {each.edition.year}: {counted(each.still_open, 'order')} still open, kept", err=True)
    _tell(due, "would be erased" if dry_run else "to erase")
    if dry_run:
        if not due.orders and not due.rows:
            click.echo("nothing is due")
        return
    with progress("parts", len(steps)) as done:
        for step in steps:
            transact(purging.do, step, at=now(), by=Actor("command"))
            done()
    clean_up(steps, at=at)
    with snapshot():
        wrong = integrity.discrepancies()
    if wrong:
        refuse(*(str(discrepancy) for discrepancy in wrong))
    click.echo("nothing was due" if not steps else "erased; all sums hold")


def months() -> int:
    """The retention that is set."""
    return int(current_app.config["RETENTION_MONTHS"])


def look(*, at: datetime) -> list[Step]:
    """The parts of the worker's daily purge."""
    return purging.look(at=at, months=months())


def clean_up(steps: Sequence[Step], *, at: datetime) -> None:
    """After the transactions of a purge: the files of mails, and what SQLite's files still hold."""
    rewrite = any(isinstance(step.what, OrdersOf) for step in steps)
    traces.clean_up(instance(), before=retention.months_before(at, months()), rewrite=rewrite)


CHORE = Chore(erasing.CHORE, look, purging.do, clean_up)


def instance() -> Path:
    return Path(current_app.instance_path)


def _tell(due: Due, what: str) -> None:
    for year, orders in due.orders.items():
        click.echo(f"edition {year}: {counted(orders, 'order')} {what}")
    for table, rows in sorted(due.rows.items()):
        click.echo(f"{table}: {counted(rows, 'row')} {what}")


@privacy.command("reapply")
@click.argument("file", type=click.Path(path_type=Path, exists=True), required=False)
def reapply(file: Path | None) -> None:
    """After a restore: erase again what was erased on request, as listed in FILE (instance/erased-orders.txt)."""
    if not erase_again(file or instance() / erased_list.FILE, at=now()):
        raise SystemExit(1)


def erase_again(file: Path, *, at: datetime) -> bool:
    """Erase what the file and the database list. Returns False when something is left, after saying what."""
    orders = {**erased_list.read(file), **erased_list.references()}
    members = {**erased_list.read_members(file), **colleagues.erased()}
    again, accounts = erased_list.to_erase_again(orders), colleagues.to_erase_again(members)
    damaged = [f"mend line {number} of {file}, which names no erased order" for number in erased_list.unreadable(file)]
    orders_left, accounts_left = list(_orders_left(again, orders, at)), list(_accounts_left(accounts, at))
    for said in [*damaged, *orders_left, *accounts_left]:
        click.echo(f"{said}, then type `flask privacy reapply`", err=True)
    traces.clean_up(instance(), before=retention.months_before(at, months()), rewrite=bool(again or accounts))
    done = f"{counted(len(again) - len(orders_left), 'order')} erased again of {len(orders)} listed"
    of_staff = f", {counted(len(accounts) - len(accounts_left), 'account')} of {len(members)}" if members else ""
    click.echo(f"{done}{of_staff}")
    return not (damaged or orders_left or accounts_left)


def _orders_left(again: Sequence[str], listed: Mapping[str, datetime], at: datetime) -> Iterator[str]:
    for reference in again:
        if not transact(erased_list.erase_again, reference, listed[reference], at=at, by=Actor("command")):
            yield f"order {reference} lies in an open dispatch: close or undo it"


def _accounts_left(again: Sequence[int], at: datetime) -> Iterator[str]:
    for number in again:
        if not transact(colleagues.erase_again, number, at=at, by=Actor("command")):
            yield f"account {number} is the last administrator's: open another one"
