"""`flask directory`: the official lists of schools and other places."""

from collections.abc import Mapping
from pathlib import Path

import click
from flask.cli import AppGroup

from orders.clock import now
from orders.commands.console import counted, refuse
from orders.database import transact
from orders.directory import importing, list_columns, list_reader
from orders.directory.importing import Comparison
from orders.directory.list_columns import Column
from orders.errors import Refused
from orders.ordering.followup import institutions
from orders.staff.journal import Actor
from orders.wording import sentence

MOST_PROBLEMS = 500  # that are named

directory = AppGroup("directory", help="Schools and other places, as official lists name them.")


def _mapping(_context: click.Context, _parameter: click.Parameter, text: str) -> Mapping[str, Column]:
    try:
        return list_columns.read_mapping(text)
    except list_columns.UnknownColumn as error:
        known = ", ".join(Column)
        raise click.BadParameter(f"{error}: write HEADING=COLUMN, with one of {known}") from None


@directory.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--columns", default="", callback=_mapping, help="What headings mean: 'Adresse=address,Naam=name'.")
@click.option("--list", "code", default="", help="The list's short name, the same each year; official ones have one.")
@click.option("--dry-run", is_flag=True, help="Say what would change and change nothing.")
@click.option("--fewer", is_flag=True, help="Take a list that names far fewer places than the last one.")
def import_list(file: Path, columns: Mapping[str, Column], code: str, dry_run: bool, fewer: bool) -> None:
    """Take over the list of places in FILE (CSV or XLSX). All rows must be right, or nothing changes."""
    try:
        read = list_reader.read(file, columns)
    except Refused as refusal:
        refuse(f"{file.name}: {sentence(refusal)}")
    for note in read.notes:
        click.echo(sentence(note), err=True)
    if read.problems:
        for each in read.problems[:MOST_PROBLEMS]:
            click.echo(f"line {each.line}: {each.problem.field}: {sentence(each.problem)}", err=True)
        refuse(f"nothing imported: {counted(len(read.problems), 'problem')}{_first_only(len(read.problems))}")
    try:
        list_code = importing.choose_list_code(code, read.list_code)
        if dry_run:
            found = importing.compare(list_code, read.places)
            _tell(found, "would be")
            importing.refuse_cut(found, fewer=fewer)
        else:
            by = Actor("command")
            found = transact(importing.take_over, list_code, read.places, fewer=fewer, at=now(), by=by)
            _tell(found, "are")
            if numbered := institutions.recognise_earlier(transact, at=now(), by=by):
                click.echo(f"{counted(numbered, 'order')} found in the directory")
    except Refused as refusal:
        refuse(f"{file.name}: {sentence(refusal)}")


def _first_only(problems: int) -> str:
    return f", of which the first {MOST_PROBLEMS} are named" if problems > MOST_PROBLEMS else ""


def _tell(found: Comparison, are: str) -> None:
    numbers = f"{len(found.new)} new, {len(found.changed)} changed, {len(found.gone)} gone, {found.unchanged} as before"
    click.echo(f"{counted(found.places, 'place')} {are} in the list {found.list_code}: {numbers}")
