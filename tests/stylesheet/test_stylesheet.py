"""The trimmed stylesheet holds every rule that a page can use, and is made from Bootstrap as it is installed."""

from tests.stylesheet.__main__ import TRIMMED, made
from tests.stylesheet.trimming import trimmed

CSS = (
    ":root{--used:1;--inner:2;--unused:3;--ours:4}.btn,.card>.btn,.never .btn{color:var(--used)}"
    ".btn:not(.never){--chain:var(--inner);width:var(--chain)}.never{top:0}"
    "@media (min-width:9px){.never{top:1px}}@media print{.btn{top:2px}}"
    "@keyframes spin{to{top:0}}@keyframes turn{to{top:1px}}.card{animation:1s turn}[data-bs-theme=dark]{top:3px}"
)


def test_the_stylesheet_is_the_part_of_bootstrap_that_the_pages_use_now() -> None:
    assert TRIMMED.read_text() == made(), "make stylesheet"


def test_what_can_apply_is_kept_and_what_cannot_is_left_out() -> None:
    assert trimmed(CSS, {"btn", "card"}, "a{top:var(--ours)}") == (
        ":root{--used:1;--inner:2;--ours:4}.btn,.card>.btn{color:var(--used)}"
        ".btn:not(.never){--chain:var(--inner);width:var(--chain)}"
        "@media print{.btn{top:2px}}@keyframes turn{to{top:1px}}.card{animation:1s turn}"
    )
