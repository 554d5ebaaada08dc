"""Requests that a page's script makes by itself: nobody is at work because of them, so they keep no session alive."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, request

View = TypeVar("View", bound=Callable[..., Any])


def in_background(view: View) -> View:
    """Mark a view that a script asks for unasked."""
    view.is_in_background = True  # type: ignore[attr-defined]
    return view


def is_in_background() -> bool:
    """Whether the request is of that kind."""
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "is_in_background", False)
