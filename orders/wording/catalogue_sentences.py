"""What is wrong with the catalogue: allowances, editions, publications."""

from flask_babel import gettext

from orders.catalogue.allowing import AllowanceFault, AllowanceProblem, ImpossibleAllowances
from orders.catalogue.models import UnknownEdition, UnknownPublication
from orders.wording.figures import number
from orders.wording.sentences import sentence
from orders.wording.words import word


@sentence.register
def _(said: UnknownEdition) -> str:
    return gettext("Il n’y a pas d’édition %(year)s. Choisissez-en une au catalogue.", year=str(said.year)[:10])


@sentence.register
def _(said: UnknownPublication) -> str:
    return gettext(
        "Aucune publication n’a le code « %(code)s ». Choisissez-en une au catalogue.", code=str(said.code)[:20]
    )


@sentence.register
def _(said: AllowanceFault) -> str:
    if said.problem is AllowanceProblem.REVIEW_ABOVE_MAXIMUM:
        return gettext("Pas plus que le maximum, qui est de %(most)s.", most=number(said.most))
    return gettext("Un nombre entier, de 0 à %(most)s.", most=number(said.most))


@sentence.register
def _(said: ImpossibleAllowances) -> str:
    return gettext(
        "Ces plafonds ne sont pas possibles : %(faults)s",
        faults=" ".join(
            gettext(
                "%(code)s, %(audience)s : %(fault)s", code=each.code, audience=word(each.audience), fault=sentence(each)
            )
            for each in said.faults
        ),
    )
