"""A mail server on this machine that counts what reaches it, and lets a test act while a mail is being taken in."""

import asyncio
import email
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Postbox:
    """`arrived` holds the Message-ID of every mail, as often as it came; `meanwhile` runs before each is accepted.

    `at_recipient` runs when the server hears for whom a mail is.
    """

    def __init__(self) -> None:
        self.arrived: list[str] = []
        self.meanwhile: Callable[[], object] = lambda: None
        self.at_recipient: Callable[[], object] = lambda: None

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        await asyncio.get_running_loop().run_in_executor(None, self.at_recipient)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 -- aiosmtpd
        content = envelope.content
        assert isinstance(content, bytes)
        self.arrived.append(str(email.message_from_bytes(content)["Message-ID"]))
        await asyncio.get_running_loop().run_in_executor(None, self.meanwhile)
        return "250 OK"


class OnAnyPort(Controller):
    """Asks for whatever port is free; aiosmtpd itself then knocks at port 0."""

    def _trigger_server(self) -> None:
        listening: Any = self.server
        self.port = listening.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def serving(postbox: Postbox) -> Iterator[dict[str, Any]]:
    """The settings with which an application sends to it."""
    controller = OnAnyPort(postbox, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        yield {"MAIL_SERVER": "127.0.0.1", "MAIL_PORT": controller.port}
    finally:
        controller.stop()
