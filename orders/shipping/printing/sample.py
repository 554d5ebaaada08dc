"""A label and a slip that belong to no order, to see a profile of the association on paper before it is kept."""

from datetime import date
from typing import BinaryIO

import labels
from labels import AddressLabel, Slip, SlipLine
from orders.association import AssociationProfile, in_language
from orders.shipping.printing.letterhead import letterhead


def print_sample_label(profile: AssociationProfile, *, out: BinaryIO) -> None:
    """The association's own address on the first label of a sheet."""
    labels.print_addresses([AddressLabel(lines=_address(profile))], labels.DEFAULT, out=out, title="Étiquette")


def print_sample_slip(profile: AssociationProfile, *, letters_back_by: date, out: BinaryIO) -> None:
    """A slip to the association itself. Refuses with `LetterheadTooLong`."""
    slip = Slip(
        lines=_address(profile),
        reference="",
        sequence=None,
        part="",
        language=profile.languages[0],
        inside=(SlipLine("A", in_language(profile, profile.languages[0]).campaign, 24),),
        letters_back_by=letters_back_by,
    )
    labels.print_slips([slip], out=out, letterhead=letterhead(profile), title="Bordereau")


def _address(profile: AssociationProfile) -> tuple[str, ...]:
    text = in_language(profile, profile.languages[0])
    return (text.name, text.street_line, text.town_line.upper())
