"""`python -m labels` as a volunteer runs it."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook

from labels.__main__ import main
from labels.cli.address_file import COLUMNS, address_lines
from tests.labels.pdf_reading import about, lines_of, text_of

HEADER = ",".join(COLUMNS)
ROWS = [
    "Mme Marie Dupont,,,,Rue de la Senne,32,20,5590,Ciney,,KLNBRTVX",
    "Şebnem Özgür,6e primaire,École de Redu,Bâtiment C,Rue de Transinne,7C,,6890,Redu,BE,",
    "Łukasz Wójcik,,,,Rue Haute,1,,1234,Luxembourg,LU,klnb-rtvx",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.csv").write_text("\n".join([HEADER, *ROWS]) + "\n", "utf-8")
    return tmp_path


def run(folder: Path, *words: str) -> int:
    """The exit status of a command run in this folder's files."""
    return main([str(folder / word) if word.endswith((".csv", ".pdf", ".json")) else word for word in words])


def only_input(folder: Path) -> bool:
    """Whether nothing was left behind."""
    return {path.suffix for path in folder.iterdir()} <= {".csv"}


def test_addresses_in_a_csv_become_labels(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "labels", "a.csv", "-o", "o.pdf") == 0
    pdf = (folder / "o.pdf").read_bytes()
    text = " ".join(" ".join(lines_of(pdf)).split())
    for line in ("Rue de la Senne 32 bte 20", "5590 CINEY", "Bâtiment C", "1234 LUXEMBOURG", "LUXEMBOURG"):
        assert line in text
    assert "3 étiquettes, 1 page" in capsys.readouterr().err


def test_an_address_has_its_lines_in_the_order_of_the_post() -> None:
    values = dict(
        zip(
            COLUMNS,
            ["Nom", "Service", "Firme", "Aile B", "Rue Haute", "7C", "3", "1000", "Bruxelles", "", ""],
            strict=True,
        )
    )
    assert address_lines(values) == ("Nom", "Service", "Firme", "Aile B", "Rue Haute 7C bte 3", "1000 BRUXELLES")


def test_options_reach_the_paper(folder: Path) -> None:
    (folder / "p.json").write_text('{"x": 1}')
    words = ["--sheet", "L7165", "--start", "8", "--from", "2", "--to", "3", "--sender", "Ixelles"]
    words += ["--barcode", "--no-numbers", "--profile", "p.json"]
    assert run(folder, "labels", "a.csv", "-o", "o.pdf", *words) == 0
    text = text_of((folder / "o.pdf").read_bytes())
    assert about((folder / "o.pdf").read_bytes())["Pages"] == "2"
    assert "Dupont" not in text
    assert "KLNB-RTVX" in text
    assert text.count("Ixelles") == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_spreadsheet_can_have_written_the_file(folder: Path, encoding: str, delimiter: str) -> None:
    text = "\r\n".join(
        row.replace(",", delimiter) for row in (HEADER, "Zoé Lefèvre,,,,Rue de l’Été,1,,1000,Bruxelles,,")
    )
    (folder / "b.csv").write_bytes(text.encode(encoding))
    assert run(folder, "labels", "b.csv", "-o", "o.pdf") == 0
    assert "Rue de l’Été 1" in text_of((folder / "o.pdf").read_bytes())


def test_a_workbook_is_read_as_a_csv_file_is(folder: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("adresses", 0)
    sheet.append(["Membres de décembre"])
    sheet.append(["Nom", "Rue", "N°", "Code postal", "Localité"])
    sheet.append(["Zoé Lefèvre", "Rue Haute", 3, 5590, "Ciney"])
    book.save(folder / "b.xlsx")
    assert main(["labels", str(folder / "b.xlsx"), "-o", str(folder / "o.pdf"), "--no-numbers"]) == 0
    assert lines_of((folder / "o.pdf").read_bytes()) == ["Zoé Lefèvre", "Rue Haute 3", "5590 CINEY"]


def test_what_was_done_to_read_the_file_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "b.csv").write_bytes(
        "\n".join(["Membres", HEADER, *ROWS[:1]]).replace("Marie", "Zoé").encode("mac_roman")
    )
    assert run(folder, "labels", "b.csv", "-o", "o.pdf") == 0
    assert "Zoé Dupont" in text_of((folder / "o.pdf").read_bytes())
    title, letters, _ = capsys.readouterr().err.replace("\u00a0", " ").splitlines()
    assert title == "ligne 1 : « Membres » est au-dessus des titres de colonnes et n’a pas été lu"
    assert letters == "fichier lu comme Mac : vérifiez par exemple « Zoé »"


