"""Stock counts: begun, typed by several people, compared, approved or abandoned."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import Field, HiddenField, StringField

from orders.addresses import clean
from orders.catalogue import edition_lookup
from orders.catalogue.models import Publication
from orders.clock import now
from orders.database import transact
from orders.errors import DomainError, Refused
from orders.office.access import actor, may_open, needs
from orders.office.forms import whole_number
from orders.office.stock.forms import LONGEST_NOTE, CopiesForm
from orders.office.url_converters import row_number
from orders.ordering.queue import deallocation
from orders.shipping.packed_copies import packed_copies
from orders.staff.models import StaffRole
from orders.stock import count_lines, stock_counts
from orders.stock.count_models import CountEntry, ElsewhereCounted, StockCount
from orders.stock.models import CORRECTION_REASONS, PublicationArchived, Reason
from orders.stock.stock_counts import Decision
from orders.wording import number, sentence

pages = Blueprint("counts", __name__, url_prefix="/counts")

REASONS = (Reason.COUNTED, *CORRECTION_REASONS)


class CountForm(CopiesForm):
    """What somebody found in one spot; `count` is the count that the page showed."""

    publication = StringField(_l("Publication"))
    count = HiddenField()

    def named_count(self) -> int | None:
        return row_number(self.count.data) if self.count.data else None

    def find_publication(self, year: int) -> Publication | None:
        """The publication whose code was typed or scanned, or `None` with the error beside its field."""
        codes = {each.code: each for each in edition_lookup.get_edition(year).publications}
        if (found := codes.get((self.publication.data or "").strip().upper())) is None:
            self.publication.errors = [
                gettext("Ce code n’est pas de cette édition : %(codes)s.", codes=", ".join(codes)),
            ]
        return found

    def field_about(self, refusal: DomainError) -> Field:
        about_it = isinstance(refusal, PublicationArchived | ElsewhereCounted) and "publication" in request.form
        return self.publication if about_it else self.copies


@pages.get("")
@needs(StaffRole.OFFICE)
def index() -> str:
    """The counts there were, and beginning one."""
    editions = [each for each in edition_lookup.editions() if each.archived_at is None]
    return render_template("office/stock/counts.html", counts=stock_counts.counts(), editions=editions)


@pages.post("/new")
@needs(StaffRole.OFFICE)
def new() -> ResponseReturnValue:
    """Begin a count of an edition, or join the one that is under way."""
    edition = edition_lookup.get_edition(row_number(request.form.get("edition", "")))
    count = transact(stock_counts.start, edition, at=now(), by=actor())
    return redirect(url_for(".count", count_id=count.id), 303)


@pages.route("/<int:count_id>", methods=["GET", "POST"])
@needs(StaffRole.OFFICE)
def count(count_id: int) -> ResponseReturnValue:
    """A count: typing or scanning what was found, and what everybody typed. Coordinators see the ledger beside it."""
    seen = stock_counts.get_count(count_id)
    form = CountForm()
    if request.method == "POST":
        publication = form.find_publication(seen.edition.year)
        copies = form.read_copies(publication, least=0) if publication else None
        if publication and copies is not None and (entry := keep_entry(form, publication, copies, count_id=count_id)):
            flash(said_of(entry), "done")
            return redirect(url_for(".count", count_id=count_id), 303)
    return _page(stock_counts.get_count(count_id), form, 422 if request.method == "POST" else 200)


@pages.post("/<int:count_id>/withdraw")
@needs(StaffRole.OFFICE)
def withdraw(count_id: int) -> ResponseReturnValue:
    """Leave entries out (`entry`, repeated): one's own, or anybody's for who may approve."""
    chosen = {row_number(each) for each in request.form.getlist("entry")}
    entries = [each for each in stock_counts.get_count(count_id).entries if each.id in chosen]
    if not may_open("office.stock.counts.approve") and any(each.by_id != current_user.id for each in entries):
        abort(403)
    ids = [each.id for each in entries]
    return _after(
        count_id,
        partial(stock_counts.withdraw, count_id, ids),
        gettext("C’est retiré. Comptez à nouveau, si besoin."),
    )


@pages.post("/<int:count_id>/approve")
@needs(StaffRole.COORDINATOR)
def approve(count_id: int) -> ResponseReturnValue:
    """Make the differences that were shown (`seen`) movements, each with its `reason-<CODE>`."""
    reasons = {
        name.removeprefix("reason-"): next((each for each in REASONS if each.value == value), Reason.COUNTED)
        for name, value in request.form.items()
        if name.startswith("reason-")
    }
    note = clean(request.form.get("note", ""))[:LONGEST_NOTE]
    decision = Decision(request.form.get("seen", ""), reasons, note)
    make_room = partial(deallocation.make_room, confirmed=whole_number(request.form.get("released", "")))
    return _after(
        count_id,
        partial(stock_counts.approve, count_id, decision, packed=packed_copies, make_room=make_room),
        gettext("L’inventaire est approuvé : le rayon est celui que vous avez compté."),
    )


@pages.post("/<int:count_id>/abandon")
@needs(StaffRole.COORDINATOR)
def abandon(count_id: int) -> ResponseReturnValue:
    """End a count and change nothing."""
    return _after(
        count_id, partial(stock_counts.abandon, count_id), gettext("L’inventaire est abandonné : rien n’a changé.")
    )


def _after(count_id: int, rule: Callable[..., object], done: str) -> ResponseReturnValue:
    """Run the rule and say what came of it, on the page of the count."""
    try:
        transact(rule, at=now(), by=actor())
        flash(done, "done")
    except Refused as refusal:
        flash(sentence(refusal), "refused")
        return _page(stock_counts.get_count(count_id), CountForm(formdata=None), 409)
    return redirect(url_for(".count", count_id=count_id), 303)


def keep_entry(form: CountForm, publication: Publication, copies: int, *, count_id: int | None) -> CountEntry | None:
    """Keep what was typed, or say beside a field why it cannot be."""
    try:
        return transact(
            stock_counts.enter,
            publication,
            copies,
            packed=packed_copies,
            at=now(),
            by=actor(),
            count_id=count_id,
            note=form.note_text(),
            submission=form.key(),
        )
    except Refused as refusal:
        form.explain(refusal)
        return None


def said_of(entry: CountEntry) -> str:
    """What is said once after an entry."""
    return ngettext(
        "%(code)s : %(copies)s exemplaire compté.",
        "%(code)s : %(copies)s exemplaires comptés.",
        entry.found,
        code=entry.publication.code,
        copies=number(entry.found),
    )


def _page(seen: StockCount, form: CountForm, status: int) -> ResponseReturnValue:
    lines = count_lines.lines(seen, packed_copies)
    releases = [deallocation.plan_release(line.publication, -line.difference) for line in lines if line.difference < 0]
    page = render_template(
        "office/stock/count.html",
        count=seen,
        form=form,
        lines=lines,
        seen=count_lines.mark_of(lines),
        releases=[each for each in releases if each.copies],
        reasons=REASONS,
        me=current_user.id,
    )
    return page, status
