"""Refusals of rules about dispatches and parcels."""

from flask_babel import gettext, ngettext

from orders.packing.models import PostKind
from orders.references import show_reference
from orders.shipping.carrier import manifest
from orders.shipping.models import (
    ContentsChanged,
    MarkedOtherwise,
    NobodyPacked,
    NothingToShare,
    NotThatMany,
    OtherAddress,
    TooLargeInOrders,
)
from orders.shipping.number_ranges import UnreadableNumbers, show_ranges
from orders.shipping.printing import order_pdfs, print_requests, printers
from orders.shipping.printing.counter_check import CountedOtherwise
from orders.shipping.printing.models import NotInPrinting, PrintingAnswered, PrintingState, UnknownPrinting
from orders.shipping.printing.paper_check import OutdatedPaper
from orders.shipping.printing.printers import StretchCause
from orders.shipping.return_models import NothingPosted, NothingToRecall, WhichParcel
from orders.wording.formatting import number
from orders.wording.messages.registry import sentence


@sentence.register
def _(said: TooLargeInOrders) -> str:
    _, refusal = said.orders[0]
    return gettext(
        "Rien n’a été préparé. À laisser de côté : %(references)s. %(why)s",
        references=", ".join(show_reference(reference) for reference, _ in said.orders[:20]),
        why=sentence(refusal),
    )


@sentence.register
def _(said: printers.UnknownPrinter) -> str:
    return gettext("Aucune imprimante ne s’appelle « %(name)s » : choisissez-en une de la liste.", name=said.name[:40])


@sentence.register
def _(said: printers.BadPrinterName) -> str:
    if said.is_taken:
        return gettext("Une imprimante s’appelle déjà « %(name)s » : donnez-lui un autre nom.", name=said.name)
    return gettext(
        "Donnez à l’imprimante un nom de %(longest)s signes au plus, avec au moins une lettre.",
        longest=printers.LONGEST_NAME,
    )


@sentence.register
def _(said: printers.TooFarOff) -> str:
    return gettext("Aucune imprimante ne décale autant : relisez les règles, qui vont de −10 à 10 mm.")


@sentence.register
def _(said: printers.UnlikelyStretch) -> str:
    scales = {"across": number(said.across / 10), "down": number(said.down / 10)}
    return {
        StretchCause.NOT_AT_100_PERCENT: gettext(
            "Rien n’a changé : la page a été imprimée à %(across)s %% en largeur et %(down)s %% en hauteur, "
            "sans doute « ajustée à la page ». Imprimez-la à 100 %%, puis relisez.",
            **scales,
        ),
        StretchCause.SIGN: gettext(
            "Rien n’a changé : cela ferait %(across)s %% en largeur et %(down)s %% en hauteur. Un signe est sans doute "
            "faux : vers la droite et vers le bas, c’est positif.",
            **scales,
        ),
        StretchCause.MISREAD: gettext(
            "Rien n’a changé : cela ferait %(across)s %% en largeur et %(down)s %% en hauteur. Une lecture est fausse "
            "de plusieurs millimètres : les deux croix sont-elles échangées ?",
            **scales,
        ),
    }[said.cause]


@sentence.register
def _(said: print_requests.UnknownPaper) -> str:
    return gettext("Choisissez quoi imprimer : les étiquettes, les bordereaux ou une liste.")


@sentence.register
def _(said: NobodyPacked) -> str:
    return ngettext(
        "Personne n’a emballé le pli %(numbers)s.",
        "Personne n’a emballé les plis %(numbers)s.",
        len(said.numbers),
        numbers=show_ranges(said.numbers),
    )


@sentence.register
def _(said: MarkedOtherwise) -> str:
    return gettext("Quelqu’un a changé le pli %(sequence)s entre-temps : rien n’est annulé.", sequence=said.sequence)


@sentence.register
def _(said: CountedOtherwise) -> str:
    return gettext("Le guichet n’a pas compté comme Pli.")


