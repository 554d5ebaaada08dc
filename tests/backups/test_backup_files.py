"""The file of a backup: who can read it, what secrets are in it, and what is left of it when it cannot be written."""

import gzip
import json
import stat
import subprocess
from pathlib import Path

import pyrage
import pytest
from flask import Flask

from orders.backups import key_and_settings
from tests.backups.places import Place, everything, flask
from tests.conftest import KEY
from tests.faults.small_disk import fill

OLDER_KEY = "an older key, long enough"
OTHER_KEY = "the key of another place"
SECRETS = {
    "PLI_DATABASE_URL": "postgresql+psycopg://pli:secret-word@db/pli",
    "PLI_MAIL_PASSWORD": "secret-word",
    "PLI_RATELIMIT_STORAGE_URI": "redis://:secret-word@cache",
    "PLI_SECRET_KEY": KEY,
    "PLI_SECRET_KEY_FALLBACKS": OLDER_KEY,
}


@pytest.fixture
def here(new_place: Place) -> Flask:
    """A place with a row in every table, and an older key that is still honoured."""
    return new_place("sqlite", name="here", like="full", SECRET_KEY_FALLBACKS=[OLDER_KEY])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.pli"


def content(file: Path) -> str:
    return gzip.decompress(file.read_bytes()).decode()


