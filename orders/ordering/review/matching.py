"""Whether two orders come from the same orderer: keys of an e-mail and an address.

Nothing here reads the database: callers look for equal keys. Equal keys are reasons to ask somebody, never to refuse an
order.
"""

import re
import unicodedata
from typing import NamedTuple

from orders.addresses import PostalAddress, clean
from orders.addresses.po_boxes import with_po_box_for_street
from orders.addresses.street_lines import read_house, read_street_line
from orders.addresses.vocabulary import BOX_WORD

_SHORT = """
av>avenue ave>avenue bd>boulevard bld>boulevard blvd>boulevard bvd>boulevard boul>boulevard r>rue ch>chaussee
chee>chaussee che>chaussee chauss>chaussee pl>place rte>route imp>impasse sq>square all>allee fbg>faubourg st>saint
chem>chemin ste>sainte sts>saints gal>general gen>general dr>docteur prof>professeur cdt>commandant mgr>monseigneur
"""
_STREET_WORDS = {word.partition(">")[0]: word.rpartition(">")[2] for word in _SHORT.split()}
_SIGNS = str.maketrans({sign: "'" for sign in "’‘ʼʹ′`´"} | {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
_BEFORE_BOX = re.compile(rf"^(?:{BOX_WORD}|b(?=[\s.]?[0-9]))|\bn(?:[o°]\.?|\.)(?=\s?[0-9])|[\W_]")


OF_GMAIL = frozenset(("gmail.com", "googlemail.com"))


def email_key(email: str) -> str:
    """Return an e-mail address as it is compared: without case, accents, spaces and `+tag`.

    Dots stay, but for Gmail, which takes no notice of them: elsewhere `a.b@` and `ab@` may be two persons.

    >>> email_key(" Marie.Dupont+ecole@Example.ORG"), email_key("marie.dupont@googlemail.com")
    ('marie.dupont@example.org', 'mariedupont@gmail.com')
    """
    local, at, domain = "".join(fold(email).split()).rpartition("@")
    local = local.partition("+")[0] or local
    if domain in OF_GMAIL:
        return f"{local.replace('.', '') or local}@gmail.com"
    return f"{local}{at}{domain}"


class Letterbox(NamedTuple):
    """An address as it is compared; all but the number and the box are empty where there is no street."""

    country: str
    postcode: str
    street: str
    number: str
    box: str


def letterbox(address: PostalAddress) -> Letterbox:
    """The parts of an address that make it this one. Name, building and town are no part of it: one house may be
    written with its village or with its town."""
    address = with_po_box_for_street(address)
    typed = (fold(text) for text in (address.street, address.number, address.box))
    street, number, box = (re.sub(r"(?<![\w.])0+(?=[0-9])", "", text) for text in typed)
    if house := read_house(number):
        number, box = house.number, box or house.box
    if (line := read_street_line(street)).number and fold(number, solid=True) in ("", fold(line.number, solid=True)):
        street, number, box = line.street, line.number, box or line.box
    street = "".join(_STREET_WORDS.get(word, word) for word in re.findall(r"[^\W_]+", street.lower()))
    country = fold(address.country, solid=True).replace("be", "")
    postcode = re.sub(r"^be?(?=[0-9])", "", fold(address.postcode, solid=True))
    return Letterbox(country, postcode, street, fold(number, solid=True), _BEFORE_BOX.sub("", box))


def address_key(address: PostalAddress) -> str:
    """Return postcode, street, number and box as they are compared; the PO box where there is no street.

    >>> address_key(PostalAddress("Marie", "Av. de l'Été", "032/20", "5590", "Ciney"))
    '5590 avenuedelete 32 20'
    >>> address_key(PostalAddress("École", "AVENUE DE L’ETE", "32", "5590", "Achêne", box="bte 20"))
    '5590 avenuedelete 32 20'
    """
    parts = letterbox(address)
    return " ".join(filter(None, parts)) if parts.street else ""


def fold(text: str, *, solid: bool = False) -> str:
    """Return a text without case, accents, ligatures and stray spaces; if `solid`, nothing but letters and digits."""
    plain = unicodedata.normalize("NFKD", clean(text).translate(_SIGNS).casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter) and (letter.isalnum() or not solid))
