"""The order in which threads and processes write to SQLite."""

import fcntl
import os
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

A_LOOK = 0.12  # seconds: a process that waits to write to SQLite looks every tenth of a second whether it may


def give_way() -> None:
    """Pause between two long transactions, so that programs that know of no queue get a turn too."""
    time.sleep(A_LOOK)


class FairLock:
    """Lets one writer through at a time: of a process the one that came first, of several processes each in turn.

    SQLite's own busy handler sleeps and tries again, so under load the same unlucky writer may lose every time.
    `database` is the file; without one there is only this process.
    """

    def __init__(self, database: str | None = None) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._files = (
            (Path(f"{database}-next"), Path(f"{database}-writer")) if database not in (None, ":memory:") else None
        )

    @contextmanager
    def turn(self) -> Iterator[None]:
        mine = threading.Event()
        with self._guard:
            self._waiting.append(mine)
            if self._waiting[0] is mine:
                mine.set()
        mine.wait()
        try:
            with self._among_processes():
                yield
        finally:
            with self._guard:
                self._waiting.popleft()
                if self._waiting:
                    self._waiting[0].set()

    @contextmanager
    def _among_processes(self) -> Iterator[None]:
        """Whoever waits for the writer holds the place of the next one, so that a process cannot take two turns while
        another one waits. The system opens both locks of a process that dies."""
        if not self._files:
            yield
            return
        following, writing = self._files
        with ExitStack() as until_written:
            with _locked(following):
                until_written.enter_context(_locked(writing))
            yield


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    opened = os.open(file, os.O_CREAT | os.O_RDWR, 0o666)  # a file object takes five times as long, for every order
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)
