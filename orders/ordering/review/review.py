"""Whether an order may be taken as it is: refused, asked about, or left for a coordinator to decide."""

from collections.abc import Mapping
from enum import Enum

from orders.catalogue.models import Publication
from orders.ordering.models import Order
from orders.ordering.request.order_request import OrderRequest
from orders.ordering.review import allowances, duplicates
from orders.ordering.review.allowances import Orderer, OverAllowance
from orders.ordering.review.duplicates import LooksRepeated
from orders.ordering.review.earlier_orders import EarlierOrders
from orders.ordering.review.senders import Sender


class ReviewReason(Enum):
    """Why a coordinator must decide about an order."""

    ALLOWANCE = "allowance"
    REPEAT = "repeat"


def review(
    request: OrderRequest,
    edition_id: int,
    publications: Mapping[str, Publication],
    *,
    is_public: bool,
    besides: Order | None = None,
    orderer: Orderer | None = None,
) -> list[ReviewReason]:
    """Why a coordinator must decide; nothing where none has to. `besides`: the order that is being changed; `orderer`:
    whose request it is, where that was worked out before.

    `is_public`: anybody may have typed this e-mail address, so a refusal must not tell what its orderer has already.
    Only what is too much by itself is refused then; with what was ordered before, a coordinator decides.

    Expects the gate of `ledger.lock_stock` to be held, so that two orders of one orderer see each other. Refuses
    with `OverAllowance`, and with `LooksRepeated` unless that question was answered. Copies sent before Pli were
    decided then.
    """
    if request.sent_before_pli:
        return []
    own = (orderer or Orderer.of(request)).order_ids(edition_id, besides=besides)
    had = allowances.copies_in(own)
    known = {} if is_public else had
    if over := allowances.excesses(request.audience, _more(request, besides), known, publications):
        raise OverAllowance(over)
    found = duplicates.find_repeats(own, Sender.of(request), edition_id, besides=besides)
    asked = duplicates.to_be_asked(request, found)
    if asked and "repeat" not in request.confirmed:
        raise LooksRepeated(asked)
    return _reasons(request, had, publications, is_repeat=bool(found))


def review_known(
    request: OrderRequest, earlier: EarlierOrders, publications: Mapping[str, Publication]
) -> list[ReviewReason]:
    """The same for a request of the office of which all that was asked is answered (`confirmed`), and of whose orderer
    the earlier orders are read already. Refuses with `OverAllowance`."""
    if request.sent_before_pli:
        return []
    had = earlier.copies_of(request)
    if over := allowances.excesses(request.audience, request.copies, had, publications):
        raise OverAllowance(over)
    return _reasons(request, had, publications, is_repeat=earlier.has_repeat_of(request))


def _reasons(
    request: OrderRequest, had: Mapping[str, int], publications: Mapping[str, Publication], *, is_repeat: bool
) -> list[ReviewReason]:
    above = allowances.above_review(request.audience, request.copies, had, publications)
    return [ReviewReason.ALLOWANCE] * bool(above) + [ReviewReason.REPEAT] * is_repeat


def _more(request: OrderRequest, besides: Order | None) -> dict[str, int]:
    """The copies of which more are asked than before: who changes an order may always keep what it has, or less."""
    before = {line.publication.code: line.copies - line.given_up for line in besides.lines} if besides else {}
    return {code: copies for code, copies in request.copies.items() if copies > before.get(code, 0)}
