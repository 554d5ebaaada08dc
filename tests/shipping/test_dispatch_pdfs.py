"""The paper of a dispatch says what the orders say: copies that follow, names at the counter, the sample's language."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

from flask import Flask

from orders.association.profile_cache import starter_profile
from orders.shipping.printing import dispatch_pdfs, posting_summary
from orders.shipping.printing.print_requests import PrintRequest
from orders.shipping.printing.sample import print_sample_slip
from tests.factories import make_dispatch, make_edition, make_order
from tests.labels.pdf_reading import text_of


def test_every_slip_of_an_order_in_several_parcels_says_what_none_of_them_holds(app_context: Flask) -> None:
    make_edition(shelf=500)
    dispatch = make_dispatch(make_order(lines={"MAN26": 520}, audience="school"))
    assert len(dispatch.parcels) > 1
    out = BytesIO()
    dispatch_pdfs.print_slips(dispatch, PrintRequest(), out=out)
    slips = text_of(out.getvalue()).split("\f")[:-1]
    follows = [re.search(r"Suivra plus tard\s+(\d+)", slip) for slip in slips]
    assert [found and found[1] for found in follows] == ["20"] * len(dispatch.parcels)


def test_the_sheet_for_the_counter_names_whom_a_parcel_is_for(app_context: Flask) -> None:
    make_edition()
    out = BytesIO()
    posting_summary.print_posting(make_dispatch(make_order(lines={"MAN26": 30}, name="Zoé Delvaux")), out=out)
    assert "Zoé Delvaux" in text_of(out.getvalue())


def test_a_sample_slip_speaks_the_association_s_first_language(app_context: Flask) -> None:
    profile = replace(starter_profile(), languages=("nl", "fr"))
    out = BytesIO()
    print_sample_slip(profile, letters_back_by=date(2027, 2, 28), out=out)
    text = text_of(out.getvalue())
    assert re.search(r"In deze zending\s+24\s+Schrijfmarathon", text)
    assert "Chaussée" not in text
