"""What the order form asks before it sends: an odd place or e-mail address, postage nobody has seen, a repeated order.

A question is answered with a checkbox `confirm` whose value is its `key`. One that no longer applies needs no answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext

from orders.addresses import PostalAddress, clean
from orders.addresses.house_numbers import number_question
from orders.addresses.postcodes import place_question
from orders.addresses.text_cleaning import is_control
from orders.clock import local_day
from orders.ordering.request.email_address import email_question, read_email
from orders.ordering.request.order_request import OrderRequest, read_address
from orders.ordering.review.duplicates import Repeat
from orders.public.ordering.postage_preview import Postage
from orders.wording import counted, long_day, sentence

PLACE, NUMBER, EMAIL, REPEAT, POSTAGE = "place", "number", "email", "repeat", "postage"

BESIDE = {PLACE: "town", NUMBER: "number", EMAIL: "email"}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and what the checkbox says; `is_answered`: the checkbox was ticked, and all it needs is there."""

    key: str
    sentences: tuple[str, ...]
    yes: str
    is_ticked: bool
    is_answered: bool
    wants_reason: bool = False

    @property
    def field(self) -> str:
        """The field beside which it is asked; empty where it is about the whole order."""
        return BESIDE.get(self.key, "")


def questions(
    typed: Mapping[str, str],
    ticked: frozenset[str],
    postage: Postage,
    repeats: Sequence[Repeat] = (),
    *,
    asked: OrderRequest | None = None,
) -> list[Question]:
    """All that is to be asked about a form as it was typed; `repeats` are the earlier orders that may be shown.

    `asked`: what it was read as, where it was.
    """
    return [
        *_place(typed, ticked),
        *_number(asked.address if asked else read_address(typed), ticked),
        *_email(asked.email if asked else _email_of(typed), ticked),
        *_postage(typed, ticked, postage),
        *_repeat(typed, ticked, repeats),
    ]


def _place(typed: Mapping[str, str], ticked: frozenset[str]) -> Iterator[Question]:
    postcode, town = clean(typed.get("postcode") or ""), clean(typed.get("town") or "")
    if len(postcode) != 4 or not (postcode.isascii() and postcode.isdigit()) or not town:
        return
    if any(is_control(letter) for letter in town):
        return
    if odd := place_question(postcode, town):
        yes = gettext("Oui, %(postcode)s %(town)s est correct.", postcode=postcode, town=town)
        yield Question(PLACE, (sentence(odd),), yes, PLACE in ticked, PLACE in ticked)


def _number(address: PostalAddress, ticked: frozenset[str]) -> Iterator[Question]:
    if any(is_control(letter) for letter in address.street + address.number):
        return
    if asked := number_question(address):
        yes = gettext("Oui, « %(line)s » est complet.", line=clean(f"{address.street} {address.number}"))
        yield Question(NUMBER, (sentence(asked),), yes, NUMBER in ticked, NUMBER in ticked)


def _email(address: str, ticked: frozenset[str]) -> Iterator[Question]:
    if doubtful := email_question(address):
        yes = gettext("Oui, %(email)s est correct.", email=address)
        yield Question(EMAIL, (sentence(doubtful),), yes, EMAIL in ticked, EMAIL in ticked)


def _email_of(typed: Mapping[str, str]) -> str:
    """The address that was typed; none where it is no address."""
    address, wrong = read_email(clean(typed.get("email") or ""))
    return "" if wrong else address


def _postage(typed: Mapping[str, str], ticked: frozenset[str], postage: Postage) -> Iterator[Question]:
    """Asked unless the page had shown this very postage; a tick is for the postage that was asked about."""
    if not postage.is_due or typed.get("postage_shown") == postage.key:
        return
    is_ticked = POSTAGE in ticked and typed.get("postage_asked") in (None, "", postage.key)
    yield Question(POSTAGE, postage.sentences, gettext("Oui, j’accepte de payer le port."), is_ticked, is_ticked)


def _repeat(typed: Mapping[str, str], ticked: frozenset[str], repeats: Sequence[Repeat]) -> Iterator[Question]:
    """Without the earlier orders at hand, what was answered once stays on the page."""
    reason = (typed.get("reason") or "").strip()
    if not repeats and not reason and REPEAT not in ticked:
        return
    asked = [
        gettext("Une commande est déjà enregistrée pour votre organisation ou votre adresse :"),
        *(_earlier(each) for each in repeats),
    ]
    remembered = [gettext("Vous avez répondu qu’il vous en faut encore.")]
    follows = gettext("Si vous continuez, une personne de l’équipe lit votre raison et décide, puis vous écrit.")
    yield Question(
        REPEAT,
        (*(asked if repeats else remembered), follows),
        gettext("Oui, il m’en faut encore."),
        REPEAT in ticked,
        is_answered=not repeats or (REPEAT in ticked and bool(reason)),
        wants_reason=True,
    )


def _earlier(repeat: Repeat) -> str:
    return gettext(
        "le %(day)s : %(copies)s",
        day=long_day(local_day(repeat.placed_at)),
        copies=", ".join(counted(publication, copies) for publication, copies in repeat.copies.items() if copies),
    )
