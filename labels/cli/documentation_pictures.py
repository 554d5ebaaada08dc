"""Pictures for the documentation: a sheet of every stock on one contact sheet, a slip, a pull list.

Needs `pdftoppm` (poppler-utils) and Pillow, which ReportLab brings along.
"""

import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageDraw

from labels.address_labels import AddressLabel, print_addresses
from labels.pull_lists import PullEntry, PullLine, PullList, print_pull_list
from labels.refusals import LabelsRefused
from labels.sheets import SHEETS, LabelSheet, roll
from labels.slips.printing import print_slips
from labels.slips.slip import Slip, SlipLine

_DPI = 60  # of the contact sheet
_PAGE_DPI = 90
_GAP = 16  # pixels
_COLUMNS = 5

_PEOPLE = (
    ("Mme Marie Dupont", "Rue de la Senne 32 bte 20", "5590 CINEY"),
    ("Şebnem Özgür", "École communale de Redu", "Rue de Transinne 7C", "6890 REDU"),
    ("M. Łukasz Nguyễn", "Groupe local 74", "Bâtiment C, 2e étage", "Place de l’Église 43-45", "4300 WAREMME"),
    ("Zoé Lefèvre", "Grand-Place 1", "1000 BRUXELLES"),
    (
        "Association des parents de l’athénée royal",
        "Centre culturel de Neder-Over-Heembeek",
        "Avenue du Roi-Chevalier 120 bte 3",
        "1120 NEDER-OVER-HEEMBEEK",
    ),
    ("Мария Петрова", "Chaussée de Charleroi 112", "1060 SAINT-GILLES"),
    ("Ελένη Αγγέλου", "Marktplatz 4", "4780 SANKT VITH"),
)
_MANUAL, _BOOKLET = "Manuel de la campagne", "Livret d’activités pour les 6-10 ans"


def make_contact_sheet(folder: Path) -> None:
    """Write `contact-sheet.png`, `slip.png` and `pull-list.png` into `folder`. Raises `LabelsRefused`, `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    stocks = [*SHEETS.values(), roll(60)]
    pictures = [(sheet.name, _outlined(sheet, _rendered(partial(_sheet, sheet), _DPI))) for sheet in stocks]
    _arranged(pictures).save(folder / "contact-sheet.png", optimize=True)
    _rendered(_slip, _PAGE_DPI).save(folder / "slip.png", optimize=True)
    _rendered(_pull_list, _PAGE_DPI).save(folder / "pull-list.png", optimize=True)


def _sheet(sheet: LabelSheet, out: BinaryIO) -> None:
    people = (_PEOPLE[n % len(_PEOPLE)] for n in range(sheet.count))
    labels = [AddressLabel(lines, sequence=n) for n, lines in enumerate(people, 1)]
    print_addresses(labels, sheet, out=out)


def _outlined(sheet: LabelSheet, picture: Image.Image) -> Image.Image:
    """The picture of a sheet with the edges of its labels, which are cut and not printed."""
    pen = ImageDraw.Draw(picture)
    for n in range(1, sheet.count + 1):
        box = sheet.position(n)
        corners = [round(mm / 25.4 * _DPI) for mm in (box.x, box.y, box.right, box.bottom)]
        pen.rounded_rectangle([*corners[:2], corners[2] - 1, corners[3] - 1], radius=4, outline=190)
    return picture


def _slip(out: BinaryIO) -> None:
    slip = Slip(
        _PEOPLE[1],
        "KLNBRTVX",
        12,
        "1/2",
        "fr",
        (SlipLine("MAN26", _MANUAL, 24), SlipLine("LIV26", _BOOKLET, 24)),
        (SlipLine("LIV26", _BOOKLET, 6),),
        order_url="https://commandes.example.org/o/eyJvIjo0Mn0.Zx1Qaw.k2b3",
        read_online_url="https://example.org/manuel",
        letters_back_by=date(2027, 1, 31),
        has_folding_booklet=True,
    )
    print_slips([slip], out=out)


def _pull_list(out: BinaryIO) -> None:
    entries = tuple(
        PullEntry(n, people[0], people[-1].title(), (("MAN26", n % 9 + 1), ("LIV26", n % 5 * 6 + 6)))
        for n, people in enumerate(_PEOPLE * 4, 1)
    )
    lines = (PullLine("MAN26", _MANUAL, 138, 5, 13, 25), PullLine("LIV26", _BOOKLET, 336, 6, 36, 50))
    print_pull_list(PullList("Envoi du 20 novembre 2026", lines, entries), out=out)


def _rendered(draw: Callable[[BinaryIO], None], dpi: int) -> Image.Image:
    """The first page of what `draw` prints."""
    program = shutil.which("pdftoppm")
    if program is None:
        raise LabelsRefused("il manque le programme pdftoppm (poppler-utils)")
    pdf = BytesIO()
    draw(pdf)
    command = [program, "-r", str(dpi), "-png", "-singlefile", "-"]
    done = subprocess.run(command, input=pdf.getvalue(), capture_output=True, check=True)  # noqa: S603  no outside word in it
    return Image.open(BytesIO(done.stdout)).convert("L")


def _arranged(pictures: list[tuple[str, Image.Image]]) -> Image.Image:
    """The pages in rows on grey, their names above them."""
    cell_width = max(picture.width for _, picture in pictures) + _GAP
    rows = [pictures[start : start + _COLUMNS] for start in range(0, len(pictures), _COLUMNS)]
    heights = [max(picture.height for _, picture in row) + 2 * _GAP for row in rows]
    whole = Image.new("L", (cell_width * _COLUMNS + _GAP, sum(heights) + _GAP), 205)
    pen = ImageDraw.Draw(whole)
    for number, row in enumerate(rows):
        top = sum(heights[:number])
        for column, (name, picture) in enumerate(row):
            left = _GAP + column * cell_width
            pen.text((left, top + 3), name, fill=0)
            whole.paste(picture, (left, top + _GAP + 2))
    return whole
