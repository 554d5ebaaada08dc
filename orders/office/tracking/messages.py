"""What is wrong with a file of tracking numbers, or with one of its rows."""

from flask_babel import gettext

from orders.shipping.carrier.tracking import Columns, Fault, RowFault

LONGEST = 60  # characters of a wrong cell that are shown


def no_columns(columns: Columns) -> str:
    """Why the columns cannot be read, or nothing where they can."""
    if columns.reference is None:
        return gettext("Aucune colonne ne contient nos références (« Customer Reference », comme KLNBRTVX-12).")
    if columns.number is None:
        return gettext(
            "Aucune colonne ne contient des numéros de suivi : 24 chiffres, ou deux lettres et neuf chiffres."
        )
    if columns.number == columns.reference:
        return gettext("La référence et le numéro de suivi ne peuvent pas être dans la même colonne.")
    return ""


def fault(said: RowFault) -> str:
    """What is wrong with a row; the line stands before it."""
    value = said.value[:LONGEST]
    return {
        Fault.NO_NUMBER: gettext("il n’y a pas de numéro de suivi."),
        Fault.NOT_A_NUMBER: gettext("« %(value)s » n’est pas un numéro de suivi.", value=value),
        Fault.ROUNDED: gettext(
            "le tableur a arrondi « %(value)s ». Mettez la colonne au format texte dans le fichier d’origine.",
            value=value,
        ),
        Fault.NOT_A_REFERENCE: gettext("« %(value)s » n’est pas une de nos références.", value=value),
        Fault.NOT_IN_DISPATCH: gettext("« %(value)s » n’est pas dans cet envoi.", value=value),
        Fault.WHICH_PARCEL: gettext(
            "la commande « %(value)s » a plusieurs plis : ajoutez le numéro du pli, comme KLNBRTVX-12.", value=value
        ),
        Fault.PARCEL_TWICE: gettext(
            "« %(value)s » est déjà à la ligne %(other)s, avec un autre numéro.", value=value, other=said.other
        ),
        Fault.NUMBER_TWICE: gettext(
            "le numéro %(value)s est déjà à la ligne %(other)s.", value=value, other=said.other
        ),
        Fault.NUMBER_ELSEWHERE: gettext("le numéro %(value)s est celui d’un pli d’un autre envoi.", value=value),
    }[said.fault]
