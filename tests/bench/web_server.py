"""A web server of ours in processes of its own, on loopback, and people who order from it."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from itertools import count
from pathlib import Path
from socket import socket
from urllib.parse import urlencode

from flask import Flask

from orders.database import db
from tests.bench.order_bench import LEFT_EMPTY, STREETS, fill_in_ours
from tests.conftest import KEY

WEB = [sys.executable, "-m", "gunicorn", "--config", "python:orders.commands.web_server", "wsgi:app"]
PATIENCE = 60  # seconds
NUMBERS = count(1)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: str
    milliseconds: float


class Browser:
    """Somebody at an address of their own, with a connection that stays open and cookies."""

    def __init__(self, port: int, cookies: Mapping[str, str] | None = None) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._cookies = dict(cookies or {})
        self._number = next(NUMBERS)

    def open(self, path: str, form: Mapping[str, str] | None = None) -> Answer:
        number = self._number
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
            "X-Forwarded-For": f"10.{number // 62500}.{number // 250 % 250}.{number % 250 + 1}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        begun = time.perf_counter()
        self._connection.request("POST" if form else "GET", path, urlencode(form) if form else None, headers)
        answer = self._connection.getresponse()
        body = answer.read().decode()
        milliseconds = (time.perf_counter() - begun) * 1000
        for given in answer.headers.get_all("Set-Cookie") or ():
            self._cookies.update({name: each.value for name, each in SimpleCookie(given).items()})
        return Answer(answer.status, dict(answer.headers), body, milliseconds)

    def order(self, copies: Mapping[str, str]) -> Answer:
        """Open the form and send it."""
        number = self._number
        return self.open(
            "/order",
            {
                **dict.fromkeys(LEFT_EMPTY, ""),
                **fill_in_ours(self.open("/order").body),
                **{"copies-MAN26": "", "copies-LIV26": "", **copies},
                "audience": "family",
                "name": "Marie Dupont",
                "street": STREETS[number % len(STREETS)],
                "number": str(number // len(STREETS) + 1),
                "postcode": "1000",
                "town": "Bruxelles",
                "email": f"marie{number}@example.org",
                "delivery": "post",
                "message": f"Merci de Marie {number} !",
            },
        )

    def close(self) -> None:
        self._connection.close()


@contextmanager
def served(url: str, folder: Path, **settings: object) -> Iterator[int]:
    """The port of a web server with these settings, on a database that is ready."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    told = {"DATABASE_URL": url, "INSTANCE": folder, "SECRET_KEY": KEY, "TRUSTED_PROXIES": 1, **settings}
    environment = {
        **os.environ,
        **{f"PLI_{name}": str(value) for name, value in told.items()},
        "PORT": str(port),
    }
    with (folder / "web.log").open("w") as log:
        server = subprocess.Popen(WEB, env=environment, stdout=log, stderr=log)  # noqa: S603 our own command
        try:
            _wait_for(port, server)
            yield port
        finally:
            server.terminate()
            server.wait(PATIENCE)


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(PATIENCE * 10):
        try:
            Browser(port).open("/healthz")
        except OSError:
            if server.poll() is not None:
                sys.exit("the web server did not start")
            time.sleep(0.1)
        else:
            return
    sys.exit("the web server did not answer")


def signed_in(app: Flask, at: float, **who: str) -> dict[str, str]:
    """The cookies of a browser in which a member of the staff is signed in; `who`: `_user_id` and `session`."""
    client = app.test_client()
    with client.session_transaction() as session:
        session.update(who, _fresh=True, fs_cc="set", fs_paa=at)
    cookie = client.get_cookie("session")
    assert cookie
    return {"session": cookie.value}


def let_go() -> None:
    """Close what this process has open of the database, before another serves it."""
    db.session.remove()
    db.engine.dispose()
