"""What is wrong with a list of places, and what was asked of one."""

from flask_babel import gettext

from orders.addresses import coordinates
from orders.directory import row_problems
from orders.directory.importing import FarFewerPlaces, NoListCode
from orders.directory.lookup import UnknownPlace
from orders.directory.pending_models import UnknownPendingList
from orders.ordering.followup.institutions import NoSuchPlace
from orders.wording.formatting import number
from orders.wording.messages.registry import sentence


@sentence.register
def _(said: row_problems.OtherPlaceWithNumber) -> str:
    return gettext(
        "Le numéro %(number)s est déjà à la ligne %(line)s, avec une autre adresse : corrigez l’une des deux.",
        number=said.number,
        line=said.line,
    )


@sentence.register
def _(said: coordinates.NoCoordinate) -> str:
    if not said.typed:
        return gettext("Il manque cette coordonnée : donnez les deux, ou aucune.")
    return gettext("« %(typed)s » n’est pas une coordonnée en degrés, comme 50,8333.", typed=said.typed)


@sentence.register
def _(_: coordinates.ExchangedCoordinates) -> str:
    return gettext("La latitude et la longitude sont échangées : en Belgique, la latitude est près de 50.")


@sentence.register
def _(said: coordinates.OutsideBelgium) -> str:
    return gettext(
        "Le point %(latitude)s, %(longitude)s n’est pas en Belgique : corrigez-le, ou laissez les deux cellules vides.",
        latitude=said.latitude,
        longitude=said.longitude,
    )


@sentence.register
def _(said: FarFewerPlaces) -> str:
    return gettext(
        "Des %(known)s lieux connus de cette liste, %(gone)s n’y sont plus : le fichier semble coupé. S’il est "
        "complet, dites-le.",
        gone=number(said.gone),
        known=number(said.known),
    )


@sentence.register
def _(_: UnknownPlace) -> str:
    return gettext("Ce lieu n’est dans aucune liste.")


@sentence.register
def _(_: NoSuchPlace) -> str:
    return gettext("Ce lieu n’est plus dans l’annuaire : choisissez-en un autre.")


@sentence.register
def _(_: UnknownPendingList) -> str:
    return gettext("Cette liste n’attend plus : choisissez de nouveau le fichier.")


@sentence.register
def _(_: NoListCode) -> str:
    return gettext("Donnez à cette liste un nom court, en lettres minuscules et chiffres, comme bibliotheques.")
