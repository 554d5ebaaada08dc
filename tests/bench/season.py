"""A season of so many orders, written by SQL in one go: no rule runs, and every sum holds.

A tenth of the orders is of the edition before. Of the open one's, the last 7 % have not gone: most are ready, some
wait for booklets, of which there are none, a few are pending or cancelled. The others left in closed dispatches, or
were fetched.
"""

import json
import re
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from orders.catalogue.models import Edition
from orders.clock import local_day, now
from orders.counts import sums, triggers
from orders.database import db, transact
from orders.references import ALPHABET, LENGTH
from tests import ROOT
from tests.factories import make_edition

DAYS = 100  # that the season has lasted
PLACES = 5_516  # of the directory, which the orders of schools are for
SPARE = 100_000  # manuals of the open edition that are on the shelf
TOLD = (ROOT / "tests/mail/stored_mails.json").read_text()
WORDS = {
    "first": "Marie, Jean, Zoé, Luc, Inès, Noé, Anne, Paul, Lina, Hugo, Fatma, Karim, Şebnem, Łukasz, Eva, Tom, Nora",
    "last": "Dupont, Lambert, Maes, Peeters, Simon, Leroy, Dubois, Martin, Claes, Janssens, Özgür, Nguyen, Wouters",
    "street": "Rue de la Senne, Avenue de l’Été, Place Verte, Chaussée de Wavre, Rue Haute, Rue du Pont",
    "school": "École communale, Athénée royal, Institut Saint-Joseph, Collège Notre-Dame, École libre",
    "town": "1000 Bruxelles, 5000 Namur, 4000 Liège, 7000 Mons, 6700 Arlon, 5590 Ciney, 1300 Wavre",
}


def fill(orders: int) -> Edition:
    """Write the season into an empty, migrated database. Returns the edition that is open."""
    year = local_day(now()).year
    make_edition(year=year - 1, shelf=0, closes_on=local_day(now()) - timedelta(days=200))
    edition = make_edition(year=year, shelf=0)
    transact(_write, orders)
    return edition


