"""French sentences about address files: what is wrong with one, and what was done to read it."""

from labels.tables import ENCODING_NAMES, Fault, Note, OtherSheet, PassedOver, ReadAs, Trouble, Uncalculated

_MOST_NAMED = 30
_SAVE_AGAIN = "ouvrez-le là où il a été fait et enregistrez-le de nouveau, en « CSV UTF-8 » ou en XLSX"


def trouble_sentence(trouble: Trouble) -> str:
    """One sentence: what, on which line, and what to do."""
    if trouble.fault is Fault.MISSING:
        return _missing(trouble)
    if trouble.fault is Fault.ENCODING:
        meant = f" (sans doute « {trouble.meant} »)" if trouble.meant else ""
        return f"ligne {trouble.line} : les lettres de « {trouble.word} »{meant} sont abîmées ; {_SAVE_AGAIN}"
    return {
        Fault.QUOTE: f"ligne {trouble.line} : un guillemet n’est pas à sa place, ou n’est pas fermé",
        Fault.TWICE: f"la colonne « {', '.join(trouble.columns)[:100]} » apparaît deux fois",
        Fault.EMPTY: "le fichier est vide",
        Fault.OTHER_KIND: "ce n’est ni un CSV ni un XLSX ; enregistrez-le comme l’un d’eux",
        Fault.TOO_LARGE: f"le fichier est trop grand (plus de {trouble.most} Mo) ; coupez-le en plusieurs",
        Fault.TOO_MANY_ROWS: f"le fichier a plus de {trouble.most} lignes ; coupez-le en plusieurs",
        Fault.TOO_MANY_COLUMNS: "le fichier a trop de colonnes ; enlevez celles qui sont vides ou de trop",
        Fault.TOO_MANY_CELLS: "le fichier a trop de cellules ou de mises en forme ; coupez-le en plusieurs",
    }.get(trouble.fault, f"ce n’est pas un tableau lisible ; {_SAVE_AGAIN}")


def _missing(trouble: Trouble) -> str:
    found = ", ".join(trouble.found[:_MOST_NAMED])
    return (
        f"la première ligne doit nommer les colonnes ; il manque {', '.join(trouble.columns)} "
        f"(trouvé : « {found[:300]} »)"
    )


def note_sentence(note: Note) -> str:
    match note:
        case PassedOver(line, text):
            return f"ligne {line} : « {text} » est au-dessus des titres de colonnes et n’a pas été lu"
        case OtherSheet(name):
            return f"la feuille « {name} » contient un autre tableau, qui n’a pas été lu"
        case ReadAs(word, meant, _, encoding) if encoding:
            return f"fichier lu comme {ENCODING_NAMES[encoding]} : vérifiez par exemple « {meant} »"
        case Uncalculated(cell, cells):
            return f"{cells} formule{'s' * (cells > 1)} sans résultat, lue{'s' * (cells > 1)} comme vide ({cell})"
        case ReadAs(word, meant, cells):
            return f"lettres encodées deux fois : lu « {meant} » pour « {word} » ({cells} cellule{'s' * (cells > 1)})"
