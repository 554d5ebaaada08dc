"""The guide's pages: the list of chapters, and each of them."""

from collections.abc import Sequence

from flask import Blueprint, abort, render_template, request, url_for

from orders.office.access import may_open, needs
from orders.office.help import chapters
from orders.office.help.chapter_rendering import LANGUAGE, text_of
from orders.office.help.chapters import CHAPTERS, Chapter
from orders.staff.models import StaffRole

pages = Blueprint("help", __name__, url_prefix="/help")


@pages.get("/")
@needs(StaffRole.VOLUNTEER)
def index() -> str:
    """The chapters about what one's role may open."""
    return render_template("office/help/index.html", chapters=_readable(), text_of=text_of, language=LANGUAGE)


@pages.get("/<name>")
@needs(StaffRole.VOLUNTEER)
def chapter(name: str) -> str:
    """One chapter, and which come before and after it."""
    found, readable = chapters.find_chapter(name), _readable()
    if found is None:
        abort(404)
    if found not in readable:
        abort(403)
    place = readable.index(found)
    return render_template(
        "office/help/chapter.html",
        text=text_of(name),
        language=LANGUAGE,
        before=readable[place - 1] if place else None,
        after=readable[place + 1] if place + 1 < len(readable) else None,
        text_of=text_of,
    )


def link_from_here() -> str:
    """The address of the chapter about the page that is shown; of all chapters where none is."""
    found = chapters.chapter_about(request.endpoint or "")
    if found is None or not may_open(found.main):
        return url_for("office.help.index")
    return url_for("office.help.chapter", name=found.name)


def _readable() -> Sequence[Chapter]:
    return [chapter for chapter in CHAPTERS if may_open(chapter.main)]
