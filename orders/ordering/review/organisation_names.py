"""Names of organisations, taken apart: what kind it is, of which level and network, its number, and its own words."""

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from orders.addresses.postcodes import is_known, postcodes_of
from orders.ordering.review.matching import fold

# A word alone means itself. What `marks` says must stand in both names or in neither, as must `forms` where only a
# place or a saint is shared; `kinds`, `levels` and `networks` must not be contradicted; `common` words name nobody.
# `longer` words are none of these: they stand here to be known with a typing error.
_TABLES = """
short: ar>athenee+royal nd>notre+dame ind>institut+notre+dame efa>ecole+fondamentale+autonome ec>ecole inst>institut
  coll>college com>communal comm>communal fond>fondamental fondam>fondamental prim>primaire mat>maternelle
  sec>secondaire roy>royal prov>provincial spec>specialise tech>technique ens>enseignement biblio>bibliotheque cf>wbe
  bib>bibliotheque cfwb>wbe fwb>wbe ai>amnesty mj>maison+jeunes st>saint ste>saint sts>saint sainte>saint saints>saint
  saintes>saint stes>saint he>hauteecole bxl>bruxelles lln>louvain+la+neuve i>1 ii>2 iii>3 iv>4 v>5 vi>6 vii>7 viii>8
  ix>9 x>10 xi>11 xii>12 xiii>13 xiv>14 xv>15 xvi>16 xx>20 xxi>21 xxii>22 xxiii>23 ier>1 ka>athenee+royal
  atheneum>athenee athenaum>athenee koninklijk>royal konigliches>royal olv>notre+dame sint>saint sankt>saint
  vrouw>notre+dame
noise: d l n de du des la le les un une et en a au aux sur sous pour par lez asbl vzw aisbl association enseignement
  groupe local locale section ordinaire implantation ville public publique mixte subventionne
  subventionnee no nr num numero
kinds: athenee institut college lycee ecole etablissement>ecole scolaire>ecole
levels: maternelle maternel>maternelle primaire fondamental>maternelle+primaire secondaire humanite>secondaire
  degre>secondaire
networks: communal municipal>communal provincial royal>wbe wbe etat>wbe libre catholique>libre
  autonome>communal+provincial+wbe annexe>wbe officiel>communal+provincial+wbe
marks: cefa seminaire bibliotheque mediatheque>bibliotheque bibliobus>bibliotheque ludotheque academie conservatoire
  internat creche universite hauteecole amnesty scout patro paroisse paroissial>paroisse cpas pms parent devoir culturel
  ancien culturelle>culturel ancienne>ancien garcon fille droite gauche nord sud est ouest centre haut bas basse>bas
  superieur inferieur petit grand vieux vieille>vieux nouveau nouvelle>nouveau baptiste bosco berchmans xavier gonzague
  madeleine
forms: specialise promsoc
common: notre dame sacre coeur technique polytechnique professionnel commercial industriel industrielle agricole
  horticole artistique art metier science international europeen maison jeunes communaute
longer: promotion sociale francaise federation wallonie bruxelles adultes formation continue haute
"""
WORDS = {
    table: {word.partition(">")[0]: word.rpartition(">")[2].replace("+", " ") for word in listed.split()}
    for table, listed in re.findall(r"^(\w+): (.+\n(?:  .+\n)*)", _TABLES, re.MULTILINE)
}
_SAYING = ("kinds", "levels", "networks", "marks", "forms")
_SAYS = {word: (what, meaning.split()) for what in _SAYING for word, meaning in WORDS[what].items()}
_VOCABULARY = {**_SAYS, **WORDS["common"], "enseignement": ""}
_NOISE = WORDS["noise"]
_WITH_SLIPS = sorted({word for word in (*_VOCABULARY, *_NOISE, *WORDS["longer"]) if len(word) > 4})
_codes = lru_cache(maxsize=32768)(postcodes_of)


