"""Settings from the environment: a wrong one stops the start with one clear line."""

import subprocess
import sys
from pathlib import Path

import pytest

from orders.config import WrongSetting, read_settings

KEY = "0123456789abcdef"


def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **environment: str) -> dict[str, object]:
    for name, value in {"SECRET_KEY": KEY, **environment}.items():
        monkeypatch.setenv(f"PLI_{name}", value)
    return read_settings({}, tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("DATABASE_URL", "mysql://x/y", "must begin with sqlite"),
        ("DATABASE_URL", "nonsense", "must be a database URL"),
        ("SECRET_KEY", "short", "at least 16 characters"),
        ("SECRET_KEY_FALLBACKS", f"{KEY},short", "at least 16 characters"),
        ("SESSION_IDLE_MINUTES", "0", "whole number from 1 to 44640"),
        ("SESSION_IDLE_MINUTES", "chief=30", "one for each role: volunteer="),
        ("SESSION_HOURS", "office=721", "whole number from 1 to 720"),
        ("SESSION_HOURS", "office", "whole number from 1 to 720"),
        ("PUBLIC_URL", "commandes.example.org", "must be a web address"),
        ("PUBLIC_URL", "ftp://example.org", "must be a web address"),
        ("MAIL_PORT", "smtp", "whole number from 1 to 65535"),
        ("MAIL_PORT", "99999", "whole number from 1 to 65535"),
        ("MAIL_USE_TLS", "maybe", "true or false"),
        ("MAIL_SERVER", "a\nb", "control characters"),
        ("RATELIMIT_ENABLED", "2", "true or false"),
        ("RATELIMIT_STORAGE_URI", "nowhere", "memory://"),
        ("FORM_MINIMUM_SECONDS", "-1", "whole number from 0 to 600"),
        ("FORM_MINIMUM_SECONDS", "3.5", "whole number from 0 to 600"),
        ("TRUSTED_PROXIES", "-1", "whole number from 0 to 10"),
        ("UNUSUAL_ORDERS", "0", "whole number from 1 to 1000000"),
        ("MOST_ORDERS", "many", "whole number from 1 to 1000000"),
        ("OFFICE_DAYS", "-1", "whole number from 0 to 60"),
        ("OFFICE_DAYS", "three", "whole number from 0 to 60"),
        ("LAST_POSTING", "24:00", "time of day from 00:00 to 23:59, such as 16:30"),
        ("LAST_POSTING", "16h30", "time of day"),
        ("METRICS_TOKEN", "short", "at least 16 characters"),
        ("LOG_FORMAT", "xml", "must be text or json"),
        ("TWO_STEP_REQUIRED", "volunteer", "must be never or administrator or coordinator or office"),
        ("TWO_STEP_REQUIRED", "true", "must be never or"),
        ("POST_DAYS", "2.5", "whole number from 0 to 60"),
    ],
)
def test_a_wrong_value_names_its_variable_and_what_it_must_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    with pytest.raises(WrongSetting) as stopped:
        settings(tmp_path, monkeypatch, **{name: value})
    assert str(stopped.value).startswith(f"PLI_{name} ")
    assert told in str(stopped.value)


def test_values_that_look_like_something_else_stay_what_was_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = settings(tmp_path, monkeypatch, MAIL_PASSWORD="123456", MAIL_USE_TLS="False", SECRET_KEY="1e400" + "0" * 16)
    assert found["MAIL_PASSWORD"] == "123456"
    assert found["MAIL_USE_TLS"] is False
    assert found["SECRET_KEY"] == "1e400" + "0" * 16


def test_without_any_key_the_start_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLI_SECRET_KEY", raising=False)
    with pytest.raises(WrongSetting, match="PLI_SECRET_KEY is not set"):
        read_settings({}, tmp_path)


def test_the_key_that_make_run_keeps_serves_the_commands_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLI_SECRET_KEY", raising=False)
    (tmp_path / "secret_key").write_text("kept by make run\n")
    assert read_settings({}, tmp_path)["SECRET_KEY"] == "kept by make run"


@pytest.mark.slow
def test_a_command_stops_with_that_one_line_and_no_traceback(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "flask", "stock", "verify"],
        env={"PATH": "", "PLI_SECRET_KEY": KEY, "PLI_MAIL_PORT": "smtp"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.strip() == "PLI_MAIL_PORT must be a whole number from 1 to 65535"


@pytest.mark.parametrize(
    ("value", "office", "volunteer"), [("90", 90, 90), ("office=90", 90, 60), ("office=90, volunteer=5", 90, 5)]
)
def test_the_end_of_sessions_is_one_number_or_one_for_each_role(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str, office: int, volunteer: int
) -> None:
    idle = settings(tmp_path, monkeypatch, SESSION_IDLE_MINUTES=value)["SESSION_IDLE_MINUTES"]
    assert isinstance(idle, dict)
    assert (idle["office"], idle["volunteer"]) == (office, volunteer)


def test_keys_that_were_replaced_are_listed_with_commas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = settings(tmp_path, monkeypatch, SECRET_KEY_FALLBACKS="a key from before, the oldest of our keys")
    assert found["SECRET_KEY_FALLBACKS"] == ["a key from before", "the oldest of our keys"]
