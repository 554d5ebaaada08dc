"""The arguments of the command line, with help for volunteers."""

import argparse
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from labels.cli.address_file import COLUMNS
from labels.sheets import DEFAULT, Box
from labels.slips.letterhead import WINDOW
from labels.wording import LANGUAGES

_EPILOG = f"""Le fichier d’adresses est un CSV ou un XLSX, tel qu’un tableur l’enregistre. Une ligne nomme les
colonnes, dans n’importe quel ordre :
  {", ".join(COLUMNS[:7])},
  {", ".join(COLUMNS[7:])}
Pour les bordereaux, une colonne de plus par publication (MAN26, LIV26…) : le nombre d’exemplaires.

Exemples :
  python -m labels sheets                                   quelles planches existent
  python -m labels labels adresses.csv -o etiquettes.pdf    des étiquettes L7163
  python -m labels labels adresses.csv -o suite.pdf --from 27 --start 5
                                         reprendre à la 27e adresse, sur la 5e étiquette d’une planche entamée
  python -m labels slips adresses.csv -o bordereaux.pdf     un bordereau A4 par adresse

À l’impression, choisissez « taille réelle » ou « 100 % », jamais « ajuster à la page »."""

Command = Callable[[argparse.Namespace], int]


def parser(commands: dict[str, Command]) -> argparse.ArgumentParser:
    """The parser; `command` of what it returns is the one of `commands` that was asked for."""
    whole = argparse.ArgumentParser(
        prog="python -m labels",
        description="Imprime étiquettes et bordereaux : un tableau d’adresses (CSV ou XLSX) entre, un PDF sort.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,
    )
    _add_help(whole)
    kinds = whole.add_subparsers(title="commandes", metavar="COMMANDE", required=True)

    def add(name: str, explained: str) -> argparse.ArgumentParser:
        description = explained[0].upper() + explained[1:] + "."
        added = kinds.add_parser(name, help=explained, description=description, add_help=False)
        _add_help(added)
        added.set_defaults(command=commands[name])
        return added

    labels = add("labels", "des étiquettes d’adresses sur une planche ou un rouleau")
    _add_pile(labels)
    _add_label_options(labels)
    slips = add("slips", "des bordereaux A4 à glisser dans les plis")
    _add_pile(slips)
    _add_slip_options(slips)
    add("sheets", "la liste des planches et de leurs tailles")
    ruler = add("ruler", "une page pour régler l’imprimante sur une planche")
    _add_sheet(ruler, more=" ; « window » : la fenêtre de l’enveloppe")
    ruler.add_argument("--window", type=_window, default=WINDOW, metavar="X,Y,L,H", help="la fenêtre, en mm")
    _add_profile(ruler)
    _add_output(ruler, "le PDF à écrire")
    _add_profile_options(add("profile", "noter ce qui a été lu sur la page de réglage"))
    contact = add("contact-sheet", "une image de chaque planche et d’un bordereau, pour la documentation")
    contact.add_argument("folder", type=Path, metavar="DOSSIER")
    return whole


def _add_help(command: argparse.ArgumentParser) -> None:
    command.add_argument("-h", "--help", action="help", help="montrer cette aide")


def _add_pile(command: argparse.ArgumentParser) -> None:
    command.add_argument("addresses", type=Path, metavar="ADRESSES.csv", help="le fichier d’adresses")
    _add_output(command, "le PDF à écrire")
    command.add_argument(
        "--from", dest="first", type=_count, default=1, metavar="N", help="commencer à la Ne adresse du fichier"
    )
    command.add_argument("--to", dest="last", type=_count, metavar="N", help="s’arrêter après la Ne adresse")
    command.add_argument(
        "--skip-unprintable",
        action="store_true",
        help="imprimer les autres quand une adresse ne peut pas l’être (sinon : rien du tout)",
    )
    _add_profile(command)


def _add_label_options(command: argparse.ArgumentParser) -> None:
    _add_sheet(command)
    command.add_argument(
        "--start", type=int, default=1, metavar="N", help="première étiquette libre de la première planche"
    )
    command.add_argument("--sender", default="", metavar="TEXTE", help="une petite ligne d’expéditeur, en haut")
    command.add_argument("--barcode", action="store_true", help="la référence en code-barres (L7163 et plus)")
    command.add_argument("--no-numbers", action="store_true", help="sans numéro dans le coin")


def _add_slip_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--reverse", action="store_true", help="dernier bordereau d’abord")
    command.add_argument(
        "--language", choices=LANGUAGES, default="fr", help="langue, si aucune colonne « language » ne la donne"
    )
    command.add_argument(
        "--title", type=_title, action="append", default=[], metavar="CODE=TITRE", help="titre d’une publication"
    )
    command.add_argument(
        "--fold", action="append", default=[], metavar="CODE", help="publication à plier : le bordereau montre comment"
    )
    command.add_argument("--back-by", type=_day, metavar="JJ/MM/AAAA", help="jour avant lequel renvoyer les lettres")
    command.add_argument("--read-online", default="", metavar="LIEN", help="lien du manuel en ligne (code QR)")
    command.add_argument("--window", type=_window, default=WINDOW, metavar="X,Y,L,H", help="fenêtre de l’enveloppe, mm")
    command.add_argument("--sender", default="", metavar="TEXTE", help="qui envoie, en petit au-dessus")
    command.add_argument(
        "--letters-to",
        action="append",
        default=[],
        metavar="LIGNE",
        help="une ligne de l’adresse de retour des lettres",
    )


def _add_profile_options(command: argparse.ArgumentParser) -> None:
    _add_sheet(command)
    command.add_argument("--near", type=_point, required=True, metavar="X,Y", help="ce qu’on lit à la croix 1, en mm")
    command.add_argument("--far", type=_point, metavar="X,Y", help="ce qu’on lit à la croix 2, si c’est différent")
    _add_output(command, "le fichier de réglage (JSON) à écrire")


def _add_output(command: argparse.ArgumentParser, explained: str) -> None:
    command.add_argument("-o", "--output", type=Path, required=True, metavar="FICHIER", help=explained)


def _add_sheet(command: argparse.ArgumentParser, more: str = "") -> None:
    command.add_argument(
        "--sheet", default=DEFAULT.name, metavar="PLANCHE", help=f"planche ({DEFAULT.name} par défaut){more}"
    )


def _add_profile(command: argparse.ArgumentParser) -> None:
    command.add_argument("--profile", type=Path, metavar="FICHIER", help="réglage de l’imprimante (JSON)")


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("les adresses se comptent à partir de 1")
    return number


def _day(text: str) -> date:
    for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"):
        with suppress(ValueError):
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007  # a day has no zone
    raise argparse.ArgumentTypeError(f"« {text} » n’est pas un jour comme 31/01/2027")


def _title(text: str) -> tuple[str, str]:
    code, equals, title = text.partition("=")
    if not (code and equals and title):
        raise argparse.ArgumentTypeError("écrivez par exemple MAN26=Manuel 2026")
    return code, title


def _numbers(text: str, count: int) -> list[float]:
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) != count:
        raise argparse.ArgumentTypeError(f"il faut {count} nombres séparés par des virgules, en mm")
    return numbers


def _point(text: str) -> tuple[float, float]:
    x, y = _numbers(text, 2)
    return x, y


def _window(text: str) -> Box:
    return Box(*_numbers(text, 4))