@lru_cache(maxsize=32768)
def _without_slip(word: str) -> str:
    """The word of the tables that one typing error made this one of; the word itself, if it is one or a place."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    endings = tuple(dict.fromkeys((word, word.removesuffix("s"), word.removesuffix("e"), word.removesuffix("es"))))
    if word in WORDS["short"] or _codes(word) or any(each in _WITH_SLIPS for each in endings):
        return word
    for each in endings:
        found = process.extractOne(each, _WITH_SLIPS, scorer=OSA.distance, score_cutoff=1)
        if found and found[0][0] == word[0] and len(each) > 5:  # `livre` is no slip of `libre`
            return str(found[0])
    return word


_NUMBER = re.compile(r"(?:no?|nr)?0*([0-9]+)(?:er|ere|re|e|eme|nd|nde)?")
_PHRASES: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"\(section [^)]*\)", " "),
    (r"\b(?:([dln]|qu)'(?=\w)|onze.lieve.(?=vrouw))", r"\1 "),
    (r"\b(\w{3,})\.", lambda found: next((w for w in _VOCABULARY if w.startswith(found[1])), found[1]) + " "),
    (r"\b[a-z](?:(?:\.-?|-|\. (?!a ))[a-z](?![\w']))+", lambda found: re.sub(r"[\W_]", "", found[0]) + " "),
    (r"[\W_]+", " "),
    (r"(?<=[a-z]{3})e?(?=(?:college|instituut|atheneum)\b)", " "),
    (r"\b[a-z]{6,}\b", lambda found: _without_slip(found[0])),
    (r"\bath (?=(?:royal|roy|r|communal)\b)", "athenee "),
    (r"(?<=\S) (?:classes?|cl) (?:de|d|du|mme|m|mr)\b.*", ""),
    (r"\b[1-6] ?(?:re|ere|er|eme|e|nde|de)? (?:annee )?(?=primaire|secondaire|maternelle)", ""),
    (r"\b(?:[1-3](?:er|e)? (?:et )?)+degres?\b|\bd ?[1-3](?: d ?[1-3])+\b|\bdoa\b", " degre "),
    (r"\bamnesty(?: int\w*)?(?: belgique)?(?: francophone)?\b", "amnesty"),
    (r"\bcommunaute francaise\b|\b(?:federation )?wallonie bruxelles(?: enseignement)?\b", "wbe"),
    (
        r"\b(?:etablissement )?(?:d )?enseignement pour adultes(?: et (?:de )?formation continue)?\b|\beafc\b",
        " promsoc ",
    ),
    (r"\bpromotion sociale\b|\bpromo? ?soc\b", "promsoc"),
    (r"\bhaute (?:ecole|ec)\b", "hauteecole"),
    (r"\b(?:centre|groupe|complexe|cite|campus|communaute) (?:d )?(?:scolaire|educati\w+|enseignement)\b", "scolaire"),
)


class Name(NamedTuple):
    """A name taken apart: `words` make it this one and no other, a saint's with a `+`; some of them are `places`.

    `end` is the number or single letter that it ends with.
    """

    key: str
    words: tuple[str, ...]
    places: frozenset[str]
    says: dict[str, frozenset[str]]
    initials: frozenset[str]
    end: str


def organisation_key(name: str) -> str:
    """Return the words of a name in full, sorted, without articles, case and accents; names with one key are the same.

    >>> organisation_key("École communale n° 3 (Ciney)"), organisation_key("CINEY, EC. COM. N°3")
    ('3 ciney communal ecole', '3 ciney communal ecole')
    """
    return read_name(name).key


@lru_cache(maxsize=32768)
def read_name(name: str) -> Name:
    """Take a name apart; of a very long text only what could be a name."""
    text = fold(name[:200])
    for pattern, meant in _PHRASES:
        text = re.sub(pattern, meant, text)
    terms = " ".join(WORDS["short"].get(word, word) for word in text.split()).split()
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
    said = {what: frozenset(each) for what, each in says.items()}
    return Name(key, tuple(words), places, said, frozenset(initials), _end(terms, says["numbers"]))


def codes(word: str) -> set[str]:
    """The postcodes of a word that is the name of a place."""
    return set(_codes(word.lstrip("+")))


def _end(terms: list[str], numbers: set[str]) -> str:
    last = terms[-1] if len(terms) > 1 else ""
    return last if last in numbers or last in ("a", "b", "c", "d") else ""


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


def _known(word: str) -> str:
    """Return a word as the tables have it, without its ending; as it is, if they have it not."""
    endings = (word, word.removesuffix("s"), word.removesuffix("e"), word.removesuffix("es"))
    return next((each for each in endings if each in _VOCABULARY or each in _NOISE), word)