def tidy_up() -> None:
    """What a PostgreSQL does by itself in a season, and the worker on SQLite."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE" if db.engine.dialect.name == "postgresql" else "ANALYZE"))


def _write(orders: int) -> None:
    triggers.remove(db.session.connection())  # one count of all at the end takes less time than a million steps
    db.session.execute(text("CREATE TEMPORARY TABLE word (kind VARCHAR(10), place INTEGER, said VARCHAR(40))"))
    words = [
        {"kind": kind, "place": place, "said": each}
        for kind, said in WORDS.items()
        for place, each in enumerate(said.split(", "))
    ]
    db.session.execute(text("INSERT INTO word VALUES (:kind, :place, :said)"), words)
    values: dict[str, Any] = {"orders": orders, "old": orders // 10, "gone": orders - orders * 63 // 1000}
    values |= {"told": json.dumps(json.loads(TOLD)["order_sent"]), "spare": SPARE}
    for statement in (
        _PLAN,
        _PLACES,
        _SCHOOLS,
        _DISPATCHES,
        _ORDERS,
        _LINES,
        _PARCELS,
        _CONTENTS,
        _MOVEMENTS,
        _BALANCES,
        _MAILS,
        _JOURNAL,
    ):
        written = text(_in_dialect(_with_defaults(statement)))
        db.session.execute(written, {name: values[name] for name in written.compile().params})
    for table in ("plan", "word"):
        db.session.execute(text(f"DROP TABLE {table}"))
    sums.prepare(db.session.connection())
    if db.engine.dialect.name == "postgresql":
        for table in ("order", "order_line", "dispatch", "parcel"):
            latest = f"""SELECT setval(pg_get_serial_sequence('"{table}"', 'id'), max(id)) FROM "{table}" """
            db.session.execute(text(latest))


def _with_defaults(statement: str) -> str:
    """An INSERT with the columns that it does not name, as a new row of the model has them."""
    found = re.fullmatch(r'\s*INSERT INTO "?(\w+)"? \(([^)]*)\)(.*)', statement, re.DOTALL)
    if not found:
        return statement
    table, named, rows = found.groups()
    given = [name.strip() for name in named.split(",")]
    missing = {
        each.name: _literal(each.default)
        for each in db.metadata.tables[table].c
        if each.default and each.name not in given
    }
    columns = ", ".join([*given, *missing])
    return (
        f'INSERT INTO "{table}" ({columns}) SELECT {", ".join(["given.*", *missing.values()])} FROM ({rows}) AS given'
    )


def _literal(default: Any) -> str:
    """A default in SQL; what a function makes is an empty list."""
    if not default.is_scalar:
        return "'[]'"
    return str(default.arg).upper() if isinstance(default.arg, bool | int) else f"'{default.arg}'"


def _in_dialect(statement: str) -> str:
    """Fill in `MOMENT`, when order `n` was placed (evenly over `DAYS` days), `SOON`, a day, and `TOLD`, JSON."""
    begun, minutes = now() - timedelta(days=DAYS), f"({DAYS * 24 * 60} * CAST(n AS BIGINT) / :orders)"
    soon = f"'{local_day(now()) + timedelta(days=10)}'"
    if db.engine.dialect.name == "postgresql":
        moment = f"(timestamptz '{begun:%Y-%m-%d %H:%M:%S}+00' + {minutes} * interval '1 minute')"
        statement = statement.replace("TOLD", "CAST(:told AS JSON)")
        return statement.replace("MOMENT", moment).replace("SOON", f"date {soon}")
    moment = f"strftime('%Y-%m-%d %H:%M:%f000', '{begun:%Y-%m-%d %H:%M:%S}', {minutes} || ' minutes')"
    return statement.replace("TOLD", ":told").replace("MOMENT", moment).replace("SOON", soon)


def _reference() -> str:
    """The reference of order `n`: seven letters that tell it from every other, and their check letter."""
    base, letters = len(ALPHABET), LENGTH - 1
    values = [f"(CAST(n AS BIGINT) * 104729 / {base**place} % {base})" for place in range(letters)]
    check = " + ".join(f"{place} * {value}" for place, value in enumerate(values, 1))
    chosen = [f"substr('{ALPHABET}', CAST({value} AS INTEGER) + 1, 1)" for value in [*values, f"(({check}) % {base})"]]
    return " || ".join(chosen)


def _word(kind: str, number: str = "n") -> str:
    return f"(SELECT said FROM word WHERE kind = '{kind}' AND place = ({number}) % {len(WORDS[kind].split(', '))})"


_PLAN = f"""
CREATE TEMPORARY TABLE plan AS
WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < :orders),
planned AS (
    SELECT n, MOMENT AS at, {_reference()} AS reference,
        CASE WHEN n <= :old THEN 1 ELSE 2 END AS edition_id,
        CASE WHEN n % 33 = 0 THEN 'pickup' ELSE 'post' END AS delivery,
        CASE WHEN n % 4 = 0 THEN 'school' WHEN n % 9 = 0 THEN 'association' ELSE 'family' END AS audience,
        CASE WHEN n <= :gone THEN 'sent' WHEN n % 14 = 0 THEN 'pending' WHEN n % 14 = 1 THEN 'cancelled'
            WHEN n % 14 < 5 THEN 'waiting' ELSE 'ready' END AS status,
        {_word("first")} || ' ' || {_word("last", "n / 17")} AS name, {_word("street", "n / 5")} AS street,
        {_word("town", "n / 3")} AS town, {_word("school", "n / 7")} || ' ' || (n / 200) AS school
    FROM series
)
SELECT planned.*, CASE WHEN status = 'sent' AND delivery = 'post' THEN
    row_number() OVER (PARTITION BY status, delivery ORDER BY n) END AS turn FROM planned
"""
_PLACES = f"""
INSERT INTO directory_place (id, list_code, number, street, postcode, town)
WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < {PLACES})
SELECT n, 'fwb', CAST(n AS TEXT), {_word("street")}, substr({_word("town")}, 1, 4), substr({_word("town")}, 6)
FROM series
"""
_SCHOOLS = """
INSERT INTO directory_school (id, place_id, number, official_name, name, network)
SELECT id, id, number, 'ECOLE ' || number, 'École ' || number, 'Libre subventionné' FROM directory_place
"""
_DISPATCHES = """
INSERT INTO dispatch (id, made_at, closed_at, last_sequence)
SELECT (turn - 1) / 500 + 1, min(at), max(at), 500 FROM plan WHERE turn IS NOT NULL GROUP BY (turn - 1) / 500
"""
_ORDERS = f"""
INSERT INTO "order" (id, reference, link_nonce, institution, edition_id, audience, delivery, when_short, language, door,
    organisation, name, street, number, postcode, town, email, search, email_key, address_key, organisation_key,
    postage_due, status, is_served, placed_at, accepted_at, cancelled_at, needed_by)
