"""Pages about personal data: what is held and when it goes, and what one person asks for."""

from orders.office.privacy import members, persons, retention
from orders.office.privacy.blueprint import pages

__all__ = ["members", "pages", "persons", "retention"]
