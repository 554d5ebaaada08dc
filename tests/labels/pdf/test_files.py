"""The file itself: whole or not at all, the same for the same input, with nobody's name in what describes it."""

import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from io import BytesIO

import pytest

from labels import AddressLabel, EmptyPile, Slip, SlipLine, get_sheet, print_addresses, print_slips
from tests.labels.pdf_reading import about, text_of

SHEET = get_sheet("L7163")
LABELS = [
    AddressLabel((f"Şebnem Dupont{n}", "Rue 1", "1050 IXELLES"), n, "", "KLNBRTVX", barcode=True) for n in range(1, 60)
]

PROGRAM = """
import sys
from labels import AddressLabel, get_sheet, print_addresses
names = ["Şebnem", "Łukasz", "Мария", "Ελένη", "Nguyễn"]
labels = [AddressLabel((name, "1050 IXELLES"), n) for n, name in enumerate(names * 20)]
print_addresses(labels, get_sheet("L7160"), out=sys.stdout.buffer)
"""


def printed(labels: list[AddressLabel], **options: str) -> bytes:
    out = BytesIO()
    print_addresses(labels, SHEET, out=out, **options)  # type: ignore[arg-type]
    return out.getvalue()


def test_equal_input_gives_equal_bytes_in_another_process_too() -> None:
    assert printed(LABELS) == printed(LABELS)
    runs = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM], capture_output=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(runs) == 1


def test_the_file_names_its_title_and_language_and_nobody() -> None:
    pdf = printed(LABELS, title="Étiquettes du 20 novembre", language="nl")
    told = about(pdf)
    assert told["Title"] == "Étiquettes du 20 novembre"
    assert b"/Lang<feff006e006c>" in pdf
    assert set(told) & {"Author", "Subject", "Keywords", "CreationDate"} == set()
    assert b"Dupont" not in pdf


def test_an_empty_pile_is_refused() -> None:
    out = BytesIO()
    with pytest.raises(EmptyPile):
        print_addresses([], SHEET, out=out)
    with pytest.raises(EmptyPile):
        print_slips([], out=out)
    with pytest.raises(EmptyPile):
        print_addresses(LABELS, SHEET, first=99, out=out)
    assert out.getvalue() == b""


def test_a_pile_that_breaks_off_leaves_nothing() -> None:
    def broken() -> Iterator[AddressLabel]:
        yield from LABELS
        raise RuntimeError("the database went away")

    out = BytesIO()
    with pytest.raises(RuntimeError):
        print_addresses(broken(), SHEET, out=out)
    assert out.getvalue() == b""


def test_the_pile_is_read_once_and_never_kept() -> None:
    count = 20_000
    pile = (AddressLabel(("Mme Marie Dupont", f"Rue de la Senne {n}", "5590 CINEY"), n) for n in range(count))
    printed(LABELS)  # fonts and tables are loaded
    tracemalloc.start()
    with open("/dev/null", "wb") as out:
        report = print_addresses(pile, SHEET, out=out)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert report.labels == count
    assert peak / count < 400  # bytes a label: the file waits in memory up to 4 MB, then on disk


def test_a_file_of_many_pages_has_them_in_order() -> None:
    slips = [Slip((f"Nom{n}", "1000 BRUXELLES"), "", n, "", "fr", (SlipLine("A", "B", 1),)) for n in range(1, 411)]
    out = BytesIO()
    report = print_slips(slips, out=out)
    assert report.pages == 410
    assert about(out.getvalue())["Pages"] == "410"
    assert [word for word in text_of(out.getvalue()).split() if word.startswith("Nom")] == [
        f"Nom{n}" for n in range(1, 411)
    ]


def test_the_library_knows_nothing_of_the_application() -> None:
    program = "import sys, labels.__main__; print(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert not {"orders", "flask", "sqlalchemy"} & set(done.stdout.split())
