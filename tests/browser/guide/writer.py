"""The office's guide, `orders/office/help/fr/`, told while the day is walked in the running application: `make guide`.

Every word that the guide quotes must stand on the page that is open when it is told, and what is pressed is found by
the same words. So a page that changes its words makes `make guide` fail, and the test beside it.
"""

import io
import re
import subprocess
import textwrap
from pathlib import Path

from PIL import Image, ImageOps
from playwright.sync_api import Page, expect

from tests import ROOT
from tests.browser.conftest import DESK, PATIENCE_MS, PHONE

TEXTS = ROOT / "orders/office/help/fr"
PICTURES = ROOT / "orders/static/help"
BESIDE = "../../../static/help"  # where the pictures lie, seen from the texts
STORY = "tests/browser/guide/office_day.py"
HEIGHT, MARGIN, TALLEST = 800, 8, 1_000  # px
COLOURS = 64
EDGE = 1  # px around paper, which is as white as the page that shows it
DOTS_PER_INCH = 60


class WordsGone(AssertionError):
    """A page does not say, or cannot be pressed where it should say, what the guide quotes."""

    def __init__(self, page: Page, words: str) -> None:
        super().__init__(f"{page.url} no longer says “{words}”: change {STORY}, then `make guide`")


class Guide:
    """What is told so far, and the page that is open. Without a folder it draws no pictures."""

    def __init__(self, page: Page, folder: Path | None) -> None:
        self.page = page
        self.patience = PATIENCE_MS  # until a page must say what the guide quotes
        self.folder = folder
        self.pictures: list[str] = []
        self._chapters: dict[str, list[str]] = {}
        self._told: list[str] = []

    @property
    def texts(self) -> dict[str, str]:
        """The chapters as files: their names and what stands in them."""
        return {f"{name}.md": "\n\n".join(told) + "\n" for name, told in self._chapters.items()}

    def chapter(self, name: str, title: str) -> None:
        """What is told from now on stands in this chapter."""
        self._told = self._chapters[name] = [f"# {_typeset(title)}"]

    def section(self, title: str) -> None:
        self._told.append(f"## {_typeset(title)}")

    def tell(self, words: str) -> None:
        """A paragraph. Its quotations stand on the open page, now or within a moment."""
        typeset = _typeset(words)
        for quoted in re.findall(r"«\u00a0(.+?)\u00a0»", typeset):
            self._must_say(quoted)
        self._told.append(textwrap.fill(typeset, 120, break_long_words=False, break_on_hyphens=False))

    def _must_say(self, words: str) -> None:
        body = self.page.locator("body")
        try:
            expect(body).to_contain_text(words, use_inner_text=True, ignore_case=True, timeout=self.patience)
        except AssertionError:
            raise WordsGone(self.page, words) from None
        self.page.wait_for_load_state()

    def press(self, words: str, *, saves: bool = False) -> None:
        """Click the first visible thing to click that says these words; if it saves, wait until that is told."""
        self._must_say(words)
        things = self.page.locator("a, button, summary, label").filter(has_text=words).locator("visible=true")
        if not things.count():
            raise WordsGone(self.page, words)
        things.first.click()
        if saves:
            self.page.locator(".flash-done").first.wait_for()

    def fill(self, label: str, value: str) -> None:
        """Type into the field with this label."""
        self._must_say(label)
        self.page.get_by_label(label).locator("visible=true").first.fill(value)

    def sign_in(self, email: str, password: str) -> None:
        self.page.goto("/office/")
        self.fill("Adresse e-mail", email)
        self.fill("Mot de passe", password)
        self.press("Se connecter")
        self.page.locator("body.office").wait_for()

    def show(self, name: str, about: str, of: str = "main", *, tallest: int = TALLEST, phone: bool = False) -> None:
        """A picture of the first place on the page that this selector finds, with a little around it."""
        self._place(name, about)
        if self.folder is None:
            return
        self.page.set_viewport_size({"width": PHONE if phone else DESK, "height": HEIGHT})
        self.page.wait_for_load_state()
        box = self.page.locator(of).first.bounding_box()
        assert box is not None, f"{self.page.url} has no {of}"
        margin = 0 if of in ("main", "body") else MARGIN
        left, top = max(box["x"] - margin, 0), max(box["y"] + self.page.evaluate("scrollY") - margin, 0)
        clip = {
            "x": left,
            "y": top,
            "width": min(box["width"] + 2 * margin, (PHONE if phone else DESK) - left),
            "height": min(box["height"] + 2 * margin, tallest),
        }
        self._keep(name, self.page.screenshot(full_page=True, clip=clip, animations="disabled"))  # type: ignore[arg-type]
        self.page.set_viewport_size({"width": DESK, "height": HEIGHT})

    def show_paper(self, name: str, about: str, link: str) -> None:
        """A picture of the first page of the PDF behind this link."""
        self._place(name, about)
        address = self.page.locator("main a").filter(has_text=link).first.get_attribute("href")
        answer = self.page.request.get(str(address))
        assert answer.headers["content-type"] == "application/pdf", address
        if self.folder is not None:
            draw = ["pdftoppm", "-r", str(DOTS_PER_INCH), "-png", "-singlefile", "-"]
            self._keep(name, subprocess.run(draw, input=answer.body(), capture_output=True, check=True).stdout, EDGE)

    def _place(self, name: str, about: str) -> None:
        self.pictures.append(f"{name}.png")
        self._told.append(f"![{_typeset(about)}]({BESIDE}/{name}.png)")

    def _keep(self, name: str, png: bytes, edge: int = 0) -> None:
        assert self.folder is not None
        drawn = ImageOps.expand(Image.open(io.BytesIO(png)).convert("RGB"), edge, "grey")
        small = drawn.quantize(COLOURS, dither=Image.Dither.NONE)
        small.save(self.folder / f"{name}.png", optimize=True)


def written() -> dict[str, str]:
    """The texts as they lie in the repository."""
    return {file.name: file.read_text() for file in TEXTS.glob("*.md")}


def _typeset(words: str) -> str:
    """The lines of a paragraph as one, with unbreakable spaces where French wants them."""
    return re.sub(r" (?=[:;!?»])|(?<=«) ", "\u00a0", " ".join(words.split()))
