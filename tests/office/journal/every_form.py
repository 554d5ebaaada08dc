"""Every form of Pli, with what somebody types into it, and a season in which each can be sent once."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from orders.clock import now
from orders.database import db, transact
from orders.directory import pending_lists
from orders.directory.list_reader import ListedPlace, ListedSchool
from orders.mail import claims, signed_links
from orders.mail.models import OutgoingMail
from orders.ordering.lifecycle import approval, email_change
from orders.ordering.models import Delivery, Order
from orders.shipping.dispatches import lifecycle
from tests.factories import BY, NOW, allow, make_dispatch, make_edition, make_member, make_order, price_parcels
from tests.office.journal.files import a_file_of_orders, a_pdf, picture
from tests.office.journal.person_forms import of_defended_persons
from tests.office.journal.place_forms import links_of_the_walk, of_drop_off_points, of_events
from tests.office.journal.steps import Step, step

ONE: dict[str, Any] = {"lines": {"MAN26": 1}}
TO_POST = ("changed", "cancelled", "ticked", "mailed", "relinked", "cancelled by its orderer", "noted")
TO_DECIDE = ("accepted", "rejected", "accepted together")
TO_FETCH = ("handed over", "scanned pickup")
GONE = ("missing", "lost", "returned", "counted", "invoiced")


def make_world() -> dict[str, str]:
    """An edition with orders in every state, by what is to happen to each; and their links, dispatches and mails."""
    make_edition(year=2025, opens_on=date(2025, 9, 1), closes_on=date(2026, 2, 28))
    make_edition(shelf={"MAN26": 5_000, "LIV26": 10})
    allow("family", review_above=300, maximum=400)
    price_parcels(650)
    orders = {name: make_order(**ONE) for name in TO_POST}
    orders |= {name: make_order(lines={"MAN26": 301}) for name in TO_DECIDE}
    orders |= {name: make_order(**ONE, delivery=Delivery.PICKUP) for name in TO_FETCH}
    orders |= {name: make_order(lines={"MAN26": 40}) for name in GONE}
    for _ in range(2):
        make_order(lines={"LIV26": 60})
    found = {name: order.reference for name, order in orders.items()}
    found |= {f"link of {name}": signed_links.token(each.reference, each.link_nonce) for name, each in orders.items()}
    found["new email of changed"] = _new_email(orders["changed"])
    found |= {"posted": post(*(orders[name] for name in GONE), days=30), "recalled": post(make_order(**ONE))}
    found |= links_of_the_walk()
    found |= _on_the_table()
    found |= {"mail": _failed_mail(orders["mailed"]), "other mail": _failed_mail(orders["ticked"])}
    return found | {"member": str(make_member().id), "list": _waiting_list()}


def post(*orders: Order, days: int = 0) -> str:
    """The number of a dispatch with these orders that was posted so many days ago."""
    dispatch = make_dispatch(*orders)
    transact(lifecycle.close, dispatch.id, at=now() - timedelta(days=days), by=BY, everything=True)
    return str(dispatch.id)


def _on_the_table() -> dict[str, str]:
    """Open dispatches, by what is to happen to each."""
    neighbours = [make_order(lines={"MAN26": 9}, street="Rue Haute", number="1") for _ in range(2)]
    transact(approval.accept, neighbours[1].reference, at=NOW, by=BY)
    boxed = make_order(lines={"MAN26": 40})
    leaving = make_order(**ONE)
    make_dispatch(leaving)
    return {
        "taken out": leaving.reference,
        "repacked": str(make_dispatch(*neighbours, make_order(lines={"MAN26": 40})).id),
        "undone": str(make_dispatch(make_order(**ONE)).id),
        "closed": str(make_dispatch(make_order(**ONE)).id),
        "tracked": str(make_dispatch(boxed).id),
        "scanned": boxed.reference,
    }


def _failed_mail(order: Order) -> str:
    mail = db.session.scalars(select(OutgoingMail).where(OutgoingMail.order_id == order.id)).one()
    transact(claims.record_outcome, claims.Outcome(mail.id, "no such box", True), "", at=NOW)
    return str(mail.id)


def _new_email(order: Order) -> str:
    transact(email_change.ask, order.reference, "z@example.org", at=now())
    return email_change.token(order, "z@example.org", at=now())


def _waiting_list() -> str:
    place = ListedPlace(2, "7", "Rue Basse", "1", "", "", "5000", "Namur", "Namur", None, None)
    place.schools["7"] = ListedSchool("7", "Phare")
    return str(transact(pending_lists.keep, "libraries", "places.csv", {"7": place}, at=now(), by=BY))


def steps(world: Mapping[str, str]) -> list[Step]:
    """Every form once, so that none needs what another has taken away."""
    return [
        *of_the_catalogue(),
        *of_defended_persons(picture()),
        *of_audiences(),
        step("office.directory.take_over", pending_id=world["list"]),
        step("office.directory.choose_school", reference=world["counted"]),
        *of_the_stock(),
        *of_drop_off_points(),
        *of_events(world),
        *of_dispatches(world),
        *of_orders(world),
        *of_orders_at_the_office(world),
        *of_letters(world),
        *of_accounts(world),
        *of_persons(world),
        *at_the_end(),
    ]


def of_the_catalogue() -> list[Step]:
    days = {"opens_on": "2027-09-01", "closes_on": "2028-02-28", "letters_back_by": "2028-02-28"}
    catalogue = "/office/catalogue/"
    publication = {
        "titles-fr": "Affiche",
        "unit_weight_mg": "20",
        "unit_thickness_um": "0,2",
        "format": "A3",
        "code": "AFF26",
    }
    return [
        step("office.catalogue.new", f"{catalogue}new", {"year": "2027", "title": "Marathon", **days}),
        step("office.catalogue.change", f"{catalogue}2027/change", {"title": "Marathon 2027"}, year=2027),
        step("office.catalogue.delete", year=2027),
        step("office.catalogue.new_publication", f"{catalogue}2026/publications/new", publication, year=2026),
        step("office.catalogue.publication", f"{catalogue}publications/AFF26", {"format": "A2"}, code="AFF26"),
        step("office.catalogue.cover", typed={"file": picture()}, code="AFF26"),
        step("office.catalogue.reading", typed={"file": a_pdf()}, code="AFF26"),
        step("office.catalogue.cover_from_reading", code="AFF26"),
        step("office.catalogue.archive_publication", code="AFF26"),
        step("office.catalogue.bring_back_publication", code="AFF26"),
        step("office.catalogue.delete_publication", code="AFF26"),
        step(
            "office.catalogue.allowances",
            f"{catalogue}2025",
            {"review-MAN25-group": "7", "maximum-MAN25-group": "9"},
            year=2025,
        ),
        step("office.catalogue.rates", f"{catalogue}postage/parcel", {"price-1": "6,40"}, kind="parcel"),
        step("office.catalogue.packaging", f"{catalogue}postage/packagings/C4", {"empty_weight_mg": "22"}, code="C4"),
        step("office.catalogue.archive", f"{catalogue}2025/archive", year=2025),
        step("office.catalogue.bring_back", year=2025),
    ]


def of_audiences() -> list[Step]:
    audiences = "/office/catalogue/audiences/"
    club = {
        "code": "club",
        "names-fr": "un club",
        "names-nl": "een club",
        "names-de": "ein Club",
        "names-en": "a club",
        "review_above": "5",
        "maximum": "9",
    }
    return [
        step("office.catalogue.new_audience", f"{audiences}new", club),
        step("office.catalogue.audience", f"{audiences}club", {"names-fr": "un petit club"}, code="club"),
        step("office.catalogue.move_audience", typed={"to": "up"}, code="club"),
        step("office.catalogue.retire_audience", code="club"),
        step("office.catalogue.bring_back_audience", code="club"),
        step("office.catalogue.delete_audience", code="club"),
    ]


def of_the_stock() -> list[Step]:
    stock, counts = "/office/stock/MAN26/", "/office/stock/counts/1"
    run = {"copies": "3000", "expected_on": (now() + timedelta(days=30)).date().isoformat()}
    return [
        step("office.stock.print_runs.index", f"{stock}print-runs", run, code="MAN26"),
        step("office.stock.print_runs.change", f"{stock}print-runs/1", {"copies": "3500"}, code="MAN26", run_id=1),
        step("office.stock.receive", f"{stock}receive", {"copies": "12", "run": "1"}, code="MAN26"),
        step(
            "office.stock.print_runs.take_back",
            f"{stock}print-runs/1/take-back",
            {"copies": "2"},
            code="MAN26",
            run_id=1,
        ),
        step("office.stock.print_runs.cancel", code="MAN26", run_id=1),
        step("office.stock.correct", f"{stock}correct", {"copies": "-2", "reason": "damaged"}, code="MAN26"),
        step("office.stock.counts.new", typed={"edition": "2026"}),
        step("office.stock.count", f"{stock}count", {"copies": "5000"}, code="MAN26"),
        step("office.stock.counts.count", counts, {"publication": "MAN26", "copies": "5"}, count_id=1),
        step("office.stock.counts.withdraw", typed={"entry": "2"}, count_id=1),
        step("office.stock.counts.approve", counts, count_id=1),
        step("office.stock.counts.new", typed={"edition": "2026"}),
        step("office.stock.counts.abandon", count_id=2),
    ]


def of_dispatches(world: Mapping[str, str]) -> list[Step]:
    repacked, tracked = world["repacked"], world["tracked"]
    parcel = f"/office/shipping/{repacked}/parcels/"
    numbers = {"rows": json.dumps([["reference", "number"], [[2, world["scanned"], f"3232{1:020}"]]]), "confirmed": "1"}
    crosses = {"x1": "0", "y1": "0", "x2": "0,1", "y2": "0,1"}
    return [
        step("office.shipping.new", typed={"reference": world["ticked"]}),
        step("office.shipping.record", typed={"what": "slips"}, dispatch_id=repacked),
        step("office.shipping.share", f"{parcel}1", dispatch_id=repacked, sequence=1),
        step("office.shipping.separate", f"{parcel}1", dispatch_id=repacked, sequence=1),
        step("office.shipping.change_packaging", f"{parcel}1", {"packaging": "BOX"}, dispatch_id=repacked, sequence=1),
        step("office.shipping.move_copies", f"{parcel}3", {"copies": "2"}, dispatch_id=repacked, sequence=3),
        step("office.shipping.pack", typed={"sequence": "1", "despite_paper": "1"}, dispatch_id=repacked),
        step("office.shipping.undo_packed", f"/office/shipping/{repacked}?step=pack&done=1", dispatch_id=repacked),
        step("office.scanning.pack", typed={"reference": world["scanned"]}),
        step("office.shipping.undo", dispatch_id=world["undone"]),
        step("office.shipping.close", typed={"all": "1", "unpacked": "1"}, dispatch_id=world["closed"]),
        step("office.shipping.recall", typed={"all": "1"}, dispatch_id=world["recalled"]),
        step("office.tracking.numbers", typed=numbers, dispatch_id=tracked),
        step("office.shipping.add_printer", typed={"name": "Grande"}),
        step("office.shipping.rename_printer", typed={"name": "Petite"}, printer_id=1),
        step("office.shipping.printer", "/office/shipping/printers/1", crosses, printer_id=1),
        step("office.shipping.retire_printer", printer_id=1),
        step("office.scanning.came_back", typed={"reference": world["returned"], "reason": "refused"}),
    ]


TYPED = {"copies-MAN26": "1", "name": "Zoé Exemple", "street": "Rue Haute", "number": "3", "postcode": "1000"}
TYPED |= {"town": "Bruxelles", "email": "zoe@example.org", "audience": "family"}


def of_orders(world: Mapping[str, str]) -> list[Step]:
    changed, missing = world["link of changed"], world["link of missing"]
    corrected = world["link of returned"]
    return [
        step("public.place", "/order", TYPED),
        step("public.change", f"/o/{changed}/change", {"copies-MAN26": "2"}, token=changed),
        step("public.change", f"/o/{corrected}/change", {"number": "9"}, token=corrected),
        step("public.do_confirm_email", confirmation=world["new email of changed"]),
        step("public.cancel", token=world["link of cancelled by its orderer"]),
        step("public.missing", token=missing),
        step("public.found", token=missing),
        step("public.tell_letters", typed={"letters": "4"}, token=missing),
    ]


def of_orders_at_the_office(world: Mapping[str, str]) -> list[Step]:
    changing = f"/office/ordering/{world['noted']}/change"
    return [
        step("office.ordering.new", "/office/ordering/new", {**TYPED, "email": "", "number": "5"}),
        step(
            "office.ordering.beyond_limits",
            "",
            {**TYPED, "number": "6", "copies-MAN26": "500", "beyond": "demandé par la direction"},
        ),
        step("office.ordering.import_orders", typed={"file": a_file_of_orders(), "confirmed": "1"}),
        step("office.deciding.accept", typed={"copies-MAN26": "301"}, reference=world["accepted"]),
        step("office.deciding.reject", typed={"reason": "trop"}, reference=world["rejected"]),
        step(
            "office.ordering.accept_together",
            typed={"reference": world["accepted together"], "confirmed": "1", "expected": "1"},
        ),
        step("office.ordering.save_change", changing, {"phone": "0475 12 34 56"}, reference=world["noted"]),
        step("office.ordering.write_note", typed={"text": "a rappelé"}, reference=world["noted"]),
        step("office.ordering.remove_note", reference=world["noted"], note_id=1),
        step(
            "office.ordering.note_tracking", typed={"number": "CE123456785BE"}, reference=world["missing"], parcel_id=1
        ),
        step("office.ordering.take_label", reference=world["noted"]),
        step("office.ordering.take_out", reference=world["taken out"]),
        step("office.ordering.cancel", reference=world["cancelled"]),
        step(
            "office.ordering.cancel_together", typed={"reference": world["mailed"], "confirmed": "1", "expected": "1"}
        ),
        step("office.ordering.hand_over", reference=world["handed over"]),
        step("office.scanning.pickup", typed={"reference": world["scanned pickup"]}),
        step("office.ordering.send_again", reference=world["lost"]),
        step("public.missing", token=world["link of counted"]),
        step("office.ordering.close_report", reference=world["counted"]),
        step("office.ordering.new_link", reference=world["relinked"]),
        step("office.ordering.mail_again", reference=world["mailed"], mail_id=world["mail"]),
        step("office.mail.again", mail_id=world["other mail"]),
        step("office.ordering.mark_postage", typed={"reference": world["invoiced"]}),
    ]


def of_letters(world: Mapping[str, str]) -> list[Step]:
    return [
        step("office.letters.count", typed={"reference": world["counted"], "letters": "12"}),
        step("office.letters.count_without_slip", typed={"letters": "3", "edition": "2026"}),
        step("office.letters.correct", typed={"letters": "13"}, count_id=2),
    ]


def of_accounts(world: Mapping[str, str]) -> list[Step]:
    member = world["member"]
    settings = "/office/settings/"
    return [
        step("office.settings.change", settings, {"number": "170", "languages": ["fr"]}),
        step("office.settings.logo", typed={"file": picture()}),
        step("office.staff.add", typed={"email": "new@example.org", "role": "office", "until": ""}),
        step("office.staff.member", typed={"role": "coordinator", "until": ""}, member_id=member),
        step("office.staff.password", member_id=member),
        step("office.staff.end_sessions", member_id=member),
        step("office.staff.unlock", member_id=member),
        step("office.staff.take_two_step_away", member_id=member),
        step("office.staff.end", member_id=member),
    ]


def of_persons(world: Mapping[str, str]) -> list[Step]:
    person, gone = world["relinked"], world["cancelled"]
    corrected = {"name": "Zoé", "organisation": "", "email": "zoe@example.org", "phone": ""}
    return [
        step("office.privacy.restrict", reference=person),
        step("office.privacy.lift", reference=person),
        step("office.privacy.correct", typed=corrected, reference=person),
        step("office.privacy.erase", reference=gone),
        step("office.privacy.erase_member", f"/office/staff/{world['member']}", member_id=world["member"]),
    ]


def at_the_end() -> list[Step]:
    catalogue = "/office/catalogue/2026"
    plan = {"step": "confirm"}
    return [
        step(
            "office.stock.sharing.apply",
            "/office/stock/LIV26/share",
            {"rule": "proportional", "minimum": "1"},
            code="LIV26",
        ),
        step("office.catalogue.close", f"{catalogue}/close", {"open_orders": "keep"}, year=2026),
        step("office.catalogue.open_now", typed={"closes_on": "2089-12-31"}, year=2026),
        step("office.catalogue.roll_over", f"{catalogue}/roll-over", plan, is_asked_first=True, year=2026),
    ]
