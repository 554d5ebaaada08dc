"""E-mail addresses as people copy them, and those that are probably mistyped."""

import pytest

from orders.ordering.request.email_address import DoubtfulEmail, email_question, read_email
from orders.ordering.request.validation_errors import MalformedEmail, SeveralEmails


@pytest.mark.parametrize(
    "typed",
    [
        "Zoé <zoe@example.org>", "<zoe@example.org>", '"Dupont, Zoé" <zoe@example.org>;', "zoe@example.org;",
        "zoe@example.org,", "zoe@example.org.", "mailto:zoe@example.org", "zoe @example.org", "« zoe@example.org »",
        "Zoé Dupont <mailto:zoe@example.org>",
    ],
)  # fmt: skip
def test_an_address_is_read_out_of_what_mail_programs_put_around_it(typed: str) -> None:
    assert read_email(typed) == ("zoe@example.org", None)


@pytest.mark.parametrize("typed", ["zoe@example.org; luc@example.org", "zoe@a.be luc@b.be", "zoe@a.be / luc@b.be"])
def test_several_addresses_are_told_as_such(typed: str) -> None:
    assert read_email(typed) == (typed, SeveralEmails())


@pytest.mark.parametrize("typed", ["zoe@gmail", "zoe@@gmail.com", "zoe(at)example.org", "zoe@example,org", "Zoé <zoe>"])
def test_what_is_no_address_stays_as_it_was_typed(typed: str) -> None:
    assert read_email(typed) == (typed, MalformedEmail())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("zoe@gmail.con", "zoe@gmail.com"), ("zoe@gmial.com", "zoe@gmail.com"), ("zoe@gmai.com", "zoe@gmail.com"),
        ("zoe@gmail.be", "zoe@gmail.com"), ("zoe@hotmal.com", "zoe@hotmail.com"), ("zoe@hotmial.fr", "zoe@hotmail.fr"),
        ("zoe@outlok.be", "zoe@outlook.be"), ("zoe@hotmail.co", "zoe@hotmail.com"), ("zoe@yahoo.cm", "zoe@yahoo.com"),
        ("zoe@skynet.bz", "zoe@skynet.be"), ("zoe@telenet.com", "zoe@telenet.be"), ("zoe@ecole.con", "zoe@ecole.com"),
        ("zoe@mairie.fre", "zoe@mairie.fr"),
    ],
)  # fmt: skip
def test_an_address_that_is_hardly_anybodys_is_asked_about(typed: str, meant: str) -> None:
    assert email_question(typed) == DoubtfulEmail(typed, meant)


@pytest.mark.parametrize(
    "typed",
    [
        "zoe@gmail.com", "zoe@mail.com", "zoe@email.com", "zoe@hotmail.nl", "zoe@yahoo.co.uk", "zoe@outlook.de",
        "zoe@ulb.be", "zoe@ens.ecl.be", "zoe@student.telenet.be", "zoe@orange.fr", "zoe@live.be", "zoe@proximus.com",
        "",
    ],
)  # fmt: skip
def test_other_addresses_are_not_asked_about(typed: str) -> None:
    assert email_question(typed) is None
