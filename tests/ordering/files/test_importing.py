"""Orders from a file, through the same rule as the form: all or nothing, and every wrong row named."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from openpyxl import Workbook
from sqlalchemy import event, func, select

from orders.database import db
from orders.ordering.models import Order, OrderLine, OrderStatus
from orders.spreadsheets import read
from tests import DATA
from tests.factories import allow, make_edition, make_order, receive

HEADER = "audience,name,street,number,postcode,town,email,MAN26"
ROW = "family,Marie Dupont,Rue de la Senne,32,1000,Bruxelles,marie@example.org,2"


@pytest.fixture
def run(app: Flask) -> FlaskCliRunner:
    with app.app_context():
        make_edition(shelf={"MAN26": 3_000, "LIV26": 4_000})
    return app.test_cli_runner()


def count(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Order)) or 0


def write(path: Path, *lines: str, encoding: str = "utf-8") -> str:
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return str(path)


@pytest.mark.slow
def test_four_hundred_orders_are_placed_and_what_is_short_waits(app: Flask, run: FlaskCliRunner) -> None:
    done = run.invoke(args=["orders", "import", str(DATA / "orders-400.csv")])
    assert done.exit_code == 0, done.output
    assert "400 orders imported" in done.stdout
    assert "orders: 400 of 400" in done.stderr
    with app.app_context():
        asked, reserved = db.session.execute(select(func.sum(OrderLine.copies), func.sum(OrderLine.reserved))).one()
        assert (asked, reserved) == (3_634 + 4_745, 7_000)
        waiting = select(func.count()).select_from(Order).where(Order.status == OrderStatus.WAITING)
        assert db.session.scalar(waiting)


def test_every_wrong_row_is_named_by_line_column_and_reason_and_nothing_is_imported(
    app: Flask, run: FlaskCliRunner
) -> None:
    done = run.invoke(args=["orders", "import", str(DATA / "orders-with-errors.csv")])
    assert done.exit_code == 1
    named = [tuple(line.split(": ")[:2]) for line in done.stderr.splitlines() if line.startswith("line ")]
    assert named == [
        ("line 3", "postcode"),
        ("line 4", "email"),
        ("line 5", "MAN26"),
        ("line 6", "MAN26"),
        ("line 7", "audience"),
        ("line 8", "name"),
        ("line 9", "name"),
        ("line 10", "street"),
        ("line 11", "MAN26"),
    ]
    assert "nothing imported: 9 of 12 rows are wrong" in done.stderr
    assert count(app) == 0


def test_the_right_rows_can_be_taken_and_the_wrong_ones_are_kept_in_a_file(
    app: Flask, run: FlaskCliRunner, tmp_path: Path
) -> None:
    file = tmp_path / "orders.csv"
    shutil.copy(DATA / "orders-with-errors.csv", file)
    done = run.invoke(args=["orders", "import", str(file), "--skip-errors"])
    assert done.exit_code == 0, done.output
    assert count(app) == 3
    assert len(read(tmp_path / "orders.csv.rejected.csv").rows) == 9
    with app.app_context():
        assert db.session.scalar(select(Order.id).where(Order.organisation == '=HYPERLINK("http://x")'))


def test_a_dry_run_places_nothing(app: Flask, run: FlaskCliRunner) -> None:
    done = run.invoke(args=["orders", "import", str(DATA / "orders-400.csv"), "--dry-run"])
    assert (done.exit_code, count(app)) == (0, 0)
    assert "400 orders could be imported" in done.stdout


def test_the_same_file_is_taken_twice_only_when_asked(app: Flask, run: FlaskCliRunner, tmp_path: Path) -> None:
    file = write(tmp_path / "orders.csv", HEADER, ROW)
    assert run.invoke(args=["orders", "import", file]).exit_code == 0
    again = run.invoke(args=["orders", "import", file])
    assert (again.exit_code, count(app)) == (1, 1)
    assert "--again" in again.stderr
    assert run.invoke(args=["orders", "import", file, "--again"]).exit_code == 0
    assert count(app) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_files_are_read_as_spreadsheet_programs_write_them(
    app: Flask, run: FlaskCliRunner, tmp_path: Path, encoding: str, separator: str
) -> None:
    row = ROW.replace("Dupont", "Dupré")
    lines = [line.replace(",", separator) for line in (HEADER, row)]
    done = run.invoke(args=["orders", "import", write(tmp_path / "orders.csv", *lines, encoding=encoding)])
    assert done.exit_code == 0, done.output
    with app.app_context():
        assert db.session.scalar(select(Order.name)) == "Marie Dupré"


def test_the_line_named_is_the_files_own_even_after_a_cell_of_several_lines(
    run: FlaskCliRunner, tmp_path: Path
) -> None:
    message = '"first\nsecond\nthird"'
    file = write(tmp_path / "o.csv", f"{HEADER},message", f"{ROW},{message}", ROW.replace("1000", "105") + ",")
    done = run.invoke(args=["orders", "import", file])
    assert "line 5: postcode:" in done.stderr


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([], "est vide"),
        (["audience,name"], "Il y manque des colonnes : street, number, postcode, town. Celles du fichier sont"),
        ([HEADER.replace(",MAN26", "")], "Aucune colonne ne dit combien d’exemplaires"),
        ([f"{HEADER},MAN99"], "Pli ne connaît pas ces colonnes : MAN99"),
        ([f"{HEADER},name"], "deux fois : name"),
    ],
)
def test_a_file_that_is_no_table_of_orders_is_refused_in_one_line(
    run: FlaskCliRunner, tmp_path: Path, lines: list[str], told: str
) -> None:
    done = run.invoke(args=["orders", "import", write(tmp_path / "o.csv", *lines)])
    assert done.exit_code == 1
    assert told in done.stderr.replace("\u00a0", " ")
    assert len(done.stderr.splitlines()) == 1


def test_a_file_that_does_not_exist_is_said_so(run: FlaskCliRunner, tmp_path: Path) -> None:
    done = run.invoke(args=["orders", "import", str(tmp_path / "nowhere.csv")])
    assert (done.exit_code, "n’existe pas" in done.stderr) == (1, True)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_export_can_be_imported_again_and_known_references_are_skipped(
    app: Flask, run: FlaskCliRunner, tmp_path: Path, ending: str
) -> None:
    with app.app_context():
        make_order(lines={"MAN26": 3}, organisation="=1+1", phone="+32 2 538 81 77", message="deux\nlignes")
    file = tmp_path / f"orders.{ending}"
    assert "1 order written" in run.invoke(args=["orders", "export", str(file)]).stdout
    table = read(file)
    assert "=1+1" in table.rows[0].cells
    done = run.invoke(args=["orders", "import", str(file)])
    assert done.exit_code == 0, done.output
    assert "is here already, skipped" in done.stderr
    assert count(app) == 1


def test_exported_cells_are_no_formulas(app: Flask, run: FlaskCliRunner, tmp_path: Path) -> None:
    with app.app_context():
        make_order(organisation="=1+1", phone="+33612345678", name="@Marie", department="a;=1")
    file = tmp_path / "orders.csv"
    run.invoke(args=["orders", "export", str(file)])
    text = file.read_text(encoding="utf-8-sig")
    for cell in ("'=1+1", "'+33 6 12 34 56 78", "'@Marie", "a;'=1"):
        assert cell in text


def test_orders_keep_the_day_and_the_past_that_a_file_gives_them(
    app: Flask, run: FlaskCliRunner, tmp_path: Path
) -> None:
    file = write(
        tmp_path / "o.csv",
        f"{HEADER},placed_at,already_sent",
        f"{ROW},2025-11-03,1",
        f"{ROW.replace('marie@', 'anna@').replace(',32,', ',34,')},,",
    )
    assert run.invoke(args=["orders", "import", file]).exit_code == 0
    with app.app_context():
        before, now = db.session.scalars(select(Order).order_by(Order.placed_at))
        assert (before.status, before.placed_at.date().isoformat()) == (OrderStatus.SENT, "2025-11-02")
        assert now.status is OrderStatus.READY


def test_an_odd_place_is_told_and_taken_as_confirmed(app: Flask, run: FlaskCliRunner, tmp_path: Path) -> None:
    file = write(tmp_path / "o.csv", HEADER, ROW.replace("Bruxelles", "Arlon"))
    done = run.invoke(args=["orders", "import", file])
    assert (done.exit_code, count(app)) == (0, 1)
    assert "line 2: town:" in done.stderr


def test_a_mistyped_address_for_mails_is_told_and_taken_as_confirmed(
    app: Flask, run: FlaskCliRunner, tmp_path: Path
) -> None:
    file = write(tmp_path / "o.csv", HEADER, ROW.replace("example.org", "gmail.con"))
    done = run.invoke(args=["orders", "import", file])
    assert (done.exit_code, count(app)) == (0, 1)
    assert "line 2: email:" in done.stderr


def test_rows_of_one_orderer_count_together_and_beside_what_is_here(
    app: Flask, run: FlaskCliRunner, tmp_path: Path
) -> None:
    with app.app_context():
        allow("family", review_above=5, maximum=10)
        make_order(lines={"MAN26": 4}, email="marie@example.org")
    file = write(
        tmp_path / "o.csv",
        f"{HEADER},already_sent",
        f"{ROW},1",
        f"{ROW.replace(',2', ',3')},",
        f"{ROW.replace('marie@', 'anna@').replace(',2', ',2')},",
        f"{ROW.replace('marie@', 'Marie+x@').replace(',32,', ',99,')},",
    )
    done = run.invoke(args=["orders", "import", file])
    assert [line.split(": ")[:2] for line in done.stderr.splitlines() if line.startswith("line ")] == [
        ["line 5", "MAN26"]
    ]
    assert "1 of 4 rows is wrong" in done.stderr
    assert count(app) == 1


def test_repeats_in_a_file_are_left_to_a_coordinator(app: Flask, run: FlaskCliRunner, tmp_path: Path) -> None:
    school = "school,École du Centre,Marie,Rue Haute,{},5590,Ciney,{}@example.org,2"
    file = write(
        tmp_path / "o.csv",
        HEADER.replace("name", "organisation,name"),
        school.format(1, "a"),
        school.format(9, "b").replace("École du Centre", "Ecole du centre"),
    )
    assert run.invoke(args=["orders", "import", file]).exit_code == 0
    with app.app_context():
        first, second = db.session.scalars(select(Order).order_by(Order.id))
        assert (first.status, second.status) == (OrderStatus.READY, OrderStatus.PENDING)
        assert second.review_reasons == ["repeat"]


def test_a_delivery_fills_the_orders_that_the_import_left_waiting(app: Flask, tmp_path: Path) -> None:
    header, *rows = (DATA / "orders-400.csv").read_text().splitlines()
    waiting = select(func.sum(OrderLine.waiting)).join(Order).where(Order.queues)
    with app.app_context():
        make_edition(shelf=60)
    app.test_cli_runner().invoke(args=["orders", "import", write(tmp_path / "o.csv", header, *rows[:40])])
    with app.app_context():
        assert db.session.scalar(waiting)
        receive("MAN26", 1_000)
        receive("LIV26", 1_000)
        assert db.session.scalar(waiting) == 0


MENDED = ROW.replace("Rue de la Senne,32,1000", '"32, rue de la Senne",,B-1000').replace("family", "gezin")


def test_what_is_read_otherwise_than_written_is_told_before_anything_is_placed(
    app: Flask, run: FlaskCliRunner, tmp_path: Path
) -> None:
    file = write(tmp_path / "o.csv", HEADER, ROW.replace("marie@", "anna@").replace(",32,", ",30,"), MENDED)
    told = ["lu « Rue de la Senne » pour « 32, rue de la Senne »", "lu « 32 »", "lu « 1000 » pour « B-1000 »"]
    dry = run.invoke(args=["orders", "import", file, "--dry-run"])
    assert (dry.exit_code, count(app)) == (0, 0)
    lines = [line for line in dry.stderr.replace("\u00a0", " ").splitlines() if line.startswith("line ")]
    assert lines == [
        f"line 3: {name}: {said}." for name, said in zip(("street", "number", "postcode"), told, strict=True)
    ]
    assert run.invoke(args=["orders", "import", file, "--mend"]).exit_code == 0
    with app.app_context():
        order = db.session.scalars(select(Order).order_by(Order.id.desc())).first()
        assert order is not None
        assert (order.audience, order.street, order.number, order.postcode) == (
            "family",
            "Rue de la Senne",
            "32",
            "1000",
        )


def test_a_file_can_be_read_as_it_is_written(app: Flask, run: FlaskCliRunner, tmp_path: Path) -> None:
    done = run.invoke(args=["orders", "import", write(tmp_path / "o.csv", HEADER, MENDED), "--as-written"])
    assert done.exit_code == 1
    assert {line.split(": ")[1] for line in done.stderr.splitlines() if line.startswith("line 2")} == {
        "audience",
        "postcode",
    }


def test_one_column_may_hold_the_whole_address(app: Flask, run: FlaskCliRunner, tmp_path: Path) -> None:
    header = "Pour qui;École;Nom;Adresse;E-mail;MAN26"
    row = "école;École du Centre;Zoé;{};zoe@example.org;3"
    file = write(tmp_path / "o.csv", header, row.format("Rue du Potaerdenberg 170, 1070 ANDERLECHT"))
    assert run.invoke(args=["orders", "import", file]).exit_code == 0
    with app.app_context():
        assert db.session.execute(select(Order.street, Order.number, Order.postcode, Order.town)).one() == (
            "Rue du Potaerdenberg",
            "170",
            "1070",
            "ANDERLECHT",
        )
    done = run.invoke(args=["orders", "import", write(tmp_path / "p.csv", header, row.format("près de l’église"))])
    assert done.stderr.startswith("line 2: address: « près de l’église » ne se lit pas".replace("« ", "«\u00a0")[:20])
    assert len([line for line in done.stderr.splitlines() if line.startswith("line 2")]) == 1


def test_cells_that_a_spreadsheet_program_keeps_as_dates_are_read_as_days_and_never_as_house_numbers(
    app: Flask, run: FlaskCliRunner, tmp_path: Path
) -> None:
    book = Workbook()
    sheet = book.create_sheet("commandes", 0)
    sheet.append(["Liste de décembre"])
    sheet.append([*HEADER.split(","), "needed_by", "phone"])
    person = ["family", "Marie Dupont", "Rue Haute", 12, 1000, "Bruxelles", "marie@example.org", 2]
    sheet.append([*person, date(2026, 12, 10), 475123456])
    sheet.append([*person[:3], date(2026, 7, 5), *person[4:], None, None])
    book.save(tmp_path / "o.xlsx")
    done = run.invoke(args=["orders", "import", str(tmp_path / "o.xlsx"), "--dry-run"])
    told = done.stderr.replace("\u00a0", " ").splitlines()
    assert "line 4: number: Le tableur a fait une date de ce numéro" in done.stderr
    assert "line 3: phone: lu « 0475 12 34 56 » pour « 475123456 »." in told
    sheet.delete_rows(4)
    book.save(tmp_path / "o.xlsx")
    assert run.invoke(args=["orders", "import", str(tmp_path / "o.xlsx")]).exit_code == 0
    with app.app_context():
        assert db.session.execute(select(Order.needed_by, Order.phone)).one() == (date(2026, 12, 10), "+32475123456")


def test_ten_thousand_rows_are_asked_about_in_few_queries(app: Flask, run: FlaskCliRunner, tmp_path: Path) -> None:
    rows = [ROW.replace(",32,", f",{n},").replace("marie@", f"m{n}@") for n in range(1, 121)]
    asked: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    done = run.invoke(args=["orders", "import", write(tmp_path / "o.csv", HEADER, *rows), "--dry-run"])
    assert "120 orders could be imported" in done.stdout
    assert len(asked) < 20
