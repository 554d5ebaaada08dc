"""Why a file is not taken."""

from flask_babel import gettext

from orders.ordering.files.importing import AlreadyImported
from orders.spreadsheets import Fault, UnreadableFile
from orders.wording.formatting import moment
from orders.wording.messages.registry import sentence


@sentence.register
def _(said: UnreadableFile) -> str:
    columns = ", ".join(said.columns)
    return {
        Fault.TOO_LARGE: gettext("Ce fichier est trop grand : coupez-le en plusieurs."),
        Fault.EMPTY: gettext("Ce fichier est vide : sa première ligne doit nommer les colonnes."),
        Fault.TWICE: gettext("Des colonnes s’y trouvent deux fois : %(columns)s.", columns=columns),
        Fault.MISSING: gettext("Il y manque des colonnes : %(columns)s.", columns=columns),
        Fault.NO_COPIES: gettext(
            "Aucune colonne ne dit combien d’exemplaires : il en faut au moins une parmi %(columns)s.", columns=columns
        ),
        Fault.MEANINGLESS: gettext(
            "Pli ne connaît pas ces colonnes : %(columns)s. Corrigez leur nom, ou enlevez-les.", columns=columns
        ),
    }.get(
        said.fault,
        gettext("Ce fichier n’est pas un tableau lisible : enregistrez-le de nouveau, en CSV (UTF-8) ou en XLSX."),
    )


@sentence.register
def _(said: AlreadyImported) -> str:
    return gettext(
        "Ce fichier-là a déjà été importé, le %(when)s : rien n’a été importé de nouveau.", when=moment(said.at)
    )
