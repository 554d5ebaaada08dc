"""Why an order cannot be changed, taken back, reported or sent again, nor a mail, nor its letters counted."""

from flask_babel import gettext, ngettext

from orders.mail.models import MailErased, StillWaiting, UnknownMail
from orders.ordering.followup.letter_models import MOST_LETTERS, ImpossibleLetters, NothingWasSent, UnknownLetterCount
from orders.ordering.followup.mail_resend import OldLink
from orders.ordering.lifecycle.changing import FewerThanSent, MoreAfterSending, OrderChangedMeanwhile
from orders.ordering.lifecycle.email_change import (
    AlreadyConfirmed,
    LinkExpired,
    LinkReplaced,
    SameEmail,
    TooManyEmailChanges,
)
from orders.ordering.refusals import (
    NothingReturned,
    NothingSent,
    NothingToReport,
    NotSentSoMany,
    OrderErased,
    OrderRestricted,
)
from orders.references import show_reference
from orders.reminders.models import UnknownReminder
from orders.wording.association_text import association_text
from orders.wording.formatting import number
from orders.wording.messages.registry import sentence


@sentence.register
def _(said: NothingSent) -> str:
    return gettext(
        "Rien de la commande %(reference)s ne peut revenir ou se perdre : Pli n’en a encore rien envoyé.",
        reference=show_reference(said.reference),
    )


@sentence.register
def _(said: NotSentSoMany) -> str:
    return gettext(
        "De la commande %(reference)s, il n’a pas été envoyé autant : %(shortages)s. Rien n’a changé.",
        reference=show_reference(said.reference),
        shortages=", ".join(
            gettext(
                "%(code)s, %(copies)s indiqués et %(available)s envoyés",
                code=shortage.code,
                copies=number(shortage.copies),
                available=number(shortage.available),
            )
            for shortage in said.shortages
        ),
    )


@sentence.register
def _(said: NothingReturned) -> str:
    return gettext(
        "La commande %(reference)s n’attend pas d’adresse corrigée : la poste ne l’a pas rendue, "
        "ou elle repart déjà. Rien n’a changé.",
        reference=show_reference(said.reference),
    )


@sentence.register
def _(said: NothingToReport) -> str:
    return gettext(
        "Rien de la commande %(reference)s n’est en route par la poste : il n’y a rien à rechercher.",
        reference=show_reference(said.reference),
    )


@sentence.register
def _(said: OrderChangedMeanwhile) -> str:
    return gettext(
        "Cette commande a changé pendant que vous la modifiiez, dans un autre onglet ou au bureau. "
        "Ce que vous avez écrit est toujours là : comparez, puis enregistrez."
    )


@sentence.register
def _(said: FewerThanSent) -> str:
    return " ".join(
        ngettext(
            "%(code)s : %(sent)s exemplaire est déjà parti, vous ne pouvez pas en demander moins.",
            "%(code)s : %(sent)s exemplaires sont déjà partis, vous ne pouvez pas en demander moins.",
            each.available,
            code=each.code,
            sent=number(each.available),
        )
        for each in said.shortages
    )


@sentence.register
def _(said: MoreAfterSending) -> str:
    return gettext(
        "Une partie de cette commande est déjà partie : pour avoir plus d’exemplaires, faites une nouvelle commande."
    )


@sentence.register
def _(said: UnknownMail) -> str:
    return gettext("Il n’y a pas de courriel à cet endroit : choisissez-en un dans la liste.")


@sentence.register
def _(said: StillWaiting) -> str:
    return gettext("Ce courriel attend encore de partir : il n’a pas besoin d’être renvoyé.")


@sentence.register
def _(said: MailErased) -> str:
    return gettext("Le texte de ce courriel a été effacé, comme promis aux personnes : il ne peut plus être renvoyé.")


@sentence.register
def _(said: OldLink) -> str:
    return gettext("Ce courriel contient un ancien lien, qui n’ouvre plus rien. Renvoyez plutôt celui du nouveau lien.")


@sentence.register
def _(said: OrderErased) -> str:
    return gettext(
        "Les données personnelles de la commande %(reference)s sont effacées : elle ne peut plus changer.",
        reference=show_reference(said.reference),
    )


@sentence.register
def _(said: OrderRestricted) -> str:
    return gettext(
        "La personne qui a passé la commande %(reference)s a demandé qu’on n’y touche plus pour l’instant. "
        "Un·e administrateur·rice peut lever cette limite, sous « Données personnelles ».",
        reference=show_reference(said.reference),
    )


@sentence.register
def _(said: ImpossibleLetters) -> str:
    return gettext("Indiquez un nombre entier de lettres, %(most)s au plus.", most=number(MOST_LETTERS))


@sentence.register
def _(said: UnknownLetterCount) -> str:
    return gettext("Ce compte de lettres n’existe plus : quelqu’un l’a retiré.")


@sentence.register
def _(said: NothingWasSent) -> str:
    return gettext(
        "Rien n’est encore parti de la commande %(reference)s : vérifiez la référence.",
        reference=show_reference(said.reference),
    )


@sentence.register
def _(_: UnknownReminder) -> str:
    return gettext("Ce lien n’ouvre plus rien : votre adresse n’est plus gardée.")


@sentence.register
def _(said: SameEmail) -> str:
    return gettext("C’est déjà l’adresse à laquelle nous vous écrivons.")


@sentence.register
def _(said: TooManyEmailChanges) -> str:
    return gettext(
        "Vous avez déjà demandé plusieurs fois une autre adresse aujourd’hui. Réessayez demain, ou écrivez-nous à "
        "%(email)s.",
        email=association_text().email,
    )


@sentence.register
def _(said: AlreadyConfirmed) -> str:
    return gettext(
        "C’est fait : nous écrivons à cette adresse pour la commande %(reference)s. "
        "Le lien de votre commande est dans l’e-mail que nous venons de vous envoyer.",
        reference=show_reference(said.reference),
    )


@sentence.register
def _(said: LinkExpired) -> str:
    return gettext(
        "Ce lien a plus de trois jours et ne sert plus. Rien n’a changé pour la commande %(reference)s : "
        "demandez-en un autre sur sa page.",
        reference=show_reference(said.reference),
    )


@sentence.register
def _(said: LinkReplaced) -> str:
    return gettext(
        "Ce lien ne sert plus : la commande %(reference)s a changé après l’envoi de cet e-mail, "
        "ou un autre l’a remplacé. Rien n’a changé.",
        reference=show_reference(said.reference),
    )
