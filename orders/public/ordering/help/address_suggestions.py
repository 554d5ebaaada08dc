"""Help with an address as it is typed: corrections, and a question where postcode and place do not go together.

Nothing here changes what was typed. A page shows each `Mending` as a button.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from flask_babel import gettext

from orders.addresses import PostalAddress, clean
from orders.addresses.corrections import Proposal, proposals
from orders.addresses.house_numbers import TwoNumbers, number_question
from orders.addresses.po_boxes import has_only_po_box
from orders.addresses.postcode_lines import Place, read_place
from orders.addresses.postcodes import OddPlace, is_known, place_question, places, postcodes_of
from orders.addresses.street_lines import read_street_line
from orders.addresses.text_cleaning import is_control
from orders.ordering.request.email_address import email_question, read_email
from orders.wording import sentence

FIELDS = ("name", "organisation", "department", "building", "street", "number", "box", "postcode", "town")
GROUPS = {
    **dict.fromkeys(("department", "building"), "building"),
    **dict.fromkeys(("street", "number", "box"), "street"),
    **dict.fromkeys(("postcode", "town"), "town"),
}
"""Fields that share the room for help below them, by the name of that room; the others have one of their own."""
MOST_OFFERED = 3  # of places or codes for a pair that does not go together


@dataclass(frozen=True, slots=True)
class Mending:
    """Other values for some fields, to be offered below `field`, and in `words` what they would make of the address."""

    field: str
    words: str
    changes: Mapping[str, str]

    @property
    def label(self) -> str:
        return gettext("Utiliser « %(proposal)s »", proposal=self.words)

    @property
    def key(self) -> str:
        """What the button sends, so that only what was shown is ever applied."""
        return f"{self.field}:{self.words}"


@dataclass(slots=True)
class Help:
    """The help shown at one place of the form: a question, if there is one, and the corrections that are offered."""

    question: str = ""
    mendings: list[Mending] = field(default_factory=list)


def help_for(typed: Mapping[str, str], *, live: bool = False) -> dict[str, Help]:
    """Help by its place on the form. `live`: while somebody types, the field itself lists the places of a postcode."""
    address = _address(typed)
    mendings = [*_corrections(address), *_numbers(address), *_email(typed)]
    given: dict[str, Help] = {}
    if not any({"postcode", "town"} & each.changes.keys() for each in mendings):
        question, more = _place_help(clean(address.postcode), clean(address.town), live=live)
        mendings += more
        if question:
            given["town"] = Help(question)
    if has_only_po_box(address):
        given["street"] = Help(_po_box_notice())
    for mending in mendings:
        room = GROUPS.get(mending.field, mending.field)
        given.setdefault(room, Help()).mendings.append(mending)
    return given


def one_reading(typed: Mapping[str, str]) -> list[Mending]:
    """The corrections that leave no doubt, and the place of a code that has only one."""
    address = _address(typed)
    found = _corrections(address)
    if found or clean(address.town):
        return found
    only = places(clean(address.postcode))
    return list(_towns(only)) if len(only) == 1 else []


def _address(typed: Mapping[str, str]) -> PostalAddress:
    return PostalAddress(**{name: typed.get(name) or "" for name in FIELDS})


def _corrections(address: PostalAddress) -> list[Mending]:
    found = [_mending(address, proposal) for proposal in proposals(address)]
    return [each for each in found if each.words and not any(is_control(letter) for letter in each.words)]


def _numbers(address: PostalAddress) -> Iterator[Mending]:
    """Either number, where the street ends with one and the field holds another."""
    asked = number_question(address.cleaned())
    if isinstance(asked, TwoNumbers) and not any(is_control(letter) for letter in address.street):
        street = read_street_line(clean(address.street)).street
        for number in (asked.in_street, asked.in_field):
            yield Mending("street", f"{street} {number}", {"street": street, "number": number})


def _email(typed: Mapping[str, str]) -> Iterator[Mending]:
    address, wrong = read_email(clean(typed.get("email") or ""))
    if not wrong and (doubtful := email_question(address)):
        yield Mending("email", doubtful.meant, {"email": doubtful.meant})


def find_mending(typed: Mapping[str, str], key: str) -> Mending | None:
    """The mending that a button named, if it is still one of those offered for what is typed."""
    offered = (mending for each in help_for(typed).values() for mending in each.mendings)
    return next((mending for mending in offered if mending.key == key), None)


def _mending(address: PostalAddress, proposal: Proposal) -> Mending:
    """A proposal of `addresses.corrections`, shown below the field that it takes from."""
    touched = [name for name in FIELDS if name in proposal.changes]
    source = next((name for name in touched if clean(getattr(address, name))), touched[0])
    return Mending(source, _in_words(proposal.applied_to(address).cleaned(), touched), proposal.changes)


def _in_words(address: PostalAddress, touched: list[str]) -> str:
    """The lines that change, whole, as they would be printed: `Rue de la Senne 32 bte 20, 5590 Ciney`."""
    rooms = {GROUPS.get(name, name) for name in touched}
    place = clean(f"{address.postcode} {address.town}") if "town" in rooms else ""
    kept = [name for name in FIELDS if GROUPS.get(name, name) in rooms - {"town"}]
    blank = dict.fromkeys(FIELDS, "")
    lines = replace(address, **{**blank, **{name: getattr(address, name) for name in kept}}).lines()
    return ", ".join([*lines, place] if place else lines)


def _po_box_notice() -> str:
    return gettext(
        "Une boîte postale reçoit des lettres, mais pas de colis : pour un colis, donnez une rue et un numéro, "
        "ou choisissez le retrait."
    )


def _place_help(postcode: str, town: str, *, live: bool) -> tuple[str, list[Mending]]:
    """The question about a postcode and place, and the other places and codes it may have meant."""
    if (read := read_place(postcode)) and town:
        return _both_places(read, town)
    if len(postcode) != 4 or not (postcode.isascii() and postcode.isdigit()):
        return "", []
    if not town and is_known(postcode):
        offered = places(postcode)
        return "", list(_towns(offered if len(offered) == 1 or not live else ()))
    question = place_question(postcode, town)
    if question is None:
        return "", []
    if isinstance(question, OddPlace):
        return sentence(question), [*_towns(question.places[:MOST_OFFERED]), *_codes(question.postcodes)]
    return sentence(question), list(_codes(question.likely))


def _both_places(beside: Place, town: str) -> tuple[str, list[Mending]]:
    """`5590 Ciney` as the code, and another place in its own field: either may be meant."""
    pairs = [(beside.postcode, beside.town), *((code, town) for code in postcodes_of(town)[:1])]
    said = gettext("Il y a deux localités : laquelle est la bonne ?")
    return said, [Mending("town", f"{code} {name}", {"postcode": code, "town": name}) for code, name in pairs]


def _towns(names: tuple[str, ...]) -> Iterator[Mending]:
    for name in names:
        yield Mending("town", name, {"town": name})


def _codes(codes: tuple[str, ...]) -> Iterator[Mending]:
    """The codes of the place typed, unless it is a town with so many that a list would only confuse."""
    for code in codes if len(codes) <= MOST_OFFERED else ():
        yield Mending("postcode", code, {"postcode": code})
