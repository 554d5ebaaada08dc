"""Draws the pictures of the README from the running application: `make pictures`."""

import subprocess
import tempfile
import threading
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from orders.database import db, transact
from orders.ordering.files import import_batches, importing
from orders.ordering.lookup.filters import READY_TO_POST
from orders.ordering.lookup.search import references
from orders.schema.migrating import upgrade
from orders.shipping.dispatches import creation
from orders.shipping.printing import dispatch_pdfs, print_requests
from tests import ROOT
from tests.browser.conftest import CHROMIUM, PHONE, QUIET
from tests.browser.guide.writer import COLOURS
from tests.conftest import make_app
from tests.factories import BY, NOW, make_edition

PICTURES = ROOT / "docs/pictures"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(f"sqlite:///{folder}/pli.sqlite", Path(folder))
        with app.app_context():
            upgrade()
            make_edition(shelf=9_000)
            draw_labels(Path(folder))
            db.session.remove()
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        draw_order_page(f"http://127.0.0.1:{server.port}")
        server.shutdown()


def draw_labels(folder: Path) -> None:
    """The first sheet of a dispatch of made-up orders."""
    checked = importing.check_file(ROOT / "tests/data/orders-400.csv", at=NOW)
    import_batches.place_all(checked.digest, checked.good, transact, clock=lambda: NOW, by=BY)
    dispatch = transact(creation.make, references(READY_TO_POST, 14), at=NOW, by=BY)
    with (folder / "labels.pdf").open("wb") as out:
        dispatch_pdfs.print_labels(dispatch, print_requests.PrintRequest(), out=out)
    picture = ["pdftoppm", "-r", "60", "-png", "-singlefile", str(folder / "labels.pdf"), str(PICTURES / "labels")]
    subprocess.run(picture, check=True)
    _with_fewer_colours(PICTURES / "labels.png")


def draw_order_page(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        page = browser.new_page(viewport={"width": PHONE, "height": 1500}, locale="fr-BE")
        page.goto(f"{address}/order")
        page.locator("label", has_text="une école").click()
        page.fill("[name='copies-LIV26']", "24")
        page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        page.screenshot(path=PICTURES / "order.png")
        browser.close()
    _with_fewer_colours(PICTURES / "order.png")


def _with_fewer_colours(picture: Path) -> None:
    """A third of the weight, and no difference to be seen."""
    drawn = Image.open(picture).convert("RGB")
    drawn.quantize(COLOURS, dither=Image.Dither.NONE).save(picture, optimize=True)


if __name__ == "__main__":
    main()