SELECT n, reference, 'nonce' || n,
    CASE WHEN audience = 'school' THEN CAST(n / 4 % {PLACES} + 1 AS TEXT) END, edition_id, audience, delivery,
    CASE WHEN status = 'waiting' THEN 'wait' ELSE 'send' END, 'fr', 'web',
    CASE WHEN audience = 'family' THEN '' ELSE school END, name, street, CAST(n % 1000 AS TEXT),
    substr(town, 1, 4), substr(town, 6), 'orderer' || n || '@example.org',
    lower(name || ' ' || school || ' orderer' || n || '@example.org ' || street || ' ' || town),
    'orderer' || n || '@example.org', substr(town, 1, 4) || ' ' || street || ' ' || n,
    CASE WHEN audience = 'family' THEN '' ELSE lower(school) END, n % 200 = 0, status, status = 'sent', at,
    CASE WHEN status <> 'pending' THEN at END, CASE WHEN status = 'cancelled' THEN at END,
    CASE WHEN n % 5 = 0 THEN SOON END
FROM plan
"""
_LINES = """
INSERT INTO order_line (id, order_id, publication_id, copies, reserved, sent, given_up)
SELECT id, n, publication_id, copies, CASE WHEN status = 'ready' OR (status = 'waiting' AND kind = 1)
    THEN copies ELSE 0 END, CASE WHEN status = 'sent' THEN copies ELSE 0 END,
    CASE WHEN status = 'cancelled' THEN copies ELSE 0 END
FROM (
    SELECT 2 * n - 1 AS id, n, 1 AS kind, 2 * edition_id - 1 AS publication_id, status,
        CASE WHEN audience = 'school' THEN 10 + n % 20 ELSE 1 + n % 5 END AS copies FROM plan
    UNION ALL
    SELECT 2 * n, n, 2, 2 * edition_id, status, 1 + n % 4 FROM plan WHERE n % 2 = 0 OR status = 'waiting'
) AS line
"""
_PARCELS = """
INSERT INTO parcel (id, dispatch_id, sequence, kind, packaging_code, weight_mg, thickness_um, packed_at, posted_at)
SELECT n, (turn - 1) / 500 + 1, (turn - 1) % 500 + 1, 'letter', (SELECT min(code) FROM packaging), 400000, 9000,
    closed_at, closed_at
FROM plan JOIN dispatch ON dispatch.id = (turn - 1) / 500 + 1
"""
_CONTENTS = """
INSERT INTO parcel_content (parcel_id, order_line_id, copies)
SELECT parcel.id, order_line.id, sent FROM parcel JOIN order_line ON order_line.order_id = parcel.id
"""
_MOVEMENTS = """
INSERT INTO movement (at, publication_id, copies, origin, destination, reason, order_id)
SELECT at, publication_id, copies, origin, destination, reason, order_id FROM (
    SELECT 0 AS turn, min(placed_at) AS at, publication_id, 'PRINTER' AS origin, 'SHELF' AS destination,
        sum(reserved + sent) + CASE WHEN publication_id = 3 THEN :spare ELSE 0 END AS copies, 'delivery' AS reason,
        NULL AS order_id FROM order_line JOIN "order" ON "order".id = order_id GROUP BY publication_id
    UNION ALL
    SELECT 1, placed_at, publication_id, 'SHELF', 'RESERVED', reserved + sent, 'ordered', order_id
    FROM order_line JOIN "order" ON "order".id = order_id WHERE reserved + sent > 0
    UNION ALL
    SELECT 2, coalesce(parcel.posted_at, placed_at), publication_id, 'RESERVED', 'SENT', sent, 'posted', order_id
    FROM order_line JOIN "order" ON "order".id = order_id LEFT JOIN parcel ON parcel.id = order_id WHERE sent > 0
) AS move ORDER BY CASE WHEN turn = 0 THEN 0 ELSE 1 END, at, turn
"""
_BALANCES = """
UPDATE balance SET copies = coalesce((SELECT sum(CASE WHEN destination = place THEN movement.copies
    ELSE -movement.copies END) FROM movement
    WHERE movement.publication_id = balance.publication_id AND place IN (origin, destination)), 0)
"""
_MAILS = """
INSERT INTO outgoing_mail (kind, address, language, subject, told, text, html, message_id, order_id, posted_at, due_at,
    attempts, sent_at)
SELECT kind, email, 'fr', 'Votre commande ' || reference, TOLD, '', '', kind || id, id,
    placed_at, placed_at, 1, placed_at
FROM "order" JOIN (SELECT 'order_confirmed' AS kind UNION ALL SELECT 'order_sent') AS told
    ON kind = 'order_confirmed' OR status = 'sent'
ORDER BY id
"""
_JOURNAL = """
INSERT INTO audit_entry (at, door, action, thing)
SELECT placed_at, 'web', 'placed', 'order ' || reference FROM "order"
"""
