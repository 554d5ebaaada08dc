"""PDFs as responses: shown in the browser, with a file name that says what they are."""

from collections.abc import Callable
from io import BytesIO
from urllib.parse import urlencode

from flask import render_template, request, send_file
from flask.typing import ResponseReturnValue

from orders.office.recorded_reading import note_file
from orders.shipping.printing.order_pdfs import UnprintableParcels


def pdf_answer(name: str, print_it: Callable[..., None], *, about: str | None) -> ResponseReturnValue:
    """What `print_it(out=…)` prints, or a page that says what cannot be printed and offers to print the rest.

    The journal notes it as done to the thing that it is `about`; `None` for paper without anybody's data.
    """
    out = BytesIO()
    try:
        print_it(out=out)
    except UnprintableParcels as refusal:
        others = f"{request.path}?{urlencode({**request.args, 'skip': '1'})}"
        page = render_template("office/shipping/unprintable.html", refused=refusal.parcels, others=others)
        return page, 409
    out.seek(0)
    if about is not None:
        note_file("printed", about, f"{name}.pdf")
    return send_file(out, mimetype="application/pdf", download_name=f"{name}.pdf")
