"""A PostgreSQL of the tests' own: made in a temporary folder, reached through a socket there, gone afterwards.

`initdb` refuses to run as root, so as root everything runs as the user `postgres`. Everything is kept in memory where
there is room, and nothing waits for a disk. Statistics are never gathered, so that a plan is the same in every test.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def server() -> Iterator[str]:
    """Start a server and give the URL of its databases without a name, `postgresql+psycopg://…/`."""
    folder = Path(tempfile.mkdtemp(prefix="pli-pg-", dir=in_memory()))
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if user:
        shutil.chown(folder, "postgres")
    data = str(folder / "data")
    options = " ".join(f"-c {name}={value}" for name, value in (SETTINGS | {"unix_socket_directories": folder}).items())
    init = ["-D", data, "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"]
    control = [*user, str(programs / "pg_ctl"), "-D", data, "-w"]
    try:
        _run([*user, str(programs / "initdb"), *init], folder)
        _run([*control, "-o", options, "-l", str(folder / "log"), "start"], folder)
        yield f"postgresql+psycopg://postgres@/%s?host={folder}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], cwd=folder, capture_output=True, check=False)
        shutil.rmtree(folder, ignore_errors=True)


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
