"""The commands of `docs/install.md`, taken out of the page."""

import re
from dataclasses import dataclass

from tests import ROOT

GUIDE = ROOT / "docs/install.md"
RUN, NEEDS_ROOT, MAY_FAIL = "", "root", "may fail"
_BLOCK = re.compile(r"^```(\w*)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """`kind`: run anywhere, needs root or a running service, or may end with an error. `line` is where it begins."""

    line: int
    kind: str
    commands: str


def blocks() -> list[Block]:
    """Every block of commands, in the order of the page."""
    page = GUIDE.read_text()
    return [
        Block(page.count("\n", 0, found.start()) + 1, found[2].strip(), found[3])
        for found in _BLOCK.finditer(page)
        if found[1] == "sh"
    ]
