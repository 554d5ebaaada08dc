"""What is wrong with a row of a file of orders, what is read otherwise, and why an import stops."""

from flask_babel import gettext, ngettext

from orders.ordering.files import import_batches, import_rows
from orders.ordering.files.row_reading import ReadOtherwise
from orders.wording.formatting import moment
from orders.wording.messages.registry import sentence


@sentence.register
def _(said: import_batches.ImportStopped) -> str:
    return ngettext(
        "Ligne %(line)s : %(why)s %(num)s commande de ce fichier est importée. Importez-le de nouveau : la suite "
        "reprendra à cette ligne.",
        "Ligne %(line)s : %(why)s %(num)s commandes de ce fichier sont importées. Importez-le de nouveau : la suite "
        "reprendra à cette ligne.",
        said.placed,
        line=said.line,
        why=sentence(said.refusal),
    )


@sentence.register
def _(said: ReadOtherwise) -> str:
    if not said.read:
        return gettext("« %(written)s » est lu ailleurs.", written=said.written[:80])
    if not said.written:
        return gettext("lu « %(read)s ».", read=said.read[:80])
    return gettext("lu « %(read)s » pour « %(written)s ».", read=said.read[:80], written=said.written[:80])


@sentence.register
def _(said: import_rows.MadeIntoDate) -> str:
    return gettext(
        "Le tableur a fait une date de ce numéro (« %(value)s ») : mettez la colonne au format texte et écrivez "
        "%(meant)s.",
        value=said.value[:20],
        meant=gettext(" ou ").join(said.meant),
    )


@sentence.register
def _(said: import_rows.SpreadsheetError) -> str:
    return gettext(
        "« %(value)s » est une erreur du tableur : corrigez la formule, ou écrivez le texte.", value=said.value[:20]
    )


@sentence.register
def _(said: import_rows.LostLetters) -> str:
    return gettext("Une lettre s’est perdue dans « %(value)s » : écrivez ce mot de nouveau.", value=said.value[:40])


@sentence.register
def _(said: import_rows.UnreadAddress) -> str:
    return gettext(
        "« %(value)s » ne se lit pas : donnez une colonne à la rue, au numéro, au code postal et à la localité.",
        value=said.value[:80],
    )


@sentence.register
def _(said: import_batches.AlreadyImported) -> str:
    return gettext(
        "Ce fichier-là a déjà été importé, le %(when)s : rien n’a été importé de nouveau.", when=moment(said.at)
    )
