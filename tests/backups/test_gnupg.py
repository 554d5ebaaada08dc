"""Backups that are encrypted to a public key of GnuPG, and read back as docs/backup.md says."""

import os
import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from orders.backups import backup, backup_file, daily, gnupg
from orders.clock import now
from orders.commands.worker import do_chore
from orders.database import snapshot
from tests import ROOT
from tests.backups.places import Place, everything, flask
from tests.faults.small_disk import fill

GUIDE = (ROOT / "docs/backup.md").read_text().split("\n### With GnuPG\n")[1].split("\n## ")[0]
MAKE_KEY, USE_KEY = (block.splitlines() for block in re.findall(r"```gpg\n(.*?)```", GUIDE, re.DOTALL))
UNATTENDED = "gpg --batch --quiet --passphrase ''"  # nobody is there to type a passphrase


class Keyring:
    """Somebody's own folder of GnuPG, with a secret key, and the file of its public half."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.public = folder / "pli-backups.asc"
        for line in MAKE_KEY:
            # the quickest kind: the usual one of older versions takes seconds to make
            self.type(line.replace("gpg ", f"{UNATTENDED} ", 1).replace("default default", "future-default default"))

    def type(self, line: str) -> bytes:
        """Type a line in a shell; what came out."""
        done = subprocess.run(
            ["sh", "-c", line],
            cwd=self.folder,
            env={**os.environ, "GNUPGHOME": str(self.folder)},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def decrypt(self, file: Path) -> Path:
        plain = self.folder / "plain.pli"
        self.type(f"{UNATTENDED} --yes --output {plain} --decrypt {file}")
        return plain


@pytest.fixture(scope="module")
def keyring() -> Iterator[Keyring]:
    """In a short folder: the path of the agent's socket has a bound."""
    folder = Path(tempfile.mkdtemp(prefix="gpg-", dir="/tmp"))
    made = Keyring(folder)
    yield made
    made.type("gpgconf --kill all")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def here(new_place: Place) -> Flask:
    return new_place("sqlite", name="here", like="full")


def test_it_is_made_and_restored_by_the_commands_of_the_guide(
    here: Flask, new_place: Place, keyring: Keyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the backup is made, there is nothing of GnuPG's but its program and the file of the public key."""
    monkeypatch.setenv("GNUPGHOME", str(tmp_path / "no-keyring"))
    monkeypatch.chdir(keyring.folder)
    make, restore = (line.replace("/mnt/backups", str(tmp_path)).replace(".venv/bin/flask ", "") for line in USE_KEY)
    flask(here, *shlex.split(make), said="all sums hold")
    assert gnupg.is_encrypted((tmp_path / "pli-today.pli.gpg").read_bytes())
    decrypt, piped = restore.split(" | ")
    there = new_place("sqlite")
    flask(there, *shlex.split(piped), said="all sums hold", piped=keyring.type(decrypt))
    assert everything(there) == everything(here)
    for cut_short in (b"", keyring.type(decrypt)[:-1]):
        flask(new_place("sqlite", f"cut_{len(cut_short)}"), *shlex.split(piped), code=1, piped=cut_short)


def test_whoever_restores_it_as_it_is_is_told_what_to_type(here: Flask, keyring: Keyring, tmp_path: Path) -> None:
    file = tmp_path / "my backup.pli.gpg"
    flask(here, "backup", "-r", keyring.public, file)
    flask(here, "restore", file, code=1, said=f"gpg --decrypt '{file}' | .venv/bin/flask restore -")
    armoured = keyring.folder / "armoured.asc"
    keyring.type(f"gpg --enarmor < '{file}' | sed 's/ARMORED FILE/MESSAGE/' > {armoured}")
    flask(here, "restore", armoured, code=1, said="it is encrypted by GnuPG")


OTHER_KEY = f"{UNATTENDED} --faked-system-time 20200101T000000 --quick-generate-key"
NO_KEYS = [
    ("echo age1nothing >", "there is none in it"),
    (": >", "there is none in it"),
    (f"{UNATTENDED} --armor --export-secret-keys 'Pli backups' >", "it is a secret key"),
    (f"{OTHER_KEY} Signing ed25519 sign never; gpg --export Signing >", "it is made for signing alone"),
    (f"{OTHER_KEY} Old future-default default 1d; gpg --export Old >", "it has expired"),
    ("gpg --export >", "there are 3 in it"),
]
"""What to type to make a file that is no key to encrypt to, and why it is none."""


def test_what_is_no_public_key_is_refused_with_the_reason_before_anything_is_written(
    here: Flask, keyring: Keyring, tmp_path: Path
) -> None:
    file = tmp_path / "backup.pli"
    key = tmp_path / "key.asc"
    for line, why in NO_KEYS:
        keyring.type(f"{line} {key}")
        flask(here, "backup", "-r", key, file, code=1, said=why)
    flask(here, "backup", "-r", tmp_path, file, code=1, said="Is a directory")
    flask(here, "backup", "-r", tmp_path / "none.asc", file, code=1, said="No such file or directory")
    flask(here, "backup", "-r", keyring.public, "-r", "age1nothing", file, code=1, said="not to both")
    assert not file.exists()


def test_a_machine_without_gnupg_says_so(
    here: Flask, keyring: Keyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gnupg, "PROGRAM", "gpg-that-is-not-there")
    flask(here, "backup", "-r", keyring.public, tmp_path / "backup.pli", code=1, said="gpg is not installed here")


def test_a_full_disk_leaves_no_file_and_says_so(here: Flask, disk_of_16_kb: Path, keyring: Keyring) -> None:
    fill(disk_of_16_kb)
    file = disk_of_16_kb / "backup.pli"
    flask(here, "backup", "-r", keyring.public, file, code=1, said="No space left on device")
    assert [each.name for each in disk_of_16_kb.iterdir()] == ["filler"]


def test_what_breaks_off_while_it_is_read_leaves_no_file(
    here: Flask, keyring: Keyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GnuPG would take half of it for the whole."""
    file = tmp_path / "backup.pli"

    def rows(*_: object) -> Iterator[bytes]:
        yield bytes(100_000)
        raise RuntimeError("the database went away")

    monkeypatch.setattr(backup_file, "written", rows)
    with here.app_context(), snapshot(), pytest.raises(RuntimeError, match="went away"):
        backup.make(file, at=now(), recipients=[str(keyring.public)])
    assert list(tmp_path.glob("*backup*")) == []


def test_the_daily_one_is_encrypted_too_and_says_when_its_key_is_gone(
    here: Flask, keyring: Keyring, new_place: Place
) -> None:
    here.config["BACKUP_RECIPIENTS"] = [str(keyring.public)]
    with here.app_context():
        assert do_chore(daily.CHORE)
    (file,) = (Path(here.instance_path) / "backups").iterdir()
    assert re.fullmatch(r"pli-\d{4}-\d\d-\d\d\.pli\.gpg", file.name)
    flask(new_place("sqlite"), "restore", keyring.decrypt(file), said="all sums hold")
    here.config["BACKUP_RECIPIENTS"] = ["/nowhere/key.asc"]
    with here.app_context():
        (outcome,) = daily.look(at=now())
    assert outcome.error == "PLI_BACKUP_RECIPIENTS: /nowhere/key.asc: No such file or directory"
