"""Whether two orders come from the same orderer: keys of an e-mail, an address and a name, and likeness of names.

Nothing here reads the database: callers look for equal keys, or compare the names used at one postcode.
Equal keys and `True` are reasons to ask somebody, never to refuse an order.
"""

import re
import unicodedata
from collections.abc import Callable, Collection
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from rapidfuzz.distance import OSA

from orders.addresses import PostalAddress, clean
from orders.addresses.postcodes import is_known, postcodes_of
from orders.addresses.street_lines import read_house, read_street_line
from orders.addresses.vocabulary import BOX_WORD

# A word alone means itself. What `marks` says must stand in both names or in neither, as must `forms` where only a
# place or a saint is shared; `kinds`, `levels` and `networks` must not be contradicted; `common` words name nobody.
_TABLES = """
street: av>avenue ave>avenue bd>boulevard bld>boulevard blvd>boulevard bvd>boulevard boul>boulevard r>rue ch>chaussee
  chee>chaussee che>chaussee chauss>chaussee pl>place rte>route imp>impasse sq>square all>allee fbg>faubourg st>saint
  chem>chemin ste>sainte sts>saints gal>general gen>general dr>docteur prof>professeur cdt>commandant mgr>monseigneur
short: ar>athenee+royal nd>notre+dame ind>institut+notre+dame efa>ecole+fondamentale+autonome ec>ecole inst>institut
  coll>college com>communal comm>communal fond>fondamental fondam>fondamental prim>primaire mat>maternelle
  sec>secondaire roy>royal prov>provincial spec>specialise tech>technique ens>enseignement biblio>bibliotheque cf>wbe
  bib>bibliotheque cfwb>wbe fwb>wbe ai>amnesty mj>maison+jeunes st>saint ste>saint sts>saint sainte>saint saints>saint
  saintes>saint stes>saint he>hauteecole bxl>bruxelles lln>louvain+la+neuve i>1 ii>2 iii>3 iv>4 v>5 vi>6 vii>7 viii>8
  ix>9 x>10 xi>11 xii>12 xiii>13 xiv>14 xv>15 xvi>16 xx>20 xxi>21 xxii>22 xxiii>23 ier>1 ka>athenee+royal
  atheneum>athenee athenaum>athenee koninklijk>royal konigliches>royal olv>notre+dame sint>saint sankt>saint
  vrouw>notre+dame
noise: d l n de du des la le les un une et en a au aux sur sous pour par lez asbl vzw aisbl association enseignement
  groupe local locale section ordinaire implantation ville public publique mixte subventionnee no nr num numero
kinds: athenee institut college lycee ecole etablissement>ecole scolaire>ecole
levels: maternelle maternel>maternelle primaire fondamental>maternelle+primaire secondaire humanite>secondaire
networks: communal municipal>communal provincial royal>wbe wbe etat>wbe libre catholique>libre
  autonome>communal+provincial+wbe annexe>wbe officiel>communal+provincial+wbe
marks: bibliotheque mediatheque>bibliotheque bibliobus>bibliotheque ludotheque academie conservatoire internat creche
  universite hauteecole amnesty scout patro paroisse paroissial>paroisse cpas pms parent devoir culturel ancien
  culturelle>culturel ancienne>ancien garcon fille droite gauche nord sud est ouest centre haut bas basse>bas superieur
  inferieur petit grand vieux vieille>vieux nouveau nouvelle>nouveau baptiste bosco berchmans xavier gonzague madeleine
forms: specialise promsoc
common: notre dame sacre coeur technique polytechnique professionnel commercial industriel industrielle agricole
  horticole artistique art metier science international europeen maison jeunes communaute
"""
_WORDS = {
    table: {word.partition(">")[0]: word.rpartition(">")[2].replace("+", " ") for word in listed.split()}
    for table, listed in re.findall(r"^(\w+): (.+\n(?:  .+\n)*)", _TABLES, re.MULTILINE)
}
_SAYING = ("kinds", "levels", "networks", "marks", "forms")
_SAYS = {word: (what, meaning.split()) for what in _SAYING for word, meaning in _WORDS[what].items()}
_VOCABULARY = {**_SAYS, **_WORDS["common"], "enseignement": ""}
_NOISE = _WORDS["noise"]
_NUMBER = re.compile(r"(?:no?|nr)?0*([0-9]+)(?:er|ere|re|e|eme|nd|nde)?")
_SIGNS = str.maketrans({sign: "'" for sign in "’‘ʼʹ′`´"} | {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
_PHRASES: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"\b(?:([dln]|qu)'(?=\w)|onze.lieve.(?=vrouw))", r"\1 "),
    (r"\b(\w{3,})\.", lambda found: next((w for w in _VOCABULARY if w.startswith(found[1])), found[1]) + " "),
    (r"\b[a-z](?:(?:\.-?|-|\. (?!a ))[a-z](?![\w']))+", lambda found: re.sub(r"[\W_]", "", found[0]) + " "),
    (r"[\W_]+", " "),
    (r"(?<=[a-z]{3})e?(?=(?:college|instituut|atheneum)\b)", " "),
    (r"\bath (?=(?:royal|roy|r|communal)\b)", "athenee "),
    (r"(?<=\S) (?:classes?|cl) (?:de|d|du|mme|m|mr)\b.*", ""),
    (r"\b[1-6] ?(?:re|ere|er|eme|e|nde|de)? (?:annee )?(?=primaire|secondaire|maternelle)", ""),
    (r"\bamnesty(?: int\w*)?(?: belgique)?(?: francophone)?\b", "amnesty"),
    (r"\bcommunaute francaise\b|\b(?:federation )?wallonie bruxelles(?: enseignement)?\b", "wbe"),
    (r"\bpromotion sociale\b|\bpromo? ?soc\b", "promsoc"),
    (r"\bhaute ecole\b", "hauteecole"),
    (r"\b(?:centre|groupe|complexe|cite|campus|communaute) (?:d )?(?:scolaire|educati\w+|enseignement)\b", "scolaire"),
)
_BEFORE_BOX = re.compile(rf"^(?:{BOX_WORD}|b(?=[\s.]?[0-9]))|\bn(?:[o°]\.?|\.)(?=\s?[0-9])|[\W_]")
_codes = lru_cache(maxsize=32768)(postcodes_of)


