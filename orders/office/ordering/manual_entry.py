"""Orders on paper or by telephone, typed by staff: the rules and questions of the public form, by keyboard alone."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.addresses.house_numbers import number_question
from orders.addresses.postcodes import place_question
from orders.catalogue import edition_lookup
from orders.clock import local_day, now
from orders.database import transact
from orders.directory import suggestions
from orders.errors import Refused
from orders.idempotency import SubmittedOtherwise
from orders.office.access import actor, may_open, needs
from orders.office.forms import read_typed_reference
from orders.office.ordering.blueprint import pages
from orders.office.ordering.manual_entry_form import (
    TypedForm,
    asks_for_school,
    chosen_school,
    offered_schools,
    typed_form,
)
from orders.ordering import repository
from orders.ordering.lifecycle import placing
from orders.ordering.lookup import previous_orderers
from orders.ordering.models import Order
from orders.ordering.refusals import ParcelToPoBox
from orders.ordering.request.email_address import email_question
from orders.ordering.request.order_request import COPIES, OrderRequest
from orders.ordering.review.allowances import OverAllowance
from orders.ordering.review.duplicates import LooksRepeated
from orders.staff.models import StaffRole
from orders.wording import number, sentence
from orders.wording.earlier_orders import earlier_orders

LONGEST_REASON = 500


@pages.route("/new", methods=["GET", "POST"])
@needs(StaffRole.OFFICE)
def new() -> ResponseReturnValue:
    """The form; `like` looks for who ordered before, `from` fills in from that order; well sent, an empty one again."""
    edition = edition_lookup.find_open_edition(local_day(now()))
    if edition is None:
        return render_template("office/ordering/closed.html"), 409
    form = typed_form(edition)
    if request.method == "GET":
        return _empty_page(form)
    if asks_for_school(request.form):
        form.fill_in(chosen_school(request.form))
        return _page(form, schools=offered_schools(request.form))
    confirmed = frozenset(request.form.getlist("confirm"))
    asked = form.read(request.form.to_dict(), confirmed)
    if asked is None:
        return _page(form), 422
    found = {
        "place": place_question(asked.address.postcode, asked.address.town),
        "number": number_question(asked.address),
        "email": email_question(asked.email),
    }
    if open_ones := {key: sentence(each) for key, each in found.items() if each and key not in confirmed}:
        return _page(form, questions=open_ones), 422
    return _place(form, asked)


@pages.post("/new/beyond")
@needs(StaffRole.COORDINATOR)
def beyond_limits() -> ResponseReturnValue:
    """The same, past every limit, with the coordinator's reason (`beyond`)."""
    return new()


def _place(form: TypedForm, asked: OrderRequest) -> ResponseReturnValue:
    why = (form.beyond.data or "").strip() if request.endpoint == "office.ordering.beyond_limits" else ""
    if request.endpoint == "office.ordering.beyond_limits" and not 0 < len(why) <= LONGEST_REASON:
        form.beyond.errors = [gettext("Dites pourquoi, en %(most)s caractères au plus.", most=LONGEST_REASON)]
        return _page(form, is_over=True), 422
    try:
        order = transact(placing.place, asked, at=now(), by=actor(), beyond=why)
    except OverAllowance as refusal:
        for excess in refusal.excesses:
            form[COPIES + excess.code].errors = [
                gettext(
                    "Au plus %(maximum)s par édition ; encore %(still)s possibles.",
                    maximum=number(excess.maximum),
                    still=number(excess.still),
                )
            ]
        return _page(form, is_over=True), 422
    except LooksRepeated as refusal:
        return _page(form, questions={"repeat": earlier_orders(refusal)}, is_over=True), 422
    except ParcelToPoBox as refusal:
        form.street.errors = [sentence(refusal)]
        return _page(form), 422
    except SubmittedOtherwise as refusal:
        form.offer_again(refusal)
        form.sent_before = placing.get_submitted(refusal.key)
        return _page(form), 422
    except Refused as refusal:
        form.form_errors.append(sentence(refusal))
        return _page(form), 422
    return redirect(url_for(".new", placed=order.reference), 303)


def _empty_page(form: TypedForm) -> str:
    earlier = request.args.get("from", "").strip()
    if earlier:
        form.remember(repository.get_order(read_typed_reference(earlier)))
    like = request.args.get("like", "").strip()
    return _page(
        form,
        like=like,
        known=previous_orderers.ordered_before(like) if like else None,
        placed=_placed(request.args.get("placed", "").strip()),
    )


def _placed(reference: str) -> Order | None:
    return repository.get_order(read_typed_reference(reference)) if reference else None


def _page(form: TypedForm, **more: object) -> str:
    return render_template(
        "office/ordering/new.html",
        form=form,
        finds_schools=suggestions.is_filled(),
        confirmed=request.form.getlist("confirm"),
        may_go_beyond=may_open("office.ordering.beyond_limits"),
        **more,
    )
