"""The forms for one packaging and for one table of rates. Millimetres, grams and euros, with a comma or a point."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from orders.office.forms import SharedForm
from orders.office.units import read_measure, show_measure, show_price
from orders.packing.models import ImpossiblePackaging, ImpossibleSteps, StepProblem
from orders.packing.tariff import PackagingSizes, Step
from orders.wording import sentence

SCALES = {
    "inner_width_mm": 1,
    "inner_height_mm": 1,
    "inner_depth_mm": 1,
    "empty_weight_mg": 1_000,
    "most_weight_mg": 1_000,
    "piles": 1,
}
UP_TO, PRICE = "up_to-", "price-"
FREE_ROWS = 3
MOST_ROWS = 30


class PackagingForm(SharedForm):
    """Its fields are those of `PackagingSizes`, so that a fault finds its field."""

    inner_width_mm = StringField(_l("Largeur intérieure (mm)"))
    inner_height_mm = StringField(_l("Hauteur intérieure (mm)"))
    inner_depth_mm = StringField(_l("Épaisseur intérieure (mm)"))
    empty_weight_mg = StringField(_l("Poids vide (g)"))
    most_weight_mg = StringField(_l("Poids maximum, tout compris (g)"))
    piles = StringField(_l("Piles côte à côte"))

    def read(self) -> PackagingSizes | None:
        """The numbers, or `None` with what is wrong beside each field."""
        self.validate()
        values: dict[str, int] = {}
        for name, scale in SCALES.items():
            value = read_measure(self[name].data or "", scale)
            if value is None:
                self[name].errors = [_not_a_number(scale)]
            else:
                values[name] = value
        return None if self.errors else PackagingSizes(**values)

    def explain(self, refusal: ImpossiblePackaging) -> None:
        for fault in refusal.faults:
            self[fault.field].errors = [sentence(fault)]


def sizes_as_typed(sizes: PackagingSizes) -> dict[str, str]:
    return {name: show_measure(getattr(sizes, name), scale) for name, scale in SCALES.items()}


@dataclass(frozen=True, slots=True)
class TypedStep:
    """A step and the number of the row in which it was typed."""

    row: int
    step: Step


class RatesForm(SharedForm):
    """A row for each weight step, `up_to-1` and `price-1` and so on, and a few free ones; `rates_form` adds them."""

    rows: range = range(0)
    steps: Sequence[TypedStep] = ()

    def read(self) -> list[Step] | None:
        """The steps, lightest first, without the rows left empty; or `None` with what is wrong beside its field."""
        self.validate()
        typed = [step for row in self.rows if (step := self._read_row(row)) is not None]
        if self.errors:
            return None
        self.steps = sorted(typed, key=lambda each: each.step.up_to_g)
        return [each.step for each in self.steps]

    def _read_row(self, row: int) -> TypedStep | None:
        up_to, price = self[f"{UP_TO}{row}"], self[f"{PRICE}{row}"]
        weight_typed, price_typed = (up_to.data or "").strip(), (price.data or "").strip()
        if not weight_typed and not price_typed:
            return None
        weight_g = read_measure(weight_typed, 1)
        cents = read_measure(price_typed, 100) if price_typed else None
        if weight_g is None:
            up_to.errors = [_not_a_number(1) if weight_typed else gettext("Écrivez jusqu’à quel poids vaut ce prix.")]
        if price_typed and cents is None:
            price.errors = [gettext("Écrivez un prix en euros, comme 5,90, ou laissez vide s’il n’est pas connu.")]
        return TypedStep(row, Step(weight_g or 0, cents))

    def explain(self, refusal: ImpossibleSteps) -> None:
        for fault in refusal.faults:
            if fault.position == 0:
                self.form_errors.append(sentence(fault))
                continue
            row = self.steps[fault.position - 1].row
            kind = PRICE if fault.problem in (StepProblem.PRICE, StepProblem.CHEAPER) else UP_TO
            field = self[f"{kind}{row}"]
            field.errors = [*field.errors, sentence(fault)]


def rates_form(kept: int, typed: Mapping[str, str]) -> RatesForm:
    """A form with room for the steps that are kept, for what was typed, and for a few more."""
    numbers = [name.removeprefix(UP_TO) for name in typed if name.startswith(UP_TO)]
    sent = [int(each) for each in numbers if each.isascii() and each.isdigit() and len(each) <= 3]
    rows = range(1, min(max([kept + FREE_ROWS, *sent]), MOST_ROWS) + 1)
    fields: dict[str, StringField] = {}
    for row in rows:
        fields[f"{UP_TO}{row}"] = StringField(_l("Ligne %(row)s, jusqu’à (g)", row=row))
        fields[f"{PRICE}{row}"] = StringField(_l("Ligne %(row)s, prix (€)", row=row))
    form: RatesForm = type("RatesForm", (RatesForm,), fields)()
    form.rows = rows
    return form


def steps_as_typed(steps: Sequence[Step]) -> dict[str, str]:
    values: dict[str, str] = {}
    for row, step in enumerate(steps, 1):
        values[f"{UP_TO}{row}"] = show_measure(step.up_to_g, 1)
        values[f"{PRICE}{row}"] = "" if step.price_cents is None else show_price(step.price_cents)
    return values


def _not_a_number(scale: int) -> str:
    if scale == 1:
        return gettext("Écrivez un nombre entier, comme 230.")
    return gettext("Écrivez un nombre, comme 21 ou 21,5.")