def test_house_numbers_that_became_dates_are_never_printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [ROWS[0].replace(",32,20,", cells) for cells in (",05-juil,,", ",5,01-mars,", ",46208,,", ",#REF!,,")]
    (folder / "b.csv").write_text("\n".join([HEADER, *rows]), "utf-8")
    assert run(folder, "labels", "b.csv", "-o", "o.pdf") == 1
    told = capsys.readouterr().err.replace("\u00a0", " ").splitlines()
    assert ["number : le tableur" in told[0], "5-7" in told[0]] == [True, True]
    assert ["box : le tableur" in told[1], "1/3" in told[1]] == [True, True]
    assert "5-7" in told[2]
    assert "#REF!" in told[3]
    assert only_input(folder)


def test_columns_may_come_in_any_order_and_optional_ones_be_absent(folder: Path) -> None:
    (folder / "b.csv").write_text("town,Postcode,number,street,name\nCiney,5590,3,Rue Haute,Zoé\n")
    assert run(folder, "labels", "b.csv", "-o", "o.pdf", "--no-numbers") == 0
    assert lines_of((folder / "o.pdf").read_bytes()) == ["Zoé", "Rue Haute 3", "5590 CINEY"]


def test_names_and_addresses_may_stand_in_the_columns_that_people_make(folder: Path) -> None:
    (folder / "b.csv").write_text("Prénom;Nom;Adresse;CP (4 chiffres);Commune\nZoé;Dupont;Rue Haute 3;5590;Ciney\n")
    assert run(folder, "labels", "b.csv", "-o", "o.pdf", "--no-numbers") == 0
    assert lines_of((folder / "o.pdf").read_bytes()) == ["Zoé Dupont", "Rue Haute 3", "5590 CINEY"]


def test_an_address_in_which_letters_were_lost_is_not_printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "b.csv").write_text("name;street;number;postcode;town\nZo?;Rue Haute;3;5590;Ciney\n")
    assert run(folder, "labels", "b.csv", "-o", "o.pdf") == 1
    assert "« Zo? » : une lettre a été perdue" in capsys.readouterr().err.replace("\u00a0", " ")


def test_slips_count_the_copies_of_every_publication_column(folder: Path) -> None:
    (folder / "s.csv").write_text(
        f"{HEADER},MAN26,LIV26,email\n{ROWS[0]},24,,m@example.org\n{ROWS[1]},0,1200,x@example.org\n"
    )
    words = [
        "--title",
        "MAN26=Manuel 2026",
        "--fold",
        "LIV26",
        "--back-by",
        "2027-01-31",
        "--reverse",
        "--language",
        "nl",
    ]
    assert run(folder, "slips", "s.csv", "-o", "o.pdf", *words) == 0
    last, first = text_of((folder / "o.pdf").read_bytes()).split("\f")[:2]
    assert "24  Manuel 2026" in " ".join(first.split()).replace("24 Manuel", "24  Manuel")
    assert "Het boekje vouwen" not in first
    assert "Het boekje vouwen" in last
    assert "vóór 31 januari 2027" in " ".join(first.split())


def test_the_sheets_are_listed_with_their_sizes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sheets"]) == 0
    assert "L7163           14   99.06 × 38.1" in capsys.readouterr().out


def test_a_ruler_and_a_profile_can_be_made(folder: Path) -> None:
    assert run(folder, "ruler", "--sheet", "3474", "-o", "r.pdf") == 0
    assert run(folder, "ruler", "--sheet", "window", "-o", "w.pdf") == 0
    assert run(folder, "profile", "--near", "1.5,-0.5", "-o", "p.json") == 0
    assert run(folder, "labels", "a.csv", "-o", "o.pdf", "--profile", "p.json") == 0


def test_help_is_something_a_volunteer_can_follow(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--help"], ["labels", "--help"], ["slips", "--help"]):
        with pytest.raises(SystemExit) as ended:
            main(words)
        assert ended.value.code == 0
    told = capsys.readouterr().out
    assert "python -m labels labels adresses.csv -o etiquettes.pdf" in told
    assert "name, department, organisation" in told


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "le fichier est vide"),
        ("\n\n", "le fichier est vide"),
        (ROWS[0] + "\n", "il manque name, street, number, postcode, town"),
        (HEADER.replace("town,", "") + "\n", "il manque town"),
        ("Achternaam;Straat\nZoé;Haute\n", "(trouvé : « Achternaam, Straat »)"),
        (HEADER + ",name\n", "apparaît deux fois"),
        (HEADER + "\n", "aucune adresse à imprimer"),
        (HEADER + "\n\n,,,,,,,,,,\n", "aucune adresse à imprimer"),
    ],
)
def test_a_file_that_is_no_address_file_is_told_in_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], content: str, says: str
) -> None:
    (folder / "b.csv").write_text(content)
    assert run(folder, "labels", "b.csv", "-o", "o.pdf") == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert says in line.replace("\u00a0", " ")
    assert only_input(folder)


