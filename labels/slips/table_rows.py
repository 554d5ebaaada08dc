"""The table of a slip as rows: what is inside, what follows, and a message."""

from collections.abc import Iterator

from labels.pdf.fonts import REGULAR
from labels.pdf.printable_text import clean
from labels.pdf.text_fitting import wrap
from labels.print_job import check_letters
from labels.refusals import ItemRefused, TooLong
from labels.sheets import PT
from labels.slips.layout import Kind, Row
from labels.slips.slip import DropOff, Slip, SlipLine
from labels.wording import spelled_date, words

LEFT, RIGHT = 20.0, 190.0  # mm: the text of a slip lies between them
TITLES = LEFT + 22  # mm: where titles begin
TITLE_LINE = 5.0  # mm from one line of a title to the next
TITLE_SIZE, CODE_SIZE, MESSAGE_SIZE, DROP_OFF_SIZE = 11.5, 9.0, 10.5, 9.5  # pt
DROP_OFF_LINE = 4.6  # mm from one line to the next
_CODES = 28.0  # mm that codes take at the right
_NOW, _LATER = 16.0, 11.5  # pt: figures large enough to count by


def table_rows(slip: Slip) -> list[Row]:
    """All rows of a slip. Raises `ItemRefused` for a title or a message that cannot be set."""
    say = words(slip.language).gettext
    rows: list[Row] = []
    if slip.inside:
        rows.append(Row(Kind.HEADING, 9, (say("À retirer") if slip.is_pickup else say("Dans cet envoi"),)))
        rows += [_publication(line, line.title, _NOW) for line in slip.inside]
    if slip.follows:
        rows.append(Row(Kind.HEADING, 14, (say("Suivra plus tard"),)))
        rows += [_publication(line, _title_with_day(line, slip.language), _LATER) for line in slip.follows]
    said = "\n".join(filter(None, (*_sentences(slip), slip.message)))
    return rows + _message(said) if said else rows


def drop_off_rows(places: tuple[DropOff, ...], language: str) -> tuple[Row, ...]:
    """A row for each line about where letters can be left. Raises `ItemRefused`."""
    say = words(language).gettext
    rows: list[Row] = []
    for each in places:
        until = spelled_date(each.until, language)
        line = clean(say("{place}, jusqu’au {date}").format(place=each.place, date=until))
        check_letters((line,))
        rows += [Row(Kind.MESSAGE, DROP_OFF_LINE, (part,)) for part in _wrapped(line, RIGHT - LEFT - 5, DROP_OFF_SIZE)]
    return tuple(rows)


def _sentences(slip: Slip) -> Iterator[str]:
    """What an orderer has to know of what follows, and one who gets no mails."""
    say = words(slip.language).gettext
    if slip.follows and slip.is_pickup:
        yield say("Nous vous prévenons dès que la suite est là.")
    elif slip.follows:
        yield say("La suite part d’elle-même dès que nous l’avons : vous n’avez rien à faire.")
    if slip.without_email:
        yield from _said_in_no_mail(slip)


def _said_in_no_mail(slip: Slip) -> Iterator[str]:
    """What mails tell the others: that the order is confirmed, and what postage is due."""
    say = words(slip.language).gettext
    yield say("Nous n’avons pas votre adresse e-mail : gardez ce bordereau, il confirme votre commande.")
    if not slip.postage_due:
        return
    if slip.postage_cents is None:
        yield say("Le port du colis vous est facturé, selon le tarif bpost.")
        return
    price = f"{slip.postage_cents / 100:.2f}"
    shown = f"€{price}" if slip.language == "en" else f"{price.replace('.', ',')}\u00a0€"
    yield say("Le port du colis vous est facturé : {price} au plus.").format(price=shown)


def _title_with_day(line: SlipLine, language: str) -> str:
    if line.expected is None:
        return line.title
    day = spelled_date(line.expected, language)
    return words(language).gettext("{title}, attendu vers le {date}").format(title=line.title, date=day)


def _publication(line: SlipLine, title: str, figures: float) -> Row:
    """A row but for the number of copies, whose type size is `figures`."""
    code, title = clean(line.code), clean(title)
    check_letters((code, title))
    if REGULAR.width(code) * CODE_SIZE > _CODES * PT:
        raise ItemRefused(TooLong, code, f"un code a {_CODES:g} mm")
    titles = _wrapped(title, RIGHT - _CODES - TITLES, TITLE_SIZE)
    return Row(Kind.PUBLICATION, 9.5 + TITLE_LINE * (len(titles) - 1), titles, code, figures)


def _message(text: str) -> list[Row]:
    """A row for every line, so that a page may end after any of them; the first keeps its distance."""
    rows = [Row(Kind.MESSAGE, 8, ("",))]
    for line in filter(None, map(clean, text.splitlines())):
        check_letters((line,))
        rows += [Row(Kind.MESSAGE, 5, (part,)) for part in _wrapped(line, RIGHT - LEFT, MESSAGE_SIZE)]
    return rows


def _wrapped(text: str, width: float, size: float) -> tuple[str, ...]:
    """The lines of `text` in `width` mm. Raises `ItemRefused` when a word is wider."""
    lines = wrap(text, width * PT / size, REGULAR)
    if lines is None:
        raise ItemRefused(TooLong, text, f"un mot est trop long pour {width:g} mm")
    return tuple(lines)
