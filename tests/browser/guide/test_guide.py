"""The guide is walked again: it says what the pages say, and shows pictures that exist."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext

from tests.browser.conftest import DESK
from tests.browser.guide import office_day
from tests.browser.guide.writer import PICTURES, Guide, WordsGone, written

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_guide_says_what_the_pages_say(app: Flask, screen: Callable[..., BrowserContext]) -> None:
    guide = Guide(screen(DESK).new_page(), None)
    office_day.walk(app, guide)
    assert guide.texts == written(), "run `make guide`"
    assert [name for name in guide.pictures if not (PICTURES / name).exists()] == []
    guide.patience = 100
    with pytest.raises(WordsGone, match="no longer says “un mot que personne n’a écrit”"):
        guide.press("un mot que personne n’a écrit")
