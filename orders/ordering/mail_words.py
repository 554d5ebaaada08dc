"""What of an orderer's own words stands in mails: the first name and the address, unless they could advertise.

Anybody can order in the name of a stranger's e-mail address, and so write to it what stands in the order.
"""

import re

from orders.addresses import PostalAddress

_TITLE_WORDS = """
m mr mme mlle mm monsieur madame mademoiselle messieurs mesdames dr docteur prof professeur abbé père sœur
dhr heer mevr mevrouw mw meneer juf meester herr frau mrs ms miss mister sir
"""
_OTHER_WORDS = """
famille famillie école ecole classe bibliothèque secrétariat direction service groupe asbl comité maison centre
les la le l une un des du de da dos van von vanden vander ten ter het een der die das den el al ben
gezin familie school klas bibliotheek secretariaat directie dienst groep vzw
schule klasse bibliothek sekretariat leitung dienststelle gruppe family the library office group
"""
_TITLES, _NOT_NAMES = frozenset(_TITLE_WORDS.split()), frozenset(_OTHER_WORDS.split())
_AND = frozenset(("et", "en", "und", "and", "&", "+", "ou", "of", "oder", "or"))
_ONE_NAME = re.compile(r"[^\W\d_]+(?:[’'ʼ-][^\W\d_]+)*")
_LENGTHS = range(2, 21)  # letters: what longer words say is no greeting


def first_name(name: str) -> str:
    """The first name in a name; empty where it cannot be told from the rest, and for what is no name.

    >>> first_name("Émilie Van den Broeck"), first_name("DUPONT Émilie"), first_name("Dupont, jean-pierre")
    ('Émilie', 'Émilie', 'Jean-Pierre')
    >>> first_name("Mme Marie Dupont"), first_name("De heer Jan Peeters"), first_name("EMILIE")
    ('Marie', 'Jan', 'Emilie')
    >>> first_name("Mme Dupont"), first_name("DUPONT MARIE"), first_name("Famille Dupont"), first_name("E. Dupont")
    ('', '', '', '')
    >>> first_name("Marie et Paul Dupont"), first_name("gagnez.example tout"), first_name("0900 12345")
    ('', '', '')
    """
    _, comma, after = name.partition(",")
    words = (after if comma else name).split()
    without_titles = _without_titles(words)
    if not without_titles or (len(without_titles) == 1 and without_titles != words):
        return ""
    found = _among(without_titles)
    is_name = _ONE_NAME.fullmatch(found) and len(found) in _LENGTHS and found.casefold() not in _NOT_NAMES
    return _written(found) if is_name else ""


def _without_titles(words: list[str]) -> list[str]:
    if [word.casefold() for word in words[:2]] == ["de", "heer"]:
        return words[2:]
    for position, word in enumerate(words):
        if word.casefold().rstrip(".") not in _TITLES:
            return words[position:]
    return []


def _among(words: list[str]) -> str:
    """Which of the words it is: families write their name in capitals, where only one is."""
    shouted = [word.isupper() and word.isalpha() and len(word) > 1 for word in words]
    if len(words) > 1 and (all(shouted) or words[1].casefold() in _AND):
        return ""
    return words[shouted.index(False)] if shouted[0] and len(words) > 1 else words[0]


def _written(name: str) -> str:
    """With a capital where somebody typed none, or only capitals."""
    return "-".join(part.capitalize() for part in name.split("-")) if name.islower() or name.isupper() else name


_LEADS_AWAY = re.compile(r"://|@|\w\.[^\W\d_]{2,}|[0-9][0-9\s./-]{7,}[0-9]")  # links, e-mail, telephone


def postal_lines(address: PostalAddress) -> list[str]:
    """The address as it is printed; nothing at all where a line leads elsewhere.

    >>> postal_lines(PostalAddress(name="Zoé", street="Rue Haute", number="3", postcode="1000", town="Bruxelles"))
    ['Zoé', 'Rue Haute 3', '1000 BRUXELLES']
    >>> postal_lines(PostalAddress(name="Zoé", street="gagnez.example", number="3", postcode="1000", town="Bruxelles"))
    []
    """
    lines = address.lines()
    return [] if any(map(_LEADS_AWAY.search, lines)) else list(lines)
