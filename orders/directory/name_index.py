"""The words of all places, kept in memory: which schools each of them finds.

20,000 places take some 20 MB, and a question takes less than it takes to ask the database.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from string import ascii_lowercase

from orders.directory.name_words import in_full, initials, words


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A school at a place: what a form needs to be filled in."""

    place_id: int
    code: str
    name: str
    street: str
    house: str
    box: str
    building: str
    postcode: str
    town: str

    @property
    def label(self) -> str:
        street = " ".join(filter(None, (self.street, self.house)))
        return f"{self.name}, {street}, {self.postcode} {self.town}"

    @property
    def order_fields(self) -> dict[str, str]:
        """What choosing it writes into the fields of an order."""
        return {
            "organisation": self.name,
            "street": self.street,
            "number": self.house,
            "box": self.box,
            "building": self.building,
            "postcode": self.postcode,
            "town": self.town,
            "institution": self.code,
        }


@dataclass(slots=True)
class Index:
    """The schools, and for every word the positions of those that it finds.

    `by_word` are words of a name, its street, town, municipality and postcode; `by_initials` the initials of a name.
    """

    version: str
    schools: list[Suggestion] = field(default_factory=list)
    names: list[tuple[str, ...]] = field(default_factory=list)  # the words of each school's name
    gone: set[int] = field(default_factory=set)  # the positions of those whose place left its list
    by_postcode: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_word: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_initials: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _sorted: list[str] = field(default_factory=list)
    _starts: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    _seen: set[tuple[str, str]] = field(default_factory=set)

    def add(self, school: Suggestion, commune: str, *, is_gone: bool) -> None:
        """Add a school. Two of one name at one place are one."""
        if (school.code, school.name) in self._seen:
            return
        self._seen.add((school.code, school.name))
        at = len(self.schools)
        if is_gone:
            self.gone.add(at)
        else:
            self.by_postcode[school.postcode].append(at)
        name = words(school.name)
        self.schools.append(school)
        self.names.append(tuple(map(in_full, name)))
        for letters in initials(name):
            self.by_initials[letters].add(at)
        place = (word for text in (school.street, school.town, commune) for word in words(text))
        for word in (*name, *place, school.postcode):
            self.by_word[in_full(word)].add(at)

    def finish(self) -> "Index":
        """Make the index ready to be asked, once all schools are in it."""
        self._sorted = sorted(self.by_word)
        self._seen.clear()
        return self

    def led_to(self, word: str) -> set[int]:
        """What a word leads to as a beginning of a word, as a short form, or as initials."""
        full = in_full(word)
        short = [self.by_word[full]] if full != word and full in self.by_word else []
        return set().union(self.by_initials.get(word, ()), *short, *map(self.by_word.__getitem__, self._begun_by(word)))

    def led_to_with_slip(self, word: str) -> set[int]:
        """What one typing error turns into this word, or into the beginning of one.

        Most people get the first letter right, so only words that begin with it are compared; of one at the first
        letter there are few, and each is looked up.
        """
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        beginnings = set(_slips_at_first_letter(word))
        for length in (len(word) - 1, len(word), len(word) + 1):
            known = self._beginnings(word[0], length)
            alike = process.extract_iter(word, known, scorer=OSA.distance, score_cutoff=1)
            beginnings.update(beginning for beginning, _, _ in alike)
        return set().union(*(self.by_word[each] for beginning in beginnings for each in self._begun_by(beginning)))

    def _beginnings(self, letter: str, length: int) -> list[str]:
        """The first letters of every word that begins with this one."""
        if (letter, length) not in self._starts:
            begun = self._sorted[bisect_left(self._sorted, letter) : bisect_left(self._sorted, letter + "\uffff")]
            self._starts[letter, length] = list(dict.fromkeys(word[:length] for word in begun))
        return self._starts[letter, length]

    def _begun_by(self, beginning: str) -> Iterator[str]:
        if beginning.isdigit() and len(beginning) < 3:  # the `3` of `n°3` is no beginning of 3000
            yield from (beginning,) if beginning in self.by_word else ()
            return
        for at in range(bisect_left(self._sorted, beginning), len(self._sorted)):
            if not self._sorted[at].startswith(beginning):
                return
            yield self._sorted[at]


def _slips_at_first_letter(word: str) -> Iterator[str]:
    """What was meant where the first letter is another one, too many, missing, or exchanged with the second."""
    yield word[1:]
    yield word[1] + word[0] + word[2:]
    for letter in ascii_lowercase:
        yield letter + word[1:]
        yield letter + word
