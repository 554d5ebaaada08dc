"""What the journal may say: the doors, the actions, the kinds of things, and the fields whose values it may hold.

Whoever adds an action gives it its words in `office.journal_words`.
"""

from typing import Literal, TypeAlias

Door: TypeAlias = Literal["web", "office", "command", "worker", "import", "demo"]

Action: TypeAlias = Literal[
    "abandoned a count",
    "accepted",
    "added",
    "address corrected",
    "approved a count",
    "archived",
    "brought back",
    "calibrated",
    "came back",
    "cancelled the print run",
    "cancelled",
    "changed the print run",
    "changed",
    "closed",
    "cookie used twice",
    "corrected letters",
    "corrected",
    "counted letters",
    "deleted",
    "ended",
    "exported",
    "handed over",
    "imported",
    "invited",
    "invoiced",
    "link renewed",
    "locked out",
    "looked at",
    "made",
    "moved",
    "not invoiced",
    "ordered from the printer",
    "password changed",
    "password link mailed",
    "packed",
    "placed",
    "recalled",
    "received",
    "rejected",
    "repacked",
    "report closed",
    "reported missing",
    "retired",
    "rolled over",
    "sent again",
    "session ended",
    "sessions ended",
    "set back",
    "shared",
    "signed in",
    "started a count",
    "taken back",
    "took back",
    "tracking noted",
    "undone",
    "unlocked",
    "unpacked",
    "went beyond limits",
    "withdrew from a count",
]

KINDS = (
    "allowances",
    "association",
    "audience",
    "count",
    "dispatch",
    "edition",
    "mail",
    "news consents",
    "order",
    "orders file",
    "packaging",
    "pickups",
    "postage",
    "printer",
    "publication",
    "report",
    "staff",
)
"""The first words of the names of things; after them stands a reference, a code, a year or a number."""

ABOUT_PEOPLE = frozenset({"mail", "news consents", "order", "orders file", "pickups", "staff"})

NOT_PERSONAL = frozenset(
    {
        "addresses",
        "copies",
        "fields",
        "file",
        "kind",
        "last_day",
        "letters",
        "lost",
        "mail",
        "orders",
        "paper",
        "reason",
        "role",
        "status",
    }
)
"""Fields of things about people that hold numbers, days, codes or members of enumerations, or names of fields."""
