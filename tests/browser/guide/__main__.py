"""Writes the office's guide and draws its pictures from the running application: `make guide`."""

import argparse
import logging
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from orders.schema.migrating import upgrade
from tests.browser.conftest import CHROMIUM, DESK, QUIET
from tests.browser.guide import office_day
from tests.browser.guide.writer import HEIGHT, PICTURES, TEXTS, Guide, written
from tests.conftest import make_app


@contextmanager
def _served() -> Iterator[tuple[Flask, str]]:
    """A fresh application, and the address at which it answers."""
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(f"sqlite:///{folder}/pli.sqlite", Path(folder))
        with app.app_context():
            upgrade()
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield app, f"http://127.0.0.1:{server.port}"
        server.shutdown()


def main() -> None:
    """Write the text and the pictures; with `--check` only say whether the text is what the pages say."""
    options = argparse.ArgumentParser(prog="python -m tests.browser.guide", description=main.__doc__)
    options.add_argument("--check", action="store_true")
    checks = options.parse_args().check
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    with _served() as (app, address), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        viewport = {"width": DESK, "height": HEIGHT}
        page = browser.new_context(base_url=address, locale="fr-BE", viewport=viewport).new_page()  # type: ignore[arg-type]
        guide = Guide(page, None if checks else PICTURES)
        office_day.walk(app, guide)
        browser.close()
    if checks and guide.texts != written():
        sys.exit(f"{TEXTS} is not what the walk tells: run `make guide`")
    if not checks:
        _write(guide)


def _write(guide: Guide) -> None:
    """Keep the texts, and remove the files of chapters and pictures that are no longer told."""
    for name, text in guide.texts.items():
        (TEXTS / name).write_text(text)
    told = {TEXTS / name for name in guide.texts} | {PICTURES / name for name in guide.pictures}
    for left_over in {*TEXTS.glob("*.md"), *PICTURES.glob("*.png")} - told:
        left_over.unlink()


if __name__ == "__main__":
    main()
