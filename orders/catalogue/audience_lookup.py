"""Finding audiences. They are few, and read once in a transaction: no page pays for each of its rows."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from orders.association.profile_cache import starter_values
from orders.catalogue.audience_models import Audience, OrganisationField, UnknownAudience
from orders.catalogue.models import Allowance
from orders.database import db
from orders.spreadsheets import folded

KEPT = "audiences"


def audiences() -> Sequence[Audience]:
    """All of them in their order, those that are retired too."""
    session = db.session()
    read_in, found = session.info.get(KEPT, (None, ()))
    if read_in is None or read_in is not session.get_transaction():
        found = session.scalars(select(Audience).order_by(Audience.position, Audience.code)).all()
        session.info[KEPT] = (session.get_transaction(), found)
    return tuple(found)


def forget_audiences() -> None:
    """Read them anew the next time: one was changed."""
    db.session().info.pop(KEPT, None)


def offered_audiences() -> Sequence[Audience]:
    """Those that may order."""
    return tuple(each for each in audiences() if each.is_offered)


def find_audience(code: str) -> Audience | None:
    return next((each for each in audiences() if each.code == code), None)


def get_audience(code: str) -> Audience:
    found = find_audience(code)
    if found is None:
        raise UnknownAudience(code)
    return found


def codes_by_word(among: Iterable[Audience]) -> dict[str, str]:
    """The code of the audience that each word means, folded: its code, its names and its other words."""
    words = ((word, each.code) for each in among for word in (*each.other_words, *each.names.values(), each.code))
    return {plain: code for word, code in words if (plain := folded(word))}


def first_allowances() -> list[Allowance]:
    """Rows for every audience that has a limit, for a publication that has none yet."""
    return [
        Allowance(audience=each.code, review_above=each.review_above, maximum=each.maximum)
        for each in audiences()
        if each.maximum is not None
    ]


def starter_audiences() -> list[Audience]:
    """Those that a new installation starts with, as rows that are not kept."""
    return [
        Audience(**values | {"organisation": OrganisationField(values["organisation"])})
        for values in starter_values()["audiences"]
    ]
