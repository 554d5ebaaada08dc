"""Changing the association's profile as a whole, and its logo."""

from dataclasses import replace
from datetime import datetime

from orders.association import AssociationProfile, current_profile
from orders.association.models import THE_ROW, Association
from orders.association.profile import ProfileFault, profile_faults, profile_from
from orders.association.profile_cache import starter_profile
from orders.catalogue import uploaded_media, uploads
from orders.catalogue.models import Upload
from orders.database import db
from orders.errors import Refused
from orders.staff import journal
from orders.staff.edit_conflicts import refuse_if_changed
from orders.staff.journal import Actor

THING = "association"
CONTACTS = frozenset({"dpo_contact", "email", "mail_sender", "phone"})
"""What may name or reach one person: the journal says that it changed, not what it is."""


class ImpossibleProfile(Refused):
    """Everything that is wrong with a profile."""

    def __init__(self, *faults: ProfileFault) -> None:
        super().__init__(faults)
        self.faults = faults


def change_association(profile: AssociationProfile, *, at: datetime, by: Actor, shown: str = "") -> None:
    """Keep the profile. Its logo stays the one that is kept: `give_logo` and `take_logo_away` change it.

    `shown` is the `edit_conflicts.mark` of the values that the form showed. Refuses with `ImpossibleProfile` and
    `ChangedMeanwhile`.
    """
    kept = _locked_profile()
    refuse_if_changed(THING, shown, kept.as_values())
    wanted = replace(profile, logo_digest=kept.logo_digest)
    if faults := profile_faults(wanted):
        raise ImpossibleProfile(*faults)
    _keep(kept, wanted, at=at, by=by)


def give_logo(picture: bytes, *, at: datetime, by: Actor) -> None:
    """Show this picture beside the name; `picture` comes from `prepare_logo`."""
    digest = uploads.keep(picture, uploads.PICTURE, at=at)
    kept = _locked_profile()
    _keep(kept, replace(kept, logo_digest=digest), at=at, by=by)


def take_logo_away(*, at: datetime, by: Actor) -> None:
    """Remove the logo; pages show Pli's own mark again."""
    kept = _locked_profile()
    _keep(kept, replace(kept, logo_digest=""), at=at, by=by)


def prepare_logo(content: bytes) -> bytes:
    """What is kept of an uploaded picture, or refuse with `UnusableFile`. Slow: done before any lock is held."""
    return uploaded_media.redraw(content)


def kept_profile() -> AssociationProfile:
    """The profile as it is kept now, whatever this process showed a moment ago; else the starter profile."""
    row = db.session.get(Association, THE_ROW, populate_existing=True)
    return profile_from(row.profile) if row else starter_profile()


def find_logo() -> Upload | None:
    """The picture of the profile in force."""
    digest = current_profile().logo_digest
    return db.session.get(Upload, digest) if digest else None


def _locked_profile() -> AssociationProfile:
    row = db.session.get(Association, THE_ROW, with_for_update=True, populate_existing=True)
    return profile_from(row.profile) if row else starter_profile()


def _keep(kept: AssociationProfile, wanted: AssociationProfile, *, at: datetime, by: Actor) -> None:
    before, after = kept.as_values(), wanted.as_values()
    if before == after:
        return
    row = db.session.get(Association, THE_ROW)
    if row is None:
        db.session.add(Association(id=THE_ROW, profile=after, changed_at=at))
    else:
        row.profile, row.changed_at = after, at
    changed = [name for name in after if after[name] != before[name]]
    contacts = {"fields": [name for name in changed if name in CONTACTS]} if CONTACTS & set(changed) else {}
    journal.record(
        "changed",
        THING,
        at=at,
        by=by,
        before={name: before[name] for name in changed if name not in CONTACTS},
        after={name: after[name] for name in changed if name not in CONTACTS} | contacts,
    )
