"""What a screen reader is told by the PDFs that are read on a screen: slips, pull list, posting sheet, documents."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO

import pikepdf
import pytest

from labels import (
    Document,
    Letterhead,
    PostingParcel,
    PostingSheet,
    PostingStep,
    PullEntry,
    PullLine,
    PullList,
    Section,
    Slip,
    SlipLine,
    print_document,
    print_posting_sheet,
    print_pull_list,
    print_slips,
)
from tests.labels.pdf_reading import about, spoken, text_of
from tests.labels.pdf_structure import elements, faults, marks_of, owners, parts_of

Print = Callable[[BytesIO], object]


def pull_list(out: BytesIO) -> None:
    lines = (
        PullLine("MAN26", "Manuel du Marathon des lettres " * 2, 1284, 51, 9, 25),
        PullLine("LIV26", "Livret", 3, 0, 3, 25),
    )
    entries = [PullEntry(n, f"École {n}", "5590 Ciney", (("MAN26", n),), "1/2" * (n == 1)) for n in range(1, 81)]
    print_pull_list(PullList("Envoi 7", lines, tuple(entries)), out=out, title="À prendre & à mettre")


def posting_sheet(out: BytesIO) -> None:
    steps = (PostingStep(True, 350, 12, 3_000_000, 260), PostingStep(False, 10_000, 3, 9_000_000, None))
    parcels = tuple(PostingParcel(number, 1_400_000, f"École {number}", "5590 Ciney") for number in range(1, 61))
    print_posting_sheet(PostingSheet(17, steps, parcels), out=out, title="À prendre & à mettre")


def document(out: BytesIO) -> None:
    rows = tuple((f"Ligne {number}", "mot " * 60) for number in range(40))
    sections = (Section("Commande", (("Nom", "Marie"), ("Adresse", "Rue 1\n5590 Ciney"))), Section("Envois", rows))
    print_document(Document("À prendre & à mettre", ("Bonjour.",), sections, ("Fin.",)), out=out)


def slips(out: BytesIO) -> None:
    inside = (SlipLine("MAN26", "Manuel", 24), SlipLine("LIV26", "Livret", 30))
    plain = Slip(("Marie Dupont", "5590 CINEY"), "KLNBRTVX", 1, "", "fr", inside)
    follows = (SlipLine("MAN26", "Manuel", 3, date(2026, 12, 4)),)
    full = replace(plain, language="nl", follows=follows, has_folding_booklet=True, order_url="https://a.be", run=2)
    many = replace(plain, inside=tuple(SlipLine(f"P{n}", f"Titre {n}", n) for n in range(40)), message="Bonjour\nmerci")
    bare = replace(plain, reference="", sequence=None, without_email=True)
    pile = [plain, full, many, bare] + [plain] * 6
    letterhead = Letterhead("Les lettres du soir", ("Les lettres du soir", "4000 LIÈGE"), contact="02 123 45 67")
    print_slips(pile, out=out, letterhead=letterhead, title="À prendre & à mettre")


everything = pytest.mark.parametrize("print_it", [slips, pull_list, posting_sheet, document])


PAINTING = {"Tj", "'", "S", "f", "Do", "INLINE IMAGE"}


def printed(print_it: Print) -> bytes:
    out = BytesIO()
    print_it(out)
    return out.getvalue()


def words(texts: list[str]) -> Counter[str]:
    return Counter(" ".join(texts).replace("\u00a0", " ").split())


def texts(pdf: bytes) -> list[str]:
    return [line[1:-1] for line in spoken(pdf) if line.startswith('"')]


@everything
def test_every_word_is_read_once_but_page_numbers_and_repeated_headings(print_it: Print) -> None:
    pdf = printed(print_it)
    pages = text_of(pdf).rstrip("\f").split("\f")
    assert len(pages) > 2
    read = texts(pdf)
    unread = words(pages) - words(read)
    headings = words([read[0]] * (len(pages) - 1)) if print_it in (pull_list, posting_sheet) else Counter()
    numbers = Counter(str(number) for number, _ in enumerate(pages, 1))
    if print_it is slips:  # the second and third page of the long one begin with its sender and number
        headings = words(["Les lettres du soir 1"] * 2)
        numbers = words([f"KLNB-RTVX {page}/3" for page in (1, 2, 3)])
    assert unread == headings + numbers
    assert not words(read) - words(pages)


@everything
def test_whatever_is_drawn_is_content_of_one_element_or_an_artifact(print_it: Print) -> None:
    with pikepdf.open(BytesIO(printed(print_it))) as pdf:
        assert len(pdf.pages) > 2
        for page in pdf.pages:
            marks, numbers, painted = 0, [], 0
            for done in pikepdf.parse_content_stream(page):
                operator = str(done.operator)
                marks += {"BDC": 1, "BMC": 1, "EMC": -1}.get(operator, 0)
                if operator == "BDC":
                    numbers.append(int(done.operands[1].MCID))
                elif operator in PAINTING:
                    painted += 1
                    assert marks == 1
            assert painted > 2
            assert marks == 0
            assert sorted(numbers) == list(range(len(numbers)))


@everything
def test_each_content_of_a_page_leads_to_the_element_that_holds_it(print_it: Print) -> None:
    with pikepdf.open(BytesIO(printed(print_it))) as pdf:
        pages = owners(pdf)
        found: Counter[tuple[int, int]] = Counter()
        for element in elements(pdf):
            assert all(part.P.objgen == element.objgen for part in parts_of(element))
            for page, number in marks_of(element):
                assert pages[page.objgen][number].objgen == element.objgen
                found[page.objgen] += 1
        assert found == {page: len(held) for page, held in pages.items()}


@everything
def test_a_validator_finds_no_rule_of_pdf_ua_broken(print_it: Print) -> None:
    assert faults(printed(print_it)) == []


@pytest.mark.parametrize(
    ("right", "wrong", "rule"),
    [
        (b"/DisplayDocTitle true", b"/DisplayDocTitle null", "VIEWER-PREFERENCES"),
        (b"<pdfuaid:part>1<", b"<pdfuaid:part>7<", "ID-PART"),
        (b"/Lang<feff00660072>", b"/Dull<feff00660072>", "LANGUAGE"),
        (b"/FontFile2", b"/FontNone2", "FONT"),
        (b"/Marked true", b"/Marked null", "TAGGED-DOCUMENT"),
    ],
)
def test_the_validator_notices_what_is_missing(right: bytes, wrong: bytes, rule: str) -> None:
    pdf = printed(pull_list)
    assert right in pdf
    assert any(rule in fault for fault in faults(pdf.replace(right, wrong)))


@everything
def test_the_file_says_its_title_and_the_standard_it_follows(print_it: Print) -> None:
    pdf = printed(print_it)
    assert about(pdf)["Tagged"] == "yes"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert '<rdf:li xml:lang="x-default">À prendre &amp; à mettre</rdf:li>'.encode() in pdf


def test_a_pull_list_is_a_table_to_fetch_and_a_list_to_pack() -> None:
    read = " ".join(spoken(printed(pull_list))).replace("\u00a0", " ")
    assert read.startswith('Document H1 (block) "Envoi 7 " Table (block) TR TD "1 284 " TH: /Scope /Row "Manuel')
    assert 'lettres " TD "51 paquets de 25 + 9 " TD "MAN26 " TR' in read
    assert (
        '(block) "À mettre dans chaque pli " L (block): /ListNumbering /Decimal LI (block) Lbl (block) "1 1/2 "' in read
    )
    assert 'LBody (block) "École 1 5590 Ciney 1 MAN26 " LI (block) Lbl (block) "2 "' in read
    found = [text.split()[1] for text in texts(printed(pull_list)) if text.startswith("École")]
    assert found == [str(number) for number in range(1, 81)]


def test_a_pull_list_of_nothing_to_fetch_has_no_empty_table() -> None:
    out = BytesIO()
    print_pull_list(PullList("Envoi", (), (PullEntry(1, "École", "5590 Ciney", ()),)), out=out)
    assert not any(line.startswith("Table") for line in spoken(out.getvalue()))


def test_the_structure_of_a_parcel_takes_few_bytes() -> None:
    def size(entries: int) -> int:
        out = BytesIO()
        listed = tuple(PullEntry(n, f"École {n}", "5590 Ciney", (("MAN26", n),)) for n in range(entries))
        print_pull_list(PullList("Envoi", (), listed), out=out)
        return len(out.getvalue())

    assert (size(600) - size(200)) / 400 < 180


def test_a_slip_is_read_as_a_letter_in_its_own_language() -> None:
    pdf = printed(slips)
    read = " ".join(spoken(pdf)).replace("\u00a0", " ")
    first, second = read.split(" Sect ")[1:3]
    assert (
        'P (block) "Marie Dupont 5590 CINEY" H1 (block) "Commande " "KLNB-RTVX" P (block) "Bonjour, " "Merci' in first
    )
    assert 'H2 (block) "Dans cet envoi" Table (block) TR TD "24" TH: /Scope /Row "Manuel MAN26" TR TD "30"' in first
    assert 'H2 (block) "Renvoyez vos lettres à cette adresse" P (block) "Les lettres du soir 4000 LIÈGE "' in first
    assert "Merci d’écrire avec nous" in first[-130:]
    assert first.count("Table") == 1
    assert second.count("Table") == 2
    with pikepdf.open(BytesIO(pdf)) as opened:
        sections = parts_of(opened.Root.StructTreeRoot.K)
        assert [str(section.Lang) for section in sections[:3]] == ["fr", "nl", "fr"]


def test_a_pile_printed_in_reverse_is_read_in_reverse() -> None:
    out = BytesIO()
    pile = [Slip((f"Nom{n}", "5590 CINEY"), "KLNBRTVX", n, "", "fr", ()) for n in range(1, 9)]
    print_slips(pile, out=out, is_reversed=True)
    assert faults(out.getvalue()) == []
    names = [word for text in texts(out.getvalue()) for word in text.split() if word.startswith("Nom")]
    assert names == [f"Nom{n}" for n in range(8, 0, -1)]


def test_a_posting_sheet_is_read_as_its_first_page_then_the_parcels() -> None:
    read = " ".join(spoken(printed(posting_sheet))).replace("\u00a0", " ")
    assert 'TH: /Scope /Column "Pièces " TH: /Scope /Column "Poids "' in read
    assert 'TR TH: /Scope /Row "Lettres jusqu’à 350 g " TD "12 " TD "3 kg " TD "× 2,60 € " TD "31,20 € " TR' in read
    order = ["Au guichet : envoi 17", "Port", "Payé, en €", "Les colis", "École 1,", "École 60,"]
    assert sorted(order, key=lambda text: read.index(f'"{text}')) == order


def test_a_document_is_read_name_by_name() -> None:
    read = " ".join(spoken(printed(document)))
    assert '"Bonjour. " H2 (block) "Commande " Table (block) TR TH: /Scope /Row "Nom " TD "Marie " TR' in read
    assert 'TH: /Scope /Row "Adresse " TD "Rue 1 " "5590 Ciney " H2 (block) "Envois "' in read
    assert read.endswith('P (block) "Fin. "')