def test_it_is_for_its_owner_alone_and_lines_that_anybody_can_read_without_pli(here: Flask, file: Path) -> None:
    flask(here, "backup", file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    first, *lines = content(file).splitlines()
    assert json.loads(first)["pli_backup"] == 1
    assert {type(json.loads(line)) for line in lines} == {dict, list}


def test_a_file_that_is_there_is_not_replaced(here: Flask, file: Path) -> None:
    database = Path(here.instance_path) / "pli.sqlite"
    before = database.read_bytes()
    flask(here, "backup", database, code=1, said="exists already")
    assert database.read_bytes() == before


def test_settings_are_in_it_and_no_secret(here: Flask, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**SECRETS, "PLI_PUBLIC_URL": "https://pli.example.org"}.items():
        monkeypatch.setenv(name, value)
    flask(here, "backup", file)
    first = content(file).splitlines()[0]
    assert json.loads(first)["settings"] == {"PLI_PUBLIC_URL": "https://pli.example.org"}
    for secret in ("secret-word", KEY, OLDER_KEY):
        assert secret not in first


def test_what_is_restored_says_that_the_key_is_another_one(here: Flask, file: Path, new_place: Place) -> None:
    flask(here, "backup", file)
    flask(new_place("sqlite", name="same"), "restore", file)
    there = new_place("sqlite", name="other", SECRET_KEY=OTHER_KEY)
    flask(there, "restore", file, said="this place has another secret key")
    assert not (Path(there.instance_path) / "secret_key").exists()


def test_a_key_that_was_asked_for_comes_back_where_the_place_finds_it(
    here: Flask, file: Path, new_place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLI_PUBLIC_URL", "https://pli.example.org/it's")
    flask(here, "backup", file, "--with-key", said="the secret key is in it")
    there = new_place("sqlite", SECRET_KEY=OTHER_KEY)
    folder = Path(there.instance_path)
    (folder / "secret_key").write_text(OTHER_KEY + "\n")
    flask(there, "restore", file, said="the secret key is in ")
    assert (folder / "secret_key").read_text() == KEY + "\n"
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600
    settings = folder / key_and_settings.RESTORED_SETTINGS
    read = f". {settings}; echo $PLI_PUBLIC_URL; echo $PLI_SECRET_KEY_FALLBACKS"
    shown = subprocess.run(["sh", "-c", read], capture_output=True, text=True, check=True).stdout
    assert shown.splitlines() == ["https://pli.example.org/it's", OLDER_KEY]
    assert stat.S_IMODE(settings.stat().st_mode) == 0o600


def test_a_key_that_a_setting_gives_is_not_replaced(here: Flask, file: Path, new_place: Place) -> None:
    flask(here, "backup", file, "--with-key")
    there = new_place("sqlite", SECRET_KEY=OTHER_KEY)
    folder = Path(there.instance_path)
    (folder / "secret_key").write_text("a third key, which nobody uses\n")
    flask(there, "restore", file, said="PLI_SECRET_KEY is another key")
    assert (folder / "secret_key").read_text() == "a third key, which nobody uses\n"
    assert (folder / key_and_settings.RESTORED_KEY).read_text() == KEY + "\n"


@pytest.fixture
def identity(tmp_path: Path) -> Path:
    """The file of a key pair, as `age-keygen` writes it."""
    key = pyrage.x25519.Identity.generate()
    file = tmp_path / "key.txt"
    file.write_text(f"# created: 2026-11-20T09:00:00Z\n# public key: {key.to_public()}\n{key}\n")
    return file


def public_half(identity: Path) -> str:
    return identity.read_text().split("public key: ")[1].split()[0]


def test_only_the_secret_half_of_the_key_opens_it(
    here: Flask, file: Path, identity: Path, new_place: Place, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text(str(pyrage.x25519.Identity.generate()))
    flask(here, "backup", file, "--recipient", public_half(identity))
    assert file.read_bytes().startswith(b"age-encryption.org/v1\n")
    there = new_place("sqlite")
    flask(there, "restore", file, code=1, said="it is encrypted: give the file with the secret key")
    flask(there, "restore", file, "-i", other, code=1, said="none of the keys given opens it")
    flask(there, "restore", file, "-i", file, code=1, said="holds no secret key")
    flask(there, "restore", file, "-i", tmp_path / "none.txt", code=1, said="cannot be read: No such file")
    flask(there, "restore", file, "-i", other, "-i", identity, said="all sums hold")
    assert everything(there) == everything(here)


def test_an_encrypted_one_that_was_altered_or_cut_off_is_refused(
    here: Flask, file: Path, identity: Path, new_place: Place
) -> None:
    flask(here, "backup", file, "-r", public_half(identity))
    there = new_place("sqlite")
    good = file.read_bytes()
    for bad in (good[:50], good[:-1], good[:500], good[:-10] + bytes([good[-10] ^ 1]) + good[-9:]):
        file.write_bytes(bad)
        flask(there, "restore", file, "-i", identity, code=1, said="is damaged or not complete")


def test_a_key_of_ssh_is_as_good(here: Flask, file: Path, new_place: Place, tmp_path: Path) -> None:
    key = tmp_path / "id_ed25519"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    flask(here, "backup", file, "-r", key.with_suffix(".pub").read_text())
    flask(new_place("sqlite"), "restore", file, "-i", key, said="all sums hold")


@pytest.mark.parametrize("given", ["age1nothing", "ssh-ed25519 nothing", "", "marie@example.org"])
def test_what_is_no_public_key_is_refused_before_anything_is_written(here: Flask, file: Path, given: str) -> None:
    flask(here, "backup", file, "-r", given, code=1, said="is no public key")
    assert not file.exists()


@pytest.mark.parametrize("recipients", [[], ["age"]])
def test_a_disk_that_is_full_leaves_no_file_and_says_so(
    here: Flask, disk_of_16_kb: Path, identity: Path, recipients: list[str]
) -> None:
    keys = ["-r", public_half(identity)] if recipients else []
    fill(disk_of_16_kb)
    flask(here, "backup", disk_of_16_kb / "backup.pli", *keys, code=1, said="No space left on device")
    assert [each.name for each in disk_of_16_kb.iterdir()] == ["filler"]


def test_a_folder_that_is_not_there_is_said(here: Flask, file: Path) -> None:
    flask(here, "backup", file.parent / "nowhere" / "backup.pli", code=1, said="No such file or directory")
