"""What is wrong with a row of a file, and on which line it stands."""

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar


class OfField(Protocol):
    """A problem names the field that it is about; `wording` has its sentence."""

    @property
    def field(self) -> str: ...


Problem_co = TypeVar("Problem_co", bound=OfField, covariant=True)


@dataclass(frozen=True, slots=True)
class RowProblem(Generic[Problem_co]):
    """A problem and the line of the file it stands on."""

    line: int
    problem: Problem_co
