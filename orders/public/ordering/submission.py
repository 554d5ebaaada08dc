"""Submits a valid form: the result is an order, or a question or refusal shown on the form."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from flask_babel import gettext, ngettext

from orders.database import transact
from orders.errors import Refused
from orders.idempotency import SubmittedOtherwise
from orders.mail import signed_links
from orders.ordering.lifecycle import placing
from orders.ordering.lifecycle.parcel_addresses import refuse_parcel_to_po_box
from orders.ordering.models import Order
from orders.ordering.refusals import ParcelToPoBox
from orders.ordering.request.order_request import COPIES, OrderRequest
from orders.ordering.review import review
from orders.ordering.review.allowances import OverAllowance
from orders.ordering.review.duplicates import LooksRepeated
from orders.public import order_wishes
from orders.public.order_wishes import Wishes
from orders.public.ordering import form_timestamp, overload
from orders.public.ordering.order_form import OrderForm
from orders.public.ordering.postage_preview import Postage, postage_for
from orders.public.ordering.questions import REPEAT, questions
from orders.public.ordering.sent_before import sent_before
from orders.public.ordering.sent_form import SentForm
from orders.staff.journal import Actor
from orders.stock.models import OutOfStock
from orders.wording import sentence


def submit_at_once(sent: SentForm, *, at: datetime) -> str | None:
    """The token of the order's page; or `None` where the form has something to show first. Raises `TooManyOrders`."""
    postage = postage_for(sent.typed, sent.publications)
    asked = questions(sent.typed, sent.ticked, postage, asked=sent.asked)
    is_too_soon = form_timestamp.seconds_to_wait(sent.typed.get("opened") or "", at) > 0
    if is_too_soon or not all(each.is_answered for each in asked):
        return None
    try:
        return _keep(sent.asked, postage, order_wishes.read(sent.typed), at=at)
    except Refused:
        return None  # nothing is kept, and the form is refused for the same


def submit(form: OrderForm, typed: Mapping[str, str], asked: OrderRequest, *, at: datetime) -> str | None:
    """The token of the order's page; or `None`, with the reasons shown on the form. Raises `TooManyOrders`."""
    postage = postage_for(typed, form.publications)
    form.questions = questions(typed, form.ticked, postage, asked=asked)
    seconds = form_timestamp.seconds_to_wait(typed.get("opened") or "", at)
    if seconds:
        form.form_errors.append(_too_soon(seconds))
    try:
        if seconds or form.unanswered:
            if done := placing.find_submitted(asked):
                return _token(done)
            _look_for_more(form, asked)
        else:
            return _keep(asked, postage, order_wishes.read(typed), at=at)
    except overload.TooManyOrders:
        raise
    except Refused as refusal:
        explain(form, typed, asked, refusal)
    return None


def _keep(asked: OrderRequest, postage: Postage, wished: Wishes, *, at: datetime) -> str:
    token, lately = transact(_place, replace(asked, accepted_postage=postage.charge), wished, at=at)
    overload.watch(lately, at=at)
    return token


def _place(asked: OrderRequest, wished: Wishes, *, at: datetime) -> tuple[str, int]:
    """The token of the order's page, and how many orders came lately with this one."""
    lately = overload.refuse_too_many(asked.submission, at=at)
    order = placing.place(asked, at=at, by=Actor("web"))
    order_wishes.fulfil(order, wished, at=at)
    return _token(order), lately + 1


def _token(order: Order) -> str:
    return signed_links.token(order.reference, order.link_nonce)


def explain(
    form: OrderForm,
    typed: Mapping[str, str],
    asked: OrderRequest,
    refusal: Refused,
    *,
    besides: Order | None = None,
) -> None:
    """Show a refusal where it belongs: beside a field, as a question, or at the top of the form."""
    if isinstance(refusal, OverAllowance):
        for excess in refusal.excesses:
            form.refuse(form[COPIES + excess.code], sentence(excess))
    elif isinstance(refusal, LooksRepeated):
        postage = postage_for(typed, form.publications, besides=besides)
        form.questions = questions(typed, form.ticked, postage, refusal.repeats)
        if REPEAT in form.ticked and not asked.reason:
            form.refuse(form.reason, gettext("Dites-nous en quelques mots pourquoi : cela aide l’équipe à décider."))
    elif isinstance(refusal, ParcelToPoBox):
        form.refuse(form.street, sentence(refusal))
    elif isinstance(refusal, SubmittedOtherwise):
        form.sent_before = sent_before(placing.get_submitted(refusal.key), asked)
    elif isinstance(refusal, OutOfStock):
        form.refuse(form.when_short, gettext("Il n’y en a pas en ce moment : choisissez d’attendre."))
    else:
        form.form_errors.append(sentence(refusal))


def _look_for_more(form: OrderForm, asked: OrderRequest) -> None:
    """Find what the order would be refused for, so that all of it stands on the form that comes back."""
    publications = {publication.code: publication for publication in form.publications}
    refuse_parcel_to_po_box(asked, publications)
    review.review(replace(asked, confirmed=frozenset()), form.edition.id, publications, is_public=True)


def _too_soon(seconds: int) -> str:
    return ngettext(
        "C’était très rapide, et les robots le sont aussi : attendez encore %(num)s seconde, puis renvoyez. "
        "Rien n’est perdu.",
        "C’était très rapide, et les robots le sont aussi : attendez encore %(num)s secondes, puis renvoyez. "
        "Rien n’est perdu.",
        seconds,
    )
