"""The order form: what a browser sends, read by the same rule as every other order."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    HiddenField,
    RadioField,
    StringField,
    TelField,
    TextAreaField,
)

from orders.addresses.writing import is_control
from orders.catalogue import publishing
from orders.catalogue.models import Audience, Edition, Publication
from orders.keys import LONGEST_KEY, new_key
from orders.ordering.checking import COPIES, OrderRequest, check
from orders.ordering.models import Delivery, WhenShort
from orders.ordering.problems import Problem
from orders.wording import sentence, titled
from orders.wording.words import choices_of

NEWS = _l("Envoyez-moi aussi des nouvelles d’Amnesty International par e-mail.")


class OrderForm(FlaskForm):  # type: ignore[misc]
    """The fields of `/order`; `order_form` adds one for the copies of each publication.

    They hold text as it was typed and no validators: `ordering.checking` says what is wrong, here as in a file.
    """

    audience = RadioField(_l("Vous êtes…"), choices=choices_of(Audience), validate_choice=False)
    organisation = StringField(_l("École ou organisation"))
    name = StringField(_l("Prénom et nom"))
    department = StringField(_l("Service ou classe"))
    building = StringField(_l("Bâtiment, étage"))
    street = StringField(_l("Rue"))
    number = StringField(_l("Numéro"))
    box = StringField(_l("Boîte"))
    postcode = StringField(_l("Code postal"))
    town = StringField(_l("Localité"))
    email = EmailField(_l("Adresse e-mail"))
    phone = TelField(_l("Téléphone"))
    delivery = RadioField(
        _l("Comment les recevoir ?"),
        choices=choices_of(Delivery),
        validate_choice=False,
        default=Delivery.POST.value,
    )
    when_short = RadioField(
        _l("S’il n’y en a pas assez tout de suite"),
        choices=choices_of(WhenShort),
        validate_choice=False,
        default=WhenShort.SEND.value,
    )
    needed_by = StringField(_l("Il me les faut avant le"))
    message = TextAreaField(_l("Un mot pour l’équipe"))
    news = BooleanField(NEWS)
    classes = StringField(_l("Nombre de classes"))
    pupils = StringField(_l("Élèves par classe"))
    age = StringField(_l("Âge des élèves"))
    people = StringField(_l("Nombre de personnes"))
    submission = HiddenField()
    website = StringField(_l("Site web : laissez ce champ vide"))

    edition: Edition
    publications: Sequence[Publication] = ()

    def copies_of(self, publication: Publication) -> Field:
        return self[COPIES + publication.code]

    def fill_in(self, values: Mapping[str, str]) -> None:
        """Change what stands in some fields, because somebody pressed the button that says so."""
        for name, value in values.items():
            self[name].data = value

    def read(self, typed: Mapping[str, str], language: str) -> OrderRequest | None:
        """What is asked for, or `None` with every problem beside its field (or in `form_errors`)."""
        self._check_the_sender(typed)
        codes = [publication.code for publication in self.publications]
        request, problems = check({**typed, "language": language, "country": ""}, codes)
        for problem in problems:
            self._show(problem)
        self._drop_what_no_page_can_show()
        if request is None or self.errors:
            return None
        return replace(
            request,
            submission=(typed.get("submission") or new_key())[:LONGEST_KEY],
            news_text=str(NEWS) if self.news.data else "",
        )

    def _check_the_sender(self, typed: Mapping[str, str]) -> None:
        if not self.validate() and self.csrf_token.errors:
            self.csrf_token.errors = ()
            self.form_errors.append(
                gettext("Cette page était ouverte depuis trop longtemps. Rien n’est perdu : vérifiez et renvoyez.")
            )
        if typed.get("website"):
            self.form_errors.append(gettext("Laissez vide le champ « Site web » : il sert à reconnaître les robots."))

    def _drop_what_no_page_can_show(self) -> None:
        """Control characters stand in no valid page: the form comes back without them, and with its errors."""
        for field in self:
            if isinstance(field.data, str):
                field.data = "".join(x for x in field.data if x in "\r\n\t" or not is_control(x))

    def _show(self, problem: Problem) -> None:
        if problem.field in self:
            field = self[problem.field]
            field.errors = [*field.errors, sentence(problem)]
        else:
            self.form_errors.append(sentence(problem))


def order_form(edition: Edition) -> OrderForm:
    """The form of an edition: with a field for the copies of each of its publications, and a key of its own."""
    publications = publishing.orderable(edition)
    copies = {COPIES + each.code: StringField(titled(each)) for each in publications}
    form: OrderForm = type("OrderForm", (OrderForm,), copies)()
    form.edition, form.publications = edition, publications
    if not form.submission.data:
        form.submission.data = new_key()
    return form
