"""Settings: one typed table, read from the environment with the prefix `PLI_`.

Values are text and each has one parser, because guessing types from text goes wrong: a password `123456` is not
a number and `False` is not true. A wrong value stops the start with one line that names it.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Config
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

PREFIX = "PLI_"
KEY_FILE = "secret_key"
PUBLIC_KEY = re.compile(r"age1[0-9a-z]{58}$|ssh-(ed25519|rsa) [A-Za-z0-9+/=]+")
SHORTEST_KEY = 16
IDLE_MINUTES = {"volunteer": 60, "office": 480, "coordinator": 480, "administrator": 120}
LONGEST_HOURS = {"volunteer": 12, "office": 720, "coordinator": 720, "administrator": 24}


class WrongSetting(SystemExit):
    """A setting that cannot be used. As a `SystemExit` it ends the start with its one line and no traceback."""


def _text(value: str) -> str:
    if any(ord(letter) < 32 for letter in value):
        raise ValueError("must not contain control characters")
    return value


def _number(lowest: int, highest: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not value.isascii() or not value.isdigit() or not lowest <= int(value) <= highest:
            raise ValueError(f"must be a whole number from {lowest} to {highest}")
        return int(value)

    return parse


def _switch(value: str) -> bool:
    words = {
        "true": True,
        "1": True,
        "yes": True,
        "on": True,
        "false": False,
        "0": False,
        "no": False,
        "off": False,
    }
    if value.lower() not in words:
        raise ValueError("must be true or false")
    return words[value.lower()]


def _time_of_day(value: str) -> time:
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", value):
        raise ValueError("must be a time of day from 00:00 to 23:59, such as 16:30")
    return time.fromisoformat(value)


def _one_of(*words: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value not in words:
            raise ValueError(f"must be {' or '.join(words)}")
        return value

    return parse


def _database(value: str) -> str:
    try:
        url = make_url(value)
    except ArgumentError:
        raise ValueError("must be a database URL: sqlite:///… or postgresql+psycopg://…") from None
    if url.drivername not in {"sqlite", "postgresql+psycopg"}:
        raise ValueError("must begin with sqlite:/// or postgresql+psycopg://")
    return value


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("must be a web address such as https://commandes.example.org")
    return value.rstrip("/")


def _storage(value: str) -> str:
    if "://" not in value:
        raise ValueError("must name a storage: database://, memory:// or redis://localhost:6379")
    return value


def _key(value: str) -> str:
    if len(value) < SHORTEST_KEY:
        raise ValueError(f"must be at least {SHORTEST_KEY} characters long")
    return value


def _keys(value: str) -> list[str]:
    """Keys with commas between them, the latest first."""
    return [_key(each.strip()) for each in value.split(",") if each.strip()]


def _recipients(value: str) -> list[str]:
    """Public keys with commas between them: all of age and SSH, or all in files, by their full paths."""
    keys = [each.strip() for each in value.split(",") if each.strip()]
    in_files = [each for each in keys if each.startswith("/")]
    if in_files != keys and not all(PUBLIC_KEY.match(each) for each in keys):
        raise ValueError(
            "must be public keys of age (age1…) or SSH (ssh-ed25519 …), "
            "or full paths of files with public keys of GnuPG, with commas between them"
        )
    return keys


def _by_role(lowest: int, highest: int, default: Mapping[str, int]) -> Callable[[str], Mapping[str, int]]:
    """One number for everybody, or `volunteer=60,office=480`; a role that is not named keeps its own."""
    number = _number(lowest, highest)
    told = f"must be a whole number from {lowest} to {highest}, or one for each role: {_pairs(default)}"

    def parse(value: str) -> Mapping[str, int]:
        try:
            if "=" not in value:
                return dict.fromkeys(default, number(value))
            given = {role.strip(): number(of.strip()) for role, of in (each.split("=") for each in value.split(","))}
        except ValueError:
            raise ValueError(told) from None
        if given.keys() - default.keys():
            raise ValueError(told)
        return {**default, **given}

    return parse


def _pairs(by_role: Mapping[str, int]) -> str:
    return ",".join(f"{role}={number}" for role, number in by_role.items())


@dataclass(frozen=True)
class Setting:
    """`PLI_<name>`, kept in `app.config` as `key` (its own name where that is not given).

    What is secret never stands in a backup, unless the key is asked for.
    """

    name: str
    parse: Callable[[str], Any]
    default: Any
    key: str = ""
    is_secret: bool = False


SETTINGS = (
    Setting("DATABASE_URL", _database, None, "SQLALCHEMY_DATABASE_URI", is_secret=True),
    Setting("DATABASE_SECONDS", _number(2, 15), 12),
    Setting("SECRET_KEY", _key, None, is_secret=True),
    Setting("SECRET_KEY_FALLBACKS", _keys, [], is_secret=True),
    Setting("PUBLIC_URL", _web_address, "http://127.0.0.1:8000"),
    Setting("MAIL_SERVER", _text, ""),
    Setting("MAIL_PORT", _number(1, 65535), 25),
    Setting("MAIL_USERNAME", _text, None),
    Setting("MAIL_PASSWORD", _text, None, is_secret=True),
    Setting("MAIL_USE_TLS", _switch, False),
    Setting("MAIL_DEFAULT_SENDER", _text, None),
    Setting("RATELIMIT_STORAGE_URI", _storage, "database://", is_secret=True),
    Setting("RATELIMIT_ENABLED", _switch, True),
    Setting("FORM_MINIMUM_SECONDS", _number(0, 600), 3),
    Setting("FORM_KEPT_SECONDS", _number(0, 60), 2),
    Setting("TWO_STEP_REQUIRED", _one_of("never", "administrator", "coordinator", "office"), None),
    Setting("SESSION_IDLE_MINUTES", _by_role(1, 44_640, IDLE_MINUTES), IDLE_MINUTES),
    Setting("SESSION_HOURS", _by_role(1, 720, LONGEST_HOURS), LONGEST_HOURS),
    Setting("TRUSTED_PROXIES", _number(0, 10), 0),
    Setting("RETENTION_MONTHS", _number(1, 120), 3),
    Setting("UNCONFIRMED_MAILS", _number(1, 1000), 10),
    Setting("UNUSUAL_ORDERS", _number(1, 1_000_000), 60),
    Setting("MOST_ORDERS", _number(1, 1_000_000), 300),
    Setting("BACKUP_FOLDER", _text, ""),
    Setting("BACKUP_KEEP", _number(0, 366), 14),
    Setting("BACKUP_RECIPIENTS", _recipients, []),
    Setting("OFFICE_DAYS", _number(0, 60), 3),
    Setting("POST_DAYS", _number(0, 60), 3),
    Setting("LAST_POSTING", _time_of_day, time(16, 30)),
    Setting("WEB_PROCESSES", _number(1, 64), None),
    Setting("METRICS_TOKEN", _key, None, is_secret=True),
    Setting("LOG_FORMAT", _one_of("text", "json"), "text"),
)


def read_settings(given: Mapping[str, Any], instance: Path) -> dict[str, Any]:
    """Every setting by its key in `app.config`: what was given, else the environment, else the default.

    Raises `WrongSetting`, naming the variable, what it must be and nothing of its value.
    """
    environment = Config(".")
    environment.from_prefixed_env("PLI", loads=str)
    settings: dict[str, Any] = {}
    for setting in SETTINGS:
        value = given.get(setting.name, environment.get(setting.name))
        settings[setting.key or setting.name] = _parsed(setting, value)
    settings["SQLALCHEMY_DATABASE_URI"] = settings["SQLALCHEMY_DATABASE_URI"] or f"sqlite:///{instance / 'pli.sqlite'}"
    is_https = settings["PUBLIC_URL"].startswith("https://")
    settings["TWO_STEP_REQUIRED"] = settings["TWO_STEP_REQUIRED"] or ("coordinator" if is_https else "never")
    settings["SECRET_KEY"] = settings["SECRET_KEY"] or _kept_key(instance)
    return settings


def read_one(name: str) -> Any:
    """One setting from the environment, for a program that starts the application only later."""
    setting = next(each for each in SETTINGS if each.name == name)
    return _parsed(setting, os.environ.get(PREFIX + name))


def _parsed(setting: Setting, value: Any) -> Any:
    if value is None or value == "":
        return setting.default
    if not isinstance(value, str):
        return value
    try:
        return setting.parse(value)
    except ValueError as error:
        raise WrongSetting(f"{PREFIX}{setting.name} {error}") from None


def _kept_key(instance: Path) -> str:
    file = instance / KEY_FILE
    if not file.exists():
        raise WrongSetting(
            f"{PREFIX}SECRET_KEY is not set: give it a long random value, or type `make run`, which keeps one"
        )
    return file.read_text().strip()
