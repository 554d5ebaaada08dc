"""What a page, a mail, a label and a slip would look like with a profile that is not kept yet."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from orders.association import AssociationProfile, previewed
from orders.clock import local_day, now
from orders.mail import signed_links
from orders.office.pdf_response import pdf_answer
from orders.shipping.printing.sample import print_sample_label, print_sample_slip

FOR_A_MAIL = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'none'"
TWO_MONTHS = timedelta(days=60)


def preview_page(profile: AssociationProfile) -> ResponseReturnValue:
    """The front page as it stands while nothing is open: it needs no edition."""
    with previewed(profile):
        return render_template("public/closed.html", next_edition=None)


def preview_mail(profile: AssociationProfile) -> ResponseReturnValue:
    """A mail in its frame."""
    with previewed(profile):
        html = render_template("office/settings/mail_preview.html", language=profile.languages[0], links=signed_links)
    answer = make_response(html)
    answer.headers["Content-Security-Policy"] = FOR_A_MAIL
    return answer


def preview_label(profile: AssociationProfile) -> ResponseReturnValue:
    return pdf_answer("apercu-etiquette", partial(print_sample_label, profile), about=None)


def preview_slip(profile: AssociationProfile) -> ResponseReturnValue:
    back_by = local_day(now()) + TWO_MONTHS
    return pdf_answer("apercu-bordereau", partial(print_sample_slip, profile, letters_back_by=back_by), about=None)


PREVIEWS: Mapping[str, Callable[[AssociationProfile], ResponseReturnValue]] = {
    "page": preview_page,
    "mail": preview_mail,
    "label": preview_label,
    "slip": preview_slip,
}
