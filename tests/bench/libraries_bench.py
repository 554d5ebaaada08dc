"""Own code beside the library that does the same: `python -m tests.bench.libraries_bench`.

Its figures stand in docs/decisions, with the reason why one or the other was taken. A library that is not installed is
passed over; `pip install ftfy python-calamine flask-compress` brings those that Pli does without.
"""

import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask
from flask.testing import FlaskClient
from openpyxl import Workbook

from labels.barcodes import code128, qr
from labels.tables import UnreadableTable, mojibake, open_table
from labels.tables.encodings import find_encoding
from orders.database import db
from orders.ordering.review.name_likeness import is_same_organisation
from orders.web import compression
from tests.conftest import make_app
from tests.ordering.review.test_matching import DIFFERENT, SAME

Each = TypeVar("Each")

CODES = 10_000
ENCODINGS = ("cp1252", "mac_roman", "cp850", "cp437", "iso8859_15", "utf-16")
WARM = 5  # that are done before the clock starts
PICK = random.Random(1)
NAMES = sorted({name for pair in SAME for name in pair})
ACCENTED = [name for name in NAMES if not name.isascii()]
FROM_ELSEWHERE = ("Žižek", "Guðrún Þórsdóttir", "Łukasz Wójcik", "João São", "Παπαδόπουλος", "Şebnem Özgür", "Åse Ærø")


def main() -> int:
    for compare in (qr_codes, bar_codes, likeness, double_encoding, encodings, delimiters, workbooks, responses):
        sys.stdout.write(f"\n{(compare.__doc__ or '').strip()}\n")
        for who, figures in compare():
            sys.stdout.write(f"  {who:34} {figures}\n")
    return 0


def qr_codes() -> Iterable[tuple[str, str]]:
    """QR codes of links: CPU for 10,000 codes."""
    links = [f"https://lettres.example.org/o/{PICK.randbytes(24).hex()}" for _ in range(CODES)]
    yield "own", _cpu(lambda link: qr.picture(link, 0, 0, 60), links)
    if segno := _library("segno"):
        yield "segno", _cpu(lambda link: segno.make(link, error="m", boost_error=False), links[:200])
        yield (
            "segno, mask given",
            _cpu(lambda link: segno.make(link, error="m", mask=0, boost_error=False), links[:500]),
        )
    if reportlab := _library("reportlab.graphics.barcode.qrencoder"):
        yield "reportlab", _cpu(lambda link: _reportlab_qr(reportlab, link), links[:20])


def bar_codes() -> Iterable[tuple[str, str]]:
    """Code 128 of references: CPU for 10,000 codes, and bytes of each in the page before compression."""
    references = ["".join(PICK.choices("BCDEFGHJKLNPRSTVX", k=8)) for _ in range(500)]
    place = code128.placed(10, 10, 20)
    size = len(code128.bars(references[0], place))
    yield "own", f"{_cpu(lambda each: code128.bars(each, place), references)}, {size} bytes"
    library, canvas = import_module("reportlab.graphics.barcode.code128"), import_module("reportlab.pdfgen.canvas")
    page = canvas.Canvas(BytesIO(), pageCompression=0)
    cpu = _cpu(lambda each: library.Code128(each, barWidth=0.7).drawOn(page, 10, 10), references)
    size = sum(map(len, page._code)) // (len(references) + WARM)
    yield "reportlab", f"{cpu}, {size} bytes"


def likeness() -> Iterable[tuple[str, str]]:
    """Names that are one organisation, and names that are two: how many pairs of the published table are told right."""
    pairs = [(*pair, True) for pair in SAME] + [(*pair, False) for pair in DIFFERENT]
    yield "own", _share(is_same_organisation(one, other) == same for one, other, same in pairs)
    if fuzz := _library("rapidfuzz.fuzz"):
        for name in ("ratio", "token_sort_ratio", "token_set_ratio", "WRatio"):
            scored = [(getattr(fuzz, name)(one.lower(), other.lower()), same) for one, other, same in pairs]
            best = max(range(101), key=lambda bound: sum((score >= bound) == same for score, same in scored))
            right = _share((score >= best) == same for score, same in scored)
            yield f"rapidfuzz {name}", f"{right}, with the best bound there is ({best})"


