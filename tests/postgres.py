"""A PostgreSQL of the tests' own: made in a temporary folder, reached through a socket there, gone afterwards.

`initdb` refuses to run as root, so as root everything runs as the user `postgres`. Everything is kept in memory where
there is room, and nothing waits for a disk. Statistics are never gathered, so that a plan is the same in every test.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

MEMORY = Path("/dev/shm")
ROOM = 4 * 1024**3  # bytes; a server of the tests takes a few hundred megabytes
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "checkpoint_timeout": "1h",
    "autovacuum": "off",
    "jit": "off",
    "deadlock_timeout": "100ms",
}
TRIES = 50  # to start a server that was killed
INIT = ["-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"]


class Server:
    """A server in a folder of its own; `url` is that of its databases without a name, `postgresql+psycopg://…/%s`."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        self.folder = folder
        self.url = f"postgresql+psycopg://postgres@/%s?host={folder}"
        programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
        user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if user:
            shutil.chown(folder, "postgres")
        self._init = [*user, str(programs / "initdb"), "-D", str(folder / "data"), *INIT]
        self._control = [*user, str(programs / "pg_ctl"), "-D", str(folder / "data"), "-w"]
        self._options = " ".join(
            f"-c {name}={value}" for name, value in {**settings, "unix_socket_directories": str(folder)}.items()
        )

    def create(self) -> None:
        _run(self._init, self.folder)

    def start(self) -> None:
        """Start it; after a kill not before the last of its processes has noticed."""
        command = [*self._control, "-o", self._options, "-l", str(self.folder / "log"), "start"]
        for _ in range(TRIES):
            with suppress(RuntimeError):
                return _run(command, self.folder)
            time.sleep(0.1)
        return _run(command, self.folder)

    def stop(self) -> None:
        """At once, without tidying up."""
        subprocess.run([*self._control, "-m", "immediate", "stop"], cwd=self.folder, capture_output=True, check=False)

    def kill(self) -> None:
        """Kill every process of it as `kill -9` does, and wait until all are gone."""
        first = int((self.folder / "data/postmaster.pid").read_text().split()[0])
        all_of_it = [first, *map(int, Path(f"/proc/{first}/task/{first}/children").read_text().split())]
        for process in all_of_it:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        while any(_is_alive(process) for process in all_of_it):
            time.sleep(0.005)


def _is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@contextmanager
def own_server(folder: Path | None = None, **settings: str) -> Iterator[Server]:
    """A server that runs, with settings that go before those of the tests; gone afterwards, its folder too."""
    folder = folder or own_folder()
    started = Server(folder, {**SETTINGS, **settings})
    try:
        started.create()
        started.start()
        yield started
    finally:
        started.stop()
        shutil.rmtree(folder, ignore_errors=True)


def own_folder() -> Path:
    """An empty folder with a short name: the path of a socket has a bound."""
    return Path(tempfile.mkdtemp(prefix="pli-pg-", dir=in_memory()))


@contextmanager
def server() -> Iterator[str]:
    """Start a server and give the URL of its databases without a name, `postgresql+psycopg://…/`."""
    with own_server() as started:
        yield started.url


def in_memory() -> Path | None:
    """A file system in memory, where there is one with room; else None, for the usual folder."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM else None


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{command}: {done.stderr.decode()}")


def connect(url: str, name: str) -> psycopg.Connection:
    """A connection to one database of the server, in which every statement is its own transaction."""
    return psycopg.connect((url % name).replace("+psycopg", ""), autocommit=True, prepare_threshold=None)


def administer(url: str, statement: str) -> None:
    """Run a statement that stands outside any transaction, such as CREATE DATABASE."""
    with connect(url, "postgres") as connection:
        connection.execute(statement.encode())
