"""How many copies are proposed to a class, a school or a writing session."""

import pytest

from orders.catalogue.models import Kind, Publication
from orders.ordering.request.order_request import MOST_PER_LINE
from orders.ordering.request.quantity_suggestion import Gathering, suggest


def publications(bundle_size: int = 1, *, booklet: bool = True) -> list[Publication]:
    kinds = [("M", Kind.MANUAL), ("M2", Kind.MANUAL), *([("B", Kind.BOOKLET)] if booklet else [])]
    return [Publication(code=code, kind=kind, bundle_size=bundle_size) for code, kind in kinds]


def proposed(gathering: Gathering, bundle_size: int = 1, *, booklet: bool = True, free: int = 10**6) -> dict[str, int]:
    """What is proposed, without the publications of which nothing is; free while it is at most so many copies."""
    found = suggest(
        gathering, publications(bundle_size, booklet=booklet), is_free=lambda copies: sum(copies.values()) <= free
    )
    return {code: copies for code, copies in found.items() if copies}


@pytest.mark.parametrize(
    ("gathering", "copies"),
    [
        (Gathering(), {}),
        (Gathering(people=1), {"M": 1}),
        (Gathering(people=5), {"M": 3}),
        (Gathering(classes=2, pupils=21, age=10), {"B": 42, "M": 2}),
        (Gathering(classes=2, pupils=21, age=11), {"M": 22}),
        (Gathering(classes=1, pupils=20, age=8, people=4), {"B": 20, "M": 3}),
        (Gathering(people=10**9), {"M": MOST_PER_LINE}),
    ],
)
def test_a_child_has_a_booklet_and_two_others_share_a_manual(gathering: Gathering, copies: dict[str, int]) -> None:
    assert proposed(gathering) == copies


def test_without_a_booklet_children_write_from_the_manual_too() -> None:
    assert proposed(Gathering(classes=2, pupils=21, age=8), booklet=False) == {"M": 22}


@pytest.mark.parametrize(("readers", "copies"), [(88, 44), (90, 50), (98, 50), (100, 50), (102, 51)])
def test_a_tenth_of_a_bundle_may_be_missing_for_a_whole_one(readers: int, copies: int) -> None:
    assert proposed(Gathering(people=readers), 50) == {"M": copies}


def test_a_bundle_is_not_filled_up_where_that_would_cost_postage() -> None:
    assert proposed(Gathering(people=92), 50, free=49) == {"M": 46}
    assert proposed(Gathering(people=92), 50, free=50) == {"M": 50}
    assert proposed(Gathering(people=92), 50, free=45) == {"M": 50}  # it costs in either case
