"""The data of a packing slip."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SlipLine:
    """So many copies of a publication; of those that follow, the day they are `expected`, if one is known."""

    code: str
    title: str
    copies: int
    expected: date | None = None


@dataclass(frozen=True, slots=True)
class DropOff:
    """Where letters can be left instead of posting them: in one line, and until when."""

    place: str
    until: date


@dataclass(frozen=True, slots=True)
class Slip:
    """What one parcel says. `lines`: the address in the order of the post, shown in the window of the
    envelope.

    `reference` is printed in letters and as Code 128 (empty: neither); where there is a `code` the bars say that
    instead. `sequence` and `part` (`2/3`) as on the label; from the second `run` on the slip says that it is printed
    again. `language` is one of fr, nl, de, en. `inside` is in this parcel, `follows` comes later. The links become QR
    codes. With `has_folding_booklet` the slip shows how to fold it. `name` is who is greeted, `day` that of the letter;
    a slip `is_pickup` where nothing is sent, and the only confirmation for who is `without_email`, who also reads there
    that postage is due: at most `postage_cents`, where a price is known. `drop_off`: where letters can be left near the
    orderer, the nearest first.
    """

    lines: tuple[str, ...]
    reference: str
    sequence: int | None
    part: str
    language: str
    inside: tuple[SlipLine, ...]
    follows: tuple[SlipLine, ...] = ()
    order_url: str = ""
    read_online_url: str = ""
    letters_back_by: date | None = None
    has_folding_booklet: bool = False
    message: str = ""
    run: int = 1
    code: str = ""
    name: str = ""
    day: date | None = None
    is_pickup: bool = False
    without_email: bool = False
    postage_due: bool = False
    postage_cents: int | None = None
    drop_off: tuple[DropOff, ...] = ()
