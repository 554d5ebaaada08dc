"""A line between the application and PostgreSQL that falls silent, becomes slow, or is cut."""

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from tests.timeouts import PATIENCE


class Line:
    """A line to PostgreSQL's socket. `is_silent`: it swallows all that is sent, both ways, while it stays open.

    `delay`: seconds that each piece takes, either way. `loses_answer`: it breaks when PostgreSQL answers next, so that
    nobody knows whether what was asked was done.
    """

    def __init__(self, server: str) -> None:
        self.server = server
        self.is_silent = threading.Event()
        self.delay = 0.0
        self.loses_answer = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.sockets = [self.listener]
        self.threads: list[threading.Thread] = []
        self._start(self._accept)

    def cut(self) -> None:
        """Break every connection that is open; new ones may be made."""
        for each in self.sockets[1:]:
            with suppress(OSError):  # it is closed already
                each.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self.cut()
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        for thread in self.threads:
            thread.join(PATIENCE)
        self.listener.close()

    def _start(self, job: Callable[..., None], *arguments: socket.socket | threading.Event) -> None:
        self.threads.append(threading.Thread(target=job, args=arguments, daemon=True))
        self.threads[-1].start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:  # the line is closed
                return
            server = socket.socket(socket.AF_UNIX)
            server.connect(self.server)
            self.sockets += [client, server]
            self._start(self._carry, client, server, threading.Event())
            self._start(self._carry, server, client, self.loses_answer)

    def _carry(self, origin: socket.socket, destination: socket.socket, breaks: threading.Event) -> None:
        with origin, suppress(OSError):  # the other end is closed already
            while read := origin.recv(65_536):
                time.sleep(self.delay)
                if breaks.is_set():
                    breaks.clear()
                    origin.shutdown(socket.SHUT_RDWR)
                    break
                if not self.is_silent.is_set():
                    destination.sendall(read)
            destination.shutdown(socket.SHUT_RDWR)
