"""Encryption to public keys, as the program `age` does it: what is written here opens with `age`, and the other way.

A key is an age key (`age1…`) or an SSH key (`ssh-ed25519 …`, `ssh-rsa …`). Only who has its secret half reads the file,
so the machine that makes backups every day cannot read those of yesterday.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from orders.backups.refusals import DamagedBackup, EncryptedBackup, NoIdentity, NoRecipient, NotRead

BEGINS = (b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----")


def read_recipient(key: str) -> Any:
    """Raises `NoRecipient` for what is no public key."""
    import pyrage

    try:
        return pyrage.ssh.Recipient.from_str(key) if key.startswith("ssh-") else pyrage.x25519.Recipient.from_str(key)
    except pyrage.RecipientError:
        raise NoRecipient(key) from None


def read_identities(file: Path) -> list[Any]:
    """The secret keys of a file as `age-keygen` or `ssh-keygen` writes it."""
    import pyrage

    try:
        content = file.read_bytes()
    except OSError as error:
        raise NotRead(str(file), error.strerror or str(error)) from None
    try:
        if b"PRIVATE KEY-----" in content:
            return [pyrage.ssh.Identity.from_buffer(content)]
        lines = (line.strip() for line in content.decode().splitlines())
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (pyrage.IdentityError, UnicodeDecodeError):
        raise NoIdentity(str(file)) from None
    if not found:
        raise NoIdentity(str(file))
    return found


def encrypt(pieces: Iterator[bytes], out: BinaryIO, recipients: Sequence[Any]) -> None:
    """What fails while the pieces are made or written is raised as it is."""
    import pyrage

    source, sink = _Source(pieces), _Sink(out)
    with _as_it_failed(source, sink):
        pyrage.encrypt_io(io.BufferedReader(source), sink, recipients)


@contextmanager
def _as_it_failed(*ends: "_Source | _Sink") -> Iterator[None]:
    """Raise what happened at an end. pyrage tells it in words of its own, and an error of the last write not at all."""
    try:
        yield
    except Exception:
        _raise_failed(ends)
        raise
    _raise_failed(ends)


def _raise_failed(ends: "Iterable[_Source | _Sink]") -> None:
    for end in ends:
        if end.failed is not None:
            raise end.failed


def decrypt(file: BinaryIO, out: BinaryIO, identities: Sequence[Any]) -> None:
    """Raises `EncryptedBackup` where none of the keys opens the file, `DamagedBackup` where it was altered."""
    import pyrage

    if not identities:
        raise EncryptedBackup(0)
    try:
        with _as_it_failed(sink := _Sink(out)):
            pyrage.decrypt_io(file, sink, identities)
    except pyrage.DecryptError as error:
        if "no matching keys" in str(error).lower():
            raise EncryptedBackup(len(identities)) from None
        raise DamagedBackup(str(error)) from None
    except OSError as error:
        if error.errno is not None:  # the file system's; age's own have no number
            raise
        raise DamagedBackup(str(error)) from None


class _Source(io.RawIOBase):
    """Pieces of bytes as a file that is read. Keeps the exception that ended them."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.pieces = iter(pieces)
        self.rest = b""
        self.failed: BaseException | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            while not self.rest:
                self.rest = next(self.pieces)
        except StopIteration:
            return 0
        except BaseException as error:
            self.failed = error
            raise OSError("the pieces broke off") from error
        size = min(len(buffer), len(self.rest))
        buffer[:size], self.rest = self.rest[:size], self.rest[size:]
        return size


class _Sink(io.RawIOBase):
    """A file that is written to. Keeps the exception that ended it."""

    def __init__(self, out: BinaryIO) -> None:
        self.out = out
        self.failed: BaseException | None = None

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        try:
            return self.out.write(piece)
        except BaseException as error:
            self.failed = error
            raise
