"""What the tests of several pages do in a browser: fill in the order form, sign in, check accessibility with axe."""

from collections.abc import Callable

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

Screen = Callable[..., BrowserContext]
AXE = Axe()
# What is in order stays in the browser: to hand it over takes longer than to find it.
BROKEN_RULES = "axe.run({resultTypes: ['violations'], preload: false}).then(results => results.violations)"
# A text that lies outside the box of something around it that cuts off what does not fit.
CUT_TEXTS = """() => {
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (!text.data.trim() || !text.parentElement.checkVisibility({visibilityProperty: true})) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const box = range.getBoundingClientRect();
    if (box.width <= 1 || box.right <= 0) continue;
    for (let around = text.parentElement; around; around = around.parentElement) {
      const style = getComputedStyle(around), edge = around.getBoundingClientRect();
      if (edge.width <= 1 || style.clipPath !== 'none') break;  // for screen readers only
      if (['hidden', 'clip'].includes(style.overflowX) && (box.right > edge.right + 1 || box.left < edge.left - 1))
        found.push(text.data.trim());
      if (style.overflowX === 'auto' || style.overflowX === 'scroll') break;
    }
  }
  return found;
}"""
BROKEN_WORDS = r"""() => {
  const found = [], range = document.createRange(), width = document.documentElement.clientWidth;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode());) {
    if (!text.parentElement.checkVisibility()) continue;
    for (const word of text.data.matchAll(/[^\s\-–·\u00ad/@.]+/g)) {
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) found.push(word[0]);
    }
  }
  for (const each of document.querySelectorAll("a.btn, button, input, textarea")) {
    const right = each.closest(".trap") || !each.checkVisibility() ? 0 : each.getBoundingClientRect().right;
    if (right > width + 1) found.push(each.name || each.textContent);
  }
  return found;
}"""
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


def accessible(page: Page, *widths: int) -> None:
    """No rule of axe is broken, no text is cut off, and nothing makes the page scroll sideways.

    Looked at in each of these widths, or as the window is; afterwards the window is as it was. To make a window
    narrower costs less than to open the page again.
    """
    if page.evaluate("typeof axe") == "undefined":
        page.add_init_script(AXE.axe_script)  # for the pages to come: sent to the browser once
        page.evaluate(AXE.axe_script)
    size = page.viewport_size
    assert size
    for width in widths or [size["width"]]:
        page.set_viewport_size({**size, "width": width})
        found = AxeResults({"violations": page.evaluate(BROKEN_RULES)})
        assert found.violations_count == 0, found.generate_report()
        assert cut_texts(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.set_viewport_size(size)


def cut_texts(page: Page) -> list[str]:
    """The texts of which a part is not seen, because something around them is too narrow."""
    return list(page.evaluate(CUT_TEXTS))


def broken_words(page: Page) -> list[str]:
    """The words that go on in the next line, and the buttons and fields that reach beyond the edge."""
    return list(page.evaluate(BROKEN_WORDS))
