"""“Mes données”: what is held, and asking for it, a correction, a limit or erasure, confirmed by mail."""

from io import BytesIO
from pathlib import Path

from flask import abort, current_app, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.clock import now
from orders.database import transact
from orders.errors import Refused
from orders.ordering import repository
from orders.phone_numbers import show_phone
from orders.privacy import confirmation as confirmations
from orders.privacy import correction_form, data_subject_rights, retention, traces
from orders.privacy.confirmation import Act
from orders.privacy.data_subject_rights import OrdersStillOpen
from orders.privacy.persons import Person, person_of
from orders.public.blueprint import pages
from orders.staff import journal
from orders.staff.journal import Actor
from orders.web.csrf import csrf
from orders.web.rate_limits import ORDERS, limiter
from orders.wording import sentence
from orders.wording.privacy_papers import person_json, print_person

PUBLIC = Actor("web")


@pages.get("/o/<token>/data")
def own_data(token: str) -> str:
    """What may be asked about one's own data."""
    order = repository.get_order_by_link(token)
    person = person_of(order)
    return render_template("public/own_data.html", order=order, token=token, person=person, acts=_acts(person))


@pages.post("/o/<token>/data")
@limiter.limit(ORDERS)
def ask_own_data(token: str) -> ResponseReturnValue:
    """Mail the link that confirms the `act` that was chosen."""
    csrf.protect()
    order = repository.get_order_by_link(token)
    act = next((act for act in _acts(person_of(order)) if act.value == request.form.get("act")), None)
    if act is None or not order.email:
        abort(400)
    if not transact(confirmations.ask, order.reference, act, at=now()):
        flash(gettext("Un e-mail est déjà parti il y a moins de cinq minutes. Attendez-le, puis réessayez."), "refused")
        return redirect(url_for("public.own_data", token=token), 303)
    flash(
        gettext("Nous venons d’envoyer un e-mail. Ouvrez le lien dans les 24 heures : rien ne se fait avant."), "done"
    )
    return redirect(url_for("public.own_data", token=token), 303)


@pages.get("/data/<confirmation>")
def confirm_own_data(confirmation: str) -> str:
    """What the link in the mail is for, and the button that does it: opening the link alone does nothing."""
    order, act = confirmations.read(confirmation, at=now())
    return _page(confirmation, person_of(order), act)


@pages.get("/data/<confirmation>/own.<ending>")
@limiter.limit(ORDERS)
def own_data_file(confirmation: str, ending: str) -> ResponseReturnValue:
    """All that is held: `json` for programs, `pdf` to read."""
    order, act = confirmations.read(confirmation, at=now())
    if act is not Act.RECEIVE or ending not in ("json", "pdf"):
        abort(404)
    at, out = now(), BytesIO()
    transact(journal.record, "handed out", f"order {order.reference}", at=at, by=PUBLIC)
    if ending == "json":
        out.write(person_json(person_of(order), at=at).encode())
    else:
        print_person(person_of(order), at=at, out=out)
    out.seek(0)
    kind = "application/json" if ending == "json" else "application/pdf"
    return send_file(out, mimetype=kind, download_name=f"{order.reference}.{ending}")


@pages.post("/data/<confirmation>")
@limiter.limit(ORDERS)
def do_own_data(confirmation: str) -> ResponseReturnValue:
    """Do what the link is for."""
    csrf.protect()
    order, act = confirmations.read(confirmation, at=now())
    reference = order.reference
    if act is Act.CORRECT:
        return _correct(confirmation, person_of(order))
    try:
        if act is Act.ERASE:
            return _erase(reference)
        rule = {Act.RESTRICT: data_subject_rights.restrict, Act.LIFT: data_subject_rights.lift}.get(act)
        if rule is None:
            abort(400)
        transact(rule, reference, at=now(), by=PUBLIC)
        flash(_done(act), "done")
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    return redirect(url_for("public.confirm_own_data", confirmation=confirmation), 303)


def _erase(reference: str) -> ResponseReturnValue:
    at = now()
    transact(data_subject_rights.erase, reference, at=at, by=PUBLIC)
    months = int(current_app.config["RETENTION_MONTHS"])
    before = retention.months_before(at, months)
    traces.clean_up(Path(current_app.instance_path), before=before, rewrite=False)
    flash(gettext("Tout ce que nous gardions de vous est effacé."), "done")
    return redirect(url_for("notices.privacy"), 303)


def _correct(confirmation: str, person: Person) -> ResponseReturnValue:
    """Correct the name, the organisation and the telephone number; the address that confirms stays."""
    typed = {**request.form, "email": person.latest.email}
    corrected, problems = correction_form.read(typed)
    if problems:
        errors = [sentence(problem) for problem in problems]
        return _page(confirmation, person, Act.CORRECT, errors=errors, typed=typed), 422
    try:
        transact(data_subject_rights.correct, person.latest.reference, corrected, at=now(), by=PUBLIC)
        flash(_done(Act.CORRECT), "done")
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    return redirect(url_for("public.confirm_own_data", confirmation=confirmation), 303)


def _page(
    confirmation: str, person: Person, act: Act, errors: list[str] | None = None, typed: dict[str, str] | None = None
) -> str:
    latest = person.latest
    shown = {"name": latest.name, "organisation": latest.organisation, "phone": show_phone(latest.phone)}
    return render_template(
        "public/own_data_confirmed.html",
        confirmation=confirmation,
        person=person,
        act=act,
        refusal=_why_not_yet(person, act),
        errors=errors or [],
        typed=typed or shown,
    )


def _why_not_yet(person: Person, act: Act) -> str:
    """What must be settled before erasing."""
    if act is not Act.ERASE or not person.still_open:
        return ""
    return sentence(OrdersStillOpen([order.reference for order in person.still_open]))


def _acts(person: Person) -> list[Act]:
    """What may be asked: a limit, or that it is lifted."""
    return [Act.RECEIVE, Act.CORRECT, Act.LIFT if person.is_restricted else Act.RESTRICT, Act.ERASE]


def _done(act: Act) -> str:
    return {
        Act.CORRECT: gettext("C’est corrigé sur toutes vos commandes."),
        Act.RESTRICT: gettext("Vos données sont gardées, et plus rien n’est fait avec elles."),
        Act.LIFT: gettext("Vos données servent de nouveau à vos commandes."),
    }[act]
