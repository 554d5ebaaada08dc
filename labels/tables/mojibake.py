"""Mojibake: text that was stored in one encoding and read in another. Detects it, and repairs it where that is certain.

`HÃ©lÃ¨ne` is UTF-8 read as Windows-1252: the bytes say so themselves, so it is read rightly. `GŽrard` is Mac Roman read
as Windows-1252: it can only be guessed, so it is refused with the guess.
"""

import html
import re
from collections.abc import Iterator
from functools import cache

_LIKELY = "àâçéèêîôùûœÉÀ’«»°…\u00a0"
_LESS_LIKELY = "ëïäöüÿæñßÂÄÇÈÊËÎÏÔÖÙÛÜŸŒÆÑ‘“”—–º²€\u202f·•"
USUAL = _LIKELY + _LESS_LIKELY
"""Letters and signs beyond ASCII that French, Dutch and German write."""

RARE = "řěůňťďżźăŘĚŻŹáãåíìóòõøúýžščćśńłęąğışțşőűÁÃÅÍÌÓÒÕØÚÝŽŠČĆŚŃŁĞİŞȚŐŰ³ª®™©½¼¾‹›´¨"
"""Those of names from elsewhere, and signs that are seldom in an address."""

_WRONG_READINGS = ("cp1252", "mac_roman", "cp850", "cp437")
_MOST_TIMES = 3  # that letters were encoded again
_SHORTEST_GUESSED = 3  # letters of a word

# A capital with an accent after a small letter or inside a word in small letters; a sign that is no letter in a word.
_LATIN = "[A-Za-zÀ-ÖØ-öø-ÿ]"
_CAPITALS = "ÁÈËÍÌÎÏÓÔÒÙÚÛŠŽŒÆÕÅÄ"
_CAPITAL_INSIDE = rf"(?<={_LATIN})[{_CAPITALS}](?=[a-zß-ÿ])|(?<=[a-zß-ÿ])[{_CAPITALS}](?![A-ZÀ-Þ])"
_SIGN_INSIDE = (
    rf"(?<={_LATIN})[‡†‚„¤¦¬±¶¼½¾÷×£¥§¿¡√∞≈≠≤≥◊∆∑∏π∫Ω˘˙˚˝˛ˇ\u0080-\u009f\u2500-\u25ff](?={_LATIN})"
    rf"|[ƒˆ‰](?={_LATIN})|(?<={_LATIN})[ƒˆ‰‚]"
)
_LOST = r"\ufffd|(?<![A-Z])[ÃÂ](?=[\s\u00a0]|$)|[ÃÂ](?=[^\w\s])|[├┬](?=\S)"
_ONLY_ACCENTS = "[À-ÖØ-öø-ÿ]{3}"  # Cyrillic and Greek read as Windows-1252
_NEVER_RIGHT = re.compile(f"{_CAPITAL_INSIDE}|{_SIGN_INSIDE}|{_LOST}|{_ONLY_ACCENTS}")
_LOST_SPACE = re.compile(r"(?<!\S)Ã {1,2}(?=\S)")  # `à`, whose second byte became a space
_VOWELS, _NEVER_BEHIND_VOWELS = "aeioAEIO", "âåæøÂÅÆØ"
_WORD = re.compile(r"[^\s,;]+")
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#[0-9]{2,5}|#[xX][0-9A-Fa-f]{2,4});")


def mended(text: str) -> str:
    """The text with letters that were encoded twice, or written for a web page, as they were meant."""
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    if text.isascii():
        return text
    for _ in range(_MOST_TIMES):
        shortest = min((_decoded(text, codec) for codec in _WRONG_READINGS), key=len)
        if len(shortest) == len(text):
            break
        text = shortest
    return _LOST_SPACE.sub("à ", text)


def never_right(text: str) -> str:
    """The first word with letters that can only come from a wrong encoding; empty where there is none."""
    if text.isascii() or not (found := _NEVER_RIGHT.search(text)):
        return ""
    return next((word[0] for word in _WORD.finditer(text) if word.end() > found.start()), text)[:40]


def guess(word: str) -> str:
    """What a word was probably meant to be, the letters of which are never right; empty where nothing fits."""
    if len(word) < _SHORTEST_GUESSED:
        return ""
    candidates = [reread for reread in _rereadings(word) if reread.isprintable() and not never_right(reread)]
    best = min(candidates, key=cost, default="")
    return best if best and cost(best) < 0.2 else ""


def _rereadings(word: str) -> Iterator[str]:
    for wrong in _WRONG_READINGS:
        for right in ("mac_roman", "cp1252", "cp850"):
            try:
                yield word.encode(wrong).decode(right)
            except UnicodeError:
                continue


def cost(text: str) -> float:
    """How unlikely letters beyond ASCII are in a French text: 0 for a text in which all of them fit."""
    padded = f" {text} "
    return sum(
        _cost_of(padded[at - 1], letter, padded[at + 1])
        for at, letter in enumerate(padded[1:-1], start=1)
        if not letter.isascii()
    )


def _cost_of(before: str, letter: str, after: str) -> float:
    """The cost of one letter between its neighbours."""
    if letter not in USUAL and letter not in RARE:
        return 1
    cost = 0.3 if letter in RARE else 0.1 if letter in _LESS_LIKELY else 0
    if letter.isalpha():
        if letter.isupper() and (before.islower() or (before.isalpha() and after.islower())):
            return 1
        if letter in _NEVER_BEHIND_VOWELS and before in _VOWELS:
            return 1
        return cost + (0.5 if letter.islower() and before.isupper() and after.isupper() else 0)
    if letter == "’":
        return cost
    if not before.isalpha():
        return cost + (0.5 if letter in "…”»°²•–—" and after.isalpha() and before in " ;,\t" else 0)
    return 1 if after.isalpha() else cost + (0.3 if letter in "“«‘" else 0)


@cache
def _misread(codec: str) -> tuple[re.Pattern[str], dict[str, int]]:
    """What UTF-8 looks like when it is read in another encoding, and the byte that each of its letters was."""
    byte_of = {chr(byte): byte for byte in range(0x80, 0xA0)} if codec == "cp1252" else {}
    for byte in range(0x80, 0x100):
        try:
            byte_of[bytes((byte,)).decode(codec)] = byte
        except UnicodeDecodeError:
            continue

    def some(first: int, last: int) -> str:
        return "[" + "".join(re.escape(letter) for letter, byte in byte_of.items() if first <= byte <= last) + "]"

    follows = some(0x80, 0xBF)
    return re.compile(f"{some(0xC2, 0xC5)}{follows}|{some(0xE2, 0xE2)}{follows}{{2}}"), byte_of


def _decoded(text: str, codec: str) -> str:
    """The text with what was read in that encoding read as UTF-8 again, wherever a letter comes of it."""
    pattern, byte_of = _misread(codec)

    def letter(found: re.Match[str]) -> str:
        try:
            meant = bytes(byte_of[each] for each in found[0]).decode("utf-8")
        except UnicodeDecodeError:
            return found[0]
        return meant if meant in USUAL or meant in RARE or meant in byte_of else found[0]

    return pattern.sub(letter, text)
