"""Mends an address when it is sent: what can be read in one way only is changed, shown as mended, and can be undone.

The page that comes back carries, signed, what was mended and what was undone: no page mends a second time what somebody
put back.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Protocol

from orders.public.ordering.help.address_suggestions import GROUPS, one_reading
from orders.web import signing

CARRIED = "mended"
UNDO = "undo"
MOST_ROUNDS = 4  # a pasted address may leave a number that is read in a second round


class AddressForm(Protocol):
    """The order form, as far as this goes."""

    def fill_in(self, values: Mapping[str, str]) -> None: ...


@dataclass(frozen=True, slots=True)
class Mended:
    """What was done: in `words` as it would be printed, and what stood in the fields `before`."""

    key: str
    words: str
    before: Mapping[str, str]

    @property
    def room(self) -> str:
        """The room for help that it is shown in."""
        field = self.key.partition(":")[0]
        return GROUPS.get(field, field)


@dataclass(frozen=True, slots=True)
class Record:
    """What was mended on a form, and the keys of what somebody put back."""

    done: tuple[Mended, ...] = ()
    kept: tuple[str, ...] = ()

    @classmethod
    def of(cls, typed: Mapping[str, str]) -> "Record":
        """What the form carries; nothing where it was not us who wrote it."""
        carried = json.loads(signing.read(typed.get(CARRIED) or "", CARRIED) or "{}")
        return cls(tuple(Mended(**each) for each in carried.get("done", ())), tuple(carried.get("kept", ())))

    @property
    def carried(self) -> str:
        """As it stands in the form."""
        return signing.sign(json.dumps(asdict(self)), CARRIED) if self.done or self.kept else ""


def has_one_reading(typed: Mapping[str, str]) -> bool:
    """Whether `mend` would change anything."""
    kept = Record.of(typed).kept
    return any(each.key not in kept for each in one_reading(typed))


def mend(typed: dict[str, str], form: AddressForm) -> list[Mended]:
    """Change on the form and in `typed` what has one reading; returns what was done now."""
    record, done = Record.of(typed), []
    for _ in range(MOST_ROUNDS):
        found = [each for each in one_reading(typed) if each.key not in record.kept]
        if not found:
            break
        for mending in found:
            before = {name: typed.get(name) or "" for name in mending.changes}
            done.append(Mended(mending.key, mending.words, before))
            typed.update(mending.changes)
    typed[CARRIED] = Record((*record.done, *done), record.kept).carried
    form.fill_in({name: typed[name] for name in before_all(done)})
    return done


def undo(typed: dict[str, str], form: AddressForm) -> bool:
    """Put back what stood there before the mending that a button named, if this form did that one."""
    record = Record.of(typed)
    undone = [each for each in record.done if each.key == typed[UNDO]]
    typed.update(before_all(undone))
    form.fill_in(before_all(undone))
    rest = tuple(each for each in record.done if each not in undone)
    typed[CARRIED] = Record(rest, (*record.kept, *(each.key for each in undone))).carried
    return bool(undone)


def keep_as_typed(typed: dict[str, str]) -> None:
    """Mend nothing of what stands there: somebody put it back from the order's page."""
    typed[CARRIED] = Record(kept=tuple(each.key for each in one_reading(typed))).carried


def before_all(done: Iterable[Mended]) -> dict[str, str]:
    """What stood in the fields before the first of several mendings."""
    return {name: value for each in reversed(list(done)) for name, value in each.before.items()}