def email_key(email: str) -> str:
    """Return an e-mail address as it is compared: without case, accents, spaces and `+tag`.

    Dots stay: only some providers ignore them, and elsewhere `a.b@` and `ab@` may be two persons.

    >>> email_key(" Marie.Dupont+ecole@Example.ORG")
    'marie.dupont@example.org'
    """
    local, at, domain = "".join(_fold(email).split()).rpartition("@")
    return f"{local.partition('+')[0] or local}{at}{domain}"


def address_key(address: PostalAddress) -> str:
    """Return postcode, street, number and box as they are compared; nothing for an address without street.

    Name, building and town are no part of it: one house may be written with its village or with its town.

    >>> address_key(PostalAddress("Marie", "Av. de l'Été", "032/20", "5590", "Ciney"))
    '5590 avenuedelete 32 20'
    >>> address_key(PostalAddress("École", "AVENUE DE L’ETE", "32", "5590", "Achêne", box="bte 20"))
    '5590 avenuedelete 32 20'
    """
    typed = (_fold(text) for text in (address.street, address.number, address.box))
    street, number, box = (re.sub(r"(?<![\w.])0+(?=[0-9])", "", text) for text in typed)
    if house := read_house(number):
        number, box = house.number, box or house.box
    line = read_street_line(street)
    if line.number and _fold(number, solid=True) in ("", _fold(line.number, solid=True)):
        street, number, box = line.street, line.number, box or line.box
    street = "".join(_WORDS["street"].get(word, word) for word in re.findall(r"[^\W_]+", street.lower()))
    country = _fold(address.country, solid=True).replace("be", "")
    postcode = re.sub(r"^be?(?=[0-9])", "", _fold(address.postcode, solid=True))
    parts = (country, postcode, street, _fold(number, solid=True), _BEFORE_BOX.sub("", box))
    return " ".join(filter(None, parts)) if street else ""


