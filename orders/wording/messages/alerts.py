"""What coordinators are warned of, a line each."""

from flask_babel import gettext, ngettext

from orders.reports.alerts import LateRun, LowStock, RunsOut, StuckMail, WrongSums
from orders.wording.formatting import day, moment, number
from orders.wording.messages.registry import sentence
from orders.wording.publication_titles import title_of


@sentence.register
def _(said: LowStock) -> str:
    return ngettext(
        "%(title)s (%(code)s) : il en reste %(copies)s, sous la ligne de %(line)s.",
        "%(title)s (%(code)s) : il en reste %(copies)s, sous la ligne de %(line)s.",
        said.shelf,
        title=title_of(said.publication),
        code=said.publication.code,
        copies=number(said.shelf),
        line=number(said.publication.low_stock_line),
    )


@sentence.register
def _(said: RunsOut) -> str:
    if said.delivery is None:
        return gettext(
            "%(title)s (%(code)s) : probablement épuisé le %(day)s, et aucune livraison n’est attendue.",
            title=title_of(said.publication),
            code=said.publication.code,
            day=day(said.day),
        )
    return gettext(
        "%(title)s (%(code)s) : probablement épuisé le %(day)s, avant la livraison du %(delivery)s.",
        title=title_of(said.publication),
        code=said.publication.code,
        day=day(said.day),
        delivery=day(said.delivery),
    )


@sentence.register
def _(said: LateRun) -> str:
    run = said.progress.run
    return gettext(
        "%(title)s (%(code)s) : le tirage attendu le %(day)s n’est pas là, il manque %(copies)s exemplaires.",
        title=title_of(run.publication),
        code=run.publication.code,
        day=day(run.expected_on),
        copies=number(said.progress.still),
    )


@sentence.register
def _(said: WrongSums) -> str:
    return ngettext(
        "Les comptes du stock : %(num)s somme ne tombe pas juste. « flask stock verify » dit laquelle.",
        "Les comptes du stock : %(num)s sommes ne tombent pas juste. « flask stock verify » dit lesquelles.",
        said.sums,
    )


@sentence.register
def _(said: StuckMail) -> str:
    return gettext(
        "Des courriels ne partent pas : le plus ancien attend depuis le %(moment)s.", moment=moment(said.since)
    )
