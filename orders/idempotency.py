"""Keys of forms: what is sent twice with the same key is done once, and with other contents it is told so.

Of what a form said a digest is kept: it tells whether another one says the same, and nothing else.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import String, bindparam, select, text
from sqlalchemy.orm import Mapped, mapped_column

from orders.database import Model, UtcDateTime, db
from orders.errors import Refused
from orders.rows import bulk_rows, quick_rows

LONGEST_KEY = 64
UNKNOWN = ""  # the digest of a form that was sent before digests were kept, or whose personal data is erased


class SubmittedForm(Model):
    """A form that was dealt with."""

    key: Mapped[str] = mapped_column(String(LONGEST_KEY), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class SubmittedOtherwise(Refused):
    """A form with this key was dealt with, and it said something else."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def new_key() -> str:
    """A key for one loading of a form, that nobody can guess."""
    return secrets.token_urlsafe(18)


def is_known(key: str | None) -> bool:
    """Whether a form with this key was dealt with, whatever it said."""
    return bool(key) and db.session.get(SubmittedForm, key) is not None


def is_submitted(key: str | None, contents: object) -> bool:
    """Whether a form with this key was dealt with. Refuses with `SubmittedOtherwise` if it said something else.

    `contents` are made of dictionaries, lists, numbers and what has one text form, such as days and members of
    enumerations.
    """
    kept = db.session.scalar(select(SubmittedForm.digest).where(SubmittedForm.key == key)) if key else None
    if key and kept not in (None, UNKNOWN, _digest(key, contents)):
        raise SubmittedOtherwise(key)
    return kept is not None


def submit(key: str | None, contents: object, *, at: datetime) -> bool:
    """Note that a form is dealt with now; False, or `SubmittedOtherwise`, if it was before.

    Of two that come at once the second waits here for the first.
    """
    if not key:
        return True
    noted = quick_rows.execute(_NOTE, {"key": key, "digest": _digest(key, contents), "at": at})
    return bool(noted.rowcount) or not is_submitted(key, contents)


_NOTE = text(
    "INSERT INTO submitted_form (key, digest, at) VALUES (:key, :digest, :at) ON CONFLICT DO NOTHING"
).bindparams(
    bindparam("key", type_=String()), bindparam("digest", type_=String()), bindparam("at", type_=UtcDateTime())
)


def submit_new(forms: Mapping[str, object], *, at: datetime) -> None:
    """Note many forms with keys that nobody has sent yet, and what each says."""
    bulk_rows.insert_values(
        SubmittedForm, [{"key": key, "digest": _digest(key, contents), "at": at} for key, contents in forms.items()]
    )


def _digest(key: str, contents: object) -> str:
    told = json.dumps(contents, sort_keys=True, default=str)
    return hashlib.sha256(f"{key} {told}".encode()).hexdigest()
