"""The journal in words: what was done, to what, through which door."""

from collections.abc import Mapping

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from orders.office.access import may_open
from orders.references import show_reference
from orders.staff import accounts
from orders.staff.journal import split_thing
from orders.staff.journal_terms import Action, Door
from orders.wording import colleague

ACTIONS: Mapping[Action, LazyString] = {
    "abandoned a count": _l("Comptage abandonné"),
    "accepted": _l("Commande acceptée"),
    "added": _l("Ajouté"),
    "address corrected": _l("Adresse corrigée"),
    "approved a count": _l("Comptage approuvé"),
    "archived": _l("Archivé"),
    "backed up": _l("Sauvegarde faite"),
    "brought back": _l("Remis en service"),
    "calibrated": _l("Imprimante réglée"),
    "came back": _l("Colis revenu"),
    "cancelled": _l("Commande annulée"),
    "cancelled the print run": _l("Tirage annulé"),
    "changed": _l("Changé"),
    "changed the print run": _l("Tirage changé"),
    "closed": _l("Clôturé"),
    "confirmed": _l("Confirmé par un lien"),
    "cookie used twice": _l("Cookie utilisé deux fois : toutes les sessions terminées"),
    "corrected": _l("Rayon corrigé"),
    "corrected letters": _l("Compte de lettres corrigé"),
    "counted": _l("Exemplaires comptés"),
    "counted letters": _l("Lettres comptées"),
    "deleted": _l("Supprimé"),
    "ended": _l("Compte terminé"),
    "erased": _l("Données personnelles effacées"),
    "exported": _l("Fichier téléchargé"),
    "handed out": _l("Données personnelles remises"),
    "handed over": _l("Remise au bureau"),
    "imported": _l("Fichier importé"),
    "invited": _l("Invitation envoyée"),
    "invoiced": _l("Port facturé"),
    "link renewed": _l("Lien renouvelé"),
    "locked out": _l("Trop d’essais : connexion bloquée un quart d’heure"),
    "looked at": _l("Consulté"),
    "made": _l("Envoi préparé"),
    "moved": _l("Déplacé dans la liste"),
    "not invoiced": _l("Facturation du port annulée"),
    "note removed": _l("Note enlevée"),
    "note written": _l("Note écrite"),
    "noted a printing": _l("Impression notée"),
    "ordered from the printer": _l("Tirage commandé"),
    "packed": _l("Colis emballé"),
    "passkey added": _l("Clé d’accès ajoutée"),
    "passkey removed": _l("Clé d’accès enlevée"),
    "password changed": _l("Mot de passe changé"),
    "password link mailed": _l("Lien pour un nouveau mot de passe envoyé"),
    "personal data corrected": _l("Données personnelles corrigées"),
    "placed": _l("Commande passée"),
    "proposed": _l("Proposé"),
    "published": _l("Annoncé"),
    "purged": _l("Données échues effacées"),
    "printed": _l("PDF imprimé"),
    "recalled": _l("Notée comme pas partie"),
    "received": _l("Livraison reçue"),
    "refused": _l("Refusé"),
    "rejected": _l("Commande refusée"),
    "repacked": _l("Emballé autrement"),
    "report closed": _l("Signalement clos"),
    "reported missing": _l("Signalée comme pas arrivée"),
    "restricted": _l("Traitement limité"),
    "restriction lifted": _l("Limite levée"),
    "restored": _l("Sauvegarde restaurée"),
    "retired": _l("Retiré"),
    "rolled over": _l("Édition reconduite"),
    "sent again": _l("Renvoyé"),
    "session ended": _l("Connexion terminée"),
    "sessions ended": _l("Connexions terminées"),
    "set back": _l("Commandes remises en attente"),
    "shared": _l("Exemplaires partagés"),
    "signed in": _l("Connexion"),
    "started a count": _l("Comptage commencé"),
    "taken back": _l("Exemplaires revenus"),
    "taken out": _l("Sortie de l’envoi"),
    "took back": _l("Livraison annulée"),
    "tracking noted": _l("Numéros de suivi notés"),
    "two-step sign-in set up": _l("Deuxième étape mise en service"),
    "two-step sign-in switched off": _l("Deuxième étape supprimée"),
    "two-step sign-in taken away": _l("Deuxième étape enlevée"),
    "undone": _l("Envoi défait"),
    "unlocked": _l("Connexion débloquée"),
    "unpacked": _l("Colis noté comme pas emballé"),
    "went beyond limits": _l("Limites dépassées sur décision"),
    "withdrawn": _l("Retiré par qui l’a proposé"),
    "withdrew from a count": _l("Lignes retirées d’un comptage"),
}