@sentence.register
def _(said: print_requests.NoneOfThatKind) -> str:
    if said.kind is PostKind.PARCEL:
        return gettext("Il n’y a pas de colis parmi ces numéros : rien n’a été imprimé.")
    return gettext("Il n’y a pas de lettre parmi ces numéros : rien n’a été imprimé.")


@sentence.register
def _(said: print_requests.NoRoomForCode) -> str:
    return gettext(
        "Les étiquettes %(sheet)s sont trop petites pour un code-barres : prenez des L7163 ou de plus grandes.",
        sheet=said.sheet,
    )


@sentence.register
def _(said: UnreadableNumbers) -> str:
    return gettext("« %(typed)s » ne se lit pas comme des numéros : écrivez-les comme 3, 9, 12-15.", typed=said.typed)


@sentence.register
def _(said: order_pdfs.NotPosted) -> str:
    return gettext(
        "La commande %(reference)s est à retirer au bureau : il n’y a pas d’étiquette à imprimer.",
        reference=show_reference(said.reference),
    )


@sentence.register
def _(said: OutdatedPaper) -> str:
    return ngettext(
        "Rien n’a changé : le papier du pli %(numbers)s n’est plus juste.",
        "Rien n’a changé : le papier de ces plis n’est plus juste : %(numbers)s.",
        len(said.numbers),
        numbers=", ".join(map(str, said.numbers[:20])),
    )


@sentence.register
def _(said: UnknownPrinting) -> str:
    return gettext("Cette impression n’existe pas dans cet envoi : revenez à l’envoi et choisissez-en une.")


@sentence.register
def _(said: PrintingAnswered) -> str:
    if said.printing.state is PrintingState.ALL_OUT:
        return gettext("Il était déjà noté que tout est sorti : rien n’a changé.")
    return gettext(
        "Un bourrage au numéro %(number)s était déjà noté : rien n’a changé.", number=said.printing.jammed_at
    )


@sentence.register
def _(said: NotInPrinting) -> str:
    return gettext(
        "Écrivez le premier numéro qui n’est pas bien sorti, de %(first)s à %(last)s.",
        first=said.first,
        last=said.last,
    )


@sentence.register
def _(said: ContentsChanged) -> str:
    return gettext(
        "Rien n’a changé : quelqu’un a déplacé des exemplaires de cet envoi entre-temps. Regardez, puis recommencez."
    )


@sentence.register
def _(said: NotThatMany) -> str:
    return gettext(
        "Rien n’a changé : choisissez de 1 à %(held)s exemplaires de cette publication, et un autre pli.",
        held=said.held,
    )


@sentence.register
def _(said: OtherAddress) -> str:
    return gettext("Rien n’a changé : ce pli va à une autre adresse.")


@sentence.register
def _(said: NothingToShare) -> str:
    return gettext("Rien n’a changé : aucune autre commande de cet envoi ne va à cette adresse.")


@sentence.register
def _(said: order_pdfs.UnprintableParcels) -> str:
    return gettext(
        "Rien n’a été imprimé : l’adresse de %(parcels)s ne tient pas sur le papier. "
        "Corrigez-la, ou imprimez les autres.",
        parcels=", ".join(str(parcel) for parcel, _ in said.parcels[:20]),
    )


@sentence.register
def _(said: NothingPosted) -> str:
    return gettext("Rien de cette commande n’est à la poste : rien ne peut en revenir. Rien n’a changé.")


@sentence.register
def _(said: WhichParcel) -> str:
    return gettext("Plusieurs plis de cette commande sont à la poste : dites d’abord lequel est revenu.")


@sentence.register
def _(said: manifest.NothingForCarrier) -> str:
    return gettext("Cet envoi n’a que des lettres : il n’y a rien à donner au transporteur.")


@sentence.register
def _(said: NothingToRecall) -> str:
    return gettext("Aucun de ces plis n’est à la poste : rien n’a changé.")
