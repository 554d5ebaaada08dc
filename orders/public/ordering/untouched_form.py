"""The form as everybody gets it first, rendered once per language and kept for a moment.

Only three values on it belong to one reader: the CSRF token, the key of the order and the signed moment of loading.
They are put into the kept page. The stock that it shows may be as old as the page; what is sent is checked anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from flask import current_app, request, session
from flask_wtf.csrf import generate_csrf

from orders.clock import now
from orders.idempotency import new_key
from orders.public.ordering import form_timestamp
from orders.public.ordering.order_form import OrderForm
from orders.wording import current_language

_EXTENSION = "untouched_form"


@dataclass(frozen=True, slots=True)
class _Kept:
    """A page as one reader got it, with the values on it that were that reader's own."""

    kept_at: float
    page: str
    csrf_token: str
    submission: str
    opened: str

    def for_reader(self) -> str:
        return (
            self.page.replace(self.csrf_token, generate_csrf())
            .replace(self.submission, new_key())
            .replace(self.opened, form_timestamp.stamp(now()))
        )


def find() -> str | None:
    """The kept page with this reader's own values; none where it is too old, or where this reader gets another one."""
    kept = _pages().get(current_language())
    is_asked = not request.args and "_flashes" not in session
    is_recent = kept and monotonic() - kept.kept_at < current_app.config["FORM_KEPT_SECONDS"]
    return kept.for_reader() if kept and is_asked and is_recent else None


def keep(form: OrderForm, render: Callable[[], str]) -> str:
    """Render the page of an untouched form, and keep it for `FORM_KEPT_SECONDS`."""
    is_for_everybody = "_flashes" not in session
    page = render()
    if is_for_everybody:
        own = (form.csrf_token.current_token, form.submission.data, form.opened.data)
        _pages()[current_language()] = _Kept(monotonic(), page, *own)
    return page


def _pages() -> dict[str, _Kept]:
    pages: dict[str, _Kept] = current_app.extensions.setdefault(_EXTENSION, {})
    return pages
