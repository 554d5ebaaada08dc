"""Keys of forms: what is sent twice is done once, and with other contents it is refused."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, update

from orders.database import db, transact
from orders.idempotency import UNKNOWN, SubmittedForm, SubmittedOtherwise, is_known, is_submitted, submit
from orders.stock.models import Reason
from tests.factories import NOW

CONTENTS = {"copies": 4, "reason": Reason.GIFT, "on": date(2026, 11, 20), "note": "", "of": {"MAN26": 2}}


def test_a_form_is_dealt_with_once(app_context: Flask) -> None:
    assert not is_known("key")
    assert not is_submitted("key", CONTENTS)
    assert transact(submit, "key", CONTENTS, at=NOW)
    assert not transact(submit, "key", {**CONTENTS}, at=NOW)
    assert is_known("key")
    assert is_submitted("key", CONTENTS)


@pytest.mark.parametrize(
    "other",
    [{"copies": 5}, {"reason": Reason.DAMAGED}, {"on": date(2026, 11, 21)}, {"note": "x"}, {"of": {"LIV26": 2}}],
)
def test_other_contents_are_refused_whatever_differs(app_context: Flask, other: dict[str, object]) -> None:
    transact(submit, "key", CONTENTS, at=NOW)
    with pytest.raises(SubmittedOtherwise):
        is_submitted("key", {**CONTENTS, **other})
    with pytest.raises(SubmittedOtherwise):
        transact(submit, "key", {**CONTENTS, **other}, at=NOW)


def test_what_was_refused_was_not_dealt_with(app_context: Flask) -> None:
    def refused() -> None:
        submit("key", CONTENTS, at=NOW)
        raise SubmittedOtherwise("another")

    with pytest.raises(SubmittedOtherwise):
        transact(refused)
    assert not is_known("key")


def test_a_form_without_a_key_is_always_dealt_with(app_context: Flask) -> None:
    for key in (None, "", None):
        assert transact(submit, key, CONTENTS, at=NOW)
        assert not is_known(key)


def test_a_form_of_which_no_digest_is_kept_is_the_same_whatever_it_says(app_context: Flask) -> None:
    transact(submit, "key", CONTENTS, at=NOW)
    transact(lambda: db.session.execute(update(SubmittedForm).values(digest=UNKNOWN)))
    assert is_submitted("key", {"anything": "else"})


def test_the_digest_says_nothing_of_the_contents_to_who_has_other_forms(app_context: Flask) -> None:
    for key in ("one", "two"):
        transact(submit, key, CONTENTS, at=NOW)
    first, second = db.session.scalars(select(SubmittedForm.digest))
    assert first != second
