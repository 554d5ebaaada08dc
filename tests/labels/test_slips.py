from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labels import WINDOW, BadWindow, Box, DropOff, Letterhead, Report, Slip, SlipLine, Unprintable, print_slips
from labels.slips.form_xobjects import Foot
from labels.slips.layout import BOTTOM, Kind, Row, flow
from labels.slips.table_rows import table_rows
from labels.wording import words
from tests.labels.pdf_reading import about, lines_of, picture_of, scanned, text_of, words_of

MANUAL = SlipLine("MAN26", "Manuel de la campagne", 24)
BOOKLET = SlipLine("LIV26", "Livret d’activités", 30)
SENDER = Letterhead(
    "Les lettres du soir · Rue Basse 3 · 4000 Liège", ("Les lettres du soir", "Rue Basse 3", "4000 LIÈGE")
)
ADDRESS = ("Mme Marie Dupont", "École communale de Redu", "Rue de la Senne 32 bte 20", "5590 CINEY")
SLIP = Slip(ADDRESS, "KLNBRTVX", 12, "", "fr", (MANUAL, BOOKLET), letters_back_by=date(2027, 1, 31))


def printed(*slips: Slip, **options: object) -> tuple[Report, bytes]:
    out = BytesIO()
    report = print_slips(slips, out=out, **{"letterhead": SENDER, **options})  # type: ignore[arg-type]
    return report, out.getvalue()


def test_a_slip_says_who_what_and_where_letters_go_back_to() -> None:
    _, pdf = printed(SLIP)
    text = " ".join(text_of(pdf).split())
    for said in (
        *ADDRESS,
        "KLNB-RTVX",
        "Dans cet envoi",
        "24 Manuel de la campagne MAN26",
        "30 Livret d’activités LIV26",
        "Renvoyez vos lettres avant le 31 janvier 2027",
        "Les lettres du soir · Rue Basse 3 · 4000 Liège",
        "Rue Basse 3",
        "4000 LIÈGE",
    ):
        assert said in text, said
    assert "Suivra" not in text
    assert "Plier" not in text


LETTER = replace(SLIP, name="Marie Dupont", day=date(2026, 11, 29), order_url="https://e.org/o", inside=(MANUAL,))


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("fr", ("Bonjour Marie Dupont, Merci de prendre part à notre campagne « Lettres »", "Et maintenant ?")),
        ("nl", ("Dag Marie Dupont, Bedankt dat u meedoet aan onze campagne ‘Lettres’", "En nu?", "Een vraag? 02 12")),
        ("de", ("Guten Tag Marie Dupont, Danke, dass Sie bei unserer Aktion „Lettres“", "Und jetzt?")),
        ("en", ("Hello Marie Dupont, Thank you for taking part in our campaign “Lettres”", "A question? 02 12")),
    ],
)
def test_a_slip_is_a_letter_with_its_day_a_greeting_and_what_to_do_now(
    language: str, sentences: tuple[str, ...]
) -> None:
    letterhead = replace(SENDER, campaign={language: "Lettres"}, contact="02 12")
    report, pdf = printed(replace(LETTER, language=language), letterhead=letterhead)
    text = " ".join(text_of(pdf).split())
    for said in ("29", "2026", *sentences):
        assert said in text
    assert report.pages == 1


def test_a_letter_s_sentences_never_cost_a_page() -> None:
    lines = tuple(SlipLine(f"P{n}", f"Publication {n}", n) for n in range(1, 30))
    for count in range(1, 30):
        slip = replace(LETTER, inside=lines[:count])
        report, pdf = printed(slip)
        bare = flow(table_rows(slip), 103, Foot("fr", SLIP.letters_back_by, "", has_folding_booklet=False).height)
        assert report.pages == len(bare)
        assert "Renvoyez vos lettres" in text_of(pdf)


def test_a_name_without_room_or_letters_is_not_greeted_by_half_of_it() -> None:
    for name in ("Marie " * 40, "محمد", ""):
        _, pdf = printed(replace(LETTER, name=name))
        assert "Bonjour, Merci" in " ".join(text_of(pdf).split())


def test_what_follows_says_when_and_that_nothing_needs_to_be_done() -> None:
    later = (SlipLine("MAN26", "Manuel", 3, date(2026, 12, 4)),)
    _, pdf = printed(replace(SLIP, follows=later))
    text = " ".join(text_of(pdf).split())
    assert "3 Manuel, attendu vers le 4 décembre 2026 MAN26 La suite part d’elle-même" in text


