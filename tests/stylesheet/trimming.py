"""Leaves out of a stylesheet what no page can use: rules for classes that no template and no script names.

A class counts as used when its name stands anywhere in a template or script, so that names which are put together in
an expression are found too; what is left is more than is needed, never less.
"""

import re
from pathlib import Path
from typing import Any

import tinycss2

from tests import ROOT

SOURCES = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "orders/static").glob("*.js")]
OWN = ROOT / "orders/static/pli.css"
_WORD = re.compile(r"[A-Za-z][\w-]*")
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_NEGATED = re.compile(r":not\([^)]*\)")
_THEMED = re.compile(r"\[data-bs-")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")


def words_in(paths: list[Path]) -> set[str]:
    """Every word of the sources: whatever may be the name of a class."""
    return {word for path in paths for word in _WORD.findall(path.read_text())}


def trimmed(stylesheet: str, words: set[str], beside: str) -> str:
    """The rules of a stylesheet that can apply; variables that neither they nor the stylesheet `beside` use are out."""
    nodes = tinycss2.parse_stylesheet(stylesheet, skip_comments=True, skip_whitespace=True)
    kept = "".join(_rule(node, words) for node in nodes)
    while (fewer := _without_unused_variables(kept, beside)) != kept:
        kept = fewer
    return _without_unused_animations(kept)


def _rule(node: Any, words: set[str]) -> str:
    if node.type == "qualified-rule":
        selectors = [each for each in _selectors(node.prelude) if _can_apply(each, words)]
        return f"{','.join(selectors)}{{{tinycss2.serialize(node.content).strip()}}}" if selectors else ""
    if node.type == "at-rule" and node.lower_at_keyword in ("media", "supports"):
        inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
        rules = "".join(_rule(each, words) for each in inner)
        return f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}{{{rules}}}" if rules else ""
    return str(node.serialize())


def _selectors(prelude: list[Any]) -> list[str]:
    """Split at commas; those inside parentheses belong to a function, which is one token."""
    groups: list[list[Any]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            groups.append([])
        else:
            groups[-1].append(token)
    return [tinycss2.serialize(group).strip() for group in groups]


def _can_apply(selector: str, words: set[str]) -> bool:
    named = _NEGATED.sub("", selector)
    return not _THEMED.search(named) and words.issuperset(_CLASS.findall(named))


def _without_unused_variables(css: str, beside: str) -> str:
    used = set(_VARIABLE.findall(css)) | set(_VARIABLE.findall(beside))

    def keep(found: re.Match[str]) -> str:
        return found[0] if found[2] in used else found[1]

    return re.sub(r"([{;])(--[\w-]+):[^;{}]*(?:;|(?=}))", keep, css)


def _without_unused_animations(css: str) -> str:
    names = set(re.findall(r"@keyframes ([\w-]+)", css))
    for name in names:
        if not re.search(rf"animation(?:-name)?:[^;}}]*\b{name}\b", css):
            css = re.sub(rf"@keyframes {name}\{{(?:[^{{}}]*\{{[^{{}}]*\}})*[^{{}}]*\}}", "", css)
    return css
