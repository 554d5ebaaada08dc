"""What is wrong with the catalogue: allowances, editions, publications."""

from flask_babel import gettext, ngettext

from orders.catalogue.allowance_editing import AllowanceFault, AllowanceProblem, ImpossibleAllowances
from orders.catalogue.audience_editing import AudienceInUse, LastAudience
from orders.catalogue.audience_input import AudienceFault, AudienceProblem, ImpossibleAudience
from orders.catalogue.audience_models import UnknownAudience
from orders.catalogue.defended_persons import UnknownPerson
from orders.catalogue.editing import LastDayOver, StillInUse
from orders.catalogue.edition_input import ContentFault, ContentProblem, ImpossibleContent
from orders.catalogue.models import UnknownEdition, UnknownPublication
from orders.catalogue.uploaded_media import FileProblem, UnusableFile
from orders.ordering.season.closing import OrdersStillOpen
from orders.ordering.season.rollover import WAYS
from orders.wording.audience_names import audience_name
from orders.wording.formatting import number
from orders.wording.messages.packing import grams, millimetres
from orders.wording.messages.registry import sentence


@sentence.register
def _(said: UnknownEdition) -> str:
    return gettext("Il n’y a pas d’édition %(year)s. Choisissez-en une au catalogue.", year=str(said.year)[:10])


@sentence.register
def _(said: UnknownPublication) -> str:
    return gettext(
        "Aucune publication n’a le code « %(code)s ». Choisissez-en une au catalogue.", code=str(said.code)[:20]
    )


@sentence.register
def _(said: UnknownPerson) -> str:
    return gettext("Cette personne n’est plus, ou pas, dans une édition. Choisissez-en une au catalogue.")


@sentence.register
def _(said: UnknownAudience) -> str:
    return gettext("Aucun public n’a le code « %(code)s ». Choisissez-en un dans la liste.", code=str(said.code)[:20])


@sentence.register
def _(said: AudienceFault) -> str:
    return {
        AudienceProblem.MISSING: gettext("Remplissez cette case."),
        AudienceProblem.TOO_LONG: gettext("Trop long : %(most)s caractères au plus.", most=number(said.most)),
        AudienceProblem.TOO_MANY: gettext("Trop de mots : %(most)s au plus.", most=number(said.most)),
        AudienceProblem.INVISIBLE: gettext(
            "Ce champ contient des caractères invisibles qui ne sont pas du texte : écrivez-le à nouveau."
        ),
        AudienceProblem.MALFORMED_CODE: gettext(
            "Un code a de 2 à 20 lettres minuscules, chiffres et traits d’union, une lettre au début, comme youth-club."
        ),
        AudienceProblem.TAKEN: gettext(
            "« %(word)s » désigne déjà le public %(other)s : prenez un autre mot.", word=said.word, other=said.other
        ),
        AudienceProblem.RANGE: gettext("Un nombre entier, de 0 à %(most)s.", most=number(said.most)),
        AudienceProblem.ABOVE_MAXIMUM: gettext("Pas plus que le maximum, qui est de %(most)s.", most=number(said.most)),
    }[said.problem]


@sentence.register
def _(said: ImpossibleAudience) -> str:
    return gettext(
        "Rien n’est enregistré : %(faults)s",
        faults=" ".join(
            gettext("%(field)s : %(error)s", field=fault.field, error=sentence(fault)) for fault in said.faults
        ),
    )


@sentence.register
def _(said: AudienceInUse) -> str:
    return gettext("Des commandes sont à ce public : il ne peut plus être supprimé. Retirez-le plutôt.")


@sentence.register
def _(said: LastAudience) -> str:
    return gettext("C’est le dernier public qui peut commander : ajoutez-en d’abord un autre.")


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
                "%(code)s, %(audience)s : %(fault)s",
                code=each.code,
                audience=audience_name(each.audience),
                fault=sentence(each),
            )
            for each in said.faults
        ),
    )


@sentence.register
def _(said: ContentFault) -> str:
    if said.field.startswith(tuple(WAYS)):
        return gettext("Il n’y en a que %(most)s de libres pour cela.", most=number(said.most))
    return {
        ContentProblem.MISSING: gettext("Remplissez cette case."),
        ContentProblem.TOO_LONG: gettext("Trop long : %(most)s caractères au plus.", most=number(said.most)),
        ContentProblem.INVISIBLE: gettext(
            "Ce champ contient des caractères invisibles qui ne sont pas du texte : écrivez-le à nouveau."
        ),
        ContentProblem.RANGE: gettext(
            "De %(least)s à %(most)s.", least=_measured(said.field, said.least), most=_measured(said.field, said.most)
        ),
        ContentProblem.NO_WEB_LINK: gettext(
            "Ce n’est pas une adresse de page : elle commence par https:// (ou http://), comme https://exemple.be/page."
        ),
        ContentProblem.BEFORE_OPENING: gettext("Ce jour vient avant celui où les commandes ouvrent."),
        ContentProblem.MALFORMED_CODE: gettext(
            "Un code a de 3 à 12 lettres majuscules et chiffres, une lettre au début et un chiffre à la fin, "
            "comme MAN27."
        ),
        ContentProblem.TAKEN: gettext("C’est déjà pris, peut-être dans une autre édition : choisissez autre chose."),
    }[said.problem]


def _measured(field: str, value: int) -> str:
    if field.endswith("_mg"):
        return grams(value)
    if field.endswith("_um"):
        return millimetres(value)
    return str(value) if field == "year" else number(value)


@sentence.register
def _(said: ImpossibleContent) -> str:
    return gettext(
        "Rien n’est enregistré : %(faults)s",
        faults=" ".join(
            gettext("%(field)s : %(error)s", field=fault.field, error=sentence(fault)) for fault in said.faults
        ),
    )


@sentence.register
def _(said: StillInUse) -> str:
    return gettext(
        "Cela ne peut plus être supprimé : des publications, des mouvements ou des commandes s’y rapportent. "
        "Archivez plutôt : tout reste lisible."
    )


@sentence.register
def _(said: LastDayOver) -> str:
    return gettext(
        "L’édition n’est pas ouverte : choisissez un dernier jour de commande qui n’est pas passé, "
        "et ne l’archivez plus si elle l’est."
    )


@sentence.register
def _(said: OrdersStillOpen) -> str:
    asked = ngettext(
        "%(num)s commande n’est pas terminée : dites ce qu’elle devient.",
        "%(num)s commandes ne sont pas terminées : dites ce qu’elles deviennent.",
        said.found.total,
    )
    if said.expected is None:
        return asked
    return gettext("Leur nombre a changé entre-temps. %(asked)s", asked=asked)


@sentence.register
def _(said: UnusableFile) -> str:
    return {
        FileProblem.EMPTY: gettext("Choisissez d’abord un fichier : celui-ci est vide, ou il n’y en a pas."),
        FileProblem.TOO_LARGE: gettext(
            "Ce fichier est trop lourd : %(most)s Mo au plus. Réduisez-le et choisissez-le de nouveau.",
            most=said.most // 1024**2,
        ),
        FileProblem.NO_PICTURE: gettext(
            "Ce fichier n’est pas une image que nous savons lire, ou il est abîmé : "
            "prenez une image JPEG, PNG, WebP ou GIF."
        ),
        FileProblem.TOO_MANY_PIXELS: gettext("Cette image a trop de points : réduisez-la à 4 000 sur 4 000 au plus."),
        FileProblem.NO_PDF: gettext("Ce fichier n’est pas un PDF entier : enregistrez-le à nouveau comme PDF."),
    }[said.problem]
