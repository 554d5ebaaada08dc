"""What was ordered before by the same people, for whoever is on the telephone with them."""

from flask_babel import gettext

from orders.clock import local_day
from orders.ordering.review.duplicates import LooksRepeated
from orders.wording.formatting import day, number


def earlier_orders(refusal: LooksRepeated) -> str:
    """`La même école… a déjà commandé : 20/11/2026 (24 MAN26).`"""
    before = []
    for repeat in refusal.repeats:
        copies = ", ".join(f"{number(copies)} {each.code}" for each, copies in repeat.copies.items())
        before.append(f"{day(local_day(repeat.placed_at))} ({copies})")
    return gettext("La même école, organisation ou adresse a déjà commandé : %(before)s.", before=" · ".join(before))