def double_encoding() -> Iterable[tuple[str, str]]:
    """Letters encoded twice: how many names come out as they were meant, and how many right ones stay as they are."""
    doubled = [(name.encode().decode(codec), name) for name in ACCENTED for codec in ("latin-1", "mac_roman", "cp850")]
    right = [*((name, name) for name in (*NAMES, *FROM_ELSEWHERE))]
    menders: list[tuple[str, Callable[[str], str]]] = [("own", mojibake.mended)]
    if ftfy := _library("ftfy"):
        menders.append(("ftfy", ftfy.fix_encoding))
    for who, mend in menders:
        mended, kept = (_share(mend(text) == meant for text, meant in some) for some in (doubled, right))
        yield who, f"mended {mended}, kept {kept}, {_cpu(mend, [text for text, _ in doubled])}"


def encodings() -> Iterable[tuple[str, str]]:
    """Files with one word beyond ASCII, in six encodings: read rightly, refused, or read wrongly without a word."""
    library = import_module("charset_normalizer")
    words = sorted({word for name in ACCENTED for word in re.findall(r"\w+", name) if not word.isascii()})
    texts = [(f"nom;ville\n{word};Huy\n", encoding) for word in words if "œ" not in word for encoding in ENCODINGS]
    files, names = [text.encode(encoding) for text, encoding in texts], [encoding for _, encoding in texts]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "table.csv")

        def own(content: bytes) -> str:
            path.write_bytes(content)
            try:
                return content.decode(find_encoding(path))
            except UnreadableTable:
                return ""

        yield "own", _encoding_figures(own, files, names)
    for who, isolated in (("charset-normalizer", None), ("the same, told which", [*ENCODINGS])):
        matches = partial(library.from_bytes, cp_isolation=isolated)
        yield who, _encoding_figures(partial(_best, matches), files, names)


def delimiters() -> Iterable[tuple[str, str]]:
    """CSV with a title above, commas in cells, `sep=`: cells that come out right."""
    csv = import_module("csv")
    texts = [(text.replace("|", mark), mark) for text in _tables() for mark in ";,\t"]

    def sniffed(text: str) -> str:
        try:
            return str(csv.Sniffer().sniff(text, ";,\t|").delimiter)
        except csv.Error:
            return ""

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "table.csv")

        def own(text: str) -> str:
            path.write_text(text)
            with open_table(
                path, lambda heading: heading.lower() if heading.lower() in ("nom", "rue") else ""
            ) as table:
                return mark_of[text] if len(table.header) == 3 else ""

        mark_of = dict(texts)
        yield "own", _share(own(text) == mark for text, mark in texts)
    yield "csv.Sniffer", _share(sniffed(text) == mark for text, mark in texts)


def workbooks() -> Iterable[tuple[str, str]]:
    """Workbooks of 10,000 rows with 10 columns, and of two cells, one of them in the last row: CPU, memory at most."""
    with tempfile.TemporaryDirectory() as folder:
        large, tall = Path(folder, "large.xlsx"), Path(folder, "tall.xlsx")
        _write(large, ([f"{name} {row}" for name in PICK.choices(NAMES, k=10)] for row in range(10_000)))
        book = Workbook()
        sheet = book.create_sheet(index=0)
        sheet.cell(1_048_576, 50).value = sheet.cell(1, 1).value = "name"
        book.save(tall)
        for path in (large, tall):
            yield f"own with openpyxl, {path.stem}", _reading(_OWN, path)
            if _library("python_calamine"):
                yield f"calamine, {path.stem}", _reading(_CALAMINE, path)


