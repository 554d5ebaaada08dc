"""The order form: what a browser sends, read by the same rule as every other order."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)

from orders.addresses.text_cleaning import is_control
from orders.catalogue import edition_lookup
from orders.catalogue.audience_models import Audience
from orders.catalogue.models import Edition, Publication
from orders.clock import now
from orders.ordering.models import Delivery, WhenShort
from orders.ordering.request.offer import recent_offer
from orders.ordering.request.order_request import COPIES, OrderRequest
from orders.ordering.request.validation_errors import Problem
from orders.public.order_wishes import WishFields
from orders.public.ordering import form_timestamp
from orders.public.ordering.help import audience_questions
from orders.public.ordering.questions import Question
from orders.public.ordering.sent_before import SentBefore
from orders.public.ordering.sent_form import NEWS, complete, form_key, read_typed
from orders.wording import sentence, titled
from orders.wording.audience_names import (
    ORGANISATION_LABEL,
    audience_choices,
    audience_hints,
    organisation_label,
)
from orders.wording.enum_labels import choices_of


class OrderForm(WishFields):
    """The fields of `/order`; `order_form` adds one for the copies of each publication.

    They hold text as it was typed and no validators: `order_request` says what is wrong, here as in a file.
    """

    audience = RadioField(_l("Vous êtes…"), choices=[], validate_choice=False)
    organisation = StringField(ORGANISATION_LABEL)
    institution = HiddenField()
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
    needed_by = StringField(audience_questions.DAY_LABEL)
    gathering_on = StringField(audience_questions.GATHERING_LABEL)
    people = StringField(_l("Nombre de personnes"))
    message = TextAreaField(_l("Un mot pour l’équipe"))
    billing_name = StringField(_l("Nom pour la facture"))
    billing_address = TextAreaField(_l("Adresse pour la facture"))
    purchase_order = StringField(_l("Numéro de bon de commande"))
    reason = TextAreaField(_l("Pourquoi vous en faut-il encore ?"))
    news = BooleanField(NEWS)
    classes = StringField(_l("Nombre de classes"))
    pupils = StringField(_l("Élèves par classe"))
    age = StringField(_l("Âge des élèves"))
    sentence = TextAreaField(_l("Votre commande en une phrase"))
    submission = HiddenField()
    again = HiddenField()  # the key that takes the place of the other when an order is to be made beside the first
    opened = HiddenField()
    postage_shown = HiddenField()
    postage_asked = HiddenField()
    confirm = SelectMultipleField(choices=[], validate_choice=False)
    website = StringField(_l("Site web : laissez ce champ vide"))

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def get_translations(self, _form: FlaskForm) -> None:
            """None of WTForms' own sentences is ever shown, so its catalogue is not read for each form."""

    edition: Edition
    publications: Sequence[Publication] = ()
    audiences: Sequence[Audience] = ()
    questions: Sequence[Question] = ()
    sent_before: SentBefore | None = None

    @property
    def ticked(self) -> frozenset[str]:
        return frozenset(self.confirm.data or ())

    @property
    def unanswered(self) -> list[Question]:
        """The questions that keep the order from being sent."""
        return [question for question in self.questions if not question.is_answered]

    @property
    def audience_hints(self) -> dict[str, str]:
        """What is said under each audience, by its code."""
        return audience_hints(self.audiences)

    @property
    def asked_by_audience(self) -> dict[str, dict[str, str]]:
        """What is asked of each audience, as order.js takes it."""
        return audience_questions.asked_by_audience(self.audiences)

    @property
    def organisation_hint(self) -> str:
        """Whom the organisation is required of, where it is."""
        return audience_questions.organisation_hint(self.audiences)

    @property
    def chosen_audience(self) -> Audience | None:
        return next((each for each in self.audiences if each.code == self.audience.data), None)

    @property
    def has_a_day(self) -> bool:
        """Whether the audience that was chosen comes together on a day."""
        return self.chosen_audience is not None and self.chosen_audience.gathers

    def copies_of(self, publication: Publication) -> Field:
        return self[COPIES + publication.code]

    def fill_in(self, values: Mapping[str, str]) -> None:
        """Change what stands in some fields, because somebody pressed the button that says so."""
        for name, value in values.items():
            self[name].data = value
        self.label_for_audience()

    def label_for_audience(self) -> None:
        """Call the organisation and the day what they are called for the audience that is chosen."""
        self.organisation.label.text = organisation_label(self.audiences, self.audience.data)
        self.needed_by.label.text = audience_questions.day_label(self.chosen_audience)

    def start_with(self, given: Mapping[str, str]) -> dict[str, str]:
        """Fill fields from the query of an address; returns the values taken. Checkboxes are never ticked."""
        taken = {name: given[name] for name in given if name in self and self._may_be_given(name, given[name])}
        self.fill_in(taken)
        self._drop_what_no_page_can_show()
        return taken

    def _may_be_given(self, name: str, value: str) -> bool:
        field = self[name]
        if isinstance(field, RadioField):
            return value in {choice for choice, *_ in field.iter_choices()}
        return name != "website" and not isinstance(field, HiddenField | BooleanField | SelectMultipleField)

    def read(
        self, typed: Mapping[str, str], language: str, *, needs_email: bool = True, not_before: date | None = None
    ) -> OrderRequest | None:
        """What is asked for, or `None` with every problem beside its field (or in `form_errors`)."""
        self._check_the_sender(typed)
        request, problems = read_typed(
            typed, self.publications, self.audiences, language, needs_email=needs_email, not_before=not_before
        )
        for problem in problems:
            self._show(problem)
        self._drop_what_no_page_can_show()
        if request is None or self.errors:
            return None
        return complete(request, self.ticked, self.submission.data, wants_news=self.news.data)

    def _check_the_sender(self, typed: Mapping[str, str]) -> None:
        is_forged = not self.csrf_token.validate(self)  # no other field has validators
        self.csrf_token.errors = ()
        if is_forged or not form_timestamp.is_acceptable(typed.get("opened") or ""):
            self.form_errors.append(
                gettext("Cette page était ouverte depuis trop longtemps. Rien n’est perdu : vérifiez et renvoyez.")
            )
        if typed.get("website"):
            self.form_errors.append(gettext("Laissez vide le champ « Site web » : il sert à reconnaître les robots."))

    def _drop_what_no_page_can_show(self) -> None:
        """Remove control characters, which no valid page may contain. The form's errors stay."""
        for field in self:
            if isinstance(field.data, str) and not field.data.isprintable():
                field.data = "".join(x for x in field.data if x in "\r\n\t" or not is_control(x))

    def refuse(self, field: Field, said: str) -> None:
        """Say beside a field why it cannot be so."""
        field.errors = [*field.errors, said]

    def _show(self, problem: Problem) -> None:
        if problem.field in self:
            self.refuse(self[problem.field], sentence(problem))
        else:
            self.form_errors.append(sentence(problem))


