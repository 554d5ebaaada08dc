"""The command, and the order of its checks."""

import json
from collections.abc import Iterator, Sequence

import click
from flask.cli import with_appcontext

from orders.commands.console import DATA_IS_WRONG, counted
from orders.commands.doctor import database_checks, settings_checks, surroundings_checks
from orders.commands.doctor.findings import Check, Finding, State, found_by, warning

WITHOUT_DATABASE: tuple[Check, ...] = (
    settings_checks.settings,
    surroundings_checks.mail_server,
    surroundings_checks.disk,
    surroundings_checks.folders,
    surroundings_checks.typeface,
)
OF_THE_DATABASE: tuple[Check, ...] = (
    database_checks.version,
    database_checks.encoding,
    database_checks.connections,
    database_checks.migrations,
)
INSIDE_THE_DATABASE: tuple[Check, ...] = (
    database_checks.clock,
    database_checks.sums,
    database_checks.prices,
    surroundings_checks.mails,
    surroundings_checks.worker,
    surroundings_checks.last_backup,
)


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="For programs: one object with every finding.")
@with_appcontext
def doctor(as_json: bool) -> None:
    """Look at everything that this installation needs, and say what is wrong. Changes nothing; exit 1 when it is."""
    findings = list(examine())
    number = sum(each.state is State.WRONG for each in findings)
    if as_json:
        click.echo(json.dumps(_as_values(findings), ensure_ascii=False, indent=2))
    else:
        for each in findings:
            click.echo(_lines(each))
        click.echo(f"{counted(number, 'thing')} wrong" if number else "nothing is wrong")
    if number:
        raise SystemExit(DATA_IS_WRONG)


def examine() -> Iterator[Finding]:
    """Every finding. What lies in the database is looked at only when the database itself is well."""
    yield from found_by(WITHOUT_DATABASE)
    if unreachable := database_checks.unreachable():
        yield unreachable
        return
    of_it = list(found_by(OF_THE_DATABASE))
    yield from of_it
    if any(each.state is State.WRONG for each in of_it):
        yield warning("the rest", "was not looked at: it lies in the database", "mend the database, and ask again")
        return
    yield from found_by(INSIDE_THE_DATABASE)


def _lines(finding: Finding) -> str:
    state = finding.state.value.upper() if finding.state is State.WRONG else finding.state.value
    line = f"{state:8} {finding.about:13} {finding.said}"
    return f"{line}\n{'':22} -> {finding.advice}" if finding.advice else line


def _as_values(findings: Sequence[Finding]) -> dict[str, object]:
    return {
        "ok": all(each.state is not State.WRONG for each in findings),
        "findings": [
            {"about": each.about, "state": each.state.value, "said": each.said, "advice": each.advice}
            for each in findings
        ],
    }
