"""Why a backup is not made, or not restored. In each case nothing was written."""

from orders.errors import Refused


class AlreadyThere(Refused):
    """A file stands where the backup would go."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.file = file


class NotWritten(Refused):
    """The file system refused: no room, no right, no such folder."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(file, why)
        self.file = file
        self.why = why


class NotRead(Refused):
    """The file is not there or must not be read."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(file, why)
        self.file = file
        self.why = why


class NoBackup(Refused):
    """The file is something else than a backup of Pli."""


class DamagedBackup(Refused):
    """The file began as a backup and does not go on as one: `why`, in a few words."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NewerBackup(Refused):
    """A newer version of Pli made the file; `revision` is the migration or the format that this one does not know."""

    def __init__(self, revision: str) -> None:
        super().__init__(revision)
        self.revision = revision


class NotEncrypted(Refused):
    """There is nobody to encrypt to; `about` says what stands in the way, in a few words."""

    def __init__(self, about: str) -> None:
        super().__init__(about)
        self.about = about


class NoRecipient(NotEncrypted):
    """What was given as a public key is none; `about` begins as it did."""

    def __init__(self, given: str) -> None:
        super().__init__(given[:40])


class NoGnuPGKey(NotEncrypted):
    """The file holds no public key of GnuPG, or none that can be used: `why`, in a few words."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"{file}: {why}")
        self.file = file
        self.why = why


class NoGnuPG(NotEncrypted):
    """The key is one of GnuPG, and its program is not on this machine."""

    def __init__(self) -> None:
        super().__init__("gpg is not installed")


class MixedRecipients(NotEncrypted):
    """Keys of age and of GnuPG for one file, which can be of one kind alone."""

    def __init__(self) -> None:
        super().__init__("keys of age and of GnuPG for one file")


class EncryptedByGnuPG(Refused):
    """The file is encrypted by GnuPG, whose own program opens it."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.file = file


class EncryptedBackup(Refused):
    """The file is encrypted, and no key that opens it was given."""

    def __init__(self, keys_given: int) -> None:
        super().__init__(keys_given)
        self.keys_given = keys_given


class NoIdentity(Refused):
    """The file that was given as the secret key to open a backup holds none."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.file = file


class NotEmpty(Refused):
    """The database that would be filled holds rows already; `rows` by table."""

    def __init__(self, rows: dict[str, int]) -> None:
        super().__init__(rows)
        self.rows = rows


class UnknownDatabase(Refused):
    """The database that would be filled has tables, but none of the migrations that this version knows."""


class RowsRefused(Refused):
    """The database refused what the backup holds: `why` in its own words."""

    def __init__(self, table: str, why: str) -> None:
        super().__init__(table, why)
        self.table = table
        self.why = why


class NoTables(Refused):
    """There is nothing to back up: the database has no tables yet."""