def _write(path: Path, rows: Iterable[list[str]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    book.save(path)


_OWN = "from labels.tables import open_table\nwith open_table(Path(sys.argv[1])) as table: list(table.rows())"
_CALAMINE = "import python_calamine as c\nc.load_workbook(sys.argv[1]).get_sheet_by_index(0).to_python(nrows=10_000)"
_MEASURED = """
import re, sys, time
from pathlib import Path
{}
peak = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())
print(f"{{time.process_time():.1f}} s, {{int(peak[1]) // 1024}} MB")
"""


def _reading(program: str, path: Path) -> str:
    command = [sys.executable, "-c", _MEASURED.format(program), str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _tables() -> list[str]:
    rows = [f'"{name}, bloc A"|Rue Haute {number}|"5590 Ciney; Namur"' for number, name in enumerate(NAMES[:8], 1)]
    plain = [f"{name}|Rue Haute {number}|Ciney" for number, name in enumerate(NAMES[:8], 1)]
    heads = (
        "Nom|Rue|Localité\n",
        "Commandes du 3 mai, groupe 12; Ciney\n\nNom|Rue|Localité\n",
        "sep=|\nNom|Rue|Localité\n",
    )
    return [head + "\n".join(lines) + "\n" for head in heads for lines in (rows, plain, plain[:1])]


def _best(matches: Callable[[bytes], Any], content: bytes) -> str:
    return str(matches(content).best())


def _encoding_figures(read: Callable[[bytes], str], files: list[bytes], names: list[str]) -> str:
    found = [(read(content), content.decode(name)) for content, name in zip(files, names, strict=True)]
    right = sum(text.lstrip("\ufeff") == meant.lstrip("\ufeff") for text, meant in found)
    refused = sum(text in ("", "None") for text, _ in found)
    return f"{right} of {len(found)} right, {refused} refused, {len(found) - right - refused} wrong"


def _reportlab_qr(library: Any, link: str) -> None:
    code = library.QRCode(None, library.QRErrorCorrectLevel.M)
    code.addData(link)
    code.make()


def responses() -> Iterable[tuple[str, str]]:
    """Compressed responses: CPU for 10,000 and bytes, of a public page, of a style sheet, of a page of the staff."""
    ways: dict[str, Callable[[Flask], object]] = {"none": lambda app: None, "own": compression.init_app}
    if library := _library("flask_compress"):
        ways["flask-compress"] = library.Compress
    for who, add in ways.items():
        with tempfile.TemporaryDirectory() as folder:
            app = make_app("sqlite://", Path(folder), COMPRESS_BR_LEVEL=4, COMPRESS_ALGORITHM=["br", "gzip"])
            app.after_request_funcs[None].remove(compression._compress)
            add(app)
            with app.app_context():
                db.create_all()
                for url in ("/privacy", "/bootstrap/static/css/bootstrap.min.css", "/staff/login"):
                    read = partial(_response, app.test_client())
                    yield f"{who} {url.rpartition('/')[2]}", f"{_cpu(read, [url] * 100)}, {len(read(url))} bytes"


def _response(client: FlaskClient, url: str) -> bytes:
    with closing(client.get(url, headers={"Accept-Encoding": "gzip, br"}, buffered=True)) as answer:
        return answer.get_data()


def _cpu(do: Callable[[Each], object], many: Sequence[Each]) -> str:
    for each in many[:WARM]:
        do(each)
    start = time.process_time()
    for each in many:
        do(each)
    return f"{(time.process_time() - start) / len(many) * CODES:.2f} s CPU for {CODES:,}"


def _share(right: Iterable[bool]) -> str:
    told = list(right)
    return f"{sum(told)} of {len(told)}"


def _library(name: str) -> Any:
    return import_module(name) if find_spec(name.partition(".")[0]) else None


if __name__ == "__main__":
    sys.exit(main())
