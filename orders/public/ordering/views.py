"""Ordering: the form, and finding one's order again."""

from collections.abc import Mapping

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.catalogue.models import Edition
from orders.clock import local_day, now
from orders.database import transact
from orders.directory.suggestions import is_filled
from orders.ordering.lifecycle import order_links
from orders.ordering.lookup.order_rate import LATELY
from orders.ordering.request.offer import current_offer, recent_offer
from orders.ordering.request.order_request import COPIES
from orders.public.blueprint import pages
from orders.public.closed_page import closed_page
from orders.public.order_deadline import ten_december
from orders.public.ordering import class_calculator, overload, sent_form, submission, untouched_form
from orders.public.ordering.find_form import FindForm
from orders.public.ordering.help import address_mending
from orders.public.ordering.help.address_suggestions import Help, find_mending, help_for
from orders.public.ordering.help.mended_order import tell_what_was_mended
from orders.public.ordering.help.school_suggestions import FIND, find_school, help_with_school
from orders.public.ordering.order_form import OrderForm, order_form
from orders.public.ordering.order_preview import outlook_for, stands
from orders.public.ordering.postage_preview import borders, postage_for
from orders.public.ordering.questions import questions
from orders.public.ordering.sentence.filling import SENTENCE_BUTTON, fill_from_sentence
from orders.stock.availability import availability
from orders.web.rate_limits import ORDERS, limiter
from orders.wording import current_language
from orders.wording.translation.languages import SWITCH


@pages.route("/order", methods=["GET", "POST"])
@limiter.limit(ORDERS, methods=["POST"], on_breach=lambda _limit: _too_many())
def place() -> ResponseReturnValue:
    """The form; sent well, 303 to the order's page; else 422 and the form again, as it was filled in."""
    is_sent = request.method == "POST"
    if not is_sent and (page := untouched_form.find()) is not None:
        return page
    today = local_day(now())
    edition = (recent_offer() if is_sent else current_offer()).open_edition(today)
    if edition is None:
        return closed_page(), 409 if is_sent else 200
    if not is_sent:
        return _new_form(order_form(edition))
    typed = request.form.to_dict()
    return _sent_at_once(typed, edition) or _sent(order_form(edition), typed)


def _new_form(form: OrderForm) -> str:
    """The form before anything is sent, with what the address fills in."""
    if request.args:
        return form_page(form, form.start_with(request.args))
    return untouched_form.keep(form, lambda: form_page(form, {}))


def _sent_at_once(typed: dict[str, str], edition: Edition) -> ResponseReturnValue | None:
    """The order's page, where nothing has to be said first."""
    sent = sent_form.read(typed, edition, current_language(), local_day(now()))
    try:
        token = submission.submit_at_once(sent, at=now()) if sent else None
    except overload.TooManyOrders:
        return _busy_page()
    return redirect(url_for("public.order", token=token), 303) if token else None


def _sent(form: OrderForm, typed: dict[str, str]) -> ResponseReturnValue:
    """The order's page; or the form again, because something is wrong, or because a button asks for no order."""
    if (page := _pressed(form, typed)) is not None:
        return page
    if "use" in typed:
        _use(form, typed)
    mended = address_mending.mend(typed, form)
    asked = form.read(typed, current_language(), not_before=local_day(now()))
    if asked is None:
        return form_page(form, typed, asks_all=True), 422
    if "use" in typed:
        return form_page(
            form, typed, flashed=gettext("C’est corrigé. Rien n’est encore envoyé : vérifiez, puis commandez.")
        )
    try:
        token = submission.submit(form, typed, asked, at=now())
    except overload.TooManyOrders:
        return _busy_page()
    if token is None:
        return form_page(form, typed), 422
    tell_what_was_mended(mended)
    return redirect(url_for("public.order", token=token), 303)


