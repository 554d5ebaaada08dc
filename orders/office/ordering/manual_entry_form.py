"""The form for orders that come on paper or by telephone: the same fields and the same rule as the public one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, SelectChoice, SelectField, StringField, TextAreaField

from orders.addresses.postcodes import places
from orders.addresses.text_cleaning import is_control
from orders.catalogue import edition_lookup
from orders.catalogue.audience_lookup import get_audience, offered_audiences
from orders.catalogue.audience_models import Audience
from orders.catalogue.models import Edition, Publication
from orders.directory import lookup, suggestions
from orders.directory.name_index import Suggestion
from orders.idempotency import new_key
from orders.office.forms import KeyedForm
from orders.ordering.models import Delivery, Order, WhenShort
from orders.ordering.request.order_request import COPIES, OrderRequest, check
from orders.ordering.request.validation_errors import Problem
from orders.phone_numbers import show_phone
from orders.wording import sentence, titled
from orders.wording.audience_names import ORGANISATION_LABEL, audience_choices, organisation_label
from orders.wording.enum_labels import choices_of

LANGUAGE_NAMES = {"fr": "français", "nl": "Nederlands", "de": "Deutsch", "en": "English"}
LANGUAGES_OFFERED = [SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items()]
FIND_SCHOOL, USE_SCHOOL = "find_school", "use_school"  # buttons
REMEMBERED = (
    "organisation",
    "institution",
    "name",
    "department",
    "building",
    "street",
    "number",
    "box",
    "postcode",
    "town",
    "email",
    "phone",
    "language",
)


class TypedForm(KeyedForm):
    """Text as it was typed and no validators: `order_request` says what is wrong, here as everywhere."""

    postcode = StringField(_l("Code postal"))
    town = StringField(_l("Localité"))
    street = StringField(_l("Rue"))
    number = StringField(_l("Numéro"))
    box = StringField(_l("Boîte"))
    name = StringField(_l("Prénom et nom"))
    organisation = StringField(ORGANISATION_LABEL)
    institution = HiddenField()
    department = StringField(_l("Service ou classe"))
    building = StringField(_l("Bâtiment, étage"))
    email = StringField(_l("Adresse e-mail"))
    phone = StringField(_l("Téléphone"))
    audience = SelectField(_l("Pour qui"), choices=[], validate_choice=False)
    delivery = SelectField(_l("Comment"), choices=choices_of(Delivery), validate_choice=False)
    when_short = SelectField(_l("S’il en manque"), choices=choices_of(WhenShort), validate_choice=False)
    language = SelectField(_l("Langue des e-mails"), choices=LANGUAGES_OFFERED, validate_choice=False)
    needed_by = StringField(_l("Il les faut avant le"))
    message = TextAreaField(_l("Un mot pour l’équipe"))
    billing_name = StringField(_l("Facturer à"))
    billing_address = TextAreaField(_l("Adresse de facturation"))
    purchase_order = StringField(_l("Bon de commande"))
    reason = StringField(_l("Pourquoi encore une fois ?"))
    beyond = StringField(_l("Pourquoi dépasser les limites ?"))
    sent_before: Order | None = None
    publications: Sequence[Publication] = ()
    audiences: Sequence[Audience] = ()

    def copies_of(self, publication: Publication) -> Field:
        return self[COPIES + publication.code]

    def fill_in(self, values: Mapping[str, str]) -> None:
        for name, value in values.items():
            self[name].data = value

    def remember(self, order: Order) -> None:
        """Fill in who and where from an earlier order; how many is for this one."""
        for field in REMEMBERED:
            self[field].data = getattr(order, field)
        self.phone.data = show_phone(order.phone)
        self.audience.data = order.audience
        self.label_organisation()

    def label_organisation(self) -> None:
        """Call the organisation what it is called for the audience that is chosen."""
        self.organisation.label.text = organisation_label(self.audiences, self.audience.data)

    def read(self, typed: Mapping[str, str], confirmed: frozenset[str]) -> OrderRequest | None:
        """What is asked for, or `None` with every problem beside its field."""
        known = places(self.postcode.data or "")
        if not (self.town.data or "").strip() and len(known) == 1:
            self.town.data = known[0]
        codes = [publication.code for publication in self.publications]
        typed = {**typed, "town": self.town.data or "", "country": ""}
        request, problems = check(typed, codes, self.audiences, needs_email=False)
        for problem in problems:
            self._show(problem)
        self._drop_what_no_page_can_show()
        if request is None:
            return None
        return replace(
            request,
            submission=self.key(),
            confirmed=confirmed,
            institution=lookup.known_code(request.institution),
        )

    def _drop_what_no_page_can_show(self) -> None:
        for field in self:
            if isinstance(field.data, str):
                field.data = "".join(x for x in field.data if x in "\r\n\t" or not is_control(x))

    def _show(self, problem: Problem) -> None:
        if problem.field in self:
            self[problem.field].errors = [*self[problem.field].errors, sentence(problem)]
        else:
            self.form_errors.append(sentence(problem))


def typed_form(edition: Edition, besides: Order | None = None) -> TypedForm:
    """The form of an edition, with a field for the copies of each of its publications.

    `besides`: the order that is being changed, of which all stays possible.
    """
    own = [line.publication for line in besides.lines] if besides else []
    publications = list(dict.fromkeys([*edition_lookup.orderable(edition), *own]))
    copies = {COPIES + each.code: StringField(titled(each)) for each in publications}
    form: TypedForm = type("TypedForm", (TypedForm,), copies)()
    form.publications, form.audiences = publications, _audiences(besides)
    form.audience.choices = [SelectChoice("", _l("Choisissez…")), *audience_choices(form.audiences)]
    form.label_organisation()
    form.submission.data = form.submission.data or new_key()
    return form


def _audiences(besides: Order | None) -> Sequence[Audience]:
    offered = offered_audiences()
    if besides is None or besides.audience in {each.code for each in offered}:
        return offered
    return [*offered, get_audience(besides.audience)]


def asks_for_school(sent: Mapping[str, str]) -> bool:
    """Whether a button was pressed that finds a school where there is no script."""
    return FIND_SCHOOL in sent or USE_SCHOOL in sent


def offered_schools(sent: Mapping[str, str]) -> list[Suggestion] | None:
    """The schools that fit what was typed, where the button was pressed that looks for them."""
    return _schools(sent) if FIND_SCHOOL in sent else None


def chosen_school(sent: Mapping[str, str]) -> dict[str, str]:
    """What the button of a school writes into the fields, if it is still one of those that would be offered."""
    if USE_SCHOOL not in sent:
        return {}
    return next((each.order_fields for each in _schools(sent) if each.label == sent[USE_SCHOOL]), {})


def _schools(sent: Mapping[str, str]) -> list[Suggestion]:
    return suggestions.suggest_at(sent.get("organisation", ""), sent.get("postcode", ""))
