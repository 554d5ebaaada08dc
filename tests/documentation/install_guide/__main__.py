"""Runs the guide's commands in an empty folder: `make install-check`.

The server's folders become folders of an empty one, its PostgreSQL becomes one of our own, and no other user is needed;
otherwise what runs is what stands in the page.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from sqlalchemy import make_url

from tests import ROOT, postgres
from tests.documentation.install_guide.blocks import MAY_FAIL, NEEDS_ROOT, Block, blocks

FOLDERS = ("/opt/pli", "/etc/pli", "/var/lib/pli", "/usr/local/bin")
OPTIONAL = ("systemd-analyze",)  # not on every machine that runs the check


def here(text: str, folder: Path, socket: str) -> str:
    """The same commands, or the same file, for this machine."""
    for each in FOLDERS:
        text = text.replace(each, f"{folder}{each}")
    text = text.replace("runuser -u pli -- ", "").replace("postgresql+psycopg:///", "postgresql+psycopg://postgres@/")
    return text.replace("/run/postgresql", socket).replace("REPOSITORY", str(ROOT)).replace("VERSION", "HEAD")


def script(folder: Path, socket: str) -> str:
    """One shell script of all blocks that run here; each says where in the page it stands."""
    parts = ["set -eu"]
    for block in blocks():
        if block.kind != NEEDS_ROOT and not _is_missing(block):
            told = f"echo '--- docs/install.md:{block.line}'"
            commands = f"{{ {block.commands}}} || true" if block.kind == MAY_FAIL else block.commands
            parts += [told, here(commands, folder, socket)]
        if "git clone" in block.commands:
            program = f"{sys.executable} -m tests.documentation.install_guide --files {folder} {socket}"
            parts.append(f"(cd {ROOT} && {program})")
    return "\n".join(parts)


def _is_missing(block: Block) -> bool:
    return any(name in block.commands and not shutil.which(name) for name in OPTIONAL)


def change_files(folder: Path, socket: str) -> None:
    """The files of `deploy/` name the server's folders too."""
    for file in (folder / "opt/pli/app/deploy").iterdir():
        file.write_text(here(file.read_text(), folder, socket))


def run() -> int:
    """Run them all; the exit code of the first that failed."""
    with tempfile.TemporaryDirectory(prefix="pli-install-") as name, postgres.server() as url:
        folder, socket = Path(name), str(make_url(url % "pli").query["host"])
        for each in ("/var/lib/pli", "/usr/local/bin"):
            Path(f"{folder}{each}").mkdir(parents=True)
        postgres.administer(url, "CREATE DATABASE pli")
        told = {each: value for each, value in os.environ.items() if not each.startswith("PLI_")}
        told |= {"PATH": f"{folder}/usr/local/bin:{told['PATH']}", "PGHOST": socket, "PGUSER": "postgres"}
        done = subprocess.run(["sh", "-c", script(folder, socket)], cwd=folder, env=told, check=False)
        return done.returncode


if __name__ == "__main__":
    if sys.argv[1:2] == ["--files"]:
        change_files(Path(sys.argv[2]), sys.argv[3])
    else:
        raise SystemExit(run())
