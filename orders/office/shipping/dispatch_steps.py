"""The four steps of a dispatch: which one its page shows, how far each is, and what it shows."""

import enum
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from orders.office.forms import whole_number
from orders.office.shipping.label_stock_choices import sheet_choices
from orders.packing.models import PostKind
from orders.packing.tariff import read_tariff
from orders.shipping.carrier import manifest
from orders.shipping.dispatches import lifecycle, overview, packing_marks
from orders.shipping.dispatches.overview import Overview
from orders.shipping.models import Dispatch, DispatchState
from orders.shipping.printing import (
    dispatch_pdfs,
    piles,
    posting_summary,
    print_requests,
    printers,
    sheet_positions,
)
from orders.shipping.printing.models import Paper
from orders.shipping.printing.piles import Piles


class Step(enum.Enum):
    TAKE = "take"
    PRINT = "print"
    PACK = "pack"
    POST = "post"


NAMES: Mapping[Step, LazyString] = {
    Step.TAKE: _l("Prendre"),
    Step.PRINT: _l("Imprimer"),
    Step.PACK: _l("Emballer"),
    Step.POST: _l("Poster"),
}


@dataclass(frozen=True, slots=True)
class StepMark:
    """A step as the page names it, and whether it is done; `asks`: something in it has to be looked at."""

    step: Step
    name: LazyString
    is_done: bool
    asks: bool = False


def steps(found: Dispatch, whole: Overview, paper: Piles) -> Sequence[StepMark]:
    """All four, in their order."""
    is_packed = 0 < whole.total == whole.packed
    done = {
        Step.TAKE: bool(paper.printings) or whole.packed > 0,
        Step.PRINT: is_printed(found, paper),
        Step.PACK: is_packed,
        Step.POST: found.closed_at is not None,
    }
    asks = {Step.PRINT: bool(paper.waiting or any(paper.missing.values()))}
    return [StepMark(step, name, done[step], asks.get(step, False)) for step, name in NAMES.items()]


def is_printed(found: Dispatch, paper: Piles) -> bool:
    """Whether there are slips, and labels where it needs any, and none of them is missing or wrong."""
    wanted = (Paper.SLIPS, Paper.LABELS) if found.has_labels else (Paper.SLIPS,)
    return all(paper.last(each) for each in wanted) and not any(paper.missing.values())


def step_asked_for(arguments: Mapping[str, str], found: Dispatch, whole: Overview, paper: Piles) -> Step:
    """The `step` of an address, the one that its other arguments belong to, or the first that is not done.

    A dispatch that has ended is printed, or looked at as when it is posted.
    """
    if found.state is not DispatchState.OPEN:
        return Step.PRINT if arguments.get("step") == Step.PRINT.value else Step.POST
    if named := next((step for step in Step if step.value == arguments.get("step")), None):
        return named
    if {"page", "show", "after"} & arguments.keys():
        return Step.PACK
    if {"profile", "sheet"} & arguments.keys():
        return Step.PRINT
    if whole.packed:
        return Step.POST if whole.packed == whole.total else Step.PACK
    return next(mark.step for mark in steps(found, whole, paper) if not mark.is_done)


def shown_at(step: Step, found: Dispatch, whole: Overview) -> dict[str, Any]:
    """What the page shows at a step."""
    return _SHOWN[step](found, whole)


def _take(found: Dispatch, _whole: Overview) -> dict[str, Any]:
    return {"pull": dispatch_pdfs.pull_lines(found)}


def _print(found: Dispatch, whole: Overview) -> dict[str, Any]:
    proposal = sheet_positions.propose(request.args.get("profile", ""), request.args.get("sheet", ""))
    return {
        "sheets": sheet_choices(),
        "printers": printers.printers(),
        "proposal": proposal,
        "slip_sheets": piles.slips_of(found),
        "label_sheets": piles.sheets_for(whole.total, proposal.sheet, proposal.start),
        "has_room_for_code": print_requests.has_room_for_code(proposal.sheet),
        "long_names": _has_long_names(found, whole),
    }


def _pack(found: Dispatch, _whole: Overview) -> dict[str, Any]:
    after = whole_number(request.args.get("after", "")) or 0
    done = whole_number(request.args.get("done", "")) or 0
    undoable = lifecycle.find_parcel(found.id, done) if 0 < done < print_requests.MOST_PARCELS else None
    return {
        "current": overview.next_to_pack(found, after),
        "done": done,
        "undo_mark": packing_marks.mark_of(undoable) if undoable else "",
    }


def _post(found: Dispatch, whole: Overview) -> dict[str, Any]:
    return {
        "summary": posting_summary.summary(found, whole.pieces, read_tariff().rates),
        "long_names": _has_long_names(found, whole),
        "kinds": PostKind,
        "unpacked": packing_marks.unpacked_numbers(found),
    }


def _has_long_names(found: Dispatch, whole: Overview) -> bool:
    return whole.has_boxes and manifest.has_long_names(found)


_SHOWN: Mapping[Step, Callable[[Dispatch, Overview], dict[str, Any]]] = {
    Step.TAKE: _take,
    Step.PRINT: _print,
    Step.PACK: _pack,
    Step.POST: _post,
}