def organisation_key(name: str) -> str:
    """Return the words of a name in full, sorted, without articles, case and accents; names with one key are the same.

    >>> organisation_key("École communale n° 3 (Ciney)"), organisation_key("CINEY, EC. COM. N°3")
    ('3 ciney communal ecole', '3 ciney communal ecole')
    """
    return _read(name).key


def is_same_organisation(a: str, b: str) -> bool:
    """Tell whether two names used at one postcode are likely to be one organisation's; an empty one is nobody's.

    Both may leave words out, but must not contradict each other: in kind, network, level, number, saint, bank of the
    river. Where they share nothing but a place, or one is bare, the other may add no more than a place: `École
    communale` is `École communale de Ciney`, but neither `École communale n° 3` nor `École communale Le Tilleul`.

    >>> is_same_organisation("Athénée Royal de Namur", "AR Namur"), is_same_organisation("AR Namur", "AR Dinant")
    (True, False)
    """
    one, other = _read(a), _read(b)
    if not one.key or not other.key or one.key == other.key:
        return bool(one.key) and one.key == other.key
    both = [(one.says[what], other.says[what]) for what in ("numbers", "levels", "networks")]
    agree = not any(mine and theirs and mine.isdisjoint(theirs) for mine, theirs in both)
    alike = one.says["marks"] == other.says["marks"] and _agree(one, other)
    return agree and (alike or _is_acronym_of(one, other) or _is_acronym_of(other, one))


class _Name(NamedTuple):
    """A name taken apart: `words` make it this one and no other, a saint's with a `+`; some of them are `places`."""

    key: str
    words: tuple[str, ...]
    places: frozenset[str]
    says: dict[str, frozenset[str]]
    initials: frozenset[str]


@lru_cache(maxsize=8192)
def _read(name: str) -> _Name:
    text = _fold(name[:200])
    for pattern, meant in _PHRASES:
        text = re.sub(pattern, meant, text)
    terms = " ".join(_WORDS["short"].get(word, word) for word in text.split()).split()
    in_place = _place_positions(terms)
    telling = [(at, term) for at, term in enumerate(terms) if term not in _NOISE]
    words: list[str] = []
    says: dict[str, set[str]] = {what: set() for what in (*_SAYING, "numbers")}
    for (_, before), (at, term) in pairwise([(-1, ""), *telling]):
        known, number = _known(term), _NUMBER.fullmatch(term)
        if before == "saint" or at in in_place:
            words.append(f"+{term}" if before == "saint" else term)
        elif number:
            says["numbers"].update({number[1]} if not is_known(number[1]) else ())
        elif known in _SAYS:
            says[_SAYS[known][0]].update(_SAYS[known][1])
        elif term != "saint":
            words.append(known)
    key = " ".join(sorted({*words, *chain(*says.values())})) or "".join(terms)
    places = frozenset(word for at in in_place for word in (terms[at], f"+{terms[at]}"))
    initials = ("".join(t[0] for _, t in telling), "".join(t[0] for at, t in telling if at not in in_place))
    return _Name(key, tuple(words), places, {what: frozenset(said) for what, said in says.items()}, frozenset(initials))


def _place_positions(terms: list[str]) -> set[int]:
    """Return where places stand that are no saints or surnames: `École de Saint-Gilles`, not `Athénée F. Bovesse`."""
    found: set[int] = set()
    for at, term in enumerate(terms):
        before = terms[at - 1] if at else "de"
        after_name = not (before in _NOISE or _known(before) in _VOCABULARY or at - 1 in found)
        if before in ("de", "d") or (term != "saint" and (not after_name or terms[at - 2 : at - 1] == ["saint"])):
            for some in (terms[at : at + length] for length in (3, 2, 1)):
                name = " ".join(some)
                if at not in found and len(name) > 2 and _known(term) not in _VOCABULARY and _codes(name):
                    found.update(at + n for n, word in enumerate(some) if word != "saint" and word not in _NOISE)
    return found


