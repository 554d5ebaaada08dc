"""The chapters of the guide: which pages each explains, and so who may read it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter `name`.md. Whoever may open the page `main` may read it.

    `about`: beginnings of endpoints; the pages whose endpoint begins with one of them lead to this chapter.
    """

    name: str
    main: str
    about: tuple[str, ...]


_SCHOOL_OF_AN_ORDER = ("office.directory.place", "office.directory.unsure_orders")
_ADMINISTRATION = ("office.staff", "office.mail", "office.journal", "office.privacy", "office.settings")
CHAPTERS = (
    Chapter("premiers-pas", "office.today.index", ("office.today", "office.account")),
    Chapter("importer", "office.ordering.import_orders", ("office.ordering.import_orders",)),
    Chapter("decider", "office.deciding.inbox", ("office.deciding",)),
    Chapter("preparer", "office.shipping.index", ("office.shipping",)),
    Chapter("imprimer", "office.shipping.printers_page", ("office.shipping.print", "office.shipping.ruler")),
    Chapter("emballer", "office.scanning.pack", ("office.scanning",)),
    Chapter("cloturer", "office.shipping.close", ("office.shipping.close",)),
    Chapter("suivi", "office.tracking.numbers", ("office.tracking",)),
    Chapter("retour", "office.scanning.came_back", ("office.scanning.came_back",)),
    Chapter("commandes", "office.ordering.index", ("office.ordering", "office.scanning.pickup", *_SCHOOL_OF_AN_ORDER)),
    Chapter("telephone", "office.ordering.new", ("office.ordering.new",)),
    Chapter("livraisons", "office.stock.receive", ("office.stock.receive", "office.stock.count")),
    Chapter("stock", "office.stock.index", ("office.stock", "office.forecast")),
    Chapter("catalogue", "office.catalogue.index", ("office.catalogue",)),
    Chapter("lieux", "office.dropoff.index", ("office.dropoff", "office.events", "office.directory")),
    Chapter("compter", "office.letters.count", ("office.letters", "office.ordering.postage")),
    Chapter("rapports", "office.reports.index", ("office.reports", "office.schools", "office.ordering.news")),
    Chapter("administration", "office.staff.index", _ADMINISTRATION),
)
"""In the order in which they are read."""


def find_chapter(name: str) -> Chapter | None:
    return next((chapter for chapter in CHAPTERS if chapter.name == name), None)


def chapter_about(endpoint: str) -> Chapter | None:
    """The chapter that explains a page: of those that are about it the one that is so most narrowly."""
    fitting = [
        (len(beginning), chapter)
        for chapter in CHAPTERS
        for beginning in chapter.about
        if endpoint.startswith(beginning)
    ]
    return max(fitting, key=lambda each: each[0])[1] if fitting else None
