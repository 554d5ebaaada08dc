"""The association's profile as it is kept: one row, or none while the starter profile serves."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from orders.database import Model, UtcDateTime

THE_ROW = 1


class Association(Model):
    """One row. `profile` holds the values of an `AssociationProfile`; its `logo_digest` names an upload."""

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    profile: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (CheckConstraint(f"id = {THE_ROW}", name="one_association"),)
