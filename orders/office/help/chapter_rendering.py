"""The text of a chapter, from Markdown to HTML: once in the life of a process."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

from flask import url_for
from markupsafe import Markup

FOLDER = Path(__file__).parent
LANGUAGE = "fr"  # of the guide


@dataclass(frozen=True, slots=True)
class Text:
    title: str
    body: Markup


@cache
def text_of(name: str) -> Text:
    """The heading of a chapter, and what follows it.

    In the file a picture stands as it lies beside it in the repository; here it has the address of a static file.
    """
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": False})
    tokens = markdown.parse((FOLDER / LANGUAGE / f"{name}.md").read_text())
    for token in (child for each in tokens for child in each.children or () if child.type == "image"):
        picture = PurePosixPath(str(token.attrs["src"])).name
        token.attrs |= {"src": url_for("static", filename=f"help/{picture}"), "loading": "lazy"}
    heading, rest = tokens[:3], tokens[3:]
    return Text(heading[1].content, Markup(markdown.renderer.render(rest, markdown.options, {})))  # noqa: S704
