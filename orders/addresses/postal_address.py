"""A postal address as bpost wants it written (bpost, "Comment adresser vos envois"; UPU S42)."""

from dataclasses import dataclass, fields

from orders.addresses.text_cleaning import capitals, clean
from orders.addresses.vocabulary import compiled

LONGEST = {
    "name": 80,
    "department": 125,
    "organisation": 125,
    "building": 125,
    "street": 80,
    "number": 12,
    "box": 12,
    "town": 60,
    "email": 254,
}
"""The most characters of a field: the longest official name of a school has 125, an e-mail address 254 (RFC 5321).

More is refused, never cut. Carriers take less: what they get is shortened where their file is made.
"""

LONGEST_LOCAL_PART = 64
"""The most characters of an e-mail address before its `@` (RFC 5321)."""

HOME = "BE"
COUNTRY_NAMES = {"BE": "Belgique", "FR": "France", "LU": "Luxembourg"}
"""The countries that an order can go to, as their name stands on the last line of a letter."""


_NO_NUMBER = compiled(
    r"[\W_0]*|\(?[sz]\W{0,2}n\W*|n\W?[ac]\W?|(?:sans|pas de|aucun)(?: num[ée]ro| n°)?|"
    r"(?:geen|zonder)(?: (?:huis)?nummer)?|(?:ohne|keine?)(?: (?:haus)?nummer)?|o\.\s?n\.|n[ée]ant|none|no number|"
    r"x{2,4}"
)
"""What people write where there is no number: `?`, `s/n`, `sn`, `z/n`, `-`, `0`, `.`, `sans numéro`."""


def means_no_number(number: str) -> bool:
    """Tell whether this stands for no house number at all; such signs are never printed."""
    return _NO_NUMBER.fullmatch(clean(number)) is not None


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """The address of one parcel: its fields as typed, uncorrected."""

    name: str
    street: str
    number: str
    postcode: str
    town: str
    department: str = ""
    organisation: str = ""
    building: str = ""
    box: str = ""
    country: str = HOME

    def by_field(self) -> dict[str, str]:
        """Return what stands in each field; unlike `asdict` it does not look for what may lie inside a text."""
        return {field: getattr(self, field) for field in self.__slots__}

    def lines(self) -> tuple[str, ...]:
        """Return the lines of the address from top to bottom, empty ones left out.

        Name, department, organisation, building, `Rue de la Senne 32 bte 20`, `5590 CINEY`, and abroad the
        country.
        """
        number = "" if means_no_number(self.number) else self.number
        box = f"bte {self.box}" if self.box else ""
        abroad = "" if self.country == HOME else COUNTRY_NAMES.get(self.country, self.country)
        lines = (
            self.name,
            self.department,
            self.organisation,
            self.building,
            f"{self.street} {number} {box}",
            f"{self.postcode} {capitals(clean(self.town))}",
            capitals(abroad),
        )
        return tuple(line for line in map(clean, lines) if line)

    def cleaned(self) -> "PostalAddress":
        """Return the address with every field cleaned of stray spaces and invisible marks."""
        return PostalAddress(**{field.name: clean(getattr(self, field.name)) for field in fields(self)})
