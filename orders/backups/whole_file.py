"""Files that appear under their name only when they are complete and on the disk."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from orders.backups.refusals import NotWritten

OWNER_ONLY = 0o600


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file for its owner alone, which replaces `path` when the block ends well; otherwise nothing is left of it.

    Raises `NotWritten` where the file system refuses, such as a disk that is full.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        partial.unlink(missing_ok=True)
        with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        _keep_name(path.parent)
    except BaseException as error:
        _remove(partial)
        if isinstance(error, OSError):
            raise NotWritten(str(path), error.strerror or str(error)) from error
        raise


def _remove(partial: Path) -> None:
    try:
        partial.unlink(missing_ok=True)
    except OSError:  # its folder is gone or closed to us: then the file was never there
        return


def _keep_name(folder: Path) -> None:
    """A new name is on the disk only when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
