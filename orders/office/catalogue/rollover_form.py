"""The form that makes next year's edition: its days, its codes, and what becomes of what is left over."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, RadioField, SelectChoice, StringField

from orders.addresses import clean
from orders.catalogue.edition_input import ContentFault, EditionContent
from orders.catalogue.models import Edition, Publication
from orders.office.forms import KeyedForm, whole_number
from orders.ordering.request.order_request import Reading
from orders.ordering.season.rollover import WAYS, Plan
from orders.wording import sentence, title_of

DAYS = ("opens_on", "closes_on", "letters_back_by")
CLOSE, KEEP = "close", "keep"


class RollOverForm(KeyedForm):
    """`roll_over_form` adds a code and three numbers of copies for each publication of the old edition."""

    year = StringField(_l("Année"))
    title = StringField(_l("Titre"))
    opens_on = StringField(_l("Les commandes ouvrent le"))
    closes_on = StringField(_l("Dernier jour de commande"))
    letters_back_by = StringField(_l("Lettres à renvoyer avant le"))
    links = RadioField(
        _l("Pages des commandes terminées"),
        choices=[
            SelectChoice(CLOSE, _l("Fermer leurs liens : ils n’ouvriront plus rien")),
            SelectChoice(KEEP, _l("Garder leurs liens : on peut encore les lire")),
        ],
        validate_choice=False,
    )
    seen = HiddenField()

    publications: Sequence[Publication] = ()

    def field_of(self, what: str, publication: Publication) -> Field:
        """`code`, or one of `WAYS`."""
        return self[f"{what}-{publication.code}"]

    def kept_fields(self) -> list[Field]:
        """All that the page with the whole plan sends again when it is confirmed."""
        return [field for field in self if field.name not in ("csrf_token", "seen", "again")]

    def fill_in(self, plan: Plan) -> None:
        self.year.data, self.title.data = str(plan.year), plan.edition.title
        self.links.data = CLOSE if plan.closes_links else KEEP
        for name in DAYS:
            self[name].data = getattr(plan.edition, name).isoformat()
        for publication in self.publications:
            self.field_of("code", publication).data = plan.codes.get(publication.code, "")
            for way in WAYS:
                self.field_of(way, publication).data = "0"

    def read(self) -> Plan | None:
        """The plan, or `None` with what is wrong beside its field."""
        self.validate()
        year = whole_number(self.year.data or "")
        if year is None:
            self.year.errors = [gettext("Écrivez l’année en quatre chiffres.")]
        reading = Reading({name: self[name].data or "" for name in DAYS})
        opens_on, closes_on, letters_back_by = (reading.day(name) for name in DAYS)
        for problem in reading.problems:
            self[problem.field].errors = [sentence(problem)]
        for name in DAYS:
            if not (self[name].data or "").strip():
                self[name].errors = [gettext("Choisissez un jour.")]
        leaving = {each.code: {way: self._copies(way, each) for way in WAYS} for each in self.publications}
        if self.links.data not in (CLOSE, KEEP):
            self.links.errors = [gettext("Choisissez une réponse.")]
        if self.errors or year is None or opens_on is None or closes_on is None or letters_back_by is None:
            return None
        return Plan(
            year=year,
            edition=EditionContent(clean(self.title.data or ""), opens_on, closes_on, letters_back_by),
            codes={each.code: clean(self.field_of("code", each).data or "").upper() for each in self.publications},
            leaving=leaving,
            closes_links=self.links.data == CLOSE,
        )

    def _copies(self, way: str, publication: Publication) -> int:
        field = self.field_of(way, publication)
        typed = (field.data or "").strip()
        copies = whole_number(typed) if typed else 0
        if copies is None or copies < 0:
            field.errors = [gettext("Écrivez un nombre entier, à partir de 0.")]
        return copies or 0

    def explain(self, faults: Sequence[ContentFault]) -> None:
        for fault in faults:
            field = self[fault.field]
            field.errors = [*field.errors, sentence(fault)]


def roll_over_form(old: Edition) -> RollOverForm:
    labels = {
        "code": _l("%(title)s, nouveau code"),
        "sample": _l("%(title)s, à garder comme échantillons"),
        "recycle": _l("%(title)s, à recycler"),
        "give": _l("%(title)s, à donner"),
    }
    fields = {
        f"{what}-{each.code}": StringField(str(label) % {"title": title_of(each)})
        for each in old.publications
        for what, label in labels.items()
    }
    form: RollOverForm = type("RollOverForm", (RollOverForm,), fields)()
    form.publications = old.publications
    return form
