"""Indexes of orders and lines: what each list, filter and rule begins at.

A condition of a partial index stands in queries as it stands here: with bound parameters the index would not be used.
Indexes of filters that are counted end with all that the count asks for, so that it reads no order.
"""

from sqlalchemy import Index, text

NOT_GONE = text("status IN ('pending', 'waiting', 'ready', 'dispatching')")
PICKUP = text("delivery = 'pickup'")
PAYS = ("postage_due = 1", "postage_due")  # as SQLite and PostgreSQL write a boolean
UNSURE = ("institution_unsure = 1", "institution_unsure")
IN_DIRECTORY = text("institution IS NOT NULL")
AGREED = text("news_text <> ''")
MISSING = text("reported_missing_at IS NOT NULL")
WAITS = text("copies - reserved - sent - given_up > 0")

OF_ORDERS = (
    Index("ix_order_placed_at_id", "placed_at", "id"),
    Index("ix_order_status_placed_at", "status", "placed_at", "id"),
    Index("ix_order_audience_placed_at", "audience", "placed_at", "id"),
    Index("ix_order_edition_id_placed_at", "edition_id", "placed_at", "id"),
    Index("ix_order_status_needed_by", "status", "needed_by", "placed_at", "id", "delivery", "restricted_at"),
    Index(
        *("ix_order_pickup", "status", "needed_by", "placed_at", "id", "restricted_at"),
        sqlite_where=PICKUP,
        postgresql_where=PICKUP,
    ),
    Index(
        *("ix_order_not_gone", "needed_by", "placed_at", "id", "status", "delivery", "restricted_at"),
        sqlite_where=NOT_GONE,
        postgresql_where=NOT_GONE,
    ),
    Index("ix_order_postage_due", "placed_at", "id", sqlite_where=text(PAYS[0]), postgresql_where=text(PAYS[1])),
    Index("ix_order_news", "placed_at", "id", sqlite_where=AGREED, postgresql_where=AGREED),
    Index("ix_order_missing", "reported_missing_at", sqlite_where=MISSING, postgresql_where=MISSING),
    Index("ix_order_unsure", "placed_at", "id", sqlite_where=text(UNSURE[0]), postgresql_where=text(UNSURE[1])),
    Index(
        "ix_order_institution",
        *("edition_id", "institution", "status"),
        sqlite_where=IN_DIRECTORY,
        postgresql_where=IN_DIRECTORY,
    ),
    Index("ix_order_postcode", "postcode", "country", "status", "delivery", "restricted_at"),
    Index("ix_order_phone", "phone"),
    Index("ix_order_email", "email"),
    Index("ix_order_email_key_edition_id", "email_key", "edition_id"),
    Index("ix_order_edition_id_address_key", "edition_id", "address_key"),
    Index("ix_order_edition_id_postcode", "edition_id", "postcode"),
)
OF_LINES = (
    Index("ix_order_line_publication_id_order_id", "publication_id", "order_id"),
    Index("ix_order_line_waiting", "publication_id", "order_id", sqlite_where=WAITS, postgresql_where=WAITS),
)
