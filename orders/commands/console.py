"""How commands speak: results to stdout, progress and refusals to stderr."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

import click

DATA_IS_WRONG = 1
PLAIN_EVERY = 100


def refuse(*lines: str) -> NoReturn:
    """Say why on stderr, a line each, and end with exit code 1."""
    for line in lines:
        click.echo(line, err=True)
    raise SystemExit(DATA_IS_WRONG)


def counted(number: int, what: str) -> str:
    """`1 order`, `2 orders`."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[..., None]]:
    """A bar on a terminal, else a plain line now and then, on stderr. Gives what is to be called for each step, or with
    a number of them."""
    if sys.stderr.isatty():
        from rich.console import Console  # late: a web server has no terminal
        from rich.progress import Progress

        with Progress(console=Console(stderr=True)) as bar:
            task = bar.add_task(what, total=total)
            yield lambda number=1: bar.advance(task, number)
        return
    done = told = 0

    def step(number: int = 1) -> None:
        nonlocal done, told
        done += number
        if done - told >= PLAIN_EVERY or done == total:
            told = done
            click.echo(f"{what}: {done} of {total}", err=True)

    yield step


@contextmanager
def private_files() -> Iterator[None]:
    """Files that are made inside are for their owner alone: they hold names and addresses."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
