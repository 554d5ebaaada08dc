"""Pages of the accounts of the staff: their roles, and until when they may sign in."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.clock import now
from orders.database import transact
from orders.errors import Refused
from orders.office.access import actor, needs
from orders.office.staff.forms import AddForm, TermsForm
from orders.reports import journal_report
from orders.staff import accounts, lockout, password_links, sessions, two_step
from orders.staff.models import AccountExists, ImpossibleEnd, StaffRole, UnusableEmail
from orders.staff.session_limits import session_limits
from orders.wording import sentence
from orders.wording.translation.languages import current_language

pages = Blueprint("staff", __name__, url_prefix="/staff")


@pages.get("/")
@needs(StaffRole.ADMINISTRATOR)
def index() -> str:
    """Every account: those that work, and those that have ended."""
    members = accounts.members()
    return render_template(
        "office/staff/index.html",
        working=[member for member in members if member.is_active],
        ended=[member for member in members if not member.is_active],
    )


@pages.route("/add", methods=["GET", "POST"])
@needs(StaffRole.ADMINISTRATOR, fresh=True)
def add() -> ResponseReturnValue:
    """Open an account; its owner is mailed a link and chooses the password."""
    form = AddForm(role=StaffRole.VOLUNTEER.value)
    if request.method == "POST" and (terms := form.read()) is not None:
        role, until = terms
        try:
            member = transact(
                password_links.invite,
                form.email.data or "",
                role,
                until=until,
                language=current_language(),
                at=now(),
                by=actor(),
            )
            flash(gettext("Le compte est ouvert. L’invitation part à %(email)s.", email=member.email), "done")
            return redirect(url_for(".index"), 303)
        except (UnusableEmail, AccountExists) as refusal:
            form.email.errors = [sentence(refusal)]
        except ImpossibleEnd as refusal:
            form.until.errors = [sentence(refusal)]
    page = render_template("office/staff/add.html", form=form)
    return page, 422 if request.method == "POST" else 200


@pages.route("/<int:member_id>", methods=["GET", "POST"])
@needs(StaffRole.ADMINISTRATOR, fresh=True)
def member(member_id: int) -> ResponseReturnValue:
    """One account: another role, another last day."""
    found, form = accounts.get_member(member_id), TermsForm()
    if request.method == "GET":
        form.show(found)
    elif (terms := form.read()) is not None:
        try:
            transact(accounts.change_terms, member_id, *terms, at=now(), by=actor())
            flash(gettext("Le compte %(email)s est changé.", email=found.email), "done")
            return redirect(url_for(".index"), 303)
        except ImpossibleEnd as refusal:
            form.until.errors = [sentence(refusal)]
        except Refused as refusal:
            form.role.errors = [sentence(refusal)]
    limits = session_limits(found.role, current_app.config)
    page = render_template(
        "office/staff/member.html",
        member=found,
        form=form,
        sessions=sessions.open_sessions(found.id, limits, at=now()),
        here=session["session"],
        has_two_steps=two_step.is_set_up(found),
        is_locked=lockout.is_closed(found.email, at=now()),
        history=journal_report.history(f"staff {member_id}"),
    )
    return page, 422 if request.method == "POST" else 200


@pages.post("/<int:member_id>/sessions/<name>/end")
@needs(StaffRole.ADMINISTRATOR, fresh=True)
def end_session(member_id: int, name: str) -> ResponseReturnValue:
    """Sign somebody out in one browser."""
    transact(sessions.end, name, accounts.get_member(member_id).id, at=now(), by=actor())
    flash(gettext("Cette connexion est terminée."), "done")
    return redirect(url_for(".member", member_id=member_id), 303)


@pages.post("/<int:member_id>/sessions/end")
@needs(StaffRole.ADMINISTRATOR, fresh=True)
def end_sessions(member_id: int) -> ResponseReturnValue:
    """Sign somebody out everywhere."""
    ended = transact(accounts.end_sessions, member_id, at=now(), by=actor())
    flash(gettext("%(email)s n’est plus connecté·e nulle part.", email=ended.email), "done")
    return redirect(url_for(".member", member_id=member_id), 303)


@pages.post("/<int:member_id>/end")
@needs(StaffRole.ADMINISTRATOR, fresh=True)
def end(member_id: int) -> ResponseReturnValue:
    """End an account at once."""
    try:
        ended = transact(accounts.end, member_id, at=now(), by=actor())
        flash(gettext("Le compte %(email)s est terminé : il n’ouvre plus rien.", email=ended.email), "done")
    except Refused as refusal:
        flash(sentence(refusal), "refused")
        return redirect(url_for(".member", member_id=member_id), 303)
    return redirect(url_for(".index"), 303)


@pages.post("/<int:member_id>/password")
@needs(StaffRole.ADMINISTRATOR, fresh=True)
def password(member_id: int) -> ResponseReturnValue:
    """A link by mail: the invitation again, or for somebody who forgot the password."""
    told = transact(password_links.invite_again, member_id, language=current_language(), at=now(), by=actor())
    flash(gettext("Un lien part à %(email)s.", email=told.email), "done")
    return redirect(url_for(".member", member_id=member_id), 303)


@pages.post("/<int:member_id>/two-step")
@needs(StaffRole.ADMINISTRATOR, fresh=True)
def take_two_step_away(member_id: int) -> ResponseReturnValue:
    """For somebody who lost the telephone and the recovery codes."""
    told = transact(two_step.take_away, member_id, at=now(), by=actor())
    flash(gettext("%(email)s se connecte de nouveau avec le mot de passe seul.", email=told.email), "done")
    return redirect(url_for(".member", member_id=member_id), 303)


@pages.post("/<int:member_id>/unlock")
@needs(StaffRole.ADMINISTRATOR, fresh=True)
def unlock(member_id: int) -> ResponseReturnValue:
    """Let somebody sign in again after too many wrong passwords."""
    transact(lockout.unlock, accounts.get_member(member_id), at=now(), by=actor())
    flash(gettext("La connexion est débloquée."), "done")
    return redirect(url_for(".member", member_id=member_id), 303)
