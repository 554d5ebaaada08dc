"""What stands in the details of an entry, in words: the fields and their values."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from orders.shipping.printing.models import Paper
from orders.shipping.return_models import ReturnReason
from orders.staff.models import AuditEntry, StaffRole
from orders.stock.models import Reason
from orders.wording import day, number, word

LONGEST = 160  # characters of one value

FIELDS: Mapping[str, LazyString] = {
    "accent": _l("couleur"),
    "alt_texts": _l("description du portrait"),
    "audience": _l("public"),
    "billing_address": _l("adresse de facturation"),
    "billing_name": _l("nom sur la facture"),
    "bounds": _l("quotas proposés"),
    "box": _l("boîte"),
    "bundle_size": _l("exemplaires par paquet"),
    "building": _l("bâtiment"),
    "bytes": _l("octets"),
    "campaign": _l("campagne"),
    "cancel": _l("annulées"),
    "can_be_letter": _l("peut partir comme lettre"),
    "carrier_name": _l("nom chez le transporteur"),
    "closes_on": _l("fin"),
    "codes": _l("codes"),
    "company_number": _l("numéro d’entreprise"),
    "copies": _l("exemplaires"),
    "cost_cents": _l("coût en centimes"),
    "count": _l("comptage"),
    "countries": _l("pays"),
    "country": _l("pays"),
    "cover": _l("couverture"),
    "credit": _l("crédit du portrait"),
    "delivery": _l("livraison"),
    "department": _l("service"),
    "dispatch": _l("envoi"),
    "dpo_contact": _l("contact pour les données"),
    "edge_um": _l("bord non imprimable en µm"),
    "edition": _l("édition"),
    "email": _l("adresse e-mail"),
    "empty_weight_mg": _l("poids à vide en mg"),
    "encrypted": _l("sauvegarde chiffrée"),
    "entries": _l("lignes"),
    "expected_on": _l("attendu le"),
    "fields": _l("champs changés"),
    "file": _l("fichier"),
    "first": _l("du numéro"),
    "format": _l("format"),
    "found": _l("comptés"),
    "front_text": _l("texte d’accueil"),
    "front_text_translations": _l("traductions du texte d’accueil"),
    "gathering_on": _l("jour de la rencontre"),
    "gathers": _l("se réunit"),
    "hints": _l("explications"),
    "inner_depth_mm": _l("profondeur en mm"),
    "inner_height_mm": _l("hauteur en mm"),
    "inner_width_mm": _l("largeur en mm"),
    "institution": _l("école de l’annuaire"),
    "is_school": _l("école"),
    "keep": _l("servies comme prévu"),
    "kind": _l("genre"),
    "language": _l("langue"),
    "languages": _l("langues"),
    "last": _l("au numéro"),
    "last_day": _l("dernier jour"),
    "leaving": _l("reste"),
    "letters": _l("lettres"),
    "letters_back_by": _l("lettres à renvoyer avant le"),
    "lines": _l("lignes"),
    "links": _l("liens"),
    "logo_digest": _l("logo"),
    "lost": _l("perdus"),
    "low_stock_line": _l("seuil d’alerte"),
    "mail": _l("courriel"),
    "mail_sender": _l("expéditeur des courriels"),
    "message": _l("message"),
    "minimum": _l("minimum par commande"),
    "most_weight_mg": _l("poids maximal en mg"),
    "movement": _l("mouvement"),
    "name": _l("nom"),
    "names": _l("noms"),
    "needed_by": _l("nécessaire le"),
    "number": _l("numéro"),
    "opens_on": _l("début"),
    "order": _l("ordre"),
    "orders": _l("commandes"),
    "organisation": _l("organisation"),
    "organisation_labels": _l("noms de la case de l’organisation"),
    "other_words": _l("autres mots"),
    "packaging": _l("emballage"),
    "pages": _l("pages"),
    "paper": _l("papier"),
    "parcel": _l("colis"),
    "parcels": _l("colis"),
    "people": _l("personnes"),
    "phone": _l("téléphone"),
    "pickup_hours": _l("heures de retrait"),
    "pickup_number": _l("numéro du lieu de retrait"),
    "pickup_postcode": _l("code postal du lieu de retrait"),
    "pickup_street": _l("rue du lieu de retrait"),
    "pickup_town": _l("localité du lieu de retrait"),
    "pickup_way": _l("chemin vers le lieu de retrait"),
    "piles": _l("piles"),
    "position": _l("place dans la liste"),
    "portrait_digest": _l("portrait"),
    "postcode": _l("code postal"),
    "publication": _l("publication"),
    "purchase_order": _l("bon de commande"),
    "read_online_url": _l("adresse pour lire en ligne"),
    "reading": _l("PDF à lire"),
    "reason": _l("raison"),
    "role": _l("rôle"),
    "rows": _l("lignes de données"),
    "rule": _l("règle de partage"),
    "run": _l("tirage"),
    "scale_x_millionths": _l("échelle en largeur"),
    "scale_y_millionths": _l("échelle en hauteur"),
    "separated": _l("commandes séparées"),
    "shared": _l("commandes réunies"),
    "sheet": _l("planche"),
    "short_name": _l("nom court"),
    "slip_closing": _l("dernière ligne du bordereau"),
    "steps": _l("tranches"),
    "street": _l("rue"),
    "sentences": _l("phrase"),
    "title": _l("titre"),
    "title_translations": _l("traductions du titre"),
    "titles": _l("titres"),
    "to": _l("vers le colis"),
    "to_be_checked": _l("à vérifier"),
    "town": _l("localité"),
    "unit_thickness_um": _l("épaisseur en µm"),
    "unit_weight_mg": _l("poids en mg"),
    "website": _l("site"),
    "when_short": _l("s’il en manque"),
    "x_um": _l("décalage horizontal en µm"),
    "y_um": _l("décalage vertical en µm"),
    "year": _l("année"),
}

MEMBERS: Mapping[str, Sequence[type[Enum]]] = {
    "paper": (Paper,),
    "reason": (Reason, ReturnReason),
    "role": (StaffRole,),
}


def details(entry: AuditEntry) -> list[str]:
    """What changed, a line for each field."""
    return list(_details(entry.before or {}, entry.after or {}))


def _details(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for name in dict.fromkeys((*before, *after)):
        values = [_value(name, side[name]) for side in (before, after) if name in side]
        yield gettext("%(field)s : %(value)s", field=field_name(name), value=" → ".join(values))


def field_name(name: str) -> str:
    """A field in words; codes of publications and audiences stand for themselves."""
    return str(FIELDS.get(name, name))


def _value(name: str, value: Any) -> str:
    said = _said(name, value)
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"


def _said(name: str, value: Any) -> str:
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, bool):
        return gettext("oui") if value else gettext("non")
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{field_name(key)} {_said(name, each)}" for key, each in value.items())
    if isinstance(value, list):
        each_said = (field_name(each) if name == "fields" else _said(name, each) for each in value)
        return ", ".join(each_said)
    return _text(name, str(value))


def _text(name: str, value: str) -> str:
    """A member of an enumeration as its word, a day as a day, anything else as it stands."""
    for kind in MEMBERS.get(name, ()):
        for member in kind:
            if member.value == value:
                return word(member)
    try:
        return day(date.fromisoformat(value)) if len(value) == len("2026-11-20") else value
    except ValueError:
        return value
