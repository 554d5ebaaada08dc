"""What people write in a cell where a form offers a choice, in the four languages, and the choice that they mean.

What they write for an audience stands with the audiences.
"""

from collections.abc import Mapping

from orders.ordering.models import Delivery, WhenShort
from orders.spreadsheets import folded

_WORDS: Mapping[str, Mapping[str, str]] = {
    "delivery": {
        Delivery.POST.value: """
            poste, par la poste, par poste, envoi, envoyer, courrier, per post, met de post, mit der post, by
            post, mail""",
        Delivery.PICKUP.value: """
            retrait, à retirer, à retirer au bureau, enlèvement, sur place, vient chercher, afhalen, af te halen,
            af te halen op kantoor, abholung, abholen, im büro abzuholen, selbstabholung, pick up, collect,
            to collect, to be collected at the office""",
    },
    "when_short": {
        WhenShort.SEND.value: """
            envoyer, envoyez ce qu’il y a le reste suivra, verzenden, stuur wat er is de rest volgt, senden,
            senden sie was da ist der rest folgt, send what there is the rest will follow""",
        WhenShort.WAIT.value: """
            attendre, attendez que tout soit là, wachten, wacht tot alles er is, warten, warten sie bis alles da
            ist, wait until everything is there""",
        WhenShort.FEWER.value: """
            moins, seulement ce qu’il y a maintenant, minder, alleen wat er nu is, weniger, nur was jetzt da ist,
            nur das was jetzt da ist, less, only what there is now""",
    },
    "language": {
        "fr": "français, francais, frans, französisch, french, f",
        "nl": "néerlandais, nederlands, niederländisch, dutch, flamand, n",
        "de": "allemand, duits, deutsch, german, d",
        "en": "anglais, engels, englisch, english, e",
    },
    "country": {
        "BE": "belgique, belgië, belgien, belgium, b, bel",
        "FR": "france, frankrijk, frankreich, f, fra",
        "LU": "luxembourg, luxemburg, grand-duché de luxembourg, l, lux",
    },
    "already_sent": {
        "1": "oui, ja, yes, vrai, true, waar, wahr, x, o, j, y",
        "0": "non, nee, nein, no, faux, false, onwaar, falsch, n",
    },
}
_CHOICE_OF = {
    column: {folded(word): choice for choice, words in choices.items() for word in (choice, *words.split(","))}
    for column, choices in _WORDS.items()
}
COLUMNS = tuple(_CHOICE_OF)


def choice_called(column: str, cell: str) -> str:
    """The choice that a cell names, as the forms send it; the cell itself where it names none."""
    return _CHOICE_OF[column].get(folded(cell), cell) if cell else cell
