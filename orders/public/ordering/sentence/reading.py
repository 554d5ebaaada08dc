"""Reads an order that is written as one sentence. What is not understood is returned too: the page shows it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from orders.addresses import clean
from orders.catalogue.audience_lookup import codes_by_word
from orders.catalogue.audience_models import Audience
from orders.catalogue.models import Publication
from orders.public.ordering.sentence.copies import Span, find_copies, find_counts
from orders.public.ordering.sentence.days import find_day
from orders.public.ordering.sentence.place import find_places
from orders.public.ordering.sentence.words import FILLERS, PICKUP, plain

LONGEST = 1_000  # letters that are read; what lies beyond is shown as not understood
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w+])(?:\+32|0032|0)[ ./]?(?:[0-9][ ./-]?){7,9}[0-9](?!\w)")
_NAME = re.compile(
    r"(?:(?i:je m'appelle|je suis|mon nom est|ik ben|mijn naam is|ik heet|ich bin|ich heisse|ich heiße|mein name ist|"
    r"my name is|i am|i'm)\s+|\b(?=(?:Mme|Mr|M\.|Mevr\.?|Mevrouw|Dhr\.?|Frau|Herrn?|Mrs|Ms|Monsieur|Madame)\s))"
    r"(?P<name>(?:(?:Mme|Mr|M|Mevr|Mevrouw|Dhr|Frau|Herrn?|Mrs|Ms|Monsieur|Madame)\.?\s+)?"
    r"[A-ZÀ-Ý][\w'’-]+(?:\s+(?:de|van|von|den|der|di|la|le)(?=\s+(?:[A-ZÀ-Ý]|de[nr]?\s|la\s))){0,2}(?:\s+[A-ZÀ-Ý][\w'’-]+){0,2})"
)
_PARTS = re.compile(r"[^,;.!?\n()]+")
_HOME = re.compile(
    r"\b(?:ma famille|mes enfants|chez (?:moi|nous)|mijn gezin|ons gezin|mijn kinderen|meine (?:familie|kinder)|"
    r"my (?:family|kids|children)|at home)\b"
)
_SURNAME = re.compile(r"\s[A-ZÀ-Ý][\w'’-]+$")  # `Familie Schmitz`
_CLASS = re.compile(
    r"\b(?:ma classe|mes eleves|notre classe|mijn klas|onze klas|mijn leerlingen|meine klasse|"
    r"unsere klasse|meine schuler|my class|our class|my pupils|my students)\b"
)


@dataclass(slots=True)
class Reading:
    """The fields of the form that a sentence fills in, and the parts of it that say nothing we know."""

    fields: dict[str, str] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Text:
    """A text of which parts are taken away, one after the other; what is taken becomes a bar."""

    text: str

    @property
    def plain(self) -> str:
        return plain(self.text)

    def take(self, *spans: Span) -> None:
        for start, end in spans:
            self.text = self.text[:start] + "|" * (end - start) + self.text[end:]


def read_sentence(
    typed: str, publications: Sequence[Publication], audiences: Sequence[Audience], *, today: date
) -> Reading:
    """Read a sentence. Two addresses, or one thing said in two ways, are left for the page to show."""
    text, beyond = _Text(clean(typed)[:LONGEST].replace("’", "'")), clean(typed)[LONGEST:]
    reading = Reading()
    _take_contact(text, reading)
    _take_numbers(text, reading, publications)
    _take_address(text, reading)
    if day := find_day(text.plain, today):
        reading.fields["needed_by"] = day[0].isoformat()
        text.take(day[1])
    _take_delivery(text, reading)
    _take_audience(text, reading, audiences)
    reading.rest = [*_not_understood(text.text), *([beyond] if beyond else [])]
    return reading


def _take_contact(text: _Text, reading: Reading) -> None:
    for name, pattern in (("email", _EMAIL), ("phone", _PHONE), ("name", _NAME)):
        found = [*pattern.finditer(text.text)]
        if len(found) == 1:
            reading.fields[name] = clean(found[0]["name"] if name == "name" else found[0][0]).rstrip(".")
            text.take(found[0].span())


def _take_numbers(text: _Text, reading: Reading, publications: Sequence[Publication]) -> None:
    taken = [*find_copies(text.plain, publications)]
    reading.fields |= {name: value for name, value, _ in taken}
    text.take(*(span for *_, span in taken))
    for name, value, span in [*find_counts(text.plain)]:
        reading.fields[name] = value
        text.take(span)


def _take_address(text: _Text, reading: Reading) -> None:
    found = find_places(text.text)
    if len(found) != 1:
        return
    where = found[0]
    values = {
        "street": where.street.street,
        "number": where.street.number,
        "box": where.street.box,
        "building": where.street.building,
        "postcode": where.postcode,
        "town": where.town,
    }
    reading.fields |= {name: value.strip(" ,") for name, value in values.items() if value}
    text.take(*where.spans)


def _take_delivery(text: _Text, reading: Reading) -> None:
    if found := re.search(rf"\b(?:{PICKUP})\b", text.plain):
        reading.fields["delivery"] = "pickup"
        text.take(found.span())


def _take_audience(text: _Text, reading: Reading, audiences: Sequence[Audience]) -> None:
    """Who orders: a word for an audience, which may begin the organisation's name (`l'école communale`)."""
    by_code = {each.code: each for each in audiences}
    words = codes_by_word(audiences)
    if hit := _first_audience_word(text.text, words):
        word, part_end, code = hit
        reading.fields["audience"] = code
        start = _beginning(text.text, word[0])
        name = _cut_name(text.text[start:part_end])
        is_named = len(name.split()) > 1 or bool(_compound(plain(name), words))
        if not by_code[code].is_private:
            if is_named:
                reading.fields["organisation"] = name[:1].upper() + name[1:]
            text.take((start, start + len(name)))
        elif _SURNAME.search(name) and "name" not in reading.fields:
            reading.fields["name"] = name[:1].upper() + name[1:]
            text.take((start, start + len(name)))
        else:
            text.take(word)
    for pattern, code in ((_HOME, "family"), (_CLASS, "school")):
        if code in by_code and (found := pattern.search(text.plain)):
            reading.fields.setdefault("audience", code)
            text.take(found.span())
    if "classes" in reading.fields and "school" in by_code:
        reading.fields.setdefault("audience", "school")


def _first_audience_word(text: str, words: dict[str, str]) -> tuple[Span, int, str] | None:
    """Where the first word for an audience stands, where the part of the sentence around it ends, and the audience."""
    for part in _PARTS.finditer(text):
        for word in re.finditer(r"[^\W\d_|][\w-]*", part[0]):
            if code := words.get(plain(word[0])) or _compound(plain(word[0]), words):
                return (part.start() + word.start(), part.start() + word.end()), part.end(), code
    return None


def _cut_name(text: str) -> str:
    """The name at the beginning of a text, without what follows it: `école communale pour le 8 décembre`."""
    name = text.split("|")[0].strip(" -:")
    return re.split(
        r"\s(?:à|in|te|avant|pour|voor|vor|before|for|für|bis|et|and|en|und)\s(?=[^A-ZÀ-Ý]|$)|\s(?:à|in|te|pour|avant)$",
        name,
    )[0].strip()


def _beginning(text: str, start: int) -> int:
    """Where the name begins whose noun stands there: `the British School`, `de Stedelijke basisschool`."""
    while (before := re.search(r"([^\W\d_|][\w-]*)[ ]+$", text[:start])) and plain(before[1]) not in FILLERS:
        start = before.start()
    return start


def _compound(word: str, words: dict[str, str]) -> str:
    """The audience of `Basisschool`, `Stadtbibliothek`: the word ends with one that is known."""
    for known in ("school", "schule", "bibliothek", "bibliotheek", "vereniging", "verein"):
        if word.endswith(known) and known in words:
            return words[known]
    return (
        words.get("ecole", "") if word in ("athenee", "college", "institut", "lycee", "atheneum", "gymnasium") else ""
    )


def _not_understood(text: str) -> Iterator[str]:
    for part in re.split(r"[|,;.!?\n()]+", text):
        words = re.findall(r"[^\W_]+(?:'|\b)(?:[\w-]*)", part)
        strange = [word for word in words if plain(word) not in FILLERS and len(plain(word).strip("'")) > 1]
        if strange or re.search(r"[0-9]", part):
            yield clean(part)
