"""Opens pages for tests, and checks what holds for all of them: valid HTML, labels, headings, languages."""

import re
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from lxml.html import document_fromstring

# What may stand between two tags, and as the value of an attribute, without a sign that HTML gives a meaning.
WORDS = re.compile(r"(?<=[>\"])[^<>\"&]+(?=[<\"])")
_valid: set[int] = set()
NO_LABEL_NEEDED = {"hidden", "submit", "button"}


@dataclass(frozen=True)
class Page:
    """An answer, parsed. `form(action)` gives the fields of a form as a browser would send them."""

    status: int
    text: str
    tree: Element

    @classmethod
    def open(cls, client: FlaskClient, url: str, *, status: int = 200, **options: Any) -> "Page":
        response = client.get(url, **options)
        return cls.of(response, status=status)

    @classmethod
    def of(cls, response: Any, *, status: int = 200) -> "Page":
        assert response.status_code == status, f"{response.status_code}: {response.get_data(as_text=True)[:2000]}"
        text = response.get_data(as_text=True)
        _check(text)
        page = cls(response.status_code, text, document_fromstring(text))
        page.inspect()
        return page

    def inspect(self) -> None:
        """Check what holds for every page."""
        headings = [_text(each) for each in self.tree.iter("h1")]
        assert len(headings) == 1, f"one h1, not {headings}"
        title = _text(next(self.tree.iter("title")))
        bare = re.sub(r"^(Erreur|Fout|Fehler|Error)\b", "", title).lstrip("\u00a0 :–—")
        assert bare.startswith(headings[0]), f"the title {title!r} does not begin with the h1 {headings[0]!r}"
        ids = [each.get("id") for each in self.tree.iter() if each.get("id")]
        assert len(ids) == len(set(ids)), f"ids used twice: {[each for each in ids if ids.count(each) > 1]}"
        self._inspect_fields()
        for form in self.tree.iter("form"):
            assert form.get("action"), "a form without an action"
            if form.get("method", "get").lower() == "post":
                names = [field.get("name") for field in form.iter("input")]
                assert "csrf_token" in names, f"no token in the form to {form.get('action')}"
        assert not [each for each in self.tree.iter() if each.get("style")], "an inline style"

    def _inspect_fields(self) -> None:
        labelled = {each.get("for") for each in self.tree.iter("label")}
        inside = {id(field) for label in self.tree.iter("label") for field in label.iter()}
        for kind in ("input", "select", "textarea"):
            for field in self.tree.iter(kind):
                if field.get("type") in NO_LABEL_NEEDED:
                    continue
                named = field.get("id") in labelled or id(field) in inside or field.get("aria-label")
                assert named, f"no label for {field.attrib}"

    def forms(self, action: str) -> list[Element]:
        return [form for form in self.tree.iter("form") if (form.get("action") or "").startswith(action)]

    def fields(self, action: str, method: str = "") -> dict[str, str]:
        """What the first form to this address would send, untouched; `method`: the first of that method."""
        form = next(each for each in self.forms(action) if method in ("", (each.get("method") or "get").lower()))
        found: dict[str, str] = {}
        for field in form.iter("input"):
            name = field.get("name")
            chosen = field.get("type") not in ("radio", "checkbox") or field.get("checked") is not None
            if name and chosen and field.get("type") != "submit":
                found[name] = field.get("value") or ""
        for area in form.iter("textarea"):
            found[area.get("name") or ""] = (area.text or "").removeprefix("\n")
        for select in form.iter("select"):
            options = list(select.iter("option"))
            chosen_option = next((each for each in options if each.get("selected") is not None), options[0])
            found[select.get("name") or ""] = chosen_option.get("value") or ""
        return found

    def words(self) -> str:
        """The text of the page, white space folded."""
        return " ".join(_text(next(self.tree.iter("body"))).split())


def _check(text: str) -> None:
    """The page is valid HTML. One that has the marks of another, and other words between them, is as valid."""
    marks = hash(WORDS.sub("", text))
    if marks not in _valid:
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(text)
        assert parser.errors == [], f"invalid HTML: {parser.errors}"
        _valid.add(marks)


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
