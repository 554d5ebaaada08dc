"""Finding a place by a few letters of its school's name, its street, its place or its postcode.

Before each answer the number of the newest import is read, so that all processes answer from the same lists.
"""

from threading import Lock

from sqlalchemy import select

from orders.database import db
from orders.directory.models import DirectoryImport, Place, School, place_code
from orders.directory.name_index import Index, Suggestion
from orders.directory.name_words import NOISE, in_full, words

MOST = 20
FEWEST_LETTERS = 3
MOST_WORDS = 8  # of a question
KINDS_OF_SCHOOL = (
    *("athenee", "atheneum", "basisschool", "centre", "college", "ecole", "fondamentale", "groupe", "institut"),
    *("instituut", "lycee", "maternelle", "primaire", "royal", "scolaire", "secondaire"),
)
SHORT_KINDS = ("ar", "ec")
SHORTEST_WITH_SLIP = 4  # letters of a word that may hold a typing error
MOST_RANKED = 150  # matches that are put in order; more say that the question is still too short

_lock = Lock()
_index: Index | None = None


def suggest(typed: str, most: int = MOST) -> list[Suggestion]:
    """The schools that every word typed leads to, the likeliest first; none for fewer than three letters.

    `most` is 20 at most.
    """
    asked = _telling_words(typed)
    if sum(map(len, asked)) < FEWEST_LETTERS:
        return []
    index = _current_index()
    return [index.schools[at] for at in _ranked(index, asked, _matches(index, asked) - index.gone)[: min(most, MOST)]]


def suggest_at(organisation: str, postcode: str) -> list[Suggestion]:
    """The schools that a name leads to at a postcode; where there are none, those anywhere."""
    return suggest(f"{organisation} {postcode}") or suggest(organisation)


def find_places(typed: str) -> list[int]:
    """The ids of all places that every word typed leads to, by postcode; also of those that left their list."""
    asked = _telling_words(typed)
    index = _current_index()
    found = sorted(_matches(index, asked)) if asked else ()
    return list(dict.fromkeys(index.schools[at].place_id for at in found))


def schools_at(postcode: str) -> list[Suggestion]:
    """The schools of a postcode that are in their lists."""
    index = _current_index()
    return [index.schools[at] for at in index.by_postcode.get(postcode, ())]


def is_filled() -> bool:
    """Whether there is any place that could be found."""
    index = _current_index()
    return len(index.schools) > len(index.gone)


def _telling_words(typed: str) -> list[str]:
    asked = words(typed)[:MOST_WORDS]
    return [word for word in asked if word not in NOISE] or asked


def _current_index() -> Index:
    global _index  # noqa: PLW0603
    newest = select(DirectoryImport.id, DirectoryImport.digest).order_by(DirectoryImport.id.desc()).limit(1)
    version = " ".join(map(str, db.session.execute(newest).first() or ()))
    if _index is None or _index.version != version:
        with _lock:
            if _index is None or _index.version != version:
                _index = _load(version)
    return _index


def _load(version: str) -> Index:
    index = Index(version)
    columns = (Place.street, Place.house, Place.box, Place.building, Place.postcode, Place.town)
    listed = (
        select(Place.id, Place.list_code, Place.number, School.name, *columns, Place.commune, Place.gone_at)
        .join(Place.schools)
        .order_by(Place.postcode, School.name, Place.id, School.id)
    )
    for place_id, list_code, number, *values, commune, gone_at in db.session.execute(listed):
        index.add(Suggestion(place_id, place_code(list_code, number), *values), commune, is_gone=gone_at is not None)
    return index.finish()


def _matches(index: Index, asked: list[str]) -> set[int]:
    """The positions of the schools that every word leads to; with a typing error where there would be none.

    Where there still are none, the words for a kind of school do not count: people say another one than the list.
    """
    led = {word: index.led_to(word) for word in asked}
    if found := set.intersection(*led.values()):
        return found
    telling = [word for word in led if not _is_kind_of_school(word)]
    if sum(map(len, telling)) < FEWEST_LETTERS:
        return set()
    otherwise = led | _with_slip(index, {word: led[word] for word in telling})
    return (
        set.intersection(*otherwise.values())
        or set.intersection(*(led[word] for word in telling))
        or set.intersection(*(otherwise[word] for word in telling))
    )


def _is_kind_of_school(word: str) -> bool:
    """Whether it says what kind of school is meant: `collège`, or the beginning of it, like `coll`."""
    full = in_full(word)
    return full in SHORT_KINDS or (
        len(full) >= FEWEST_LETTERS and any(each.startswith(full) for each in KINDS_OF_SCHOOL)
    )


def _with_slip(index: Index, led: dict[str, set[int]]) -> dict[str, set[int]]:
    """What the unknown word leads to with a typing error; the longest one, where all are known."""
    unknown = [word for word, positions in led.items() if not positions]
    if len(unknown) > 1:  # one typing error is looked for, no more
        return {}
    return {
        word: led[word] | index.led_to_with_slip(word)
        for word in unknown or sorted(led, key=len)[-1:]
        if len(word) >= SHORTEST_WITH_SLIP and not word.isdigit()
    }


def _ranked(index: Index, asked: list[str], found: set[int]) -> list[int]:
    """The matches in order: those with most whole words in their names first, then as the lists have them."""
    full = [(word, in_full(word)) for word in asked]

    def rank(at: int) -> tuple[int, int]:
        name = index.names[at]
        whole = sum(meant in name for _, meant in full)
        begun = sum(any(each.startswith(word) for each in name) for word, _ in full)
        return -2 * whole - begun, len(name)

    return sorted(sorted(found)[:MOST_RANKED], key=rank)