WRONG = [
    ",,,,Rue Haute,1,,1000,Bruxelles,,",
    "Zoé,,,,Rue Haute,1,,105,Bruxelles,,",
    "محمد,,,,Rue Haute,1,,1000,Bruxelles,,",
    "Zoé,trop,court",
    f"{'x' * 300},,,,Rue Haute,1,,1000,Bruxelles,,",
]


def test_every_wrong_row_is_named_by_its_line_and_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "b.csv").write_text("\n".join([HEADER, ROWS[0], *WRONG[:2], "", *WRONG[2:]]) + "\n", "utf-8")
    assert run(folder, "labels", "b.csv", "-o", "o.pdf") == 1
    told = capsys.readouterr().err.replace("\u00a0", " ").splitlines()
    assert [line.split(" : ")[0] for line in told[:-1]] == ["ligne 3", "ligne 4", "ligne 6", "ligne 7", "ligne 8"]
    assert "U+0645 ARABIC LETTER MEEM" in told[2]
    assert "--skip-unprintable" in told[-1]
    assert only_input(folder)


def test_the_others_are_printed_with_their_own_numbers_when_asked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "b.csv").write_text("\n".join([HEADER, WRONG[1], ROWS[0], WRONG[2], ROWS[1]]) + "\n", "utf-8")
    assert run(folder, "labels", "b.csv", "-o", "o.pdf", "--skip-unprintable") == 0
    words = text_of((folder / "o.pdf").read_bytes()).split()
    assert "Dupont" in words
    assert {"2", "4"} <= set(words)
    told = capsys.readouterr().err.replace("\u00a0", " ")
    assert all(said in told for said in ("2 étiquettes", "ligne 2 :", "ligne 4 :"))


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (["--sheet", "L7136"], 2, "vouliez-vous dire L7163"),
        (["--start", "0"], 2, "positions 1 à 14, pas 0"),
        (["--start", "15"], 2, "positions 1 à 14, pas 15"),
        (["--sheet", "L7160", "--barcode"], 2, "trop petite pour un code-barres"),
        (["--profile", "nowhere.json"], 1, "n’existe pas"),
        (["--from", "9"], 1, "aucune adresse à imprimer"),
    ],
)
def test_a_wrong_word_is_told_in_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], status: int, says: str
) -> None:
    assert run(folder, "labels", "a.csv", "-o", "o.pdf", *words) == status
    (line,) = capsys.readouterr().err.splitlines()
    assert says in line.replace("\u00a0", " ")
    assert only_input(folder)


def test_copies_that_are_no_number_are_told_with_their_column(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [f"{ROWS[0]},{cell}" for cell in ("-3", "3.5", "1000000000000", "deux", "²", "0", "")]
    (folder / "s.csv").write_text("\n".join([f"{HEADER},MAN26", *rows]) + "\n", "utf-8")
    assert run(folder, "slips", "s.csv", "-o", "o.pdf") == 1
    told = capsys.readouterr().err.replace("\u00a0", " ").splitlines()
    assert ["MAN26 : «" in line for line in told[:5]] == [True] * 5
    assert ["aucun exemplaire" in line for line in told[5:7]] == [True] * 2
    assert run(folder, "slips", "a.csv", "-o", "o.pdf") == 1
    assert "aucune colonne" in capsys.readouterr().err


def test_a_folder_that_does_not_exist_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["labels", str(folder / "a.csv"), "-o", str(folder / "nowhere" / "o.pdf")]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "nowhere" in line
    assert "n’existe pas" in line
    assert run(folder, "labels", "none.csv", "-o", "o.pdf") == 1


def test_a_full_disk_is_told_and_leaves_nothing(folder: Path) -> None:
    (folder / "old.pdf").write_bytes(b"what was there")
    words = [sys.executable, "-m", "labels", "labels", str(folder / "a.csv"), "-o", str(folder / "old.pdf")]
    # A limit on the size of files: the system refuses to write on, as a full disk does.
    done = subprocess.run(
        words,
        capture_output=True,
        check=False,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (999, 999)),
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert (folder / "old.pdf").read_bytes() == b"what was there"
    assert {path.name for path in folder.iterdir()} == {"a.csv", "old.pdf"}
    full = subprocess.run([*words[:-1], "/dev/full"], capture_output=True, check=False, text=True)
    assert (full.returncode, "plein" in full.stderr) == (1, True)


def test_progress_is_plain_lines_when_stderr_is_no_terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "b.csv").write_text("\n".join([HEADER, *[ROWS[0]] * 50_001]) + "\n", "utf-8")
    assert run(folder, "labels", "b.csv", "-o", "o.pdf") == 0
    told = capsys.readouterr().err.replace("\u00a0", " ").splitlines()
    assert told == ["b.csv : 50000…", "50001 étiquettes, 3572 pages"]
