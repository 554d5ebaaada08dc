"""The letterhead of a slip: its sender, where letters go back to; and the window of the envelope."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from labels.pdf.fonts import BOLD, REGULAR
from labels.pdf.printable_text import missing_glyphs
from labels.refusals import BadLetterhead, BadWindow
from labels.sheets import PT, Box


@dataclass(frozen=True, slots=True)
class Letterhead:
    """`sender`: one small line on top of a slip; `letters_to`: the address that letters go back to.

    `closing` is the last line of a slip, by language; where it has none, the library's own thanks stand there.
    `campaign`, by language, is what the copies are for, `contact` whom to ask. Without `letters_to` the slip does not
    say where letters go back to. Raises `BadLetterhead` for what cannot be set: 170 mm of 8 pt, four lines of 115 mm
    in 11 pt, and 170 mm of 11 pt for the closing line.
    """

    sender: str = ""
    letters_to: tuple[str, ...] = ()
    closing: Mapping[str, str] = field(default_factory=dict)
    campaign: Mapping[str, str] = field(default_factory=dict)
    contact: str = ""

    def __post_init__(self) -> None:
        for line in (self.sender, *self.letters_to, *self.closing.values(), *self.campaign.values(), self.contact):
            if missing := missing_glyphs(line):
                raise BadLetterhead(f"{missing[0][1]} ne s’imprime pas")
        if REGULAR.width(self.sender) * 8 > 170 * PT:
            raise BadLetterhead("l’expéditeur est trop long")
        if len(self.letters_to) > 4 or any(REGULAR.width(line) * 11 > 115 * PT for line in self.letters_to):
            raise BadLetterhead("l’adresse de retour est trop longue")
        if any(BOLD.width(line) * 11 > 170 * PT for line in self.closing.values()):
            raise BadLetterhead("la dernière ligne est trop longue")


LETTERHEAD = Letterhead()
"""Of nobody: whoever prints slips says who sends them."""

WINDOW = Box(20.0, 45.0, 85.0, 40.0)
"""Where the window shows the address, in mm on the A4 page. No Belgian norm could be verified: check it with
`print_window_ruler` and your own envelopes."""


def check_window(window: Box) -> None:
    """Raise `BadWindow` unless address and reference fit beside each other below the sender."""
    if window.width < 50 or window.height < 25:
        raise BadWindow("elle mesure moins de 50 × 25 mm")
    if window.y < 40 or window.bottom > 130:
        raise BadWindow("elle doit se trouver entre 40 et 130 mm du haut")
    if window.x < 5 or window.right > 205:
        raise BadWindow("elle doit se trouver entre 5 et 205 mm de la gauche")
    if window.right > 120 and window.x < 75:
        raise BadWindow("elle ne laisse pas 50 mm à la référence, à côté d’elle")
