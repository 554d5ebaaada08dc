"""Every column of every table: personal or not. A test compares this with the models and with the migrations."""

from orders.privacy.registry import Table
from orders.privacy.tables.office import OFFICE
from orders.privacy.tables.people import PEOPLE

TABLES: tuple[Table, ...] = (*PEOPLE, *OFFICE)
