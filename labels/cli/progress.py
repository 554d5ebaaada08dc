"""How far a long print is, on stderr: a bar on a terminal, a line now and then otherwise."""

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import Progress

Item = TypeVar("Item")

_LINE_EVERY = 50_000
_STEP = 500  # items between two moves of the bar: more would cost time, not show more


def with_progress(items: Iterable[Item], what: str) -> Iterator[Item]:
    """Pass the items on and say how many went by. Their number is not known before they are read."""
    if not sys.stderr.isatty():
        for count, item in enumerate(items, 1):
            yield item
            if count % _LINE_EVERY == 0:
                sys.stderr.write(f"{what} : {count}…\n")
        return
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=None)
        for count, item in enumerate(items, 1):
            yield item
            if count % _STEP == 0:
                progress.update(task, completed=count, description=f"{what} : {count}")
