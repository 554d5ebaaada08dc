"""Atomic writing of a file: written under another name, then renamed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from errno import ENOENT
from pathlib import Path
from typing import BinaryIO


@contextmanager
def finished_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file that replaces `path` when the block ends without an exception; otherwise it is deleted.

    A device such as /dev/stdout is written to directly. Raises `OSError`.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as device:
            yield device
        return
    if not path.parent.is_dir():
        raise FileNotFoundError(ENOENT, os.strerror(ENOENT), str(path.parent))
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("xb") as file:
            yield file
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
