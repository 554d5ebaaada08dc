"""Writes `orders/static/bootstrap.css` anew: `make stylesheet`, after a page used another class of Bootstrap."""

from pathlib import Path

import flask_bootstrap

from tests import ROOT
from tests.stylesheet.trimming import OWN, SOURCES, trimmed, words_in

WHOLE = Path(flask_bootstrap.__file__).parent / "static/bootstrap5/css/bootstrap.min.css"
TRIMMED = ROOT / "orders/static/bootstrap.css"


def made() -> str:
    """The licence, as it asks, and the rules that can apply."""
    whole = WHOLE.read_text("utf-8")
    licence = whole[whole.index("/*!") : whole.index("*/") + 2]
    return f"{licence}\n{trimmed(whole, words_in(SOURCES), OWN.read_text())}\n"


if __name__ == "__main__":
    TRIMMED.write_text(made())
