"""The catalogues say all that the sources say and nothing else: `make messages`, then translate what is empty."""

import pytest
from babel.messages.catalog import Catalog

from orders.wording.translation.update_catalogues import SPOKEN, catalogue_file, missing, updated

CATALOGUES = [(domain, language) for domain, languages in SPOKEN.items() for language in languages]


@pytest.mark.parametrize(("domain", "language"), CATALOGUES)
def test_everything_is_translated(domain: str, language: str) -> None:
    assert missing(domain, language) == []


@pytest.mark.parametrize(("domain", "language"), CATALOGUES)
def test_the_catalogues_are_those_of_the_sources(domain: str, language: str, sources: dict[str, Catalog]) -> None:
    assert catalogue_file(domain, language).read_bytes() == updated(domain, language, sources[domain])
