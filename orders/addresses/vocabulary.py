"""The words by which streets, boxes, buildings and countries are known on Belgian envelopes (fr, nl, de).

Each name here is the text of a regular expression, to be used without regard to case.
"""

import re

HOUSE = (
    r"[1-9][0-9]{0,3}(?:\s?(?:bis|ter|quater)\b|\s?[a-z](?!\w))?"
    r"(?:(?:\s?[-–+&]\s?|\s(?:et|en|und|à)\s)[1-9][0-9]{0,3}(?:[a-z](?!\w))?){0,3}(?![0-9])"
)
"""A house number as it stands on the door: `7`, `7C`, `12 A`, `12 bis`, `43-45`, `3-5-7`, `3 et 5`."""

NUMBER_SIGN = r"(?:n[°º]\.?|nos?\b\.?|nr\b\.?|num[ée]ro|nummer|#)\s?"

BOX_WORD = r"(?:bo[iî]te|bte|bt|bus|box|appartement|appart|appt|app|apt|ap|briefkasten|bfk)(?![^\W0-9_])"
_BOX_VALUE = r"(?:[0-9][a-z0-9./-]{0,7}|[a-z]{1,2}[0-9][a-z0-9./-]{0,5}|[a-z]{1,2})(?![\w/])"

WORDED_BOX = rf"{BOX_WORD}\.?\s?:?\s?(?:{NUMBER_SIGN})?(?P<worded>{_BOX_VALUE})"
"""A box with its word: `bte 20`, `boîte n° A3`, `bus3`."""

BOX_AFTER_NUMBER = (
    rf"(?:[\s,;(/–-]*{WORDED_BOX}"
    r"|\s?/\s?(?P<slashed>[0-9]{1,4}[a-z]?|[a-z][0-9]{0,3})(?![\w/])"
    r"|\s?b\.?\s?(?P<lettered>[0-9]{1,4}[a-z]?)(?![\w/]))\)?"
)
"""A box right after a house number, where `/20` and `b 20` mean a box too."""

_FLOOR = (
    r"(?:[0-9]{1,2}\s?(?:er|ère|de|ste|e|è|è?me|eme|i[èe]me|\.)?\s?"
    r"(?:[ée]tage|ét\b|verdieping|verd\b|stock\b|og\b)|rez\b|rdc\b|gelijkvloers|erdgeschoss|[ée]tage\b)"
)
_ROOM = (
    r"(?:b[âa]timent|b[âa]t(?![^\W\d_])|bloc|blok|block|escalier|esc\b|aile|local|chambre|kot|studio|gebouw|gebäude)"
)
_HOUSE_NAME = r"(?:immeuble|imm\b|r[ée]sidence|r[ée]s\b|entr[ée]e|ingang|porte|tour|villa|ch[âa]teau|home)"

BUILDING = rf"(?:{_FLOOR}|{_ROOM}\b|{_HOUSE_NAME}\b).*"
"""A text that begins as a building, wing or floor line does. Streets begin so as well: look beside it."""

SURE_BUILDING = rf"(?:{_FLOOR}|{_ROOM}\b\.?\s*(?:[a-z]|[a-z]?[0-9]{{1,3}}[a-z]?)(?!\w)(?!\s*['’-]).*)"
"""A building line that is no street's name: `Bâtiment C, 2e étage`, and neither `Résidence du Parc` nor
`Aile du Château`."""

LEADING_ROOM = rf"{_ROOM}\.?\s+[a-z0-9]{{1,3}}"
"""A room or building with its sign, as it stands before a street without a comma: `Bât. C`."""

