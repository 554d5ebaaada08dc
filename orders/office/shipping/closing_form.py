"""What the counter said, noted when a dispatch is closed. All of it may stay empty."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField

from orders.office.forms import whole_number
from orders.office.units import read_measure
from orders.shipping.dispatches.lifecycle import Counted

MOST_PIECES = 100_000
MOST_CENTS = 100_000_00


class ClosingForm(FlaskForm):  # type: ignore[misc]
    posted_letters = StringField(_l("Lettres au guichet"))
    posted_parcels = StringField(_l("Colis au guichet"))
    posted_cost = StringField(_l("Port payé, en €"))

    def read(self) -> Counted | None:
        """What was typed, or `None` with the error beside its field."""
        self.validate()
        letters, parcels = self._pieces(self.posted_letters), self._pieces(self.posted_parcels)
        typed = (self.posted_cost.data or "").strip()
        cents = read_measure(typed, 100) if typed else None
        if typed and (cents is None or not 0 <= cents <= MOST_CENTS):
            self.posted_cost.errors = [gettext("Écrivez un montant comme 123,45, ou laissez vide.")]
        return None if self.errors else Counted(letters, parcels, cents)

    def _pieces(self, field: StringField) -> int | None:
        typed = (field.data or "").strip()
        pieces = whole_number(typed) if typed else None
        if typed and (pieces is None or not 0 <= pieces <= MOST_PIECES):
            field.errors = [gettext("Écrivez un nombre entier, ou laissez vide.")]
        return pieces
