"""Row ids from addresses and forms. A number that no column can hold is treated as an unknown id."""

from werkzeug.routing import IntegerConverter, Map

from orders.office.forms import whole_number

LARGEST = 2**31 - 1  # a column of PostgreSQL holds no larger one
NO_ROW = 0


class RowNumber(IntegerConverter):
    """`<int:…>` in every address: with a number that no row can have, the page does not exist."""

    regex = "[0-9]{1,10}"

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=LARGEST)


def chosen_row(typed: str) -> int | None:
    """The row id that a form chose, `None` for no choice. What cannot be an id is `NO_ROW`, which never exists."""
    return row_number(typed) if typed.strip() else None


def row_number(typed: str) -> int:
    """The number that a form or an address names; `NO_ROW` for what cannot be one."""
    number = whole_number(typed)
    return number if number is not None and 0 < number <= LARGEST else NO_ROW
