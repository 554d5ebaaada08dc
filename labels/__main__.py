"""`python -m labels`: addresses in a CSV file, a PDF out, without application or database.

Exit status: 0 printed, 1 the data is wrong, 2 the command is wrong.
"""

import argparse
import errno
import sys
from collections.abc import Sequence

from labels.calibration import print_ruler, print_window_ruler
from labels.calibration_readings import profile_from_ruler
from labels.cli.arguments import Command, parser
from labels.cli.commands import Outcome, Pile, RowsRefused, SlipWords, labels_from_file, slips_from_file
from labels.cli.documentation_pictures import make_contact_sheet
from labels.pdf.atomic_file import finished_file
from labels.printer_profiles import EXACT, PrinterProfile, load_profile, save_profile
from labels.refusals import BadProfile, BadWindow, LabelsRefused, NoRoomForBarcode, NoSuchPosition, UnknownSheet
from labels.sheets import DEFAULT, SHEETS, get_sheet
from labels.slips.letterhead import Letterhead
from labels.wording import french

_SHOWN = 200  # problems and lines listed at most
_SYSTEM_SAYS = {
    errno.ENOENT: "ce fichier ou ce dossier n’existe pas",
    errno.EACCES: "l’accès est refusé",
    errno.EISDIR: "c’est un dossier",
    errno.ENOSPC: "le disque est plein",
}
_WRONG_COMMAND = (UnknownSheet, NoSuchPosition, NoRoomForBarcode, BadWindow, BadProfile)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say; the exit status."""
    options = parser(_COMMANDS).parse_args(arguments)
    command: Command = options.command
    try:
        return command(options)
    except RowsRefused as refused:
        _list(refused.problems)
        return _complain("rien n’a été imprimé ; avec --skip-unprintable, les autres adresses le seraient", 1)
    except _WRONG_COMMAND as refused:
        return _complain(str(refused), 2)
    except LabelsRefused as refused:
        return _complain(str(refused), 1)
    except OSError as error:
        why = _SYSTEM_SAYS.get(error.errno or 0, error.strerror or str(error))
        return _complain(f"{error.filename} : {why}" if error.filename else why, 1)
    except KeyboardInterrupt:
        return _complain("interrompu, rien n’a été écrit", 130)


def _labels(options: argparse.Namespace) -> int:
    outcome = labels_from_file(
        _pile(options),
        get_sheet(options.sheet),
        start=options.start,
        sender=options.sender,
        has_barcode=options.barcode,
        has_numbers=not options.no_numbers,
    )
    return _tell(outcome, "étiquette", "étiquettes")


def _slips(options: argparse.Namespace) -> int:
    words = SlipWords(
        language=options.language,
        titles=dict(options.title),
        to_fold=frozenset(options.fold),
        letters_back_by=options.back_by,
        read_online_url=options.read_online,
        window=options.window,
        letterhead=Letterhead(options.sender, tuple(options.letters_to)),
        is_reversed=options.reverse,
    )
    return _tell(slips_from_file(_pile(options), words), "bordereau", "bordereaux")


def _sheets(_: argparse.Namespace) -> int:
    print("planche   par page   étiquette (mm)     page (mm)        pour")
    for sheet in SHEETS.values():
        size, page = f"{sheet.width:g} × {sheet.height:g}", f"{sheet.page[0]:g} × {sheet.page[1]:g}"
        default = " (par défaut)" if sheet is DEFAULT else ""
        print(f"{sheet.name:<9} {sheet.count:>8}   {size:<18} {page:<16} {sheet.maker}{default}")
    print("62x80            1   62 × 80            62 × 80          Brother, rouleau, coupé de 30 à 1000 mm")
    return 0


def _ruler(options: argparse.Namespace) -> int:
    profile = _profile(options)
    if options.sheet == "window":
        with finished_file(options.output) as out:
            print_window_ruler(options.window, profile=profile, out=out)
        return 0
    sheet = get_sheet(options.sheet)
    with finished_file(options.output) as out:
        print_ruler(sheet, profile=profile, out=out)
    return 0


def _make_profile(options: argparse.Namespace) -> int:
    save_profile(profile_from_ruler(get_sheet(options.sheet), options.near, options.far), options.output)
    return 0


def _contact_sheet(options: argparse.Namespace) -> int:
    make_contact_sheet(options.folder)
    return 0


def _pile(options: argparse.Namespace) -> Pile:
    return Pile(
        source=options.addresses,
        target=options.output,
        first=options.first,
        last=options.last,
        profile=_profile(options),
        skip_unprintable=options.skip_unprintable,
    )


def _profile(options: argparse.Namespace) -> PrinterProfile:
    return load_profile(options.profile) if options.profile else EXACT


def _tell(outcome: Outcome, one: str, many: str) -> int:
    """Say what was printed, what was done to make it fit, and which rows were left out as asked."""
    report = outcome.report
    for note in outcome.notes:
        _say(note)
    _say(f"{_count(report.labels, one, many)}, {_count(report.pages, 'page', 'pages')}")
    wrapped = _count(len(report.wrapped), "coupée en plusieurs lignes", "coupées en plusieurs lignes")
    for what, numbers in ((wrapped, report.wrapped), (f"{len(report.shrunk)} en plus petit", report.shrunk)):
        if numbers:
            rows = ", ".join(str(outcome.line(number)) for number in numbers[:20])
            more = f" et {_count(len(numbers) - 20, 'autre', 'autres')}" if len(numbers) > 20 else ""
            _say(f"{what} : {'lignes' if len(numbers) > 1 else 'ligne'} {rows}{more}")
    if outcome.problems:
        _list(outcome.problems)
        left_out = _count(len(outcome.problems), "adresse n’a pas été imprimée", "adresses n’ont pas été imprimées")
        _say(left_out)
    return 0


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {many if number > 1 else one}"


def _list(problems: list[tuple[int, str]]) -> None:
    for line, problem in problems[:_SHOWN]:
        _say(f"ligne {line} : {problem}")
    if len(problems) > _SHOWN:
        _say(f"… et {_count(len(problems) - _SHOWN, 'autre ligne', 'autres lignes')}")


def _complain(sentence: str, status: int) -> int:
    _say(sentence)
    return status


def _say(sentence: str) -> None:
    print(french(sentence), file=sys.stderr)


_COMMANDS: dict[str, Command] = {
    "labels": _labels,
    "slips": _slips,
    "sheets": _sheets,
    "ruler": _ruler,
    "profile": _make_profile,
    "contact-sheet": _contact_sheet,
}


if __name__ == "__main__":
    sys.exit(main())
