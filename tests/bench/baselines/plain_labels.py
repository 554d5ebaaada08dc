"""The baseline of `labels_bench`, the same pages in plain ReportLab: `drawString` a line, its own bar code widget,
platypus for slips.

This is what anybody would write first; `labels_bench` measures the library against it in the same run.
"""

from collections.abc import Sequence
from typing import BinaryIO

import fontpkg_fira_sans
from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from labels import AddressLabel, LabelSheet, Slip

for weight in ("Regular", "Bold"):
    registerFont(TTFont(f"Fira-{weight}", str(fontpkg_fira_sans.ROOT / "files" / f"FiraSans-{weight}.ttf")))

_NORMAL = ParagraphStyle("normal", fontName="Fira-Regular", fontSize=11, leading=13)
_BOLD = ParagraphStyle("bold", parent=_NORMAL, fontName="Fira-Bold")
_SMALL = ParagraphStyle("small", parent=_NORMAL, fontSize=8, leading=10)


def labels(pile: Sequence[AddressLabel], sheet: LabelSheet, out: BinaryIO) -> None:
    """A sheet after the other; nothing is measured, wrapped, shrunk or refused."""
    canvas = Canvas(out, pagesize=A4, pageCompression=1, initialFontName="Fira-Regular")  # type: ignore[arg-type]
    for n, label in enumerate(pile):
        if n and n % sheet.count == 0:
            canvas.showPage()
        box = sheet.safe_box(n % sheet.count + 1)
        x, y = box.x * mm, A4[1] - box.y * mm - 11
        canvas.setFont("Fira-Bold", 11)
        canvas.drawString(x, y, label.lines[0])
        canvas.setFont("Fira-Regular", 11)
        for row, line in enumerate(label.lines[1:], 1):
            canvas.drawString(x, y - 13 * row, line)
        canvas.setFont("Fira-Regular", 7)
        corner = (
            f"{label.reference[:4]}-{label.reference[4:]}  {label.sequence}" if label.barcode else str(label.sequence)
        )
        canvas.drawRightString(box.right * mm, A4[1] - box.bottom * mm + 2, corner)
        if label.barcode:
            bars = Code128(label.reference, barWidth=0.25 * mm, barHeight=7 * mm, quiet=0)
            bars.drawOn(canvas, x, A4[1] - box.bottom * mm)
    canvas.save()


def slips(pile: Sequence[Slip], out: BinaryIO) -> None:
    """A page each: address, reference with bars, a table, a box, thanks; no QR code and no folding steps."""
    story: list[Flowable] = []
    for slip in pile:
        story += [
            Paragraph("Les lettres du soir de Belgique francophone · Chaussée de Liège 169 · 1050 Ixelles", _SMALL),
            Paragraph(str(slip.sequence), _BOLD),
            *(Paragraph(line, _NORMAL) for line in slip.lines),
            Paragraph(f"{slip.reference[:4]}-{slip.reference[4:]}", _BOLD),
            Code128(slip.reference, barWidth=0.25 * mm, barHeight=10 * mm),
            Paragraph("Dans cet envoi", _BOLD),
            Table([[line.copies, line.title, line.code] for line in slip.inside]),
            Spacer(1, 40),
            Paragraph("Renvoyez vos lettres avant le 31 janvier 2027", _BOLD),
            *(Paragraph(line, _NORMAL) for line in ("Les lettres du soir", "Chaussée de Liège 169", "1050 IXELLES")),
            Paragraph("Merci d’écrire avec nous : chaque lettre compte.", _BOLD),
            PageBreak(),
        ]
    SimpleDocTemplate(out, pagesize=A4, pageCompression=1, initialFontName="Fira-Regular").build(story)
