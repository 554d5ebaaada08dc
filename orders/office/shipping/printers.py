"""The printers, and what is measured on their ruler page."""

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField, StringField

from orders.clock import now
from orders.database import transact
from orders.errors import Refused
from orders.office.access import actor, needs
from orders.office.pdf_response import pdf_answer
from orders.office.shipping.blueprint import pages
from orders.office.shipping.label_stock_choices import sheet_choices
from orders.office.units import read_measure, show_measure
from orders.shipping.printing import dispatch_pdfs, print_requests, printers
from orders.shipping.printing.models import Printer
from orders.shipping.printing.printers import MICROMETRES
from orders.staff.models import StaffRole
from orders.wording import sentence


class NameForm(FlaskForm):  # type: ignore[misc]
    name = StringField(_l("Nom de l’imprimante"))


class RulerForm(FlaskForm):  # type: ignore[misc]
    """What was read at the two crosses, in mm."""

    sheet = SelectField(
        _l("Planche"), choices=lambda: [SelectChoice(*each) for each in sheet_choices()], validate_choice=False
    )
    x1 = StringField(_l("Croix 1, x (mm)"))
    y1 = StringField(_l("Croix 1, y (mm)"))
    x2 = StringField(_l("Croix 2, x (mm)"))
    y2 = StringField(_l("Croix 2, y (mm)"))

    def read(self) -> tuple[printers.Measured, printers.Measured | None] | None:
        """Both crosses in µm, the second one None where it was left empty; `None` with the error beside its field."""
        self.validate()
        has_far = any((field.data or "").strip() for field in (self.x2, self.y2))
        fields = (self.x1, self.y1, *((self.x2, self.y2) if has_far else ()))
        read = [self._micrometres(field) for field in fields]
        if self.errors:
            return None
        known = [value or 0 for value in read]
        return (known[0], known[1]), (known[2], known[3]) if has_far else None

    def _micrometres(self, field: StringField) -> int | None:
        value = read_measure(field.data or "", MICROMETRES)
        if value is None:
            field.errors = [gettext("Écrivez des millimètres, comme 1,5 ou −0,5 ; 0 quand rien n’est décalé.")]
        return value


@pages.get("/printers")
@needs(StaffRole.VOLUNTEER)
def printers_page() -> str:
    """The printers in use, with their corrections, and a form for another one."""
    return _index(NameForm())


@pages.post("/printers")
@needs(StaffRole.OFFICE)
def add_printer() -> ResponseReturnValue:
    """One more printer, exact until it is measured."""
    form = NameForm()
    try:
        added = transact(printers.add_printer, form.name.data or "", at=now(), by=actor())
    except Refused as refusal:
        form.name.errors = [sentence(refusal)]
        return _index(form), 422
    flash(gettext("L’imprimante est ajoutée. Réglez-la avec une page de règles."), "done")
    return redirect(url_for(".printer", printer_id=added.id), 303)


def _index(form: NameForm) -> str:
    return render_template("office/shipping/printers.html", printers=printers.printers(), form=form)


@pages.route("/printers/<int:printer_id>", methods=["GET", "POST"])
@needs(StaffRole.OFFICE)
def printer(printer_id: int) -> ResponseReturnValue:
    """One printer: print its ruler page, type in what was read."""
    found = printers.get_printer(str(printer_id))
    form = RulerForm(sheet=found.sheet)
    if request.method == "GET":
        return _printer_page(found, form)
    if (measured := form.read()) is None:
        return _printer_page(found, form), 422
    near, far = measured
    try:
        sheet = print_requests.read_sheet(form.sheet.data or "")
        transact(printers.calibrate, printer_id, sheet, near, far, at=now(), by=actor())
    except Refused as refusal:
        form.form_errors.append(sentence(refusal))
        return _printer_page(found, form), 422
    flash(_what_is_left(printers.possible_error(sheet) if far else None), "done")
    return redirect(url_for(".printer", printer_id=printer_id), 303)


def _what_is_left(error: int | None) -> str:
    """How exact the printer is now, in µm: no reading is better than the eye. None: only one cross was read."""
    if error is None:
        return gettext("C’est réglé à la croix 1 seulement : sans la croix 2, le bas de la planche peut rester décalé.")
    return gettext(
        "C’est réglé : lu au quart de millimètre, tout est juste à %(error)s mm près. "
        "Vérifiez avec une page de règles corrigée, contre la lumière.",
        error=show_measure(round(error, -2), MICROMETRES),
    )


def _printer_page(found: Printer, form: RulerForm) -> str:
    return render_template("office/shipping/printer.html", printer=found, form=form, shown=shown_profile(found))


def shown_profile(found: Printer) -> dict[str, str]:
    """Millimetres and per cent as people read them."""
    return {
        "x": show_measure(found.x_um, MICROMETRES),
        "y": show_measure(found.y_um, MICROMETRES),
        "scale_x": show_measure(found.scale_x_millionths, 10_000, "0.00"),
        "scale_y": show_measure(found.scale_y_millionths, 10_000, "0.00"),
    }


@pages.get("/printers/<int:printer_id>/ruler.pdf")
@needs(StaffRole.VOLUNTEER)
def ruler(printer_id: int) -> ResponseReturnValue:
    """The ruler page of a stock (`sheet`), as the printer does it by itself, or with `corrected=1`."""
    found = printers.get_printer(str(printer_id))
    sheet = print_requests.read_sheet(request.args.get("sheet") or found.sheet)
    corrected = found if request.args.get("corrected") == "1" else None
    print_it = partial(dispatch_pdfs.print_ruler_page, sheet, corrected)
    return pdf_answer(f"regles-{sheet.name}", print_it, about=None)


@pages.post("/printers/<int:printer_id>/rename")
@needs(StaffRole.OFFICE)
def rename_printer(printer_id: int) -> ResponseReturnValue:
    """Call it by another `name`."""
    try:
        transact(printers.rename, printer_id, request.form.get("name", ""), at=now(), by=actor())
        flash(gettext("C’est enregistré."), "done")
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    return redirect(url_for(".printer", printer_id=printer_id), 303)


@pages.post("/printers/<int:printer_id>/retire")
@needs(StaffRole.OFFICE)
def retire_printer(printer_id: int) -> ResponseReturnValue:
    """Propose it no more."""
    transact(printers.retire, printer_id, at=now(), by=actor())
    flash(gettext("L’imprimante n’est plus proposée."), "done")
    return redirect(url_for(".printers_page"), 303)