def test_a_slip_of_a_pickup_says_so() -> None:
    _, pdf = printed(replace(SLIP, is_pickup=True, follows=(MANUAL,)))
    text = " ".join(text_of(pdf).split())
    assert "Commande, à retirer au bureau" in text
    assert "À retirer" in text
    assert "Nous vous prévenons dès que la suite est là." in text
    assert "Dans cet envoi" not in text


def test_who_gets_no_mails_is_told_to_keep_the_slip() -> None:
    _, pdf = printed(replace(SLIP, without_email=True))
    text = " ".join(text_of(pdf).split())
    assert "gardez ce bordereau, il confirme votre commande" in text
    assert "Le port" not in text


@pytest.mark.parametrize(
    ("language", "cents", "said"),
    [
        ("fr", None, "Le port du colis vous est facturé, selon le tarif bpost."),
        ("fr", 820, "Le port du colis vous est facturé : 8,20 € au plus."),
        ("nl", 820, "hoogstens 8,20 €"),
        ("en", 1_205, "€12.05 at most"),
    ],
)
def test_who_gets_no_mails_reads_on_the_slip_what_postage_is_due(language: str, cents: int | None, said: str) -> None:
    due = replace(SLIP, language=language, postage_due=True, postage_cents=cents)
    _, pdf = printed(replace(due, without_email=True), due)
    assert " ".join(text_of(pdf).replace("\u00a0", " ").split()).count(said) == 1


def test_a_line_break_inside_an_address_line_is_a_space() -> None:
    _, pdf = printed(replace(SLIP, lines=("Marie\nDupont", "Rue 1", "1050 IXELLES")))
    assert "Marie Dupont" in text_of(pdf)


def test_what_follows_is_told_apart_from_what_is_inside() -> None:
    _, pdf = printed(replace(SLIP, follows=(replace(MANUAL, copies=3),)))
    lines = [" ".join(line.split()) for line in lines_of(pdf)]
    inside, later = lines.index("Dans cet envoi"), lines.index("Suivra plus tard")
    assert inside < lines.index("24 Manuel de la campagne MAN26") < later
    assert lines.index("3 Manuel de la campagne MAN26") > later


@pytest.mark.parametrize(
    ("language", "heading", "day", "part"),
    [
        ("fr", "Dans cet envoi", "avant le 31 janvier 2027", "colis 2/3"),
        ("nl", "In deze zending", "vóór 31 januari 2027", "pakket 2/3"),
        ("de", "In dieser Sendung", "bis zum 31. Januar 2027", "Paket 2/3"),
        ("en", "In this parcel", "before 31 January 2027", "parcel 2/3"),
    ],
)
def test_a_slip_speaks_the_language_of_the_orderer(language: str, heading: str, day: str, part: str) -> None:
    slip = replace(SLIP, language=language, part="2/3", has_folding_booklet=True, follows=(MANUAL,))
    _, pdf = printed(slip)
    text = " ".join(text_of(pdf).split())
    for said in (heading, day, part):
        assert said in text
    if language != "fr":
        for french in ("Suivra", "colis", "Pliez", "Plier", "Merci", "Renvoyez", "Commande"):
            assert french not in text


@pytest.mark.parametrize("language", ["nl", "de", "en"])
def test_every_sentence_is_translated(language: str) -> None:
    catalogue = words(language)._catalog  # type: ignore[attr-defined]
    assert len(catalogue) > 30
    assert all(catalogue.values())


def test_the_address_lies_in_the_window_wherever_that_is() -> None:
    for window in (WINDOW, Box(110, 50, 90, 40), Box(15, 42, 80, 30)):
        _, pdf = printed(SLIP, window=window)
        for word in words_of(pdf):
            if word.text in {"Dupont", "communale", "Senne", "CINEY"}:
                assert window.x + 4.9 <= word.box.x
                assert word.box.right <= window.right - 4.9
                assert window.y + 3.9 <= word.box.y
                assert word.box.bottom <= window.bottom - 3.9
            elif word.text == "KLNB-RTVX":
                assert word.box.x >= window.right or word.box.right <= window.x
        assert "CODE-128:KLNBRTVX" in scanned(picture_of(pdf, dpi=203))


