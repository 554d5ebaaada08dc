"""One form of the walk through all of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Step:
    """A form that is sent to an address. What is not typed stays as the `page` shows it."""

    endpoint: str
    typed: Mapping[str, Any] = field(default_factory=dict)
    page: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    is_asked_first: bool = False  # sent once, the form comes back with a question


def step(
    endpoint: str, page: str = "", typed: Mapping[str, Any] | None = None, is_asked_first: bool = False, **values: Any
) -> Step:
    return Step(endpoint, typed or {}, page, values, is_asked_first)
