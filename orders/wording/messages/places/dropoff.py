"""What is wrong with drop-off points."""

from flask_babel import gettext

from orders.dropoff.editing import SamePoint
from orders.dropoff.models import UnknownDropOffPoint
from orders.dropoff.point_file import SameAsLine
from orders.wording.messages.registry import sentence


@sentence.register
def _(_: UnknownDropOffPoint) -> str:
    return gettext("Ce point de dépôt n’existe pas (ou plus). Choisissez-en un dans la liste.")


@sentence.register
def _(said: SamePoint) -> str:
    return gettext(
        "« %(name)s » est déjà connu à cette adresse (%(address)s) : changez plutôt celui-là.",
        name=said.name,
        address=said.address,
    )


@sentence.register
def _(said: SameAsLine) -> str:
    return gettext("Ce point est déjà à la ligne %(line)s : gardez l’une des deux.", line=said.line)