@lru_cache(maxsize=8192)
def _known(word: str) -> str:
    """Return a word as the tables have it, without its ending or one typing error; as it is, if they have it not."""
    endings = (word, word.removesuffix("s"), word.removesuffix("e"), word.removesuffix("es"))
    listed = next((w for w in endings if w in _VOCABULARY or w in _NOISE), "")
    long = (w for w in _VOCABULARY if len(w) > 4 and len(word) > 4 and not _codes(word) and _is_alike(w, word, ()))
    return listed or next(long, word)


def _agree(one: _Name, other: _Name) -> bool:
    """Tell whether the words that make each name, and its kind, may be the same organisation's."""
    places = {w for w in one.places | other.places if all(w in n.places for n in (one, other) if w in n.words)}
    pairs = [(w, o) for w in one.words for o in other.words if _is_alike(w, o, places)]
    left = [w for w in one.words if w not in {w for w, _ in pairs}]
    right = [o for o in other.words if o not in {o for _, o in pairs}]
    if left and right and _is_alike("".join(left), "".join(right), places):  # `Bon-Secours` and `Bonsecours`
        pairs, left, right = [*pairs, (left[0], right[0])], [], []
    shared = [pair for pair in pairs if places.isdisjoint(pair) and len(min(pair, key=len)) > 2]
    here, there = (set(chain(*map(_codes, words))) for words in (left, right))
    one_in_other = here and there and (here < there or there < here)  # Gilly in Charleroi; Leignon has Ciney's own code
    if left and right and not (shared and places.issuperset(left + right) and one_in_other):
        return False
    kinds, forms = ((one.says[what], other.says[what]) for what in ("kinds", "forms"))
    same_kind = kinds[0] == kinds[1] or (not all(kinds) and any(forms)) or not kinds[0].isdisjoint(kinds[1])
    names = [word for word, like in shared if word not in _WORDS["common"] and like not in _WORDS["common"]]
    if names or len(shared) > 1:
        one_kind = same_kind or not all(kinds) or len(kinds[0].union(kinds[1]) - {"ecole"}) < 2
        return one_kind and (forms[0] == forms[1] or any(word[0] != "+" for word in names))
    more = [] if places.issuperset(left + right) else left + right
    numbers = one.says["numbers"] == other.says["numbers"] and (not more or one.says["numbers"])
    return bool(same_kind and forms[0] == forms[1] and numbers and "+" not in "".join(more))


def _is_acronym_of(short: _Name, full: _Name) -> bool:
    """Tell whether one name is made of the other's initials: `ISJ Ciney` of `Institut Saint-Joseph de Ciney`."""
    rest = [word for word in short.words if word in short.places or word not in full.initials]
    can_be = len(rest) < len(short.words) and short.says["marks"] <= full.says["marks"] and all(map(_codes, rest))
    return can_be and not (rest and full.places and full.places.isdisjoint(rest))


def _is_alike(one: str, other: str, places: Collection[str]) -> bool:
    """Tell whether two words are one: an initial, a plural, one slip in a long word; two places are two."""
    if one == other or (one in places and other in places) or (one[0] == "+") != (other[0] == "+"):
        return one == other
    short, long = sorted((one.lstrip("+"), other.lstrip("+")), key=lambda word: (len(word), word))
    if short[0] != long[0] or any(map(str.isdigit, short + long)):
        return False
    if len(short) < 3:
        return one[0] != "+" and long.startswith(short)
    if long in (f"{short}s", f"{short}x") or short.replace("y", "i") == long.replace("y", "i"):
        return True
    is_long = len(short) > 4 and (len(long) > 5 or one in places or other in places)
    return is_long and long != f"{short}e" and OSA.distance(short, long) < 2  # `Louise` is no slip of `Louis`


def _fold(text: str, *, solid: bool = False) -> str:
    """Return a text without case, accents, ligatures and stray spaces; if `solid`, nothing but letters and digits."""
    plain = unicodedata.normalize("NFKD", clean(text).translate(_SIGNS).casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter) and (letter.isalnum() or not solid))
