"""What the journal may say: the doors, the actions, the kinds of things, and the fields whose values it may hold.

Whoever adds an action gives it its words in `office.journal.words`.
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
    "counted",
    "counted letters",
    "deleted",
    "ended",
    "erased",
    "exported",
    "handed out",
    "handed over",
    "imported",
    "invoiced",
    "link renewed",
    "looked at",
    "made",
    "moved",
    "not invoiced",
    "noted a printing",
    "ordered from the printer",
    "password renewed",
    "packed",
    "placed",
    "personal data corrected",
    "purged",
    "recalled",
    "printed",
    "received",
    "rejected",
    "repacked",
    "report closed",
    "reported missing",
    "restricted",
    "restriction lifted",
    "retired",
    "rolled over",
    "sent again",
    "set back",
    "shared",
    "started a count",
    "taken back",
    "took back",
    "tracking noted",
    "undone",
    "unpacked",
    "went beyond limits",
    "withdrew from a count",
]

KINDS = (
    "allowances",
    "association",
    "audience",
    "count",
    "directory",
    "dispatch",
    "edition",
    "mail",
    "news consents",
    "order",
    "orders file",
    "packaging",
    "parcel",
    "pickups",
    "postage",
    "printer",
    "publication",
    "purge",
    "report",
    "staff",
)
"""The first words of the names of things; after them stands a reference, a code, a year or a number."""

ABOUT_PEOPLE = frozenset({"mail", "news consents", "order", "orders file", "pickups", "staff"})

NOT_PERSONAL = frozenset(
    {
        "copies",
        "fields",
        "file",
        "kind",
        "last_day",
        "letters",
        "lines",
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
