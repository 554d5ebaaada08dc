"""Every rule that says no has a sentence of its own: what happened, and what to do about it."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest
from flask import Flask

import orders
from orders.catalogue.uploads import UnknownUpload
from orders.errors import DomainError
from orders.mail.models import UnknownMail
from orders.ordering.files.import_batches import AlreadyImported
from orders.shipping.printing.order_pdfs import UnprintableParcels
from orders.shipping.return_models import NothingPosted, WhichParcel
from orders.staff.models import UnknownMember
from orders.wording import sentence
from tests.factories import NOW


def refusals(kind: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    """The classes of refusals that are no family of others."""
    families = kind.__subclasses__()
    if not families:
        yield kind
    for family in families:
        yield from refusals(family)


def test_every_refusal_has_a_sentence_of_its_own() -> None:
    for module in pkgutil.walk_packages(orders.__path__, "orders."):
        if not module.name.rpartition(".")[2].startswith(("make_", "__main__")):  # a maintainer's script
            import_module(module.name)
    ours = [each for each in refusals() if each.__module__.startswith("orders.")]
    assert len(ours) > 90
    assert [each.__name__ for each in ours if each not in sentence.registry] == []


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (UnknownUpload("0" * 64), "n’existe plus"),
        (UnknownMail(7), "pas de courriel"),
        (AlreadyImported(NOW), "déjà été importé, le 20/11/2026"),
        (UnprintableParcels([(3, "too long"), ("KLNB-RTVX", "too long")]), "l’adresse de 3, KLNB-RTVX ne tient pas"),
        (NothingPosted(), "n’est à la poste"),
        (WhichParcel([]), "dites d’abord lequel"),
        (UnknownMember(7), "pas de compte"),
    ],
)
def test_a_refusal_says_what_it_is_about(app: Flask, refusal: DomainError, said: str) -> None:
    with app.test_request_context():
        assert said in sentence(refusal)
