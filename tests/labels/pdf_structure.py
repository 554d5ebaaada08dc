"""The structure of a PDF for screen readers, read by other programs than the one that wrote it."""

from collections.abc import Iterator
from typing import Any

import pikepdf
from page import validate_pdf_bytes


def faults(pdf: bytes) -> list[str]:
    """The rules of PDF/UA-1 that a validator finds broken."""
    report = validate_pdf_bytes(pdf, profile="ua1")
    return [f"{failure.rule_id} {failure.message}" for failure in report.failures]


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every element, each before what it consists of."""
    waiting = [pdf.Root.StructTreeRoot.K]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += reversed(parts_of(element))


def parts_of(element: pikepdf.Object) -> list[pikepdf.Object]:
    """The elements in an element."""
    return [kid for kid in _kids(element) if _is_element(kid)]


def marks_of(element: pikepdf.Object) -> Iterator[tuple[pikepdf.Object, int]]:
    """The contents of an element: each with its page and its number there."""
    for kid in _kids(element):
        if isinstance(kid, pikepdf.Dictionary) and not _is_element(kid):
            yield kid.Pg, int(kid.MCID)
        elif not _is_element(kid):
            yield element.Pg, int(kid)


def owners(pdf: pikepdf.Pdf) -> dict[tuple[int, int], list[pikepdf.Object]]:
    """Of each page, by its object: the elements that its contents belong to, by their numbers."""
    tree = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    return {page.obj.objgen: list(tree[int(page.obj.StructParents)]) for page in pdf.pages}


def _kids(element: pikepdf.Object) -> list[Any]:
    found: Any = element.get("/K", [])
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def _is_element(kid: Any) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid
