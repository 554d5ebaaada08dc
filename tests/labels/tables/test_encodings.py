"""Letters come out as they were meant, or the file is refused with the line and the word."""

from pathlib import Path

import pytest

from labels.tables import Fault, ReadAs
from tests.labels.tables.table_files import cells_of, csv_file, opened, refused, rows_of

FRENCH = "name;town\nRené Gérard;Liège\nHélène, de l’École à Nîmes;Genève\nÉCOLE DES CHÂTAIGNIERS;Crèvecœur\n"
WITHOUT_LIGATURES = FRENCH.replace("œ", "oe").replace("’", "'")  # MS-DOS has neither
CELLS = [tuple(line.split(";")) for line in FRENCH.splitlines()[1:]]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"]
)
def test_french_is_read_in_every_encoding_that_people_have(tmp_path: Path, encoding: str) -> None:
    assert cells_of(csv_file(tmp_path, FRENCH, encoding)) == CELLS


@pytest.mark.parametrize("encoding", ["cp850", "iso8859_15"])
def test_french_is_read_in_the_encodings_of_old_programs(tmp_path: Path, encoding: str) -> None:
    found = cells_of(csv_file(tmp_path, WITHOUT_LIGATURES, encoding))
    assert found == [tuple(line.split(";")) for line in WITHOUT_LIGATURES.splitlines()[1:]]


def test_small_letters_of_ms_dos_are_read(tmp_path: Path) -> None:
    assert cells_of(csv_file(tmp_path, "name;town\nRené Gérard, très âgé;Liège\n", "cp437")) == [
        ("René Gérard, très âgé", "Liège")
    ]


def test_a_file_in_an_odd_encoding_is_read_and_said_so(tmp_path: Path) -> None:
    with opened(csv_file(tmp_path, FRENCH, "mac_roman")) as table:
        assert table.notes == (ReadAs("", "René", 0, "mac_roman"),)


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1", "mac_roman", "cp850"])
@pytest.mark.parametrize("times", [1, 2])
def test_letters_that_were_encoded_twice_are_read_as_they_were_meant(tmp_path: Path, wrong: str, times: int) -> None:
    text = "René Gérard à Liège, l’œuvre"
    doubled = text
    for _ in range(times):
        doubled = doubled.encode().decode(wrong)
    with opened(csv_file(tmp_path, f"name;town\n{doubled};Ciney\nZoé;Huy\n")) as table:
        assert [row.cells for row in table.rows()] == [(text, "Ciney"), ("Zoé", "Huy")]
        (note,) = table.notes
        assert isinstance(note, ReadAs)
        assert (note.meant, note.cells) == (text, 1)


def test_letters_written_for_a_web_page_are_read(tmp_path: Path) -> None:
    assert cells_of(csv_file(tmp_path, "name,town\nRen&eacute; &amp; Zo&#233;,Ciney\nA & B,Huy\n")) == [
        ("René & Zoé", "Ciney"),
        ("A & B", "Huy"),
    ]


def test_one_bad_byte_does_not_turn_the_file_into_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes("name;town\nÉcole de Rémi;Liège\nRené Gérard;Huy\n".encode().replace(b"R\xc3\xa9n", b"R\xe9n"))
    path.write_bytes(path.read_bytes().replace("Gérard".encode(), b"G\x8erard"))
    told = refused(path)
    assert (told.fault, told.line) == (Fault.ENCODING, 3)
    assert told.word.startswith("G")


@pytest.mark.parametrize(
    ("cell", "word", "meant"),
    [
        ("RenŽ GŽrard", "RenŽ", "René"),  # Mac Roman, read as Windows-1252 and saved so
        ("ƒcole du Centre", "ƒcole", "École"),
        ("Place de LiŠge", "LiŠge", "Liège"),  # MS-DOS
        ("Rue GÈrard", "GÈrard", "Gérard"),  # Windows-1252, read as Mac Roman
        ("R\ufffdmi", "R\ufffdmi", ""),
        ("déjÃ  vu", "déjÃ", ""),  # its second byte became a space
        ("Èâàí", "Èâàí", ""),  # Cyrillic
    ],
)
def test_letters_that_are_lost_are_told_with_their_line_and_what_was_meant(
    tmp_path: Path, cell: str, word: str, meant: str
) -> None:
    told = refused(csv_file(tmp_path, f"name;town\nZoé;Huy\n{cell};Ciney\n"))
    assert (told.fault, told.line, told.word, told.meant) == (Fault.ENCODING, 3, word, meant)


@pytest.mark.parametrize("text", ["É", "à"])
def test_too_few_letters_to_tell_the_encoding_are_refused_and_not_guessed(tmp_path: Path, text: str) -> None:
    told = refused(csv_file(tmp_path, f"name;town\n{text};Huy\n", "mac_roman"))
    assert (told.fault, told.line) == (Fault.ENCODING, 2)


@pytest.mark.parametrize(
    "name",
    [
        "Žižek", "Guðrún Þórsdóttir", "Łukasz Wójcik", "João São Irmã", "Παπαδόπουλος", "Şebnem Özgür", "D’HÔTE",
        "„Schule“", "Nguyễn Thị", "Åse Ærø", "MAÇON ÊTRE", "Ostéo’Éveil", "Scouts™", "محمد", "Île-d’Yeu", "n° 5 ½",
    ],
)  # fmt: skip
def test_names_from_elsewhere_are_right_as_they_are(tmp_path: Path, name: str) -> None:
    assert cells_of(csv_file(tmp_path, f"name;town\n{name};Huy\n")) == [(name, "Huy")]


def test_bytes_that_are_no_text_are_no_table(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"name;town\n\0\1\2\3;\xff\xfe\n" * 20)
    assert refused(path).fault in (Fault.NO_TABLE, Fault.ENCODING)
    assert rows_of(csv_file(tmp_path, "name;town\nZoé;Huy\n\x1a\n"))[-1].cells == ("Zoé", "Huy")


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("mac_roman", "Daniël"),
        ("cp850", "Daniël"),
        ("cp437", "Noël"),
        ("cp1250", "Łukasz Dvořák"),
        ("cp1254", "Şahin Yıldız"),
    ],
)
def test_an_accent_behind_a_vowel_tells_encodings_apart(tmp_path: Path, encoding: str, name: str) -> None:
    assert cells_of(csv_file(tmp_path, f"name;town\n{name};Reet\n{name};Huy\n", encoding))[0] == (name, "Reet")


def test_one_late_letter_decides_on_a_long_file(tmp_path: Path) -> None:
    plain = "Jean Dupont;Huy\n" * 3_000
    for encoding in ("cp1252", "mac_roman", "cp850"):
        path = csv_file(tmp_path, f"name;town\n{plain}Hélène;Ciney\n", encoding)
        assert cells_of(path)[-1] == ("Hélène", "Ciney")


def test_an_a_whose_second_byte_became_a_space_is_read(tmp_path: Path) -> None:
    assert cells_of(csv_file(tmp_path, "name;street\nZoÃ©;Rue Ã  la Croix\n")) == [("Zoé", "Rue à la Croix")]


def test_a_file_that_names_an_encoding_and_is_in_another_is_told_by_the_word(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "name;town\nZoé;Huy\nHélène;Ciney\n", "cp1252")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"Zo\xe9", b"Zoe"))
    assert (refused(path).line, refused(path).word) == (3, "H\ufffdl\ufffdne")
