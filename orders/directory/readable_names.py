"""Names that a list prints in capitals, in a case that can be read. The accents of common words come back too."""

import re
import unicodedata

from orders.addresses import postcodes

_COMMON = """
académie adultes agricole annexée appliquées architecture artistique arts athénée autonome beaux bibliothèque catholique
centre centres chrétien chrétienne collège commerciales commercial communal communale communales communauté complexe
complémentaire conservatoire continue cours cycle danse degré domaine école écoles économique éducation éducatif enfance
enseignement établissement expression familiale fondamental fondamentale formation française français général générale
groupe haute horticole horticulture humanités industriel industrielle institut intégrale internat langues libre lycée
maternel maternelle métiers mixte moderne moyen moyenne municipal municipale musique musicale normal normale nouvelle
ordinaire paramédical parlée pédagogique plastiques polytechnique primaire primaires professionnel professionnelle
promotion provincial provinciale royal royale rural rurale scolaire sciences secondaire secondaires sociale social
spécial spécialisé spécialisée subventionné supérieur supérieure supérieures technique techniques technologie théâtre
type université ville visuelles
"""
_PROPER = """
Bruxelles Wallonie André Barthélemy Benoît Cécile Éloi Étienne François Françoise Frédéric Geneviève Gérard Hélène
Jérôme José Joséphine Léon Léonard Léonie Noël Raphaël René Rémy Thérèse Véronique
"""
_SMALL = "a au aux avec chez d dans de den der des du en et het l la le les lez ou par pour pres s sous sur the van und"
_UNACCENTED = str.maketrans("éèêëàâîïôûùçÉ", "eeeeaaiiouuce")
_WORDS = {word.translate(_UNACCENTED): word for word in _COMMON.split()}
_NAMES = {word.translate(_UNACCENTED).lower(): word for word in _PROPER.split()}
_ARTICLES = frozenset(_SMALL.split())
_LEADING = {"academie", "athenee", "centre", "college", "conservatoire", "ecole", "etablissement", "haute", "institut"}
_ACRONYM = re.compile(r"[BCDFGHJKLMNPQRSTVWXZ]{2,}|CEFA|CEFOR|IPES|IPET|IPEPS|IATA|EPSIS|EPSE|EAFC|IESPP|HELHA|HE|WBE")
_ROMAN = re.compile(r"(?=[IVX])(?:X{0,2})(?:IX|IV|V?I{0,3})")
_WORD = re.compile(r"[^\W_]+")


def readable(name: str, postcode: str = "") -> str:
    """A name in a case that can be read; one that is not all in capitals stays as it is.

    >>> readable("INSTITUT PROVINCIAL D'ENSEIGNEMENT SECONDAIRE LEON HUREZ", "7100")
    'Institut provincial d\\'enseignement secondaire Leon Hurez'
    >>> readable("CEFA - ATHENEE ROYAL DE LA LOUVIERE", "7100"), readable("École n°1")
    ('CEFA - Athénée royal de La Louvière', 'École n°1')
    """
    if name != name.upper() or not any(letter.isalpha() for letter in name):
        return name
    cased = _WORD.sub(lambda found: _cased(found, name), name)
    for place in postcodes.places(postcode):
        cased = re.sub(rf"(?i)\b{_accents_apart(place)}\b", place, cased)
    return cased[:1].upper() + cased[1:]


def _cased(found: re.Match[str], name: str) -> str:
    word, before = found[0], name[: found.start()].rstrip()
    if _ACRONYM.fullmatch(word) or (_ROMAN.fullmatch(word) and before) or any(map(str.isdigit, word)):
        return word
    if len(word) == 1 and (before.endswith(".") or name[found.end() : found.end() + 1] == "."):
        return word
    bare = _bare(word)
    if bare in _NAMES:
        return _NAMES[bare]
    begins = not before or before[-1] in '-–("«:'
    if bare in _WORDS:
        return _WORDS[bare].capitalize() if begins and bare in _LEADING or not before else _WORDS[bare]
    if bare in _ARTICLES and before:
        return word.lower()
    return word.capitalize()


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _accents_apart(place: str) -> str:
    """A pattern for the name of a place, written with or without its accents and hyphens."""
    return "".join(
        f"[{letter}{bare}]" if (bare := _bare(letter)) != letter.casefold() else _plain(letter) for letter in place
    )


def _plain(letter: str) -> str:
    return "[ -]" if letter in " -" else re.escape(letter)
