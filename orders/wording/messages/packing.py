"""What is wrong with an envelope, a box or a table of rates, and what does not go into one."""

from decimal import Decimal

from flask_babel import format_decimal, gettext

from orders.packing.models import (
    DoesNotFit,
    ImpossiblePackaging,
    ImpossibleSteps,
    OutOfRange,
    PostKind,
    StepFault,
    StepProblem,
    TooLargeToPost,
    UnknownPackaging,
)
from orders.wording.formatting import euros, number
from orders.wording.messages.registry import sentence


def grams(weight_mg: int) -> str:
    """`2 000 g`, `58,5 g`."""
    return f"{format_decimal(Decimal(weight_mg) / 1_000)}\u00a0g"


def millimetres(thickness_um: int) -> str:
    """`2,3 mm`."""
    return f"{format_decimal(Decimal(thickness_um) / 1_000)}\u00a0mm"


def packaging_name(code: str) -> str:
    """What people at the table call it."""
    return gettext("boîte") if code == "BOX" else gettext("enveloppe %(code)s", code=code)


@sentence.register
def _(said: UnknownPackaging) -> str:
    return gettext(
        "Aucun emballage ne s’appelle « %(code)s » : revenez aux emballages et choisissez-en un.", code=said.code[:20]
    )


@sentence.register
def _(said: TooLargeToPost) -> str:
    return gettext(
        "Un seul exemplaire de %(code)s (%(weight)s, %(thickness)s) n’entre dans aucun emballage que la poste prend. "
        "Vérifiez son poids et son épaisseur au catalogue, ou les emballages.",
        code=said.code,
        weight=grams(said.unit_weight_mg),
        thickness=millimetres(said.unit_thickness_um),
    )


@sentence.register
def _(said: DoesNotFit) -> str:
    values = {
        "packaging": packaging_name(said.packaging),
        "weight": grams(said.weight_mg),
        "most_weight": grams(said.most_mg),
        "height": millimetres(said.height_um),
        "most_height": millimetres(said.most_um),
    }
    if said.height_um <= said.most_um:
        return gettext(
            "C’est trop lourd pour cet emballage (%(packaging)s) : %(weight)s, et %(most_weight)s au plus. "
            "Retirez des exemplaires ou prenez-en un plus grand.",
            **values,
        )
    if said.weight_mg <= said.most_mg:
        return gettext(
            "C’est trop épais pour cet emballage (%(packaging)s) : %(height)s, et %(most_height)s au plus. "
            "Retirez des exemplaires ou prenez-en un plus grand.",
            **values,
        )
    return gettext(
        "C’est trop lourd et trop épais pour cet emballage (%(packaging)s) : %(weight)s et %(height)s, "
        "et %(most_weight)s et %(most_height)s au plus. Retirez des exemplaires ou prenez-en un plus grand.",
        **values,
    )


@sentence.register
def _(said: OutOfRange) -> str:
    if said.field.endswith("_mg"):
        least, most = grams(said.least), grams(said.most)
    elif said.field.endswith("_mm"):
        least, most = f"{number(said.least)}\u00a0mm", f"{number(said.most)}\u00a0mm"
    else:
        least, most = number(said.least), number(said.most)
    if said.least >= said.most:
        return gettext("Ce ne peut être que %(most)s, avec les autres mesures.", most=most)
    return gettext("De %(least)s à %(most)s, avec les autres mesures.", least=least, most=most)


@sentence.register
def _(said: ImpossiblePackaging) -> str:
    return gettext(
        "Rien n’a changé pour cet emballage (%(packaging)s) : %(faults)s",
        packaging=packaging_name(said.code),
        faults=" ".join(sentence(fault) for fault in said.faults),
    )


@sentence.register
def _(said: StepFault) -> str:
    bound = said.bound or 0
    return {
        StepProblem.NO_STEPS: gettext("Le tarif est vide : gardez au moins une ligne."),
        StepProblem.WEIGHT: gettext("Écrivez un poids de 1 g à %(most)s.", most=grams(bound * 1_000)),
        StepProblem.NOT_ASCENDING: gettext(
            "Ce poids s’y trouve déjà, ou un poids plus grand vient avant : chaque ligne doit dépasser %(before)s.",
            before=grams(bound * 1_000),
        ),
        StepProblem.STOPS_SHORT: gettext(
            "Le tarif doit aller jusqu’à ce que la poste prend : ajoutez une ligne de %(most)s, même sans prix.",
            most=grams(bound * 1_000),
        ),
        StepProblem.PRICE: gettext(
            "Écrivez un prix de 0,01 € à %(most)s, ou laissez vide : le port sera « à facturer selon le tarif bpost ».",
            most=euros(bound),
        ),
        StepProblem.CHEAPER: gettext(
            "Plus lourd, mais moins cher qu’une ligne plus légère (%(price)s) : vérifiez les deux.",
            price=euros(bound),
        ),
    }[said.problem]


@sentence.register
def _(said: ImpossibleSteps) -> str:
    faults = " ".join(sentence(fault) for fault in said.faults)
    if said.kind is PostKind.LETTER:
        return gettext("Le tarif des lettres n’a pas changé : %(faults)s", faults=faults)
    return gettext("Le tarif des colis n’a pas changé : %(faults)s", faults=faults)
