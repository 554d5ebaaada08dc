"""What the order form asks of each audience: an organisation, classes or people to count with, the day it is for."""

from collections.abc import Iterable

from flask_babel import gettext, lazy_gettext

from orders.catalogue.audience_models import Audience
from orders.wording.audience_names import audience_name, organisation_label

DAY_LABEL = lazy_gettext("Il me les faut avant le")
GATHERING_LABEL = lazy_gettext("Date de votre marathon")


def asked_by_audience(audiences: Iterable[Audience]) -> dict[str, dict[str, str]]:
    """By code, as order.js takes it; `""` is for whoever has not said yet."""
    listed = list(audiences)
    return {"": _asked(None, listed), **{each.code: _asked(each, listed) for each in listed}}


def _asked(audience: Audience | None, listed: list[Audience]) -> dict[str, str]:
    return {
        "organisation": audience.organisation.value if audience else "not_asked",
        "label": organisation_label(listed, audience.code if audience else ""),
        "counts": _counts(audience) if audience else "",
        "day": str(day_label(audience)),
        "gathers": "yes" if audience and audience.gathers else "",
    }


def _counts(audience: Audience) -> str:
    """What the helper counts with: the classes of a school, or the people of a gathering; nothing for a family."""
    if audience.is_school:
        return "classes"
    return "" if audience.is_private else "people"


def day_label(audience: Audience | None) -> str:
    """What the one day that is asked about is called."""
    return str(GATHERING_LABEL if audience and audience.gathers else DAY_LABEL)


def organisation_hint(audiences: Iterable[Audience]) -> str:
    """Whom the organisation is required of, where it is."""
    names = [audience_name(each.code) for each in audiences if each.requires_organisation]
    return gettext("À remplir pour : %(audiences)s.", audiences=", ".join(names)) if names else ""
