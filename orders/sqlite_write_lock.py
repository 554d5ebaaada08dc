"""The order in which the threads of one process write to SQLite."""

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

A_LOOK = 0.12  # seconds: a process that waits to write to SQLite looks every tenth of a second whether it may


def give_way() -> None:
    """Pause between two long transactions, so that other processes get a turn: SQLite has no queue for them."""
    time.sleep(A_LOOK)


class FairLock:
    """Lets one thread through at a time, in the order they came.

    SQLite's own busy handler sleeps and tries again, so under load the same unlucky writer may lose every time.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()

    @contextmanager
    def turn(self) -> Iterator[None]:
        mine = threading.Event()
        with self._guard:
            self._waiting.append(mine)
            if self._waiting[0] is mine:
                mine.set()
        mine.wait()
        try:
            yield
        finally:
            with self._guard:
                self._waiting.popleft()
                if self._waiting:
                    self._waiting[0].set()
