"""A preview of postage before an order is sent: letter or parcel, and who pays."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from flask_babel import format_decimal, gettext, ngettext

from orders.catalogue.models import Publication
from orders.ordering.allocation import estimates, reservations
from orders.ordering.models import Delivery, Order, WhenShort
from orders.ordering.request.offer import recent_offer
from orders.packing.models import TooLargeToPost
from orders.packing.postage import FREE, UNPRICED, Charge, Quote, last_letter, quote_by
from orders.packing.splitting import Item
from orders.packing.tariff import Tariff
from orders.public.ordering.requested_copies import copies_typed
from orders.wording import association_text, euros, number, title_of

NEAR_A_PARCEL = 4  # so many copies in five of a letter, and the page says where the letter ends


@dataclass(frozen=True, slots=True)
class Postage:
    """What the copies on a form become: the figures, and the sentences that say them."""

    say: Callable[[], Iterable[str]] = tuple
    quote: Quote | None = None
    is_due: bool = False

    @property
    def sentences(self) -> tuple[str, ...]:
        """Made when they are asked for: who sends an order is not shown them again."""
        return tuple(filter(None, self.say()))

    @property
    def charge(self) -> Charge:
        """What the orderer pays."""
        if not self.is_due:
            return FREE
        return self.quote.charge if self.quote else UNPRICED

    @property
    def price_cents(self) -> int | None:
        """The same in cents; None where that is not known yet."""
        return self.charge.cents

    @property
    def key(self) -> str:
        """Two quotes with the same key cost the same: what a page sends back to say which one it has shown."""
        boxes = self.quote.boxes if self.quote else 0
        return f"{boxes}-{'unknown' if self.price_cents is None else self.price_cents}" if self.is_due else ""

    @property
    def order_words(self) -> str:
        """What the button that orders says: whoever presses it owes the postage, so the button says so."""
        if not self.is_due:
            return gettext("Commander gratuitement")
        if self.price_cents is None:
            return gettext("Commander · port facturé")
        return gettext("Commander · port %(price)s facturé", price=euros(self.price_cents))

    @property
    def save_words(self) -> str:
        """What the button says that keeps the changes of an order, for the same reason."""
        if not self.is_due:
            return gettext("Enregistrer les changements")
        if self.price_cents is None:
            return gettext("Enregistrer · port facturé")
        return gettext("Enregistrer · port %(price)s facturé", price=euros(self.price_cents))

    def as_json(self, *, is_change: bool = False) -> dict[str, object]:
        sentences = self.sentences
        words = self.save_words if is_change else self.order_words
        said: dict[str, object] = {"sentences": sentences, "order_words": words}
        if sentences:
            said |= {"is_due": self.is_due, "key": self.key}
        if self.quote:
            said |= {
                "letters": self.quote.letters,
                "boxes": self.quote.boxes,
                "weight_g": self.quote.weight_g,
                "price_cents": self.quote.price_cents,
                "is_free": self.quote.is_free,
            }
        return said


def postage_for(
    typed: Mapping[str, str], publications: Sequence[Publication], *, besides: Order | None = None
) -> Postage:
    """The postage of the copies on a form; empty while no copies are asked. With `fewer`, only copies in stock count.

    `besides`: the order that is being changed.
    """
    copies = copies_typed(typed, publications)
    if typed.get("when_short") == WhenShort.FEWER.value:
        free = reservations.free_copies([each.id for each in publications], besides=besides)
        copies = {each.code: min(copies[each.code], free[each.id]) for each in publications}
    items = [Item.of(each, copies[each.code]) for each in publications]
    if not any(item.copies for item in items):
        return Postage()
    tariff = recent_offer().tariff
    is_pickup = typed.get("delivery") == Delivery.PICKUP.value
    try:
        quoted = quote_by(tariff, items)
    except TooLargeToPost:
        return Postage(partial(_too_large, is_pickup), is_due=not is_pickup)
    if is_pickup:
        return Postage(partial(_pickup, quoted), quoted)
    return Postage(partial(_posted, quoted, items, publications, tariff), quoted, is_due=not quoted.is_free)


def borders(publications: Sequence[Publication]) -> dict[str, str]:
    """By code, before anything is typed: the last number that is a free letter, where one may ask for more."""
    tariff = recent_offer().tariff
    last = {each: last_letter(Item.of(each, 1), tariff.packagings) for each in publications}
    return {
        each.code: _end_of_a_letter(most, quote_by(tariff, [Item.of(each, most + 1)]))
        for each, most in last.items()
        if most and most < estimates.most_asked(each)
    }


def _end_of_a_letter(most: int, next_one: Quote) -> str:
    """The last number that is a letter, and what one copy more costs."""
    said = {"last": number(most), "next": number(most + 1)}
    if next_one.price_cents is None:
        return gettext("%(last)s : lettre gratuite · %(next)s : colis, port facturé au tarif bpost", **said)
    price = euros(next_one.price_cents)
    return gettext("%(last)s : lettre gratuite · %(next)s : colis, port %(price)s facturé", **said, price=price)


def _too_large(is_pickup: bool) -> Iterator[str]:
    if is_pickup:
        yield gettext("À retirer à %(town)s, gratuitement.", town=association_text().pickup_town)
    else:
        yield gettext("Nous vous dirons comment vous les envoyer, et ce que coûte le port.")


def _pickup(quoted: Quote) -> Iterator[str]:
    yield gettext(
        "À retirer à %(town)s, gratuitement : %(weight)s à porter.",
        town=association_text().pickup_town,
        weight=_weight(quoted.weight_g),
    )


def _posted(quoted: Quote, items: Sequence[Item], publications: Sequence[Publication], tariff: Tariff) -> Iterator[str]:
    yield _letters(quoted)
    yield _boxes(quoted)
    yield _border(items, publications, tariff)
    if not quoted.is_free:
        yield gettext(
            "Gratuit aussi : venez les retirer à %(town)s, %(street)s.",
            town=association_text().pickup_town,
            street=association_text().pickup_street_line,
        )


def _letters(quoted: Quote) -> str:
    if not quoted.letters:
        return ""
    weight = _weight(sum(parcel.weight_g for parcel in quoted.parcels if parcel.kind.value == "letter"))
    return ngettext(
        "Une lettre de %(weight)s, gratuite.",
        "%(num)s lettres, %(weight)s en tout, gratuites.",
        quoted.letters,
        weight=weight,
    )


def _boxes(quoted: Quote) -> str:
    if not quoted.boxes:
        return ""
    weight = _weight(sum(parcel.weight_g for parcel in quoted.parcels if parcel.kind.value == "parcel"))
    if quoted.price_cents is None:
        return ngettext(
            "Un colis de %(weight)s : port à facturer selon le tarif bpost.",
            "%(num)s colis, %(weight)s en tout : port à facturer selon le tarif bpost.",
            quoted.boxes,
            weight=weight,
        )
    return ngettext(
        "Un colis de %(weight)s : port de %(price)s, facturé.",
        "%(num)s colis, %(weight)s en tout : port de %(price)s, facturé.",
        quoted.boxes,
        weight=weight,
        price=euros(quoted.price_cents),
    )


def _border(items: Sequence[Item], publications: Sequence[Publication], tariff: Tariff) -> str:
    """Where a letter becomes a parcel for the first publication asked, beside what else is asked."""
    position, item = next((position, item) for position, item in enumerate(items) if item.copies)
    last = last_letter(item, tariff.packagings, beside=items)
    if not last or item.copies * 5 < last * NEAR_A_PARCEL:
        return ""
    return gettext(
        "%(title)s : à %(last)s, c’est une lettre, gratuite ; à %(next)s, un colis, port facturé.",
        title=title_of(publications[position]),
        last=last,
        next=last + 1,
    )


def _weight(grams: int) -> str:
    """`480 g`, `3,2 kg` (a hundred grams more rather than less)."""
    if grams < 1_000:
        return f"{grams}\u00a0g"
    return f"{format_decimal(-(-grams // 100) / 10, '0.0')}\u00a0kg"
