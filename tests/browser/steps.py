"""What the tests of several pages do in a browser: fill in the order form, sign in, check accessibility with axe."""

from collections.abc import Callable

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

Screen = Callable[..., BrowserContext]
AXE = Axe()
# What is in order stays in the browser: to hand it over takes longer than to find it.
BROKEN_RULES = "axe.run({resultTypes: ['violations'], preload: false}).then(results => results.violations)"
EMAIL, PASSWORD = "marie@example.org", "correct horse battery"


def fill_in(page: Page) -> None:
    """A school's order of 24 booklets, ready to be sent."""
    page.goto("/order")
    page.locator("label", has_text="une école").click()
    page.fill("[name=organisation]", "Athénée Royal de Namur")
    page.fill("[name='copies-LIV26']", "24")
    page.fill("[name=name]", "Şebnem Nguyễn-Мария")
    page.fill("[name=street]", "Rue de la Senne")
    page.fill("[name=number]", "32")
    page.fill("[name=box]", "20")
    page.fill("[name=postcode]", "5590")
    page.fill("[name=town]", "Ciney")
    page.fill("[name=email]", "teacher@example.org")


def sign_in(page: Page) -> None:
    page.goto("/office/")
    page.fill("[name=email]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    page.locator("form[action*='/staff/login'] [type=submit]").click()
    expect(page).to_have_url("/office/")


def accessible(page: Page) -> None:
    """No rule of axe is broken, and nothing makes the page scroll sideways."""
    if page.evaluate("typeof axe") == "undefined":
        page.add_init_script(AXE.axe_script)  # for the pages to come: sent to the browser once
        page.evaluate(AXE.axe_script)
    found = AxeResults({"violations": page.evaluate(BROKEN_RULES)})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
