"""Finding French where none belongs."""

import re

from orders.association.profile_cache import starter_profile

NAMES = (
    *(text["fr"] for text in (starter_profile().name, starter_profile().street)),
    "Marathon des lettres 2026",
    "Rue de la Senne",
    "Rue de la Presse",
    "rue de la Presse",
    "autoriteprotectiondonnees",
    "Français",
)
LINK = re.compile(r"https?://\S+")  # the random letters of a link's token may be words of any language
FRENCH = re.compile(
    r"\b(?:vous|nous|votre|vos|notre|nos|une?|dans|avec|pour|sont|été|chez|cette|commandes?|exemplaires?|lettres|envois?"
    r"|langue|adresse postale|colis|gratuite?|merci|bonjour|erreur|écrivez|choisissez|d’un|l’[a-zé]+|qu’\w+|n’\w+)\b",
    re.IGNORECASE,
)


def french_in(text: str) -> list[str]:
    """Words that only French has, outside our own names and links; with what stands around them."""
    text = LINK.sub("", text)
    for name in NAMES:
        text = text.replace(name, "")
    return [text[max(0, found.start() - 20) : found.end() + 20] for found in FRENCH.finditer(text)]
