"""A connection to the mail server, kept for many mails."""

import smtplib
import ssl
from collections.abc import Callable
from email.utils import parseaddr
from pathlib import Path
from typing import Any, Protocol, Self

import flask_mail
from flask import current_app
from flask_mail import Message

PATIENCE = 30.0  # seconds that the mail server may take for one answer
LINE_FAILED = (OSError, smtplib.SMTPServerDisconnected)  # OSError: time-outs and broken sockets too
LAST_LINE = b".\r\n"


class Unreachable(Exception):
    """The mail server does not answer, or not to us; every mail waits."""


class Connection(Protocol):
    """Where mails are handed over, while `is_open`. `before_last_line` runs when all but the last line has left."""

    @property
    def is_open(self) -> bool: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def send(self, message: Message, before_last_line: Callable[[], None]) -> None: ...


class _Smtp(smtplib.SMTP):
    """Stops before the lone dot that ends a mail: until it has that line, the server takes nothing."""

    before_last_line: Callable[[], None]

    def send(self, s: Any) -> None:
        if isinstance(s, bytes) and s.endswith(b"\r\n" + LAST_LINE):
            super().send(s[: -len(LAST_LINE)])
            self.before_last_line()
            s = LAST_LINE
        super().send(s)


class _FlaskMailConnection(flask_mail.Connection):
    """Flask-Mail's, with a limit to how long it waits and with the server's certificate checked."""

    def configure_host(self) -> smtplib.SMTP:
        host = _Smtp(self.mail.server, self.mail.port, timeout=PATIENCE)
        if self.mail.use_tls:
            host.starttls(context=ssl.create_default_context())
        if self.mail.username and self.mail.password:
            host.login(self.mail.username, self.mail.password)
        return host


class Server:
    """The mail server of the settings. Raises `Unreachable` when entered."""

    def __init__(self) -> None:
        self._connection = _FlaskMailConnection(current_app.extensions["mail"])

    def __enter__(self) -> Self:
        try:
            self._connection.__enter__()
        except (*LINE_FAILED, smtplib.SMTPException) as error:
            raise Unreachable(str(error)) from error
        return self

    def __exit__(self, *_: object) -> None:
        try:
            if self.is_open:
                self._host.quit()
        except (*LINE_FAILED, smtplib.SMTPException) as error:
            current_app.logger.info("the mail server closed first: %s", type(error).__name__)
        finally:
            self._host.close()

    @property
    def _host(self) -> _Smtp:
        return self._connection.host  # type: ignore[return-value]

    @property
    def is_open(self) -> bool:
        return self._host.sock is not None

    def refusal_of(self, sender: str) -> str:
        """The code with which the server refuses mails from this sender, empty where it takes them. Sends nothing."""
        address = parseaddr(sender)[1]
        self._host.ehlo_or_helo_if_needed()
        codes = [self._host.mail(address)[0], self._host.rcpt(address)[0]]
        self._host.rset()
        return next((str(code) for code in codes if code >= 500), "")

    def send(self, message: Message, before_last_line: Callable[[], None]) -> None:
        """Hand one mail over. Unless the server answers, the connection is closed: its state is unknown."""
        self._host.before_last_line = before_last_line
        try:
            self._connection.send(message)
        except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused):
            raise
        except BaseException:
            self._host.close()
            raise


class Folder:
    """Stands in for a mail server when none is set: each mail becomes a file that a mail program can open."""

    is_open = True  # a folder never disconnects

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def send(self, message: Message, before_last_line: Callable[[], None]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        name = str(message.msgId).strip("<>").split("@")[0]
        before_last_line()
        (self.folder / f"{name}.eml").write_bytes(message.as_bytes())


def connect() -> Connection:
    """The mail server, or the folder that stands in for it."""
    if not current_app.config["MAIL_SERVER"]:
        return Folder(Path(current_app.instance_path) / "mail")
    return Server()