def _pressed(form: OrderForm, typed: dict[str, str]) -> str | None:
    """The form, where a button was pressed that fills something in or puts it back and asks for no order."""
    if SWITCH in typed:
        return _switched(form, typed)
    if SENTENCE_BUTTON in typed:
        return form_page(form, typed, flashed=fill_from_sentence(form, typed, today=local_day(now())))
    if "propose" in typed:
        return form_page(form, typed, suggested=_suggest(form, typed))
    if FIND in typed:
        return form_page(form, typed, schools=help_with_school(typed))
    if address_mending.UNDO in typed:
        address_mending.undo(typed, form)
        said = gettext("C’est remis comme vous l’aviez écrit. Vérifiez, puis commandez.")
        return form_page(form, typed, flashed=said)
    return None


def _too_many() -> Response | None:
    """What one address sees that sends too often; a closed form has nothing that could be lost."""
    return _busy_page() if recent_offer().open_edition(local_day(now())) else None


def _busy_page() -> Response:
    """429: too many orders came from this address, or from everywhere together. The page holds all that was sent.

    It is not the form: making that takes ten times as long, just when there is no time.
    """
    answer = make_response(render_template("public/busy.html", sent=request.form.items(multi=True)), 429)
    answer.headers["Retry-After"] = str(int(LATELY.total_seconds()))
    return answer


def _switched(form: OrderForm, typed: dict[str, str]) -> str:
    """The form in another language, as it was filled in; its errors and questions too, if it showed any."""
    is_checked = typed[SWITCH] == "checked"
    if is_checked:
        form.read(typed, current_language(), not_before=local_day(now()))
    return form_page(form, typed, asks_all=is_checked)


def _suggest(form: OrderForm, typed: dict[str, str]) -> str:
    """Fill in the copies that the class helper proposes; returns what it says about them."""
    copies, said = class_calculator.propose(typed, form.publications)
    proposed = {COPIES + code: str(number) for code, number in copies.items()}
    typed.update(proposed)
    form.fill_in(proposed)
    return said


def _use(form: OrderForm, typed: dict[str, str]) -> None:
    """Do what the pressed button said, if that is still what would be proposed."""
    if mending := find_mending(typed, typed["use"]) or find_school(typed, typed["use"]):
        typed.update(mending.changes)
        form.fill_in(mending.changes)


def form_page(
    form: OrderForm,
    typed: Mapping[str, str],
    *,
    suggested: str = "",
    flashed: str = "",
    asks_all: bool = False,
    schools: dict[str, Help] | None = None,
) -> str:
    """The form, with the help that fits what is typed; nothing typed, no help.

    A question stands on it when it `asks_all`, when it keeps the order from being sent, or when it was answered.
    """
    today = local_day(now())
    clock = ten_december(form.edition, today)
    postage = postage_for(typed, form.publications)
    if not form.questions:
        found = questions(typed, form.ticked, postage)
        form.questions = [each for each in found if asks_all or each.is_answered]
    return render_template(
        "public/place.html",
        form=form,
        publications=form.publications,
        ten_december=clock,
        arrives_on=clock.delay.arrival(today),
        ready_on=clock.delay.ready(today),
        availability=availability(form.publications),
        stands=stands(form.publications, clock.delay, today),
        help=help_for(typed) | (schools or {}),
        postage=postage,
        borders=borders(form.publications),
        outlook=outlook_for(typed, form.edition, form.publications, today),
        suggested=suggested,
        finds_schools=is_filled(),
        flashed=flashed,
        mended=address_mending.Record.of(typed),
    )


@pages.route("/find", methods=["GET", "POST"])
@limiter.limit(ORDERS, methods=["POST"])
def find() -> ResponseReturnValue:
    """Mail the links of an address to it. The answer is the same whether or not there are any."""
    form = FindForm()
    if request.method == "GET":
        return render_template("public/find.html", form=form, is_done=False)
    email = form.read()
    if SWITCH in request.form:
        return render_template("public/find.html", form=form, is_done=False)
    if email is None:
        return render_template("public/find.html", form=form, is_done=False), 422
    transact(order_links.mail_links, email, at=now(), language=current_language())
    return render_template("public/find.html", form=form, is_done=True)
