"""Counting one publication: the same count, from the publication's own page."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from orders.catalogue import edition_lookup
from orders.office.stock.counts import CountForm, keep_entry, said_of
from orders.stock import stock_counts


def count_page(code: str) -> ResponseReturnValue:
    """What somebody found of one publication, into the count under way of its edition, or into a new one."""
    found = edition_lookup.get_publication(code)
    form = CountForm()
    if request.method == "POST" and (copies := form.read_copies(found, least=0)) is not None:
        entry = keep_entry(form, found, copies, count_id=form.named_count())
        if entry:
            flash(said_of(entry), "done")
            return redirect(url_for("office.stock.counts.count", count_id=entry.count_id), 303)
    running = stock_counts.find_open(found.edition_id)
    if request.method == "GET":
        form.count.data = str(running.id) if running else ""
    page = render_template("office/stock/count_one.html", publication=found, form=form, running=running)
    return page, 422 if request.method == "POST" else 200
