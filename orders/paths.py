"""Numbers in addresses: what no row can have as its number is no address, rather than an error of the database."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter

LARGEST_ID = 2**31 - 1  # of PostgreSQL's integer


class RowNumber(IntegerConverter):
    """`<int:…>`, up to the largest number that a row can have."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **{"max": LARGEST_ID} | named)


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = RowNumber
