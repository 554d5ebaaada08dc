"""The list of drop-off points, and adding, changing and deleting one."""

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.clock import local_day, now
from orders.database import transact
from orders.dropoff import editing, lookup, point_file
from orders.dropoff.editing import SamePoint
from orders.dropoff.models import DropOffPoint
from orders.maps.belgium_map import Dot, DotMap
from orders.office.access import actor, needs
from orders.office.dropoff.blueprint import pages
from orders.office.dropoff.forms import PointForm
from orders.office.table_download import table_answer
from orders.staff.edit_conflicts import ChangedMeanwhile
from orders.staff.models import StaffRole
from orders.wording import sentence


@pages.get("/")
@needs(StaffRole.COORDINATOR)
def index() -> str:
    """All points: those that take letters, and those that are over."""
    points, today = lookup.all_points(), local_day(now())
    open_now = [point for point in points if point.last_day >= today]
    return render_template(
        "office/dropoff/index.html",
        points=open_now,
        over=[point for point in points if point.last_day < today],
        map=DotMap("points", gettext("Les points de dépôt"), _dots(open_now), names_towns=True),
    )


@pages.get("/points.<ending>")
@needs(StaffRole.COORDINATOR)
def export(ending: str) -> ResponseReturnValue:
    """All points as a file that can be imported again."""
    labels = {field.name: str(field.label.text) for field in PointForm()}
    return table_answer(
        gettext("points-de-depot-%(day)s", day=local_day(now())),
        ending,
        [replace(each, shown=labels[each.heading]) for each in point_file.COLUMNS],
        point_file.rows(lookup.all_points()),
        about="drop-off point",
        title=gettext("Points de dépôt"),
    )


@pages.route("/new", methods=["GET", "POST"])
@needs(StaffRole.COORDINATOR)
def new() -> ResponseReturnValue:
    """Another point."""
    form = PointForm()
    if request.method == "GET":
        return _form_page(form, None)
    content = form.read(local_day(now()))
    if content is None:
        return _form_page(form, None), 422
    try:
        point = transact(editing.add, content, at=now(), by=actor())
    except SamePoint as refusal:
        form.name.errors = [sentence(refusal)]
        return _form_page(form, None), 422
    flash(gettext("« %(name)s » est sur la carte.", name=point.name), "done")
    return redirect(url_for(".index"), 303)


@pages.route("/<int:point_id>", methods=["GET", "POST"])
@needs(StaffRole.COORDINATOR)
def point(point_id: int) -> ResponseReturnValue:
    """One point, to read and to change."""
    found, form = lookup.get_point(point_id), PointForm()
    if request.method == "GET":
        form.show(found)
        return _form_page(form, found)
    content = form.read(local_day(now()))
    if content is None:
        return _form_page(form, found), 422
    try:
        transact(editing.change, point_id, content, at=now(), by=actor(), shown=form.shown.data or "")
    except ChangedMeanwhile as refusal:
        form.say_what_changed(refusal, lookup.get_point(point_id))
        return _form_page(form, found), 409
    except SamePoint as refusal:
        form.name.errors = [sentence(refusal)]
        return _form_page(form, found), 422
    flash(gettext("« %(name)s » est enregistré.", name=content.name), "done")
    return redirect(url_for(".index"), 303)


@pages.post("/<int:point_id>/delete")
@needs(StaffRole.COORDINATOR)
def delete(point_id: int) -> ResponseReturnValue:
    """Take it off the map."""
    gone = transact(editing.delete, point_id, at=now(), by=actor())
    flash(gettext("« %(name)s » est supprimé.", name=gone.name), "done")
    return redirect(url_for(".index"), 303)


def _form_page(form: PointForm, found: DropOffPoint | None) -> str:
    title = gettext("Où se trouve le point de dépôt")
    return render_template("office/dropoff/point.html", form=form, point=found, map=form.map(title))


def _dots(points: list[DropOffPoint]) -> list[Dot]:
    """A dot for each point, which leads to its page."""
    return [
        Dot(each.point, f"{each.name}, {each.postcode} {each.town}", address=url_for(".point", point_id=each.id))
        for each in points
        if each.point is not None
    ]
