"""The form by which anybody proposes an event."""

from datetime import datetime

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, RadioField, SelectChoice, StringField, TextAreaField

from orders.events import field_parsing
from orders.events.field_parsing import FIELDS
from orders.events.models import EventContent
from orders.events.proposing import Contact
from orders.idempotency import LONGEST_KEY, new_key
from orders.ordering.request.order_request import Reading
from orders.public.ordering import form_timestamp
from orders.wording import current_language, sentence

PUBLIC, PRIVATE = "public", "private"
LONGEST_NAME = 80


class EventForm(FlaskForm):  # type: ignore[misc]
    """Its fields hold text as it was typed; `events.field_parsing` says what is wrong with it."""

    title = StringField(_l("Titre"))
    day = StringField(_l("Jour"))
    begins = StringField(_l("De"))
    ends = StringField(_l("À"))
    venue = StringField(_l("Lieu"))
    address = StringField(_l("Rue et numéro"))
    postcode = StringField(_l("Code postal"))
    town = StringField(_l("Localité"))
    audience = RadioField(
        _l("Qui peut venir ?"),
        choices=[
            SelectChoice(PUBLIC, _l("Tout le monde")),
            SelectChoice(PRIVATE, _l("Seulement les personnes invitées")),
        ],
        default=PUBLIC,
        validate_choice=False,
    )
    description = TextAreaField(_l("Quelques mots"))
    name = StringField(_l("Votre nom"))
    email = EmailField(_l("Votre adresse e-mail"))
    submission = HiddenField()
    opened = HiddenField()
    website = StringField(_l("Site web : laissez ce champ vide"))

    def begin(self, *, at: datetime) -> None:
        """A key and the moment of loading, unless the form came with its own."""
        self.submission.data = (self.submission.data or "").strip()[:LONGEST_KEY] or new_key()
        if not form_timestamp.is_stamp(self.opened.data or ""):
            self.opened.data = form_timestamp.stamp(at)

    def read(self, *, at: datetime) -> tuple[EventContent, Contact] | None:
        """What is proposed and by whom, or `None` with every fault beside its field."""
        self._check_the_sender(at)
        typed = {name: self[name].data or "" for name in FIELDS if name in self}
        found, faults = field_parsing.read(typed, is_public=self.audience.data != PRIVATE, at=at)
        for fault in faults:
            self[fault.field].errors = [*self[fault.field].errors, sentence(fault)]
        contact = self._contact()
        return None if found is None or self.errors else (found, contact)

    def _contact(self) -> Contact:
        reading = Reading({"name": self.name.data or "", "email": self.email.data or ""})
        contact = Contact(reading.short("name", LONGEST_NAME), reading.email(), current_language())
        if not contact.name:
            self.name.errors = [gettext("Indiquez votre nom : seule l’équipe le voit.")]
        for problem in reading.problems:
            self[problem.field].errors = [*self[problem.field].errors, sentence(problem)]
        return contact

    def _check_the_sender(self, at: datetime) -> None:
        is_forged = not self.validate() and self.csrf_token.errors
        self.csrf_token.errors = ()
        if is_forged or not form_timestamp.is_acceptable(self.opened.data or ""):
            self.form_errors.append(
                gettext("Cette page était ouverte depuis trop longtemps. Rien n’est perdu : vérifiez et renvoyez.")
            )
        elif form_timestamp.seconds_to_wait(self.opened.data or "", at):
            self.form_errors.append(gettext("C’était très rapide, et les robots le sont aussi : renvoyez."))
        if self.website.data:
            self.form_errors.append(gettext("Laissez vide le champ « Site web » : il sert à reconnaître les robots."))
