"""Who sends: the association's names, addresses, contacts and look, as data that an administrator edits."""

from orders.association.profile import AssociationProfile, in_language
from orders.association.profile_cache import current_profile, forget, init_app, previewed

__all__ = ["AssociationProfile", "current_profile", "forget", "in_language", "init_app", "previewed"]
