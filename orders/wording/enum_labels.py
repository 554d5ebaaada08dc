"""The word on screen for each member of each enumeration."""

from collections.abc import Iterable, Mapping
from enum import Enum

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from wtforms import SelectChoice

from orders.catalogue.audience_models import OrganisationField
from orders.catalogue.models import Kind
from orders.events.models import EventState
from orders.mail.models import MailState
from orders.ordering.lookup.lateness import Lateness
from orders.ordering.models import Delivery, OrderStatus, WhenShort
from orders.ordering.review.decision_summary import Likeness
from orders.ordering.season.closing import WhatBecomes
from orders.packing.models import PostKind
from orders.reports.orders_report import Dimension
from orders.reports.schools import coverage
from orders.shipping.models import DispatchState
from orders.shipping.printing.models import Paper, PrintingState
from orders.shipping.return_models import ReturnReason
from orders.staff.models import StaffRole
from orders.stock.models import Place, Reason

WORDS: Mapping[Enum, LazyString] = {
    OrganisationField.NOT_ASKED: lazy_gettext("pas demandée"),
    OrganisationField.OPTIONAL: lazy_gettext("facultative"),
    OrganisationField.REQUIRED: lazy_gettext("obligatoire"),
    Delivery.POST: lazy_gettext("par la poste"),
    Delivery.PICKUP: lazy_gettext("à retirer au bureau"),
    WhenShort.SEND: lazy_gettext("Envoyez ce qu’il y a, le reste suivra"),
    WhenShort.WAIT: lazy_gettext("Attendez que tout soit là"),
    WhenShort.FEWER: lazy_gettext("Seulement ce qu’il y a maintenant"),
    OrderStatus.PENDING: lazy_gettext("à décider"),
    OrderStatus.WAITING: lazy_gettext("en attente"),
    OrderStatus.READY: lazy_gettext("prête"),
    OrderStatus.DISPATCHING: lazy_gettext("en préparation"),
    OrderStatus.SENT: lazy_gettext("envoyée"),
    OrderStatus.REJECTED: lazy_gettext("refusée"),
    OrderStatus.CANCELLED: lazy_gettext("annulée"),
    OrderStatus.RETURNED: lazy_gettext("revenue"),
    Lateness.LATE: lazy_gettext("en retard"),
    Lateness.URGENT: lazy_gettext("urgente"),
    Likeness.EMAIL: lazy_gettext("même e-mail"),
    Likeness.ADDRESS: lazy_gettext("même adresse"),
    Likeness.ORGANISATION: lazy_gettext("même organisation"),
    Likeness.INSTITUTION: lazy_gettext("même école de l’annuaire"),
    Kind.MANUAL: lazy_gettext("manuel"),
    Kind.BOOKLET: lazy_gettext("livret d’activités"),
    Kind.OTHER: lazy_gettext("autre chose"),
    WhatBecomes.KEEP: lazy_gettext("Les servir comme prévu"),
    WhatBecomes.CANCEL: lazy_gettext("Les annuler toutes, avec un e-mail"),
    DispatchState.OPEN: lazy_gettext("ouvert"),
    DispatchState.CLOSED: lazy_gettext("posté"),
    DispatchState.UNDONE: lazy_gettext("défait"),
    PostKind.LETTER: lazy_gettext("lettre"),
    PostKind.PARCEL: lazy_gettext("colis"),
    Paper.LABELS: lazy_gettext("étiquettes"),
    Paper.SLIPS: lazy_gettext("bordereaux"),
    Paper.PULL_LIST: lazy_gettext("liste à prendre"),
    Paper.POSTING: lazy_gettext("liste pour le guichet"),
    PrintingState.GENERATED: lazy_gettext("à vérifier"),
    PrintingState.ALL_OUT: lazy_gettext("tout est sorti"),
    PrintingState.JAMMED: lazy_gettext("bourrage"),
    MailState.WAITING: lazy_gettext("attend de partir"),
    MailState.SENT: lazy_gettext("parti"),
    MailState.GIVEN_UP: lazy_gettext("n’a pas pu partir"),
    Place.PRINTER: lazy_gettext("imprimeur"),
    Place.SHELF: lazy_gettext("libre"),
    Place.RESERVED: lazy_gettext("réservé"),
    Place.SENT: lazy_gettext("envoyé"),
    Place.LOST: lazy_gettext("sorti"),
    Reason.OPENING: lazy_gettext("stock de départ"),
    Reason.DELIVERY: lazy_gettext("livraison"),
    Reason.NEVER_CAME: lazy_gettext("livraison notée par erreur"),
    Reason.ORDERED: lazy_gettext("commande"),
    Reason.RELEASED: lazy_gettext("commande annulée"),
    Reason.POSTED: lazy_gettext("posté"),
    Reason.NEVER_LEFT: lazy_gettext("jamais parti"),
    Reason.NEVER_ARRIVED: lazy_gettext("jamais arrivé"),
    Reason.COUNTED: lazy_gettext("inventaire"),
    Reason.SHARED: lazy_gettext("partage"),
    Reason.SET_BACK: lazy_gettext("retour dans la file"),
    Reason.SAMPLE: lazy_gettext("gardé comme échantillon"),
    Reason.RECYCLED: lazy_gettext("recyclé"),
    Reason.DAMAGED: lazy_gettext("abîmé"),
    Reason.EVENT: lazy_gettext("événement"),
    Reason.GIFT: lazy_gettext("donné"),
    Reason.FOUND: lazy_gettext("retrouvé"),
    Reason.RETURNED: lazy_gettext("revenu"),
    Reason.OTHER: lazy_gettext("autre (à préciser)"),
    ReturnReason.UNKNOWN_THERE: lazy_gettext("inconnu à l’adresse"),
    ReturnReason.REFUSED: lazy_gettext("refusé"),
    ReturnReason.NOT_COLLECTED: lazy_gettext("pas retiré au bureau de poste"),
    ReturnReason.DAMAGED: lazy_gettext("abîmé en route"),
    ReturnReason.OTHER: lazy_gettext("autre raison"),
    ReturnReason.NEVER_LEFT: lazy_gettext("posté par erreur"),
    EventState.UNCONFIRMED: lazy_gettext("pas confirmé"),
    EventState.PROPOSED: lazy_gettext("proposé"),
    EventState.PUBLISHED: lazy_gettext("annoncé"),
    EventState.REFUSED: lazy_gettext("non retenu"),
    Dimension.DAY: lazy_gettext("jour"),
    Dimension.WEEK: lazy_gettext("semaine du"),
    Dimension.AUDIENCE: lazy_gettext("public"),
    Dimension.PROVINCE: lazy_gettext("province"),
    Dimension.POSTCODE: lazy_gettext("code postal"),
    Dimension.PUBLICATION: lazy_gettext("publication"),
    coverage.Dimension.LEVEL: lazy_gettext("niveau"),
    coverage.Dimension.NETWORK: lazy_gettext("réseau"),
    coverage.Dimension.PROVINCE: lazy_gettext("province"),
    coverage.Dimension.COMMUNE: lazy_gettext("commune"),
    StaffRole.VOLUNTEER: lazy_gettext("bénévole"),
    StaffRole.OFFICE: lazy_gettext("bureau"),
    StaffRole.COORDINATOR: lazy_gettext("coordination"),
    StaffRole.ADMINISTRATOR: lazy_gettext("administration"),
}


def word(member: Enum) -> str:
    """The word on screen for a member of an enumeration."""
    return str(WORDS[member])


def choices_of(members: Iterable[Enum]) -> list[SelectChoice]:
    """The choices of a field: what is sent and what is shown, for each member."""
    return [SelectChoice(member.value, WORDS[member]) for member in members]
