"""The ledger of one publication: read with filters, and taken away as a file."""

from functools import partial

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.catalogue import edition_lookup
from orders.catalogue.models import Publication
from orders.clock import local_day, now
from orders.office.stock.waiting import waiting_outlooks
from orders.office.table_download import table_answer
from orders.office.url_converters import row_number
from orders.references import show_reference
from orders.reports import journal_report, ledger_report, stock_outlook, stock_report
from orders.reports.ledger_report import LedgerRow, MovementFilter
from orders.spreadsheets import Cell, Column, Kind
from orders.stock import print_runs
from orders.stock.models import Place, Reason
from orders.wording import colleague, sentence, word

FILTERS = ("reason", "place", "since", "until", "order")


def ledger_page(code: str) -> str:
    """The figures of a publication and its movements, filtered by what stands in the address."""
    found = edition_lookup.get_publication(code)
    outlook = stock_outlook.outlook(found, at=now())
    wanted, wrong = ledger_report.filter_from(request.args)
    numbers = {name: row_number(request.args[name]) or None for name in ("before", "after") if name in request.args}
    return render_template(
        "office/stock/publication.html",
        publication=found,
        figures=stock_report.figures_of([found])[0],
        outlook=outlook,
        waiting=waiting_outlooks([outlook]),
        runs=print_runs.open_runs([found.id]),
        today=local_day(now()),
        wanted=wanted,
        typed={name: request.args[name] for name in FILTERS if request.args.get(name)},
        wrong={name: sentence(problem) for name, problem in wrong.items()},
        page=None if wrong else ledger_report.page(found, wanted, **numbers),
        total=0 if wrong else ledger_report.count(found, wanted),
        reasons=Reason,
        places=Place,
        history=journal_report.history(f"publication {found.code}"),
    )


def ledger_file(code: str, ending: str) -> ResponseReturnValue:
    """The movements that match, as CSV or XLSX."""
    found = edition_lookup.get_publication(code)
    wanted, wrong = ledger_report.filter_from(request.args)
    rows = iter(()) if wrong else ledger_report.everything(found, wanted)
    return table_answer(
        gettext("mouvements-%(code)s-%(day)s", code=found.code, day=local_day(now())),
        ending,
        _header(wanted),
        map(partial(_cells, found), rows),
        about=f"publication {code}",
        title=gettext("Mouvements %(code)s", code=found.code),
    )


def _header(wanted: MovementFilter) -> list[Column]:
    """The copies that moved have no sum, as they went to and fro; that of the changes is what the place has more."""
    place = word(wanted.balance_of)
    return [
        Column(gettext("Mouvement")),
        Column(gettext("Quand"), Kind.MOMENT),
        Column(gettext("Publication")),
        Column(gettext("Exemplaires"), Kind.COUNT),
        Column(gettext("De")),
        Column(gettext("Vers")),
        Column(gettext("Pourquoi")),
        Column(gettext("Note")),
        Column(gettext("Changement (%(place)s)", place=place), Kind.COUNT, total=True),
        Column(gettext("Solde (%(place)s)", place=place), Kind.COUNT),
        Column(gettext("Commande")),
        Column(gettext("Tirage"), Kind.DAY),
        Column(gettext("Par")),
    ]


def _cells(publication: Publication, row: LedgerRow) -> list[Cell]:
    moved = row.movement
    return [
        moved.id,
        moved.at,
        publication.code,
        moved.copies,
        word(moved.origin),
        word(moved.destination),
        word(moved.reason),
        row.note,
        row.change,
        row.balance,
        show_reference(row.reference) if row.reference else "",
        moved.print_run.expected_on if moved.print_run else None,
        colleague(moved.by.email) if moved.by else "",
    ]
