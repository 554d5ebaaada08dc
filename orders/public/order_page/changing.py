"""Changing one's own order, with the fields of the order form; or correcting the address of one that came back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from wtforms import Field

from orders.catalogue.audience_lookup import get_audience
from orders.clock import local_day, now
from orders.database import transact
from orders.directory.suggestions import is_filled
from orders.errors import Refused
from orders.ordering import repository
from orders.ordering.followup import returned_orders
from orders.ordering.lifecycle import changing
from orders.ordering.lifecycle.changing import OrderChangedMeanwhile
from orders.ordering.models import Order, OrderStatus
from orders.ordering.refusals import AlreadyDispatched, AlreadyEnded, NothingReturned
from orders.ordering.request.order_form_values import contents, version
from orders.ordering.request.order_request import OrderRequest
from orders.public.blueprint import pages
from orders.public.ordering.help import address_mending
from orders.public.ordering.help.address_suggestions import FIELDS, Help, find_mending, help_for
from orders.public.ordering.help.school_suggestions import FIND, find_school, help_with_school
from orders.public.ordering.order_form import OrderForm, order_form
from orders.public.ordering.order_preview import outlook_for
from orders.public.ordering.postage_preview import Postage, borders, postage_for
from orders.public.ordering.questions import EMAIL, NUMBER, PLACE, POSTAGE, Question, questions
from orders.public.ordering.submission import explain
from orders.staff.journal import Actor
from orders.web.rate_limits import ORDERS, limiter
from orders.wording import sentence
from orders.wording.translation.languages import SWITCH

WHERE = (*FIELDS, "phone")  # all that is asked about an order that came back


@pages.route("/o/<token>/change", methods=["GET", "POST"])
@limiter.limit(ORDERS, methods=["POST"])
def change(token: str) -> ResponseReturnValue:
    """The form filled in with the order; sent well, back to its page; else 422 and the form as it was filled in."""
    order = repository.get_order_by_link(token)
    if not _only_where(order) and not changing.may_be_changed(order):
        return _too_late(order, token)
    form = order_form(order.edition, [line.publication for line in order.lines], [get_audience(order.audience)])
    form.fill_in({"audience": order.audience})
    if request.method == "GET":
        form.fill_in({name: value for name, value in contents(order).items() if name in form})
        return _page(form, order, token, contents(order))
    typed = _typed(order)
    form.fill_in({name: text for name, text in typed.items() if name in contents(order) and name in form})
    if SWITCH in typed:
        return _switched(form, order, token, typed)
    if FIND in typed:
        return _page(form, order, token, typed, schools=help_with_school(typed))
    if address_mending.UNDO in typed:
        return _put_back(form, order, token, typed)
    if "use" in typed and (mending := find_mending(typed, typed["use"]) or find_school(typed, typed["use"])):
        typed.update(mending.changes)
        form.fill_in(mending.changes)
    address_mending.mend(typed, form)
    asked = _read(form, order, typed)
    if asked is not None and not typed.get("version"):
        form.form_errors.append(gettext("Cette page n’était plus à jour. Rien n’est perdu : vérifiez et renvoyez."))
    if asked is None or form.errors:
        return _page(form, order, token, typed), 422
    if "use" in typed:
        said = gettext("C’est corrigé. Rien n’est encore enregistré : vérifiez, puis enregistrez.")
        return _page(form, order, token, typed, flashed=said)
    return _save(form, order, token, typed, asked)


def _read(form: OrderForm, order: Order, typed: Mapping[str, str]) -> OrderRequest | None:
    """What is asked for. A day that passed since the order came may stay, another past day is refused."""
    days = [day for day in (order.needed_by, local_day(now())) if day]
    return form.read(typed, order.language, needs_email=bool(order.email), not_before=min(days))


def _put_back(form: OrderForm, order: Order, token: str, typed: dict[str, str]) -> str:
    """What was mended stands again as it was typed: a mending of this form, or all of those of the order itself."""
    if not address_mending.undo(typed, form):
        address_mending.keep_as_typed(typed)
    said = gettext("C’est remis comme vous l’aviez écrit. Vérifiez, puis enregistrez.")
    return _page(form, order, token, typed, flashed=said)


def _only_where(order: Order) -> bool:
    return order.status is OrderStatus.RETURNED


def _typed(order: Order) -> dict[str, str]:
    """The values that the form sent; for the others, those of the order."""
    shown, sent = contents(order), request.form.to_dict()
    if _only_where(order):
        sent = {name: text for name, text in sent.items() if name in WHERE or name not in shown}
    elif shown["gathering_on"] == shown["needed_by"]:
        shown["gathering_on"] = ""  # one day was asked about, and another one moves both
    return {**shown, **sent, "audience": order.audience, "email": order.email}


def _save(
    form: OrderForm, order: Order, token: str, typed: Mapping[str, str], asked: OrderRequest
) -> ResponseReturnValue:
    """Ask what is new, then keep the change."""
    postage = _ask(form, order, typed)
    if form.unanswered:
        return _page(form, order, token, typed), 422
    try:
        if _only_where(order):
            where, phone = asked.address, asked.phone
            transact(returned_orders.correct_address, order.reference, where, phone=phone, at=now(), by=Actor("web"))
        else:
            wanted = replace(asked, accepted_postage=postage.charge)
            transact(changing.change, order.reference, wanted, version=typed["version"], at=now(), by=Actor("web"))
    except (AlreadyDispatched, AlreadyEnded, NothingReturned):
        return _too_late(order, token)
    except OrderChangedMeanwhile as refusal:
        form.form_errors.append(sentence(refusal))
        return _page(form, order, token, typed, meanwhile=refusal.fields), 422
    except Refused as refusal:
        explain(form, typed, asked, refusal, besides=order)
        return _page(form, order, token, typed), 422
    flash(gettext("Vos changements sont enregistrés."), "done")
    return redirect(url_for("public.order", token=token), 303)


def _ask(form: OrderForm, order: Order, typed: Mapping[str, str]) -> Postage:
    """Put the questions that are new; what was asked when the order was placed is not asked again."""
    postage = postage_for(typed, form.publications, besides=order)
    found = questions(typed, form.ticked, postage)
    form.questions = [each for each in found if not _was_answered(each, order, typed, postage.price_cents)]
    return postage


def _switched(form: OrderForm, order: Order, token: str, typed: Mapping[str, str]) -> str:
    """The form in another language, as it was filled in; its errors and questions too, if it showed any."""
    if typed[SWITCH] == "checked" and _read(form, order, typed) is not None:
        _ask(form, order, typed)
    return _page(form, order, token, typed)


def _was_answered(question: Question, order: Order, typed: Mapping[str, str], price_cents: int | None) -> bool:
    """Whether the orderer answered this very question when the order was placed."""
    if question.key == NUMBER:
        return (typed["street"].strip(), typed["number"].strip()) == (order.street, order.number)
    if question.key == PLACE:
        return (typed["postcode"].strip(), typed["town"].strip()) == (order.postcode, order.town)
    return question.key == EMAIL or question.key == POSTAGE and order.postage_due and order.postage_cents == price_cents


def _too_late(order: Order, token: str) -> ResponseReturnValue:
    """Say why nothing was changed, on the order's page."""
    if order.status in (OrderStatus.CANCELLED, OrderStatus.REJECTED):
        said = gettext("Cette commande a pris fin, et rien n’a changé. Vous pouvez en faire une nouvelle.")
    elif _only_where(order) or order.status in changing.CHANGEABLE:
        said = gettext("Votre adresse est déjà corrigée : voici où en est votre commande.")
    else:
        said = gettext(
            "Votre commande est déjà en préparation ou en route, et rien n’a changé. "
            "Pour la corriger encore, répondez vite à notre dernier e-mail."
        )
    flash(said, "refused")
    return redirect(url_for("public.order", token=token), 303)


def _page(
    form: OrderForm,
    order: Order,
    token: str,
    typed: Mapping[str, str],
    *,
    flashed: str = "",
    meanwhile: Sequence[str] = (),
    schools: Mapping[str, Help] | None = None,
) -> str:
    """The form, with the version of the order that it shows."""
    standing = contents(order)
    return render_template(
        "public/change.html",
        form=form,
        order=order,
        token=token,
        version=version(order) if meanwhile or not typed.get("version") else typed["version"],
        meanwhile=[(form[name], _said(form[name], standing[name])) for name in meanwhile if name in form],
        help=help_for(typed) | dict(schools or {}),
        postage=postage_for(typed, form.publications, besides=order),
        borders=borders(form.publications),
        outlook=outlook_for(
            {**typed, "audience": order.audience},
            form.edition,
            form.publications,
            local_day(now()),
            besides=order,
        ),
        flashed=flashed,
        mended=address_mending.Record.of(typed),
        only_where=_only_where(order),
        finds_schools=is_filled() and not _only_where(order),
    )


def _said(field: Field, value: str) -> str:
    """What an order says in a field, as its form words it."""
    choices = {choice.value: choice.label for choice in getattr(field, "choices", None) or ()}
    return str(choices.get(value, value)) or gettext("rien")
