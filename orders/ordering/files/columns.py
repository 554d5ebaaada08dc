"""The columns of a file of orders: required ones, optional ones, and what people call them in four languages."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from orders.catalogue.models import Kind, Publication
from orders.ordering.files.row_reading import ADDRESS
from orders.spreadsheets import Fault, Trouble, UnreadableFile, column_called, folded, headings_of

REQUIRED = ("audience", "name", "street", "number", "postcode", "town")
OPTIONAL = (
    "organisation",
    "department",
    "building",
    "box",
    "country",
    "email",
    "phone",
    "delivery",
    "language",
    "needed_by",
    "message",
    "when_short",
    "placed_at",
    "already_sent",
    "reference",
)
EXPORTED_ONLY = ("status", "reserved", "waiting", "sent")
FIRST_NAME = "first_name"

IN_ADDRESS = ("street", "number", "postcode", "town")  # in place of them, one column may hold the whole address
_CALLED: Mapping[str, str] = {
    "audience": "audience, public cible, catégorie, type de public, type d’organisation, doelpubliek, soort, "
    "publikum, kategorie, category",
    "organisation": "nom de l’organisation, organisme, naam van de school, name der schule, school name, "
    "school or organisation",
    "needed_by": "pour le, nécessaire le, date souhaitée, date, à recevoir avant, jour souhaité, nodig op, "
    "nodig tegen, gewenste datum, datum, benötigt am, gewünschtes datum, needed by, needed on, date needed",
    "when_short": "s’il en manque, si manque, en cas de manque, bij tekort, als er te weinig zijn, "
    "wenn zu wenig da ist, if short, when short",
    "placed_at": "commandé le, date de commande, date de la commande, besteld op, besteldatum, bestellt am, "
    "bestelldatum, ordered on, order date",
    "already_sent": "déjà envoyé, déjà parti, al verzonden, reeds verzonden, schon verschickt, already sent",
    "delivery": "mode de livraison, leveringswijze, lieferart, delivery method",
    "message": "message, bericht, nachricht",
}
_KINDS: Mapping[Kind, str] = {
    Kind.MANUAL: "manuel, manuels, handleiding, handleidingen, handbuch, handbücher, manual, manuals, guide, guides",
    Kind.BOOKLET: "livret, livrets, livrets d’activités, carnet, carnets, boekje, boekjes, activiteitenboekje, "
    "activiteitenboekjes, heft, hefte, aktivitätenhefte, booklet, booklets, activity booklets, cahier, cahiers",
}
_NUMBER_OF = re.compile(
    r"nombre d(e |.)|nb\.? (d(e |.))?|quantité( d(e |.))?|qté|aantal|anzahl|number of", re.IGNORECASE
)
_NAMES = {folded(name): name for name in (*REQUIRED, *OPTIONAL, *EXPORTED_ONLY)} | {
    folded(heading): name for name, headings in _CALLED.items() for heading in headings.split(", ")
}
MOST_CALLED = 4  # headings that are named where a column is missing


class Columns:
    """The columns that mean something: those of every file, and one for each publication by its code.

    `orderable` is what can be ordered now, by code, which may stand there by its title or what kind of thing it is; all
    the others that ever were may stand there by their codes, with no copies.
    """

    def __init__(self, orderable: Mapping[str, Publication], codes: Collection[str], edition_id: int) -> None:
        self.orderable = tuple(orderable)
        self.codes = codes
        self.edition_id = edition_id
        self._codes = {**_by_words(orderable), **{folded(code): code for code in codes}}

    @property
    def fields(self) -> tuple[str, ...]:
        """All that a column may be chosen for, what every order needs first."""
        return (*REQUIRED, *self.orderable, ADDRESS, FIRST_NAME, *OPTIONAL)

    def read_heading(self, heading: str) -> str:
        """The column that a heading names; nothing for one that names none."""
        called = column_called(heading)
        return (
            self._codes.get(folded(heading))
            or _NAMES.get(folded(heading))
            or (called if called in self.fields else "")
            or self._codes.get(folded(_NUMBER_OF.sub("", heading)), "")
        )

    def unread(self, header: Sequence[str]) -> tuple[str, ...]:
        """Those of the header that mean nothing here. Refuses with `UnreadableFile` what may be a code, and copies."""
        known = {*_NAMES.values(), *self._codes.values(), ADDRESS, FIRST_NAME, ""}
        unread = tuple(name for name in header if name not in known)
        stems = {_without_year(code) for code in self.codes}
        if codes := tuple(name for name in unread if _without_year(name) in stems):
            raise UnreadableFile(Trouble(Fault.MEANINGLESS, columns=codes))
        return unread

    def check(self, given: Collection[str], written: Sequence[str]) -> None:
        """Raises `UnreadableFile` when a required column is missing, with headings that would name it."""
        found = tuple(name for name in written if name)
        if missing := self.missing(given):
            called = tuple(heading for name in missing for heading in headings_for(name))
            raise UnreadableFile(Trouble(Fault.MISSING, columns=missing, called=called, found=found))
        if not set(self.orderable) & set(given):
            raise UnreadableFile(Trouble(Fault.NO_COPIES, columns=self.orderable, found=found))

    @staticmethod
    def missing(given: Collection[str]) -> tuple[str, ...]:
        """The required columns that are not given. One with the whole address stands for its parts."""
        has_whole = ADDRESS in given and "street" not in given
        return tuple(name for name in REQUIRED if name not in given and not (has_whole and name in IN_ADDRESS))


def headings_for(name: str) -> tuple[str, ...]:
    """Some headings that name a column, beside its own name."""
    known = [*headings_of(name), *_CALLED.get(name, "").split(", ")]
    return tuple(dict.fromkeys(heading for heading in known if heading and heading != name))[:MOST_CALLED]


def _without_year(code: str) -> str:
    """`man` for `MAN26`, of whatever year."""
    return re.sub(r"[0-9]{2}([0-9]{2})?$", "", folded(code))


def _by_words(orderable: Mapping[str, Publication]) -> dict[str, str]:
    """The codes of publications by what people call them, but for words that may mean two of them."""
    codes: dict[str, set[str]] = defaultdict(set)
    for code, publication in orderable.items():
        for words in _words_for(publication):
            codes[folded(words)].add(code)
            codes[folded(f"{words} {publication.edition.year}")].add(code)
    return {words: min(those) for words, those in codes.items() if words and len(those) == 1}


def _words_for(publication: Publication) -> Iterator[str]:
    yield from publication.titles.values()
    yield from _KINDS.get(publication.kind, "").split(", ")
