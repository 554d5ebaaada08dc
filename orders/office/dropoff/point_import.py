"""Importing drop-off points from a file: uploaded, checked row by row, and taken over once every row is right."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.clock import local_day, now
from orders.database import transact
from orders.dropoff import editing, point_file
from orders.dropoff.editing import Comparison
from orders.dropoff.field_parsing import FIELDS
from orders.dropoff.point_file import ReadPoints
from orders.office.access import actor, needs
from orders.office.dropoff.blueprint import pages
from orders.office.dropoff.forms import PointForm
from orders.office.uploaded_table import File, Unusable, on_disk, sent_file
from orders.staff.models import StaffRole
from orders.wording import number

MOST_SHOWN = 500


@pages.route("/import", methods=["GET", "POST"])
@needs(StaffRole.COORDINATOR)
def import_points() -> ResponseReturnValue:
    """A `file` (CSV or XLSX); then what is wrong in it, or what it would change; with `confirmed=1` it does."""
    if request.method == "GET":
        return _page()
    try:
        file = sent_file()
        with on_disk(file) as path:
            read = point_file.read(path, local_day(now()))
    except Unusable as why:
        return _page(wrong=str(why)), 422
    if read.problems or not read.points:
        return _page(file=file, read=read), 422
    if request.form.get("confirmed") != "1":
        return _page(file=file, read=read, found=editing.compare(read.points))
    found = transact(editing.take_over, read.points, at=now(), by=actor())
    flash(
        gettext(
            "Points de dépôt : %(new)s ajoutés, %(changed)s changés.",
            new=number(len(found.new)),
            changed=number(len(found.changed)),
        ),
        "done",
    )
    return redirect(url_for(".index"), 303)


def _page(
    file: File | None = None, read: ReadPoints | None = None, found: Comparison | None = None, wrong: str = ""
) -> str:
    return render_template(
        "office/dropoff/import.html",
        file=file,
        read=read,
        found=found,
        wrong=wrong,
        wrong_lines=len({problem.line for problem in read.problems}) if read else 0,
        columns={field.name: field.label.text for field in PointForm()},
        most=MOST_SHOWN,
        required=point_file.REQUIRED,
        optional=[field for field in FIELDS if field not in point_file.REQUIRED],
    )
