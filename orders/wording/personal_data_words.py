"""The words on pages and papers for what is held about people: kinds, tables and columns."""

from collections.abc import Mapping

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from orders.privacy.registry import Kind

KINDS: Mapping[Kind, LazyString] = {
    Kind.IDENTITY: lazy_gettext("nom et organisation"),
    Kind.CONTACT: lazy_gettext("e-mail et téléphone"),
    Kind.ADDRESS: lazy_gettext("adresse"),
    Kind.REQUEST: lazy_gettext("ce qui est demandé"),
    Kind.BILLING: lazy_gettext("facturation"),
    Kind.CONSENT: lazy_gettext("accord pour les nouvelles"),
    Kind.FREE_TEXT: lazy_gettext("texte libre"),
    Kind.MAIL: lazy_gettext("contenu de courriels"),
    Kind.TRACE: lazy_gettext("traces techniques"),
    Kind.ACCOUNT: lazy_gettext("compte de l’équipe"),
}

TABLES: Mapping[str, LazyString] = {
    "order": lazy_gettext("Commandes"),
    "outgoing_mail": lazy_gettext("Courriels"),
    "event": lazy_gettext("Événements proposés"),
    "reminder": lazy_gettext("Adresses gardées pour l’an prochain"),
    "email_confirmation": lazy_gettext("Adresses e-mail confirmées"),
    "printed_parcel": lazy_gettext("Impressions"),
    "parcel": lazy_gettext("Numéros de suivi des colis"),
    "submitted_form": lazy_gettext("Formulaires envoyés"),
    "order_import": lazy_gettext("Fichiers importés"),
    "order_note": lazy_gettext("Notes sur les commandes"),
    "movement_note": lazy_gettext("Notes sur le stock"),
    "count_entry": lazy_gettext("Notes de comptage"),
    "print_run": lazy_gettext("Notes sur les tirages"),
    "staff_member": lazy_gettext("Comptes de l’équipe"),
    "passkey": lazy_gettext("Clés d’accès de l’équipe"),
    "failed_signin": lazy_gettext("Connexions refusées"),
    "staff_session": lazy_gettext("Sessions de l’équipe"),
    "audit_entry": lazy_gettext("Journal"),
    "mentions": lazy_gettext("Textes qui citent la personne"),
}

COLUMNS: Mapping[str, LazyString] = {
    "reference": lazy_gettext("Référence"),
    "audience": lazy_gettext("Type de public"),
    "delivery": lazy_gettext("Mode de livraison"),
    "when_short": lazy_gettext("S’il manque des exemplaires"),
    "status": lazy_gettext("État"),
    "placed_at": lazy_gettext("Passée le"),
    "restricted_at": lazy_gettext("Limitée depuis le"),
    "name": lazy_gettext("Nom"),
    "organisation": lazy_gettext("Organisation"),
    "institution": lazy_gettext("Numéro dans l’annuaire"),
    "department": lazy_gettext("Service"),
    "email": lazy_gettext("E-mail"),
    "phone": lazy_gettext("Téléphone"),
    "building": lazy_gettext("Bâtiment"),
    "street": lazy_gettext("Rue"),
    "number": lazy_gettext("Numéro"),
    "box": lazy_gettext("Boîte"),
    "town": lazy_gettext("Localité"),
    "postcode": lazy_gettext("Code postal"),
    "country": lazy_gettext("Pays"),
    "language": lazy_gettext("Langue"),
    "needed_by": lazy_gettext("Pour le"),
    "gathering_on": lazy_gettext("Rencontre le"),
    "people": lazy_gettext("Personnes attendues"),
    "billing_name": lazy_gettext("Nom pour la facture"),
    "billing_address": lazy_gettext("Adresse de facturation"),
    "purchase_order": lazy_gettext("Bon de commande"),
    "news_text": lazy_gettext("Accord pour les nouvelles"),
    "message": lazy_gettext("Message"),
    "repeat_reason": lazy_gettext("Raison d’une deuxième commande"),
    "decision_reason": lazy_gettext("Raison de la décision"),
    "copies": lazy_gettext("Exemplaires"),
    "kind": lazy_gettext("Genre"),
    "posted_at": lazy_gettext("Écrit le"),
    "sent_at": lazy_gettext("Parti le"),
    "address": lazy_gettext("Adresse"),
    "subject": lazy_gettext("Sujet"),
    "text": lazy_gettext("Texte"),
    "where": lazy_gettext("Où"),
    "wording": lazy_gettext("Le texte de la case cochée"),
    "contact_name": lazy_gettext("Votre nom"),
    "contact_email": lazy_gettext("E-mail"),
    "title": lazy_gettext("Titre"),
    "description": lazy_gettext("Quelques mots"),
    "venue": lazy_gettext("Lieu"),
    "refusal": lazy_gettext("Raison du refus"),
    "role": lazy_gettext("Rôle"),
    "created_at": lazy_gettext("Ouvert le"),
    "ends_at": lazy_gettext("Jusqu’au"),
    "began_at": lazy_gettext("Depuis le"),
    "seen_at": lazy_gettext("Vu pour la dernière fois le"),
    "browser": lazy_gettext("Navigateur"),
    "system": lazy_gettext("Système"),
    "create_datetime": lazy_gettext("Ajoutée le"),
    "lastuse_datetime": lazy_gettext("Utilisée le"),
    "staff_session.address": lazy_gettext("Adresse IP"),
}
"""By name; with the table before it where one name says another thing there."""


def table_word(name: str) -> str:
    """The word for a table; its own name for one that has none."""
    return str(TABLES.get(name, name))


def column_word(name: str, table: str = "") -> str:
    return str(COLUMNS.get(f"{table}.{name}") or COLUMNS.get(name, name))