_FRENCH_STREET = (
    r"(?:rue|r\.|avenue|ave?\b\.?|chauss[ée]e|ch[ée]e|boulevard|boul|blvd|bld|bvd|bd|place|pl\.|quai|all[ée]e|"
    r"chemin|ch\.|sentier|clos|dr[èe]ve|square|sq|impasse|imp\.|cours?|route|rte|ruelle|venelle|galerie|passage|"
    r"parvis|esplanade|rond[- ]point|cit[ée]|faubourg|fbg|mont[ée]e|côte|voie|promenade|digue|hameau|"
    r"lieu[- ]dit|thier|tienne|rampe|carrefour|domaine|lotissement|parc|grand[-'’ ]?place|grand[-'’ ]?rue|"
    r"(?:petite|vieille|haute|basse|grande) rue|vieux chemin|steenweg|markt)(?![^\W_])"
)
_STREET_ENDING = (
    r"(?:stra(?:at|ße|sse)|str\.|laan|weg|plein|dreef|kaai|lei|baan|markt|dijk|hof|pad|park|singel|vest|wijk|"
    r"gasse|platz|allee)(?!\w)"
)
STREET = rf"(?:{_FRENCH_STREET}|(?:[^\W0-9_][\w'’.-]*\s){{0,2}}[^\W0-9_][\w'’.-]*?{_STREET_ENDING})"
"""The beginning of a street's name, in any of the three languages."""

_MONTH = r"(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre)"
_BARE_STREET = r"(?:rue|avenue|quai|boulevard|chauss[ée]e|all[ée]e|chemin|route|cit[ée]|impasse|cour|laan|kaai)"
_WAR = r"(?:combattants?|guerres?|h[ée]ros|victimes|martyrs?|soldats?|anciens|morts|volontaires|oudstrijders)"
OWN_NUMBER = (
    rf"(?:{_MONTH}\s(?:1[89]|20)[0-9]{{2}}|\b(?:de|du|des|la|le|les|van|der|het|op|nationale|zone|phase|lot|km)\s[0-9-]+|"
    rf"\b(?:{_WAR}|{_BARE_STREET}|place|square)\s(?:14[-/]18|40[-/]45)|\b(?:1914[-/]1918|1940[-/]1945)|"
    r"\b(?:albert|l[ée]opold) [1-3]|\bbaudouin 1|\bjean[- ]paul [12]|(?<!saint[- ])(?<!st[- ])\bjean 23|"
    r"\b(?:espace|galerie|parc|centre|quartier|zoning) (?:19|20)[0-9]{2}|"
    rf"^{_BARE_STREET}\s[0-9]+)$"
)
"""The end of a street with a number in its name: `8 Mai 1945`, `de 1830`, `Combattants 14-18`, `Albert 1`, `Quai 30`.

After a king or a saint stands a house number unless it is one of theirs; so does a range that is no war's.
"""

HAMLET = (
    r"\s*(?:,\s*|\(\s*)[A-ZÀ-Ý][^\W\d_]{2,}(?:[ '’-][^\W\d_]+){0,3}\)?|\s+[A-ZÀ-Ý]{4,}(?:[ '’-][A-ZÀ-Ý]+){0,3}|"
    r"[\s,(]*(?P<worded>(?i:hameau|lieu[- ]dit|gehucht|weiler)\b)[^\d()]{2,40}\)?"
)
"""A hamlet after a house number: in brackets, after a comma, in capitals or with its word. Capitals count."""

NO_STREET_END = (
    r"(?<!\bla )(?<!\bdu )(?<!\bdes )(?<!\bde )(?<!\bl['’])"
    rf"\b(?:{BOX_WORD}|b|{_ROOM}|porte|étage)\.?(?:\s?{NUMBER_SIGN})?$"
)
"""What no street ends with: the number after it counts boxes or rooms, not houses."""

COUNTRY = r"(?:belgique|belgi[ëe]|belgien|belgium|be)"
POSTCODE = r"(?:(?:be?|c\.?\s?p\.?|code postal|postcode|plz)\s?[:–-]?\s?)?(?P<postcode>[1-9][0-9]{3})"
"""A postcode with or without the country's letter: `5590`, `B-5590`."""


def compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern that takes small letters and capitals for the same."""
    return re.compile(pattern, re.IGNORECASE)
