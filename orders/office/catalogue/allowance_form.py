"""The form with what every audience may have of every publication of an edition."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import Field, StringField

from orders.catalogue.allowance_editing import MOST_ALLOWED, AllowanceFault, Bounds, Table, faults_of
from orders.catalogue.audience_lookup import offered_audiences
from orders.catalogue.models import Publication
from orders.office.forms import SharedForm, whole_number
from orders.wording import audience_name, number, sentence

REVIEW, MAXIMUM = "review", "maximum"


@dataclass(frozen=True, slots=True)
class Cell:
    """The two fields of one publication and one audience."""

    publication: Publication
    audience: str
    review: Field
    maximum: Field


class AllowanceForm(SharedForm):
    """`review-MAN26-school` and `maximum-MAN26-school` and so on; `allowance_form` adds them."""

    publications: Sequence[Publication] = ()
    audiences: Sequence[str] = ()

    def cells_of(self, publication: Publication) -> list[Cell]:
        return [
            Cell(
                publication,
                each,
                self[_name(REVIEW, publication.code, each)],
                self[_name(MAXIMUM, publication.code, each)],
            )
            for each in self.audiences
        ]

    def read(self) -> Table | None:
        """Bounds by code and audience (None where both fields are empty), or `None` with the errors beside them."""
        self.validate()
        table: dict[tuple[str, str], Bounds | None] = {}
        for cell in (cell for publication in self.publications for cell in self.cells_of(publication)):
            review, maximum = _count(cell.review), _count(cell.maximum)
            bounds = None if review is None or maximum is None else Bounds(review, maximum)
            table[cell.publication.code, cell.audience] = bounds
            _ask_for_both(cell)
        self.explain(faults_of(table))
        return None if self.errors else table

    def explain(self, faults: Sequence[AllowanceFault]) -> None:
        for fault in faults:
            kind = REVIEW if fault.field == "review_above" else MAXIMUM
            self[_name(kind, fault.code, fault.audience)].errors = [sentence(fault)]


def allowance_form(publications: Sequence[Publication]) -> AllowanceForm:
    fields: dict[str, StringField] = {}
    audiences = [each.code for each in offered_audiences()]
    for publication in publications:
        for audience in audiences:
            about = {"code": publication.code, "audience": audience_name(audience)}
            fields[_name(REVIEW, publication.code, audience)] = StringField(
                _l("%(code)s, %(audience)s, à vérifier au-dessus de", **about)
            )
            fields[_name(MAXIMUM, publication.code, audience)] = StringField(
                _l("%(code)s, %(audience)s, maximum", **about)
            )
    form: AllowanceForm = type("AllowanceForm", (AllowanceForm,), fields)()
    form.publications, form.audiences = publications, audiences
    return form


def as_typed(table: Table) -> dict[str, str]:
    values: dict[str, str] = {}
    for (code, audience), bounds in table.items():
        values[_name(REVIEW, code, audience)] = str(bounds.review_above) if bounds else ""
        values[_name(MAXIMUM, code, audience)] = str(bounds.maximum) if bounds else ""
    return values


def _name(kind: str, code: str, audience: str) -> str:
    return f"{kind}-{code}-{audience}"


def _count(field: Field) -> int | None:
    typed = (field.data or "").strip()
    count = whole_number(typed)
    if typed and count is None:
        field.errors = [gettext("Un nombre entier, de 0 à %(most)s.", most=number(MOST_ALLOWED))]
    return count


def _ask_for_both(cell: Cell) -> None:
    """A limit needs both numbers: where one field is filled, the other is required."""
    for field, other in ((cell.review, cell.maximum), (cell.maximum, cell.review)):
        if not (field.data or "").strip() and (other.data or "").strip():
            field.errors = [gettext("Écrivez aussi ce nombre, ou videz les deux pour ne rien limiter.")]
