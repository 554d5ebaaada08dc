"""The form of the association's profile: one field for each value, and one for each text in each language."""

from collections.abc import Sequence
from dataclasses import fields

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice

from orders.addresses import clean
from orders.association import AssociationProfile
from orders.association.profile import LANGUAGES, REQUIRED, REQUIRED_TEXTS, TEXTS, ProfileFault, profile_faults
from orders.office.forms import SharedForm
from orders.wording import sentence
from orders.wording.translation.languages import NAMES

SECTIONS: Sequence[tuple[LazyString, Sequence[str]]] = (
    (_l("Qui"), ("name", "short_name", "campaign", "company_number")),
    (_l("Adresse, où les lettres reviennent"), ("street", "number", "postcode", "town")),
    (_l("Contact"), ("email", "phone", "website", "dpo_contact", "mail_sender")),
    (
        _l("Retrait sur place"),
        ("pickup_street", "pickup_number", "pickup_postcode", "pickup_town", "pickup_hours", "pickup_way"),
    ),
    (_l("Sur papier"), ("slip_closing", "carrier_name")),
    (_l("Aspect"), ("accent",)),
)
LABELS = {
    "name": _l("Nom"),
    "short_name": _l("Nom court"),
    "campaign": _l("Nom de la campagne"),
    "company_number": _l("Numéro d’entreprise"),
    "street": _l("Rue"),
    "number": _l("Numéro"),
    "postcode": _l("Code postal"),
    "town": _l("Localité"),
    "email": _l("E-mail de contact"),
    "phone": _l("Téléphone"),
    "website": _l("Site web"),
    "dpo_contact": _l("Délégué·e à la protection des données"),
    "mail_sender": _l("Expéditeur des e-mails"),
    "pickup_street": _l("Rue du retrait"),
    "pickup_number": _l("Numéro du retrait"),
    "pickup_postcode": _l("Code postal du retrait"),
    "pickup_town": _l("Localité du retrait"),
    "pickup_hours": _l("Heures d’ouverture"),
    "pickup_way": _l("Comment venir"),
    "slip_closing": _l("Dernière ligne du bordereau"),
    "carrier_name": _l("Nom dans le fichier du transporteur"),
    "accent": _l("Couleur"),
}
HINTS = {
    "pickup_street": _l("Laissez vide pour l’adresse ci-dessus."),
    "mail_sender": _l("Un nom, puis une adresse e-mail entre chevrons."),
    "carrier_name": _l("40 caractères au plus."),
    "accent": _l("Une couleur claire derrière du texte noir, comme #ffff00."),
    "slip_closing": _l("Vide : le merci de Pli."),
}


class ProfileForm(SharedForm):
    """Texts are fields like `name-fr`; `profile_form` adds them and all other fields."""

    languages = SelectMultipleField(
        _l("Langues des pages publiques"),
        choices=[SelectChoice(code, NAMES[code]) for code in LANGUAGES],
        validate_choice=False,
    )

    def read(self) -> AssociationProfile | None:
        """What was typed, or `None` with everything that is wrong beside its field."""
        self.validate()
        profile = self.typed_profile()
        self.explain(profile_faults(profile))
        return None if self.errors else profile

    def typed_profile(self) -> AssociationProfile:
        values: dict[str, object] = {}
        for each in fields(AssociationProfile):
            if each.name in TEXTS:
                typed = {code: clean(self[f"{each.name}-{code}"].data or "") for code in LANGUAGES}
                values[each.name] = {code: text for code, text in typed.items() if text}
            elif each.name in self:
                values[each.name] = clean(self[each.name].data or "") if each.name != "languages" else ()
        values["languages"] = tuple(code for code in LANGUAGES if code in (self.languages.data or ()))
        values["accent"] = str(values["accent"]).lower()
        return AssociationProfile(**values)  # type: ignore[arg-type]

    def explain(self, faults: Sequence[ProfileFault]) -> None:
        for fault in faults:
            field = self[fault.field]
            field.errors = [*field.errors, sentence(fault)]


def profile_form() -> ProfileForm:
    """A form with a field for each value of the profile."""
    made: dict[str, StringField] = {}
    for name, label in LABELS.items():
        if name in TEXTS:
            for code in LANGUAGES:
                made[f"{name}-{code}"] = StringField(f"{label} ({NAMES[code]})")
        else:
            made[name] = StringField(label)
    form: ProfileForm = type("ProfileForm", (ProfileForm,), made)()
    return form


def profile_as_typed(profile: AssociationProfile) -> dict[str, str]:
    """The values of the form's text fields, by field."""
    typed: dict[str, str] = {}
    for name in LABELS:
        value = getattr(profile, name)
        if name in TEXTS:
            typed |= {f"{name}-{code}": value.get(code, "") for code in LANGUAGES}
        else:
            typed[name] = value
    return typed


def names_of(field: str) -> list[str]:
    """The names of the form's fields for one value of the profile."""
    return [f"{field}-{code}" for code in LANGUAGES] if field in TEXTS else [field]


def is_required(field: str) -> bool:
    return field in REQUIRED or field in REQUIRED_TEXTS
