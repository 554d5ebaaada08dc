"""Control characters out of every text; telephones in international form; what an order is found by, folded further.

The rules stand here as they were on that day, so that this step does the same for ever.
"""

import re
import unicodedata

import phonenumbers
import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

NEVER_CHANGED = {"alembic_version", "movement", "audit_entry", "outgoing_mail"}  # append-only; mails go by themselves
AT_ONCE = 1_000

LINE_ENDS = "\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
NO_TEXT = "\x01-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufffe\uffff"

WRITTEN_OUT = dict(
    pair.split(":")
    for pair in (
        "st:saint ste:sainte sts:saints stes:saintes av:avenue ave:avenue bd:boulevard bld:boulevard blvd:boulevard "
        "bvd:boulevard boul:boulevard chee:chaussee chaus:chaussee pl:place rte:route imp:impasse sq:square all:allee "
        "fbg:faubourg dr:docteur gen:general gal:general prof:professeur mgr:monseigneur ec:ecole inst:institut "
        "coll:college ath:athenee bib:bibliotheque stwg:steenweg nd:notre_dame"
    ).split()
)
APOSTROPHES = re.compile("['’‘ʼʹ′`´ʻ＇]")

FOUND_BY = ("name", "organisation", "street", "number", "postcode", "town")
order = sa.table("order", *(sa.column(name) for name in ("id", "email", "phone", "search", *FOUND_BY)))


def upgrade() -> None:
    connection = op.get_bind()
    _clean_texts(connection)
    after = 0
    while rows := connection.execute(
        sa.select(order).where(order.c.id > after).order_by(order.c.id).limit(AT_ONCE)
    ).all():
        for row in rows:
            new = {"phone": _e164(row.phone) or row.phone, "search": _searchable(row)}
            if new != {"phone": row.phone, "search": row.search}:
                connection.execute(order.update().where(order.c.id == row.id).values(new))
        after = rows[-1].id


def downgrade() -> None:
    """What is clean stays clean: both forms of a telephone and of a search are read."""


def _clean_texts(connection: sa.Connection) -> None:
    kept = sa.inspect(connection)
    for name in sorted(set(kept.get_table_names()) - NEVER_CHANGED):
        keys = kept.get_pk_constraint(name)["constrained_columns"]
        texts = [each["name"] for each in kept.get_columns(name) if type(each["type"]) in (sa.VARCHAR, sa.TEXT)]
        table = sa.table(name, *(sa.column(column) for column in {*keys, *texts}))
        for column in (table.c[text] for text in texts if text not in keys):
            _clean_column(connection, table, column, [table.c[key] for key in keys])


def _clean_column(
    connection: sa.Connection, table: sa.TableClause, column: sa.ColumnClause, keys: list[sa.ColumnClause]
) -> None:
    if connection.dialect.name == "sqlite":
        nul = sa.func.instr(sa.cast(column, sa.LargeBinary), sa.text("x'00'")) > 0
        unclean = sa.or_(column.op("GLOB")(f"*[{LINE_ENDS}{NO_TEXT}]*"), nul)
    else:
        unclean = column.op("~")(f"[{LINE_ENDS}{NO_TEXT}]")
    for row in connection.execute(sa.select(*keys, column).where(unclean)).all():
        clean = re.sub(f"[\x00{NO_TEXT}]", "", re.sub(f"[{LINE_ENDS}]", "\n", row[-1]))
        same = sa.and_(*(key == value for key, value in zip(keys, row, strict=False)))
        connection.execute(table.update().where(same).values({column.name: clean}))


def _e164(typed: str) -> str:
    """The number, if it is one; otherwise nothing, and what was typed stays."""
    try:
        number = phonenumbers.parse(typed, "BE")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number) or number.extension or any(map(str.isalpha, typed)):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _searchable(row: sa.Row) -> str:
    folded = _fold(" ".join(getattr(row, name) for name in FOUND_BY))
    words = [WRITTEN_OUT.get(word, word).replace("_", " ") for word in folded.split()]
    return " ".join(filter(None, (*words, APOSTROPHES.sub("", row.email.casefold()))))


def _fold(text: str) -> str:
    in_full = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
    plain = unicodedata.normalize("NFKD", APOSTROPHES.sub("", text.casefold()).translate(in_full))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    joined = re.sub(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?", lambda found: found[0].replace(".", ""), letters)
    return re.sub(r"[^\w@+]+|_", " ", joined).strip()
