"""What an installation has besides its database: its secret key, and settings."""

import hmac
import os
import shlex
from collections.abc import Sequence
from pathlib import Path

from flask import Flask

from orders.config import KEY_FILE, PREFIX, SETTINGS

RESTORED_SETTINGS = "restored-settings.env"
RESTORED_KEY = "restored-secret-key"
MARK_LENGTH = 16


def settings() -> dict[str, str]:
    """The settings that the environment gives, as it gives them; none that is secret."""
    names = [f"{PREFIX}{setting.name}" for setting in SETTINGS if not setting.is_secret]
    return {name: os.environ[name] for name in names if os.environ.get(name)}


def keys(app: Flask) -> list[str]:
    """The secret key, and those that it replaced and that are still honoured."""
    return [app.config["SECRET_KEY"], *app.config["SECRET_KEY_FALLBACKS"]]


def key_mark(key: str) -> str:
    """Whether two places have the same key can be told from it; the key cannot."""
    return hmac.new(key.encode(), b"pli backup", "sha256").hexdigest()[:MARK_LENGTH]


def keep_key(app: Flask, key: str) -> Path:
    """Keep a restored key where the application finds it, unless another one is in use there by a setting.

    A key that was there until now has signed nothing that lives: the database was empty. Returns the file.
    """
    instance = Path(app.instance_path)
    file = instance / KEY_FILE
    is_in_use = not file.exists() or file.read_text().strip() == app.config["SECRET_KEY"]
    kept = file if is_in_use else instance / RESTORED_KEY
    write_for_owner(kept, key + "\n")
    return kept


def keep_settings(app: Flask, kept: dict[str, str], older_keys: Sequence[str]) -> Path | None:
    """Write down the settings of the place that was backed up, to be read by a person: nothing applies them."""
    named = dict(kept)
    if older_keys:
        named[f"{PREFIX}SECRET_KEY_FALLBACKS"] = ",".join(older_keys)
    if not named:
        return None
    file = Path(app.instance_path) / RESTORED_SETTINGS
    write_for_owner(file, "".join(f"{name}={shlex.quote(value)}\n" for name, value in named.items()))
    return file


def write_for_owner(file: Path, content: str) -> None:
    file.unlink(missing_ok=True)
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write(content)