@pytest.mark.parametrize(
    "window",
    [Box(20, 45, 40, 40), Box(20, 10, 85, 40), Box(20, 100, 85, 40), Box(-3, 45, 85, 40), Box(40, 45, 100, 40)],
)
def test_a_window_without_room_is_refused(window: Box) -> None:
    with pytest.raises(BadWindow):
        printed(SLIP, window=window)


def test_telephones_find_the_order_and_the_manual() -> None:
    slip = replace(
        SLIP, order_url="https://example.org/o/eyJvIjo0Mn0.Zx1Qaw", read_online_url="https://example.org/manuel"
    )
    _, pdf = printed(slip)
    read = scanned(picture_of(pdf, dpi=203))
    assert "QR-Code:https://example.org/o/eyJvIjo0Mn0.Zx1Qaw" in read
    assert "QR-Code:https://example.org/manuel" in read


def test_a_link_too_long_for_its_code_is_refused() -> None:
    with pytest.raises(Unprintable, match="code QR"):
        printed(replace(SLIP, order_url="https://example.org/" + "x" * 240))


def test_the_four_folding_steps_are_shown_only_when_a_booklet_is_inside() -> None:
    _, plain = printed(SLIP)
    _, folding = printed(replace(SLIP, has_folding_booklet=True))
    steps = [line for line in lines_of(folding) if line.startswith("1 ")]
    assert "2 Pliez en deux" in " ".join(steps[0].split())
    assert "Pliez" not in text_of(plain)


def test_many_publications_flow_over_pages_and_each_is_there_once() -> None:
    lines = tuple(SlipLine(f"P{n}", f"Publication {n}", n) for n in range(1, 61))
    report, pdf = printed(replace(SLIP, inside=lines))
    assert report.labels == 1
    assert report.pages > 2
    rows = [" ".join(line.split()) for line in lines_of(pdf)]
    assert [row for row in rows if " Publication " in row] == [f"{n} Publication {n} P{n}" for n in range(1, 61)]
    pages = text_of(pdf).split("\f")[:-1]
    for number, page in enumerate(pages, 1):
        assert f"{number}/{len(pages)}" in page
        assert ("Renvoyez vos lettres" in page) == (number == len(pages))


def test_nothing_on_a_slip_overlaps_and_all_of_it_is_on_the_page() -> None:
    lines = tuple(SlipLine(f"P{n}", "Un titre de publication assez long pour deux lignes " * 2, n) for n in range(12))
    slip = replace(SLIP, inside=lines, follows=lines[:4], has_folding_booklet=True, message="Bonjour,\nà bientôt !")
    _, pdf = printed(replace(slip, part="2/3", order_url="https://e.org/x", read_online_url="https://e.org/y"))
    found = words_of(pdf)
    for word in found:
        assert 10 <= word.box.x < word.box.right <= 200
        assert 10 <= word.box.y < word.box.bottom <= 293
        for other in found:
            if other is not word and other.page == word.page:
                across = min(word.box.right, other.box.right) - max(word.box.x, other.box.x)
                down = min(word.box.bottom, other.box.bottom) - max(word.box.y, other.box.y)
                assert across < 0.1 or down < 0.35, (word, other)


sections = st.lists(st.tuples(st.floats(4, 15), st.lists(st.floats(4, 40), min_size=1, max_size=20)), max_size=4)


@given(sections, st.floats(50, 150))
def test_rows_are_never_split_or_lost_and_leave_the_foot_its_room(
    parts: list[tuple[float, list[float]]], foot: float
) -> None:
    rows = []
    for heading, heights in parts:
        rows.append(Row(Kind.HEADING, heading, ("",)))
        rows += [Row(Kind.PUBLICATION, height, (str(n),)) for n, height in enumerate(heights)]
    pages = flow(rows, 105, foot)
    assert [placed.row for page in pages for placed in page] == rows
    for page in pages:
        for placed, below in zip(page, page[1:], strict=False):
            assert placed.y + placed.row.height == pytest.approx(below.y)
        assert not page or page[-1].y + page[-1].row.height <= BOTTOM + 1e-6
    last = pages[-1]
    assert not last or last[-1].y + last[-1].row.height <= BOTTOM - foot + 1e-6
    for page in pages:
        assert not page or page[-1].row.kind is not Kind.HEADING


