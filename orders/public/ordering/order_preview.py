"""A preview of an order before it is sent: what goes now, what waits, and whether it arrives in time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import Enum
from typing import TypeVar

from flask_babel import gettext, ngettext

from orders.catalogue.models import Edition, Publication
from orders.ordering.allocation import estimates, reservations
from orders.ordering.allocation.estimates import Promise
from orders.ordering.models import Delivery, Order, WhenShort
from orders.ordering.review.allowances import Excess
from orders.public import delivery_warning
from orders.public.order_deadline import expected_delay
from orders.public.ordering.requested_copies import copies_typed
from orders.reports.delivery_time import Delay
from orders.stock import expected_deliveries
from orders.wording import long_day, number, sentence, title_of

E_ = TypeVar("E_", bound=Enum)


@dataclass(frozen=True, slots=True)
class Outlook:
    """Sentences: of the `promise`, about each choice of what to do when there are not enough (only when there are
    not), by code about a number of copies that somebody decides about, and about a day that cannot be met."""

    promise: tuple[str, ...] = ()
    choices: dict[str, str] = field(default_factory=dict)
    limits: dict[str, str] = field(default_factory=dict)
    needed_by: str = ""

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def outlook_for(
    typed: Mapping[str, str],
    edition: Edition,
    publications: Sequence[Publication],
    day: date,
    *,
    besides: Order | None = None,
) -> Outlook:
    """The preview; empty while no copies are asked. `besides`: the order that is being changed."""
    promised = estimates.promises(copies_typed(typed, publications), publications, day=day, besides=besides)
    if not promised:
        return Outlook()
    audience = typed.get("audience", "") if _is_decided_about(promised, besides) else ""
    when_short = _chosen(WhenShort, typed.get("when_short", "")) or WhenShort.SEND
    is_pickup = _chosen(Delivery, typed.get("delivery", "")) is Delivery.PICKUP
    return Outlook(
        promise=(*_review_first(audience, promised), *_promise(promised, when_short, is_pickup=is_pickup)),
        choices=_choices(promised),
        limits=dict(_limits(audience, promised)),
        needed_by=_in_time(typed, promised, when_short, edition, is_pickup=is_pickup, today=day),
    )


def _is_decided_about(promised: Sequence[Promise], changed: Order | None) -> bool:
    """Whether allowances count: an accepted order of which nothing grows is not decided about again."""
    if changed is None or changed.accepted_at is None:
        return True
    had = {line.publication_id: line.wanted for line in changed.lines}
    return any(each.asked > had.get(each.publication.id, 0) for each in promised)


def _review_first(audience: str, promised: Sequence[Promise]) -> Iterator[str]:
    allowances = [(each.asked, each.publication.allowance_of(audience)) for each in promised] if audience else []
    if any(allowance and asked > allowance.review_above for asked, allowance in allowances):
        yield gettext("Dès que l’équipe a dit oui :")


def _promise(promised: Sequence[Promise], when_short: WhenShort, *, is_pickup: bool) -> Iterator[str]:
    missing = [each for each in promised if each.missing]
    if not missing:
        yield _everything(is_pickup=is_pickup)
    elif when_short is WhenShort.WAIT:
        yield _together(promised)
    elif when_short is WhenShort.FEWER and not any(each.there for each in promised):
        yield gettext("Il n’y en a pas en ce moment : choisissez d’attendre.")
    else:
        for each in promised:
            title = title_of(each.publication)
            said = _fewer(each) if when_short is WhenShort.FEWER else _now_and_later(each)
            yield gettext("%(title)s : %(promise)s.", title=title, promise=said)


def _everything(*, is_pickup: bool) -> str:
    if is_pickup:
        return gettext("Tout est là : nous le mettons de côté pour vous.")
    return gettext("Tout est là et part avec le prochain envoi.")


def _now_and_later(promise: Promise) -> str:
    """`12 maintenant, 18 à la réimpression, attendue le 2 décembre 2026`."""
    now, later = number(promise.there), number(promise.missing)
    if not promise.missing:
        return gettext("%(now)s maintenant", now=now)
    if promise.expected_on is None:
        if promise.there:
            return gettext("%(now)s maintenant, %(later)s dès qu’il y en a de nouveaux", now=now, later=later)
        return gettext("%(later)s dès qu’il y en a de nouveaux", later=later)
    day = long_day(promise.expected_on)
    if promise.there:
        return gettext(
            "%(now)s maintenant, %(later)s à la réimpression, attendue le %(day)s", now=now, later=later, day=day
        )
    return gettext("%(later)s à la réimpression, attendue le %(day)s", later=later, day=day)


def _fewer(promise: Promise) -> str:
    if not promise.missing:
        return gettext("%(now)s maintenant", now=number(promise.there))
    return ngettext(
        "%(now)s maintenant, et pas le dernier",
        "%(now)s maintenant, et pas les %(missing)s autres",
        promise.missing,
        now=number(promise.there),
        missing=number(promise.missing),
    )


def _together(promised: Sequence[Promise]) -> str:
    expected_on = estimates.complete_on(promised)
    asked = sum(each.asked for each in promised)
    if expected_on is None:
        return ngettext(
            "Il part dès qu’il est là.",
            "Les %(copies)s partent ensemble, dès que tout est là.",
            asked,
            copies=number(asked),
        )
    return ngettext(
        "Il part à la réimpression, attendue le %(day)s.",
        "Les %(copies)s partent ensemble, à la réimpression, attendue le %(day)s.",
        asked,
        copies=number(asked),
        day=long_day(expected_on),
    )


def _choices(promised: Sequence[Promise]) -> dict[str, str]:
    """What each choice would mean, in numbers; nothing while there are enough."""
    if not any(each.missing for each in promised):
        return {}
    there, missing = (sum(getattr(each, name) for each in promised) for name in ("there", "missing"))
    together = Promise(promised[0].publication, there + missing, there, estimates.complete_on(promised))
    fewer = gettext("rien en ce moment : il n’y en a pas")
    return {
        WhenShort.SEND.value: _now_and_later(together),
        WhenShort.WAIT.value: _together(promised),
        WhenShort.FEWER.value: _fewer(together) if there else fewer,
    }


def _limits(audience: str, promised: Sequence[Promise]) -> Iterator[tuple[str, str]]:
    """What is said beside a number of copies before it is sent; what somebody has already is counted only then."""
    for each in promised:
        allowance = each.publication.allowance_of(audience) if audience else None
        code = each.publication.code
        if allowance and each.asked > allowance.maximum:
            yield code, sentence(Excess(code, each.asked, 0, allowance.maximum))
        elif allowance and each.asked > allowance.review_above:
            yield code, _somebody_decides(allowance.review_above)


def _somebody_decides(review_above: int) -> str:
    return gettext(
        "À partir de %(copies)s, une personne de l’équipe lit d’abord votre commande, puis vous écrit : "
        "rien n’est réservé avant.",
        copies=number(review_above + 1),
    )


def _in_time(
    typed: Mapping[str, str],
    promised: Sequence[Promise],
    when_short: WhenShort,
    edition: Edition,
    *,
    is_pickup: bool,
    today: date,
) -> str:
    """A warning when the day typed cannot be met: because of the way there, or because copies are not printed yet."""
    needed = delivery_warning.day_needed(typed)
    if needed is None:
        return ""
    if needed < today:
        return gettext("Ce jour est passé : est-ce bien la bonne date ?")
    is_short = when_short is not WhenShort.FEWER and any(each.missing for each in promised)
    rest = delivery_warning.Rest(estimates.complete_on(promised)) if is_short else None
    delay = expected_delay(edition, today)
    return delivery_warning.warning(edition, needed, today, delay, is_pickup=is_pickup, has_now=True, rest=rest)


def stands(publications: Sequence[Publication], delay: Delay, today: date) -> dict[str, tuple[str, ...]]:
    """By code, before anything is typed: how many there are and when more come, where one order could ask for more."""
    there = reservations.free_copies([each.id for each in publications])
    coming = estimates.next_copies(publications, day=today)
    overdue = expected_deliveries.overdue_on(there.keys(), today)
    return {
        each.code: tuple(_stands(there[each.id], coming.get(each.id), overdue.get(each.id), delay))
        for each in publications
        if there[each.id] < estimates.most_asked(each)
    }


def _stands(there: int, coming: date | None, overdue: date | None, delay: Delay) -> Iterator[str]:
    if there:
        yield gettext(
            "Il en reste %(copies)s en ce moment ; si vous en demandez plus, le reste suivra.", copies=number(there)
        )
    else:
        yield gettext("Votre commande prendra sa place dans la file.")
    if coming:
        yield gettext(
            "La réimpression est attendue le %(day)s : par la poste, chez vous vers le %(there)s.",
            day=long_day(coming),
            there=long_day(delay.arrival(coming)),
        )
    elif overdue:
        yield gettext(
            "La réimpression, attendue le %(day)s, est en retard : nous n’en savons pas encore le nouveau jour.",
            day=long_day(overdue),
        )
    elif not there:
        yield gettext("Nous ne savons pas encore quand il y en aura de nouveaux.")


def _chosen(kind: type[E_], value: str) -> E_ | None:
    try:
        return kind(value)
    except ValueError:
        return None
