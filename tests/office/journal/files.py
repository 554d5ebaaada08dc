"""Files that somebody chooses in a form."""

import io

import pikepdf
from PIL import Image


def picture() -> tuple[io.BytesIO, str]:
    out = io.BytesIO()
    Image.new("RGB", (40, 40), "yellow").save(out, "PNG")
    out.seek(0)
    return out, "picture.png"


def a_pdf() -> tuple[io.BytesIO, str]:
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.save(out)
    out.seek(0)
    return out, "manual.pdf"


def a_file_of_orders() -> tuple[io.BytesIO, str]:
    rows = (
        "audience,name,street,number,postcode,town,email,MAN26\nfamily,Zoé,Rue Haute,1,1000,Bruxelles,z@example.org,1\n"
    )
    return io.BytesIO(rows.encode()), "orders.csv"
