"""Encryption of a backup to public keys: those of age and SSH, which are short texts, or those of GnuPG, in files."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from orders.backups import age_encryption, gnupg
from orders.backups.refusals import EncryptedByGnuPG, MixedRecipients

Encrypt = Callable[[Iterator[bytes], BinaryIO], None]


def to(recipients: Sequence[str]) -> Encrypt | None:
    """What encrypts to public keys; None without any. Raises a `Refused` for what is no public key."""
    keys = [each.strip() for each in recipients]
    if not keys:
        return None
    if is_gnupg(keys):
        files = [gnupg.read_key(Path(each)) for each in keys]
        return lambda pieces, out: gnupg.encrypt(pieces, out, files)
    readers = [age_encryption.read_recipient(each) for each in keys]
    return lambda pieces, out: age_encryption.encrypt(pieces, out, readers)


def is_gnupg(recipients: Sequence[str]) -> bool:
    """Whether the keys stand in files. Raises `MixedRecipients` where some do and some do not."""
    in_files = {_is_file(each) for each in recipients}
    if len(in_files) > 1:
        raise MixedRecipients
    return True in in_files


def _is_file(recipient: str) -> bool:
    return not recipient.startswith("ssh-") and ("/" in recipient or Path(recipient).is_file())


def suffix(recipients: Sequence[str]) -> str:
    """What the name of a file ends with that is encrypted to these keys."""
    if not recipients:
        return ""
    return ".gpg" if is_gnupg(recipients) else ".age"


def decrypted(stored: BinaryIO, plain: BinaryIO, identities: Sequence[Path], name: str) -> BinaryIO:
    """The file itself where it is not encrypted; else `plain`, filled with what the secret keys make of it."""
    beginning = stored.read(gnupg.PEEK)
    stored.seek(0)
    if gnupg.is_encrypted(beginning):
        raise EncryptedByGnuPG(name)
    if not beginning.startswith(age_encryption.BEGINS):
        return stored
    age_encryption.decrypt(stored, plain, [key for file in identities for key in age_encryption.read_identities(file)])
    return plain
