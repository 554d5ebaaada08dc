"""Encryption to public keys of GnuPG, by its program `gpg`, without a keyring and without an agent.

A key comes as a file that `gpg --export` wrote. Who has its secret half opens the backup with `gpg --decrypt`.
"""

import errno
import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO

from orders.backups.refusals import NoGnuPG, NoGnuPGKey

ARMOURED = b"-----BEGIN PGP MESSAGE-----"
PEEK = 64  # bytes that tell what a file is
SESSION_KEY_PACKETS = (0x84, 0x85, 0xC1)  # the first byte of what is encrypted to a public key (RFC 9580, 4.2 and 5.1)
PROGRAM = "gpg"
QUIET = ("--batch", "--no-tty", "--quiet", "--no-options", "--no-autostart", "--ignore-time-conflict")
TYPE, VALIDITY, CAPABILITIES = 0, 1, 11  # fields of a line of `--with-colons` (GnuPG's doc/DETAILS)
WORDS = {"e": "it has expired", "r": "it was revoked", "d": "it is disabled", "i": "it is not valid"}


def is_encrypted(beginning: bytes) -> bool:
    return beginning.startswith(ARMOURED) or beginning[:1] in {bytes([each]) for each in SESSION_KEY_PACKETS}


def read_key(file: Path) -> Path:
    """Where the file is. Raises `NoGnuPGKey` where it is not that of one public key to which one can encrypt."""
    try:
        file.open("rb").close()
        place = file.resolve()
    except OSError as error:
        raise NoGnuPGKey(str(file), error.strerror or str(error)) from None
    with _gpg("--with-colons", "--show-keys", str(place), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as asked:
        said = asked.communicate()[0].decode(errors="replace")
    if why := _why_not([line.split(":") for line in said.splitlines()]):
        raise NoGnuPGKey(str(file), why)
    return place


def _why_not(lines: list[list[str]]) -> str:
    """Why nobody can encrypt to what `gpg` shows of a file; empty where one can."""
    keys = [fields for fields in lines if fields[TYPE] in {"pub", "sec"}]
    if not keys:
        return "there is none in it"
    if len(keys) > 1:
        return f"there are {len(keys)} in it, and each wants a file of its own"
    (key,) = keys
    if key[TYPE] == "sec":
        return "it is a secret key, which belongs on no machine that makes backups"
    if key[VALIDITY] in WORDS:
        return WORDS[key[VALIDITY]]
    return "" if "E" in key[CAPABILITIES] else "it is made for signing alone, or the part for encrypting has expired"


def encrypt(pieces: Iterator[bytes], out: BinaryIO, keys: Sequence[Path]) -> None:
    """What fails while the pieces are made is raised as it is; where `gpg` fails, an `OSError` says what it said."""
    readers = [f"--recipient-file={each}" for each in keys]
    with (
        tempfile.TemporaryFile() as said,
        _gpg("-z0", "--encrypt", *readers, stdin=subprocess.PIPE, stdout=out, stderr=said) as running,
    ):
        _feed(running, pieces)
        if running.wait():
            said.seek(0)
            last = said.read().decode(errors="replace").strip().rpartition("\n")[2]
            raise OSError(errno.EIO, last or "gpg ended without a word")


def _feed(running: "subprocess.Popen[bytes]", pieces: Iterator[bytes]) -> None:
    """Write all pieces. One that cannot be made ends `gpg`, which would take them for complete."""
    assert running.stdin is not None
    try:
        with suppress(BrokenPipeError):  # it ended: its exit code says that something was wrong
            running.stdin.writelines(pieces)
    except BaseException:
        running.kill()
        raise
    finally:
        with suppress(BrokenPipeError):
            running.stdin.close()


@contextmanager
def _gpg(
    *arguments: str, stdin: int, stdout: "int | IO[bytes]", stderr: "int | IO[bytes]" = subprocess.DEVNULL
) -> "Iterator[subprocess.Popen[bytes]]":
    """The program, with a home of its own that nobody else sees and that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="pli-gpg-") as home:
        command = [PROGRAM, "--homedir", home, *QUIET, *arguments]
        environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}
        try:
            running = subprocess.Popen(  # noqa: S603  no shell, and paths of files alone are not ours
                command, stdin=stdin, stdout=stdout, stderr=stderr, env=environment
            )
        except FileNotFoundError:
            raise NoGnuPG from None
        with running:
            yield running
