"""`flask backup` and `flask restore`: one file with everything, and an installation from it."""

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, cast

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from orders.backups import backup as making
from orders.backups import backup_runs, key_and_settings, restoring
from orders.backups.backup_file import Header
from orders.clock import now
from orders.commands import backup_sentences as _sentences  # noqa: F401  the sentences of refusals
from orders.commands.console import counted, private_files, refuse
from orders.commands.privacy import erase_again
from orders.database import is_migrated, snapshot, transact
from orders.errors import Refused
from orders.privacy import erased_list
from orders.reports import integrity
from orders.staff.journal import Actor
from orders.wording import sentence

_RECIPIENT = "Encrypt to a public key: of age, of SSH, or the file of one of GnuPG."
_IDENTITY = "A file with the secret key (of age-keygen or ssh-keygen) that opens an encrypted backup."


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--recipient", "-r", "recipients", multiple=True, help=_RECIPIENT)
@click.option("--with-key", is_flag=True, help="Put the secret key in it too: links in mails need it.")
@with_appcontext
def backup(file: Path, recipients: tuple[str, ...], with_key: bool) -> None:
    """Write everything to FILE, as it is at this moment; orders go on coming in.

    The secret key is not in it unless asked for: keep that file, or the key, apart and safe.
    """
    with snapshot():
        try:
            made = making.make(file, at=now(), recipients=recipients, with_key=with_key)
        except Refused as refusal:
            refuse(f"no backup was made: {sentence(refusal)}")
        click.echo(f"{made.file}: {_amount(made.rows)}, {made.size / 1000:,.0f} kB")
        if with_key and not made.is_encrypted:
            click.echo("the secret key is in it, for everybody who can read the file: keep it safe", err=True)
        wrong = _wrong_sums()
    if is_migrated():
        transact(backup_runs.note_made, made.size, is_encrypted=made.is_encrypted, at=now(), by=Actor("command"))
    _tell_sums(wrong)


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--identity", "-i", "identities", multiple=True, type=click.Path(path_type=Path), help=_IDENTITY)
@with_appcontext
def restore(file: Path, identities: tuple[Path, ...]) -> None:
    """Fill an empty database from FILE, which `flask backup` made on SQLite or PostgreSQL, and migrate it.

    A file that is damaged, or no backup, or made by a newer version, is refused before anything is written. What was
    erased on request since, as instance/erased-orders.txt lists it, is erased again. FILE may be “-”: what comes in by
    a pipe, from `gpg --decrypt`.
    """
    source = cast(BinaryIO, click.open_file("-", "rb")) if str(file) == "-" else file
    try:
        with private_files(), restoring.opened(source, identities) as archive:
            rows = restoring.restore(archive)
            header = archive.header
    except Refused as refusal:
        refuse(f"nothing was restored: {sentence(refusal)}")
    click.echo(f"restored from {file}, made at {header.made_at}: {_amount(rows)}")
    _tell_installation(current_app, header)
    transact(backup_runs.note_restored, header.made_at, at=now(), by=Actor("command"))
    erased = Path(current_app.instance_path) / erased_list.FILE
    if erased.exists():
        erase_again(erased, at=now())
    with snapshot():
        wrong = _wrong_sums()
    _tell_sums(wrong)


def _amount(rows: dict[str, int]) -> str:
    """`1,234 rows (200 of order, …)`, the same whichever database."""
    each = ", ".join(f"{number:,} of {table}" for table, number in sorted(rows.items()))
    return f"{counted(sum(rows.values()), 'row')} ({each})"


def _wrong_sums() -> list[str] | None:
    """Every sum that does not hold; None where a database lacks the latest migrations and cannot be asked."""
    return [str(each) for each in integrity.discrepancies()] if is_migrated() else None


def _tell_sums(wrong: list[str] | None) -> None:
    if wrong:
        refuse(*wrong)
    unknown = "the sums are not checked: the database lacks the latest migrations"
    click.echo(unknown if wrong is None else "all sums hold")


def _tell_installation(app: Flask, header: Header) -> None:
    """The key and the settings: what was kept where, and what is still to be done."""
    if header.keys:
        _keep_key(app, header.keys[0])
    elif header.key_mark not in _marks(app):
        click.echo(
            "this place has another secret key: links in mails that were sent until now open when the old key "
            "is in PLI_SECRET_KEY_FALLBACKS (or, alone, in instance/secret_key)",
            err=True,
        )
    if file := key_and_settings.keep_settings(app, header.settings, header.keys[1:]):
        click.echo(f"the settings of the place that was backed up are in {file}, to be read; none was applied")


def _marks(app: Flask) -> Sequence[str]:
    return [key_and_settings.key_mark(key) for key in key_and_settings.keys(app)]


def _keep_key(app: Flask, key: str) -> None:
    if key in key_and_settings.keys(app):
        return
    file = key_and_settings.keep_key(app, key)
    if file.name == key_and_settings.RESTORED_KEY:
        click.echo(
            f"PLI_SECRET_KEY is another key; that of the backup is in {file}: set it, for links to open", err=True
        )
    else:
        click.echo(f"the secret key is in {file}")
