"""The letterhead of slips, from the association's profile."""

from labels import BadLetterhead, Letterhead
from orders.association import AssociationProfile, current_profile, in_language
from orders.errors import Refused


class LetterheadTooLong(Refused):
    """Names or addresses of the association that do not fit on a slip; `why` says which, in the library's words."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def return_address() -> str:
    """Who sends and where it comes back to, short enough for one small line on a label."""
    profile = current_profile()
    text = in_language(profile, profile.languages[0])
    return ", ".join((text.short_name, text.street_line, text.town_line))


def letterhead(profile: AssociationProfile | None = None) -> Letterhead:
    """Who sends and where letters go back to, in the association's first language; of the profile in force by default.

    Refuses with `LetterheadTooLong`.
    """
    profile = profile or current_profile()
    text = in_language(profile, profile.languages[0])
    address = (text.name, text.street_line, text.town_line.upper())
    try:
        return Letterhead(
            sender=" · ".join((text.name, text.street_line, text.town_line)),
            letters_to=address,
            closing=dict(profile.slip_closing),
            campaign=dict(profile.campaign),
            contact=", ".join(filter(None, (profile.phone, profile.email))),
        )
    except BadLetterhead as error:
        raise LetterheadTooLong(str(error)) from None
