"""The two papers of this room: the certificate of a purge, and what is held about a person, to read.

Words come from the door that prints: rooms hold no sentences.
"""

from collections.abc import Iterable
from typing import BinaryIO

import labels
from labels import Document, Section

Rows = Iterable[tuple[str, str]]


def print_document(
    title: str,
    lead: Iterable[str],
    sections: Iterable[tuple[str, Rows]],
    end: Iterable[str] = (),
    *,
    out: BinaryIO,
    language: str,
) -> None:
    """Print a title, paragraphs, and sections of rows; rows that say nothing are left out."""
    printed = tuple(Section(heading, tuple(row for row in rows if row[1])) for heading, rows in sections)
    document = Document(title, tuple(lead), tuple(each for each in printed if each.rows), tuple(end))
    labels.print_document(document, out=out, language=language)
