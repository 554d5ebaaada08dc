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


class NoRecipient(Refused):
    """What was given as a public key is none; `given` begins as it did."""

    def __init__(self, given: str) -> None:
        super().__init__(given)
        self.given = given[:40]


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
