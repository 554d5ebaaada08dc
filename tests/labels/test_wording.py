import ast
import re
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import labels
from labels.wording import LANGUAGES, french, spelled_date, words

HERE = Path(labels.__file__).parent


def sentences() -> set[str]:
    """Everything that the library prints in the language of a reader."""
    trees = (ast.parse(path.read_text("utf-8")) for path in HERE.rglob("*.py"))
    calls = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args)
    said = (call.args[0] for call in calls if ast.unparse(call.func).rpartition(".")[2] in {"say", "gettext"})
    return {each.value for each in said if isinstance(each, ast.Constant) and isinstance(each.value, str)}


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_sentence_in_the_code_has_its_translation(language: str) -> None:
    assert len(sentences()) > 20
    for sentence in sentences():
        translated = words(language).gettext(sentence)
        assert sorted(re.findall(r"{\w+}", translated)) == sorted(re.findall(r"{\w+}", sentence))
        if sentence not in {"1er", "{day} {month} {year}"}:
            assert translated != sentence


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_the_compiled_catalogue_is_that_of_the_text_file(language: str) -> None:
    with (HERE / "locale" / language / "LC_MESSAGES" / "labels.po").open("rb") as file:
        catalogue = read_po(file)
    for message in catalogue:
        if message.id:
            assert words(language).gettext(str(message.id)) == message.string


@pytest.mark.parametrize(
    ("language", "spelled"),
    [("fr", "1er août 2027"), ("nl", "1 augustus 2027"), ("de", "1. August 2027"), ("en", "1 August 2027")],
)
def test_a_day_is_spelled_as_its_language_does(language: str, spelled: str) -> None:
    assert spelled_date(date(2027, 8, 1), language).replace("\u00a0", " ") == spelled


def test_french_has_no_break_spaces_where_it_wants_them() -> None:
    assert french("Quoi ? « Ici » : 100 %") == "Quoi\u00a0? «\u00a0Ici\u00a0»\u00a0: 100\u00a0%"


def test_a_language_without_catalogue_is_answered_in_french() -> None:
    assert words("eo").gettext("Dans cet envoi") == "Dans cet envoi"