def test_slips_come_in_reverse_for_printers_that_pile_face_up() -> None:
    slips = [replace(SLIP, lines=(f"Nom{n}", "1000 BRUXELLES")) for n in range(1, 211)]
    _, forward = printed(*slips)
    _, backward = printed(*slips, is_reversed=True)
    names = [word for word in text_of(forward).split() if word.startswith("Nom")]
    assert names == [f"Nom{n}" for n in range(1, 211)]
    assert [word for word in text_of(backward).split() if word.startswith("Nom")] == names[::-1]


def test_a_part_of_the_pile_is_printed_again() -> None:
    slips = [replace(SLIP, lines=(f"Nom{n}", "1000 BRUXELLES")) for n in range(1, 30)]
    _, pdf = printed(*slips, first=12, last=14)
    assert [word for word in text_of(pdf).split() if word.startswith("Nom")] == ["Nom12", "Nom13", "Nom14"]


def test_everything_that_cannot_be_printed_is_refused_at_once() -> None:
    pile = [
        SLIP,
        replace(SLIP, lines=("محمد",)),
        replace(SLIP, reference="É"),
        replace(SLIP, inside=(SlipLine("X", "x" * 200, 1),)),
        replace(SLIP, message="你好"),
        replace(SLIP, part="№ 漢"),
        replace(SLIP, inside=(SlipLine("CODE-BEAUCOUP-TROP-LONG", "Titre", 1),)),
    ]
    with pytest.raises(Unprintable) as refused:
        printed(*pile)
    assert [refusal.label for refusal in refused.value.refusals] == [2, 3, 4, 5, 6, 7]
    report, pdf = printed(*pile, skip_unprintable=True)
    assert (report.labels, about(pdf)["Pages"]) == (1, "1")


def test_another_sender_prints_its_own_letterhead() -> None:
    letterhead = Letterhead("Groupe local 74 · Namur", ("Groupe local 74", "Rue Haute 1", "5000 NAMUR"))
    _, pdf = printed(SLIP, letterhead=letterhead)
    text = text_of(pdf)
    assert "Groupe local 74 · Namur" in text
    assert "5000 NAMUR" in text
    assert "LIÈGE" not in text


def test_a_slip_of_nobody_still_says_until_when_letters_go_back() -> None:
    _, pdf = printed(SLIP, letterhead=Letterhead())
    assert "Renvoyez vos lettres avant le 31 janvier 2027" in " ".join(text_of(pdf).split())


def test_the_last_line_of_a_slip_is_the_senders_own_in_the_language_of_the_slip() -> None:
    letterhead = Letterhead(closing={"fr": "À l’an prochain !"})
    _, french = printed(SLIP, letterhead=letterhead)
    _, dutch = printed(replace(SLIP, language="nl"), letterhead=letterhead)
    assert "À l’an prochain" in text_of(french)
    assert "Bedankt dat u met ons meeschrijft" in text_of(dutch)


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.builds(
            SlipLine, st.just("M"), st.text("abc éŵ", min_size=1, max_size=90).filter(str.strip), st.integers(0, 99_999)
        ),
        max_size=40,
    )
)
def test_every_slip_prints_all_its_copies(lines: list[SlipLine]) -> None:
    report, pdf = printed(replace(SLIP, inside=tuple(lines)), skip_unprintable=False)
    figures = [f"{line.copies:,}".replace(",", "\u00a0") for line in lines]
    text = text_of(pdf).replace("\u00a0", " ")
    for figure in figures:
        assert figure.replace("\u00a0", " ") in text
    assert report.pages == int(about(pdf)["Pages"])


def test_a_slip_names_where_letters_can_be_left_and_until_when() -> None:
    near = (
        DropOff("Magasin du monde, Rue Haute 12, 5000 Namur", date(2026, 12, 31)),
        DropOff(f"Librairie {'très ' * 14}longue, Rue de la Senne 1, 5100 Jambes", date(2026, 12, 1)),
    )
    _, pdf = printed(replace(SLIP, drop_off=near, has_folding_booklet=True))
    text = " ".join(text_of(pdf).split())
    assert "Ou déposez-les près de chez vous, sans timbre : Magasin du monde, Rue Haute 12, 5000 Namur" in text
    assert "jusqu’au 1er décembre 2026" in text
    _, pdf = printed(replace(SLIP, drop_off=near, language="nl"))
    assert "5000 Namur, tot en met 31 december 2026" in " ".join(text_of(pdf).split())
    _, pdf = printed(SLIP)
    assert "déposez" not in text_of(pdf)
