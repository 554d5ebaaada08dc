"""The calculator of the order form: how many copies two classes of 24, or thirty people, need."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext, ngettext

from orders.addresses import clean
from orders.catalogue.models import Publication
from orders.ordering.request.quantity_suggestion import Gathering, suggest
from orders.packing.models import TooLargeToPost
from orders.packing.postage import quote_by
from orders.packing.splitting import Item
from orders.packing.tariff import read_tariff
from orders.wording import counted

FIELDS = ("classes", "pupils", "age", "people")
LONGEST_NUMBER = 4  # digits


def propose(typed: Mapping[str, str], publications: Sequence[Publication]) -> tuple[dict[str, int], str]:
    """Copies by code and a sentence that says so; no copies, and what to fill in first, when that is not enough."""
    gathering = _read(typed)
    if isinstance(gathering, str):
        return {}, gathering
    tariff = read_tariff()

    def is_free(copies: Mapping[str, int]) -> bool:
        try:
            return quote_by(tariff, (Item.of(each, copies[each.code]) for each in publications)).is_free
        except TooLargeToPost:
            return False

    copies = suggest(gathering, publications, is_free=is_free)
    said = ", ".join(counted(each, copies[each.code]) for each in publications if copies[each.code])
    return copies, gettext("Notre proposition : %(copies)s. Changez ces nombres comme vous voulez.", copies=said)


def _read(typed: Mapping[str, str]) -> Gathering | str:
    """Who will write, or the sentence that says what is missing."""
    given = {name: clean(typed.get(name) or "").replace(" ", "") for name in FIELDS}
    if not all(_is_number(value) for value in given.values() if value):
        return gettext("Indiquez des nombres entiers, en chiffres.")
    classes, pupils, age, people = (int(given[name] or 0) for name in FIELDS)
    if not (classes or pupils or people):
        return gettext("Dites combien de classes et d’élèves, ou combien de personnes.")
    if classes and not pupils:
        return ngettext(
            "Dites aussi combien d’élèves il y a dans la classe.",
            "Dites aussi combien d’élèves il y a dans chacune des %(num)s classes.",
            classes,
        )
    if pupils and not given["age"]:
        return gettext("Dites aussi l’âge des élèves : le livret est fait pour les 6 à 10 ans.")
    return Gathering(classes=max(classes, 1) if pupils else 0, pupils=pupils, age=age, people=people)


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= LONGEST_NUMBER
