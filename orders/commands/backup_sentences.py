"""The sentences for backups that are not made and not restored."""

import shlex

from orders.backups import refusals
from orders.commands.console import counted
from orders.wording import sentence


@sentence.register
def _(said: refusals.AlreadyThere) -> str:
    return f"{said.file} exists already, and no backup replaces a file; name another"


@sentence.register
def _(said: refusals.NotWritten) -> str:
    return f"{said.file} cannot be written: {said.why}"


@sentence.register
def _(said: refusals.NotRead) -> str:
    return f"{said.file} cannot be read: {said.why}"


@sentence.register
def _(_said: refusals.NoBackup) -> str:
    return "this file is no backup that `flask backup` made"


@sentence.register
def _(said: refusals.DamagedBackup) -> str:
    return f"the file is damaged or not complete: {said.why}"


@sentence.register
def _(said: refusals.NewerBackup) -> str:
    return f"a newer version of Pli made it ({said.revision} is not known here): update Pli first"


@sentence.register
def _(said: refusals.NoRecipient) -> str:
    wanted = "one of age (age1…), of SSH (ssh-ed25519 …, ssh-rsa …), or the file of one of GnuPG"
    return f"“{said.about}” is no public key: {wanted} is wanted"


@sentence.register
def _(said: refusals.NoGnuPGKey) -> str:
    return f"{said.file} is no public key of GnuPG to encrypt to ({said.why}): `gpg --export` writes one"


@sentence.register
def _(_said: refusals.NoGnuPG) -> str:
    return "the key is one of GnuPG, and its program gpg is not installed here: install gnupg, or use a key of age"


@sentence.register
def _(_said: refusals.MixedRecipients) -> str:
    return "one file is encrypted either to keys of age and SSH or to keys of GnuPG, not to both"


@sentence.register
def _(said: refusals.EncryptedByGnuPG) -> str:
    return (
        "it is encrypted by GnuPG: where the secret key is, type "
        f"gpg --decrypt {shlex.quote(said.file)} | .venv/bin/flask restore -"
    )


@sentence.register
def _(said: refusals.EncryptedBackup) -> str:
    if said.keys_given:
        return "it is encrypted, and none of the keys given opens it"
    return "it is encrypted: give the file with the secret key that opens it, --identity FILE"


@sentence.register
def _(said: refusals.NoIdentity) -> str:
    return f"{said.file} holds no secret key of age or SSH, or one with a passphrase"


@sentence.register
def _(said: refusals.NotEmpty) -> str:
    first, *more = sorted(said.rows.items(), key=lambda each: -each[1])
    others = f" and {counted(len(more), 'other table')}" if more else ""
    return (
        f"the database here is not empty ({counted(first[1], 'row')} of {first[0]}{others}); "
        "PLI_DATABASE_URL must name an empty one"
    )


@sentence.register
def _(_said: refusals.UnknownDatabase) -> str:
    return "the database here holds tables of something else, or of a newer version of Pli"


@sentence.register
def _(said: refusals.RowsRefused) -> str:
    where = f"at table {said.table}, " if said.table else ""
    return f"{where}the database refused: {said.why}"


@sentence.register
def _(_said: refusals.NoTables) -> str:
    return "the database has no tables yet: type `flask db upgrade` first"
