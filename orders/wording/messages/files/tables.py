"""What is wrong with a file or with cells of it, and what was done to read one."""

from collections.abc import Callable

from flask_babel import gettext, ngettext

from orders.spreadsheets import (
    ENCODING_NAMES,
    ColumnsNotRead,
    Fault,
    OtherSheet,
    PassedOver,
    ReadAs,
    Trouble,
    Uncalculated,
    UnreadableFile,
)
from orders.wording.formatting import number
from orders.wording.messages.registry import sentence

MOST_NAMED = 30  # headings of a file


@sentence.register
def _(said: UnreadableFile) -> str:
    trouble = said.trouble
    return _SENTENCES.get(trouble.fault, _no_table)(trouble)


def _no_table(_: Trouble) -> str:
    return gettext("Ce fichier n’est pas un tableau lisible : enregistrez-le de nouveau, en CSV (UTF-8) ou en XLSX.")


def _not_opened(said: Trouble) -> str:
    return gettext("Ce fichier n’existe pas, ou ne peut pas être ouvert (%(why)s).", why=said.word)


def _other_kind(_: Trouble) -> str:
    return gettext("Ce fichier n’est ni un CSV ni un XLSX : enregistrez-le d’abord comme l’un d’eux.")


def _empty(_: Trouble) -> str:
    return gettext("Ce fichier est vide : sa première ligne doit nommer les colonnes.")


def _too_large(_: Trouble) -> str:
    return gettext("Ce fichier est trop grand : coupez-le en plusieurs.")


def _too_many_rows(said: Trouble) -> str:
    return gettext("Ce fichier a plus de %(most)s lignes : coupez-le en plusieurs.", most=number(said.most))


def _too_many_columns(_: Trouble) -> str:
    return gettext("Ce fichier a trop de colonnes : enlevez celles qui sont vides ou de trop.")


def _too_many_cells(_: Trouble) -> str:
    return gettext(
        "Ce fichier a trop de cellules ou de mises en forme : coupez-le en plusieurs, ou enregistrez-le en CSV."
    )


def _quote(said: Trouble) -> str:
    return gettext(
        "Ligne %(line)s : un guillemet n’est pas à sa place, ou n’est pas fermé. Corrigez cette ligne.", line=said.line
    )


def _encoding(said: Trouble) -> str:
    if said.meant:
        return gettext(
            "Ligne %(line)s : les lettres de « %(word)s » sont abîmées (sans doute « %(meant)s »). "
            "Rouvrez le fichier là où il a été fait et enregistrez-le de nouveau, en « CSV UTF-8 » ou en XLSX.",
            line=said.line,
            word=said.word,
            meant=said.meant,
        )
    return gettext(
        "Ligne %(line)s : les lettres de « %(word)s » sont abîmées. "
        "Rouvrez le fichier là où il a été fait et enregistrez-le de nouveau, en « CSV UTF-8 » ou en XLSX.",
        line=said.line,
        word=said.word,
    )


def _twice(said: Trouble) -> str:
    text = gettext("Des colonnes s’y trouvent deux fois : %(columns)s.", columns=", ".join(said.columns))
    if {*said.found} <= {*said.columns}:
        return text
    which = gettext("Ce sont : %(found)s.", found=_found(said))
    return f"{text} {which}"


def _missing(said: Trouble) -> str:
    text = gettext(
        "Il y manque des colonnes : %(columns)s. Celles du fichier sont : %(found)s.",
        columns=", ".join(said.columns),
        found=_found(said),
    )
    if not said.called:
        return text
    called = ", ".join(f"« {heading} »" for heading in said.called)
    example = gettext("On peut les appeler, par exemple : %(called)s.", called=called)
    return f"{text} {example}"


def _no_copies(said: Trouble) -> str:
    return gettext(
        "Aucune colonne ne dit combien d’exemplaires : il en faut au moins une parmi %(columns)s. "
        "Celles du fichier sont : %(found)s.",
        columns=", ".join(said.columns),
        found=_found(said),
    )


def _meaningless(said: Trouble) -> str:
    return gettext(
        "Pli ne connaît pas ces colonnes : %(columns)s. Corrigez leur nom, ou enlevez-les.",
        columns=", ".join(column[:40] for column in said.columns[:MOST_NAMED]),
    )


def _found(said: Trouble) -> str:
    named = ", ".join(f"« {name[:40]} »" for name in said.found[:MOST_NAMED] if name)
    return named or gettext("aucune")


_SENTENCES: dict[Fault, Callable[[Trouble], str]] = {
    Fault.NOT_OPENED: _not_opened,
    Fault.OTHER_KIND: _other_kind,
    Fault.EMPTY: _empty,
    Fault.TOO_LARGE: _too_large,
    Fault.TOO_MANY_ROWS: _too_many_rows,
    Fault.TOO_MANY_COLUMNS: _too_many_columns,
    Fault.TOO_MANY_CELLS: _too_many_cells,
    Fault.QUOTE: _quote,
    Fault.ENCODING: _encoding,
    Fault.TWICE: _twice,
    Fault.MISSING: _missing,
    Fault.NO_COPIES: _no_copies,
    Fault.MEANINGLESS: _meaningless,
}


@sentence.register
def _(said: ColumnsNotRead) -> str:
    named = ", ".join(f"« {heading[:40]} »" for heading in said.headings[:MOST_NAMED])
    return ngettext(
        "Une colonne ne dit rien à Pli et n’est pas lue : %(named)s.",
        "%(num)s colonnes ne disent rien à Pli et ne sont pas lues : %(named)s.",
        len(said.headings),
        named=named,
    )


@sentence.register
def _(said: PassedOver) -> str:
    return gettext(
        "Ligne %(line)s : « %(text)s » est au-dessus des titres de colonnes et n’a pas été lu.",
        line=said.line,
        text=said.text,
    )


@sentence.register
def _(said: OtherSheet) -> str:
    return gettext("La feuille « %(name)s » contient un autre tableau, qui n’a pas été lu.", name=said.name)


@sentence.register
def _(said: Uncalculated) -> str:
    return ngettext(
        "La cellule %(cell)s est une formule sans résultat, lue comme vide. Ouvrez le fichier dans un tableur et "
        "enregistrez-le.",
        "%(num)s cellules (la première est %(cell)s) sont des formules sans résultat, lues comme vides. Ouvrez le "
        "fichier dans un tableur et enregistrez-le.",
        said.cells,
        cell=said.cell,
    )


@sentence.register
def _(said: ReadAs) -> str:
    if said.encoding:
        return gettext(
            "Le fichier a été lu comme %(encoding)s : vérifiez par exemple « %(word)s ».",
            encoding=ENCODING_NAMES[said.encoding],
            word=said.meant,
        )
    return ngettext(
        "Des lettres étaient encodées deux fois : lu « %(meant)s » pour « %(word)s » (%(num)s cellule).",
        "Des lettres étaient encodées deux fois : lu « %(meant)s » pour « %(word)s » (%(num)s cellules).",
        said.cells,
        meant=said.meant,
        word=said.word,
    )
