"""Whether two orders come from the same orderer: keys of an e-mail, an address and a name, and likeness of names.

Nothing here asks the database: whoever does looks for equal keys, or compares the names used at one postcode.
Equal keys and `True` are reasons to ask somebody, never to refuse an order.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

from orders.addresses import PostalAddress, clean
from orders.addresses.postcodes import is_known, places, postcodes_of
from orders.addresses.street_lines import read_house, read_street_line
from orders.addresses.vocabulary import BOX_WORD


def _table(text: str) -> dict[str, str]:
    """Read `word word = meaning; word = meaning`."""
    parts = (part.partition("=") for part in text.split(";"))
    return {word: meaning.strip() for words, _, meaning in parts for word in words.split()}


_FIRST_IN_STREETS = _table(
    """av ave = avenue; bd bld blvd bvd boul boulv = boulevard; r = rue; chee ch che chauss = chaussee; pl = place;
    rte = route; imp = impasse; sq = square; all = allee; fbg fg = faubourg; chem = chemin; pass = passage"""
)
_LATER_IN_STREETS = _table(
    """st = saint; ste = sainte; sts = saints; gal gen = general; dr = docteur; prof = professeur; pdt = president;
    cdt = commandant; lt = lieutenant; mgr = monseigneur"""
)
_SHORT = _table(
    """ar = athenee royal; nd = notre dame; ind = institut notre dame; efa = ecole fondamentale autonome; ec = ecole;
    inst = institut; coll = college; com comm = communale; fond = fondamentale; prim = primaire; mat = maternelle;
    sec = secondaire; roy = royal; prov = provincial; spec = specialise; ens enseign = enseignement; tech = technique;
    biblio bib = bibliotheque; cf cfwb fwb = wbe; mj = maison jeunes; ai = amnesty; bxl = bruxelles; lln = louvain neuve"""
)
_NOISE = frozenset(
    """d l n de du des la le les un une et en a au aux sur sous pour par lez asbl vzw aisbl association enseignement
    groupe local locale section ordinaire implantation ville no nr num numero""".split()
)
_KINDS = _table(
    "athenee institut college lycee ecole bibliotheque ludotheque academie =; etablissement = ecole;"
    "mediatheque bibliobus = bibliotheque; centrescolaire = centre"
)
# Where only one of two names says this, they are two organisations.
_MARKS = _table(
    """conservatoire internat creche universite hauteecole promsoc amnesty scout patro paroisse cpas pms parent devoir
    culturel ancien garcon fille droite gauche nord sud est ouest centre baptiste bosco berchmans xavier gonzague
    madeleine vianney =; scoute = scout; paroissial = paroisse; ancienne = ancien; haut haute = haut; bas basse = bas;
    superieur superieure = superieur; inferieur inferieure = inferieur; petit petite = petit; grand grande = grand;
    vieux vieille = vieux; nouveau nouvelle = nouveau"""
)
_LEVELS = _table(
    """maternel maternelle = maternelle; primaire =; fondamental fondamentale fondamentaux = maternelle primaire;
    secondaire =; humanite = secondaire"""
)
_FORMS = _table("specialise specialisee = specialised")
_NETWORKS = _table(
    """communal communale municipal municipale = communal; provincial provinciale = provincial; royal royale wbe etat =
    wbe; libre catholique = libre; autonome annexe annexee officiel officielle = communal provincial wbe"""
)
_SAYS = {"kinds": _KINDS, "marks": _MARKS, "levels": _LEVELS, "forms": _FORMS, "networks": _NETWORKS}
_COMMON = frozenset(
    """notre dame sacre coeur technique polytechnique professionnel commercial industriel industrielle agricole
    horticole artistique art metier science international internationale europeenne maison jeunes communaute""".split()
)
_VOCABULARY = tuple(chain(*_SAYS.values(), _COMMON, ("enseignement",)))
_SAINTS = frozenset("saint sainte saints saintes st ste sts stes".split())
_SIGNS = str.maketrans({sign: "'" for sign in "’‘ʼʹ′`´"} | {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
_LETTERS_WITH_DOTS = re.compile(r"(?<![\w'])[a-z](?:(?:\.-?|-|\. (?!a ))[a-z](?![\w']))+")
_SHORTENED = re.compile(r"\b([a-z]{3,})\.")
_PHRASES = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"[\W_]+", " "),
        (r"\bath (?=(?:royal|roy|r|communal)\b)", "athenee "),
        (r"(?<=\S) (?:classes?|cl) (?:de|d|du|mme|m|mr)\b.*", ""),
        (r"\b[1-6] ?(?:re|ere|er|eme|e|nde|de)? (?:annee )?(?=primaire|secondaire|maternelle)", ""),
        (r"\bamnesty(?: int\w*)?(?: belgique)?(?: francophone)?\b", "amnesty"),
        (r"\bcommunaute francaise\b|\b(?:federation )?wallonie bruxelles(?: enseignement)?\b", "wbe"),
        (r"\bpromotion sociale\b|\bpromo? ?soc\b", "promsoc"),
        (r"\bhaute ecole\b", "hauteecole"),
        (r"\b(?:centre|groupe|complexe|cite|campus|communaute) (?:d )?(?:scolaire|educati\w+|enseignement)\b", "centrescolaire"),
        (r"\b([an]) (?=[rd]\b)", r"\1"),
    )
)  # fmt: skip
_NUMBER = re.compile(r"(?:no?|nr)?0*([0-9]+)(?:er|ere|re|e|eme|nd|nde)?")
_ROMAN = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})(?:er)?")
_LEADING_ZEROS = re.compile(r"(?<![\w.])0+(?=[0-9])")
_BEFORE_BOX = re.compile(rf"^(?:{BOX_WORD}|b(?=[\s.]?[0-9]))|\bn[o°]?\.?(?=\s?[0-9])|[\W_]")
_LONGEST_READ = 200


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
    street, number, box = (_LEADING_ZEROS.sub("", _fold(t)) for t in (address.street, address.number, address.box))
    line = read_street_line(street)
    if line.number and _solid(number) in ("", _solid(line.number), _solid(f"{line.number}/{line.box}")):
        street, number, box = line.street, line.number, box or line.box
    elif house := read_house(number):
        number, box = house.number, box or house.box
    words = re.findall(r"[^\W_]+", street)
    words = [_FIRST_IN_STREETS.get(w, w) for w in words[:1]] + [_LATER_IN_STREETS.get(w, w) for w in words[1:]]
    postcode = re.sub(r"[\W_]|^be?(?=\W*[0-9])", "", _fold(address.postcode))
    country = _solid(address.country).replace("be", "")
    parts = (country, postcode, "".join(words), _solid(number), _BEFORE_BOX.sub("", box))
    return " ".join(filter(None, parts)) if words else ""


def organisation_key(name: str) -> str:
    """Return the words of a name in full, sorted, without articles, case and accents; names with one key are the same.

    >>> organisation_key("AR Namur"), organisation_key("ATHÉNÉE ROYAL DE NAMUR")
    ('athenee namur royal', 'athenee namur royal')
    """
    return _read(name[:_LONGEST_READ]).key


def is_same_organisation(a: str, b: str) -> bool:
    """Tell whether two names used at one postcode are likely to be one organisation's; an empty one is nobody's.

    Both may leave words out, but must not contradict each other: in kind, network, level, number, saint, bank of the
    river. Where they share nothing but a place, or one is bare, the other may add no more than a place: `École
    communale` is `École communale de Ciney`, but neither `École communale n° 3` nor `École communale Le Tilleul`.

    >>> is_same_organisation("Athénée Royal de Namur", "AR Namur")
    True
    >>> is_same_organisation("Institut Saint-Joseph", "Institut Saint-Louis")
    False
    """
    one, other = _read(a[:_LONGEST_READ]), _read(b[:_LONGEST_READ])
    if not one.key or not other.key or one.key == other.key:
        return bool(one.key) and one.key == other.key
    if _conflict(one.numbers, other.numbers):
        return False
    if _is_acronym_of(one, other) or _is_acronym_of(other, one):
        return True
    if one.says["marks"] != other.says["marks"] or any(
        _conflict(one.says[what], other.says[what]) for what in ("levels", "networks")
    ):
        return False
    return _shares_core(one, other)


@dataclass(frozen=True, slots=True)
class _Name:
    """A name taken apart. `words` are what makes it this one and no other; `places` are some of them."""

    key: str
    words: tuple[str, ...]
    places: frozenset[str]
    says: dict[str, frozenset[str]]
    numbers: frozenset[str]
    initials: frozenset[str]


@lru_cache(maxsize=8192)
def _read(name: str) -> _Name:
    tokens = _tokens(name)
    in_place = _place_positions(tokens)
    words: list[str] = []
    numbers: set[str] = set()
    says: dict[str, set[str]] = {what: set() for what in _SAYS}
    holy = False
    for at, token in enumerate(tokens):
        if token in _SAINTS and at not in in_place:
            holy = True
        elif token in _NOISE:
            continue
        elif holy or at in in_place:
            words.append(f"st-{token}" if holy else token)
            holy = False
        elif number := _number(token):
            numbers.update({number} if not is_known(number) else ())
        elif said := [(what, table[known]) for what, table in _SAYS.items() if (known := _known(token)) in table]:
            what, meaning = said[0]
            says[what].update((meaning or _known(token)).split())
        else:
            words.append(token)
    found = {*words, *numbers, *(f"{what[0]}:{word}" for what in says for word in says[what])}
    letters = [(token[0], at in in_place) for at, token in enumerate(tokens) if token not in _NOISE]
    return _Name(
        key=" ".join(sorted(found)) or "".join(tokens),
        words=tuple(words),
        places=frozenset(tokens[at] for at in in_place),
        says={what: frozenset(said) for what, said in says.items()},
        numbers=frozenset(numbers),
        initials=frozenset(("".join(i for i, _ in letters), "".join(i for i, place in letters if not place))),
    )
