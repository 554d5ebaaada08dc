"""Why a form is not taken as it came: the thing changed meanwhile, or the form was dealt with."""

from flask_babel import gettext

from orders.idempotency import SubmittedOtherwise
from orders.staff.edit_conflicts import ChangedMeanwhile
from orders.wording.colleague_names import colleague
from orders.wording.formatting import moment
from orders.wording.messages.registry import sentence


@sentence.register
def _(said: ChangedMeanwhile) -> str:
    if said.at is None:
        return gettext("Cela a changé entre-temps, et rien n’est enregistré. Vérifiez, puis enregistrez de nouveau.")
    return gettext(
        "Cela a changé entre-temps (%(who)s, le %(when)s), et rien n’est enregistré. "
        "Ce que vous avez tapé est encore là : vérifiez, puis enregistrez de nouveau.",
        who=colleague(said.by) if said.by else gettext("un autre programme"),
        when=moment(said.at),
    )


@sentence.register
def _(_said: SubmittedOtherwise) -> str:
    return gettext(
        "Ce formulaire a déjà été envoyé avec autre chose dedans, et cela est noté. "
        "Ce que vous envoyez maintenant ne l’est pas."
    )