def order_form(
    edition: Edition, besides: Sequence[Publication] = (), audiences: Sequence[Audience] | None = None
) -> OrderForm:
    """The form of an edition: with a field for the copies of each of its publications, and a key of its own.

    `besides`: publications that are no longer on offer, of which an order that is changed has copies. `audiences`:
    who may order; by default everybody that is offered.
    """
    on_offer = edition_lookup.orderable(edition)
    publications = [*on_offer, *(each for each in besides if each not in on_offer)]
    form = _form_class(tuple(COPIES + each.code for each in publications))()
    for each in publications:
        form.copies_of(each).label.text = titled(each)
    form.edition, form.publications = edition, publications
    form.audiences = recent_offer().audiences if audiences is None else audiences
    form.audience.choices = audience_choices(form.audiences)
    form.label_for_audience()
    form.submission.data = form_key(form.again.data or form.submission.data or "")
    if not form_timestamp.is_stamp(form.opened.data or ""):
        form.opened.data = form_timestamp.stamp(now())
    return form


@lru_cache(maxsize=100)
def _form_class(copies: tuple[str, ...]) -> type[OrderForm]:
    """The form with these fields for copies: WTForms looks through a class only once."""
    return type("OrderForm", (OrderForm,), {name: StringField() for name in copies})