DOORS: Mapping[Door, LazyString] = {
    "web": _l("site public"),
    "office": _l("page du bureau"),
    "command": _l("ligne de commande"),
    "worker": _l("tâche de fond"),
    "import": _l("fichier importé"),
    "demo": _l("démonstration"),
}

KINDS: Mapping[str, LazyString] = {
    "allowances": _l("quotas"),
    "association": _l("réglages"),
    "audience": _l("public"),
    "backup": _l("sauvegarde"),
    "count": _l("comptage"),
    "defended person": _l("personne défendue"),
    "directory": _l("annuaire"),
    "dispatch": _l("envoi"),
    "drop-off point": _l("point de dépôt"),
    "edition": _l("édition"),
    "event": _l("événement"),
    "mail": _l("courriel"),
    "news consents": _l("accords pour les nouvelles"),
    "order": _l("commande"),
    "orders file": _l("fichier de commandes"),
    "packaging": _l("emballage"),
    "parcel": _l("colis"),
    "pickups": _l("retraits au bureau"),
    "postage": _l("tarif postal"),
    "printer": _l("imprimante"),
    "purge": _l("effacement"),
    "publication": _l("publication"),
    "reminder": _l("adresse gardée"),
    "report": _l("rapport"),
    "staff": _l("compte"),
}

PAGES: Mapping[str, tuple[str, str]] = {
    "allowances": ("office.catalogue.edition", "year"),
    "audience": ("office.catalogue.audience", "code"),
    "count": ("office.stock.counts.count", "count_id"),
    "defended person": ("office.catalogue.person", "person_id"),
    "dispatch": ("office.shipping.dispatch", "dispatch_id"),
    "drop-off point": ("office.dropoff.point", "point_id"),
    "edition": ("office.catalogue.edition", "year"),
    "event": ("office.events.event", "event_id"),
    "mail": ("office.mail.mail", "mail_id"),
    "order": ("office.ordering.order", "reference"),
    "packaging": ("office.catalogue.packaging", "code"),
    "postage": ("office.catalogue.rates", "kind"),
    "printer": ("office.shipping.printer", "printer_id"),
    "publication": ("office.stock.publication", "code"),
    "staff": ("office.staff.member", "member_id"),
}
"""Where a thing of a kind is shown: the page, and what its address takes."""


def thing_name(thing: str) -> str:
    """A thing in words: `commande KLNB-RTVX`, `compte Marie Dupont`."""
    kind, key = split_thing(thing)
    if kind == "order":
        key = show_reference(key)
    elif kind == "staff":
        key = colleague(accounts.get_member(int(key)).email)
    return " ".join(filter(None, (str(KINDS[kind]), key)))


def thing_link(thing: str) -> str | None:
    """The address of the page of a thing, where whoever reads may open it; a thing that is gone leads to a 404."""
    kind, key = split_thing(thing)
    endpoint, argument = PAGES.get(kind, ("", ""))
    return url_for(endpoint, _external=False, **{argument: key}) if key and endpoint and may_open(endpoint) else None


def action_name(action: Action) -> str:
    """What was done, in words."""
    return str(ACTIONS[action])


def door_name(door: Door) -> str:
    """The door in words."""
    return str(DOORS[door])
