"""The first page of a PDF as a picture, drawn by PDFium in a process of its own.

PDFium is a large program in C++ and the PDF comes from outside: one that makes it crash, loop or fill the memory ends
that process, not the web server. Run as a program, this module reads the PDF and writes a PNG.
"""

import resource
import subprocess
import sys

LONGEST_SIDE = 960  # pixels
SECONDS = 10
MOST_MEMORY = 1024**3  # bytes


def draw_first_page(pdf: bytes) -> bytes | None:
    """The page as a PNG; `None` where it cannot be drawn: damaged, behind a password, too large."""
    command = [sys.executable, "-I", __file__]  # by its path: nothing else of Pli is read
    try:
        done = subprocess.run(command, input=pdf, capture_output=True, timeout=2 * SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 and done.stdout else None


def _draw() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    import pypdfium2  # late: only the program needs it

    page = pypdfium2.PdfDocument(sys.stdin.buffer.read())[0]
    picture = page.render(scale=LONGEST_SIDE / max(page.get_size())).to_pil()
    picture.convert("RGB").save(sys.stdout.buffer, "PNG")


if __name__ == "__main__":
    _draw()
