"""Letters that only look like the usual ones are read as what they look like, before anything is asked."""

import unicodedata

import pytest

import labels
from orders.addresses import clean, unprintable


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        ("Jean\u2011Luc", "Jean-Luc"),
        ("Marie\u2010Anne", "Marie-Anne"),
        ("12\u221214", "12-14"),
        ("Ra\ufb00aëlle Ste\ufb00en", "Raffaëlle Steffen"),
        ("O\ufb03ciel, Di\ufb04é, \ufb01n, \ufb02eur", "Officiel, Difflé, fin, fleur"),
        ("l\u2032Église", "l’Église"),
        ("l\u00b4Église", "l’Église"),
        ("d`Or", "d’Or"),
        ("O\u00b4Brien", "O’Brien"),
        ("\u00b4t Hof", "’t Hof"),
        ("\u2018s-Gravenvoeren", "’s-Gravenvoeren"),
        ("Institut \u2161", "Institut II"),
        ("Jean \u2169\u2169\u2162", "Jean XXIII"),
        ("Ｒｕｅ Ｈａｕｔｅ １２", "Rue Haute 12"),
        ("Albert 1\u1d49\u02b3", "Albert 1er"),
        ("\u2116 12", "n° 12"),
        ("V\u0133verstraat", "Vijverstraat"),
        ("𝐉𝐞𝐚𝐧", "Jean"),
        ("zoe＠example．org", "zoe@example.org"),
        ("\uff25\u0301cole", "École"),
        # what says something else than the letters it is made of, and what is right as it is
        ("m²", "m²"),
        ("12½", "12½"),
        ("n°12, nº 12", "n°12, nº 12"),
        ("Wetʼsuwetʼen", "Wetʼsuwetʼen"),
        ("Athénée – Namur", "Athénée – Namur"),
        ("« L’Étoile »", "« L’Étoile »"),
    ],
)
def test_a_look_alike_is_read_as_what_it_looks_like(pasted: str, meant: str) -> None:
    assert clean(pasted) == meant
    assert labels.clean(pasted) == meant
    assert unprintable(pasted) == []


def test_the_labels_on_their_own_read_every_letter_as_the_application_does() -> None:
    letters = [chr(code) for code in range(0x20, 0xFFFF) if unicodedata.normalize("NFKC", chr(code)) != chr(code)]
    letters += map(
        chr,
        (
            *range(0x2010, 0x2065),
            *range(0x2066, 0x2070),
            *range(0x2200, 0x2300),
            *range(0x2B0, 0x300),
            0x275B,
            0x2796,
            0x2800,
        ),
    )
    for letter in letters:
        text = f"l{letter}b"
        assert clean(clean(text)) == clean(text)
        assert labels.clean(text).replace("\u00a0", " ") == clean(text)
