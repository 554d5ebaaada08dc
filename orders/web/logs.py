"""What the program says about itself on standard error: text for people, JSON lines for machines (`PLI_LOG_FORMAT`).

No line holds personal data. An exception is told by its kind and by where it happened, never by its text, which may
quote a row or a form. Of everybody's lines, also those of libraries, what looks like an e-mail address, a query, a
network address or the secret part of an order's link is cut out.
"""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any, TextIO, cast

from flask import Flask, g, has_request_context
from flask.logging import wsgi_errors_stream

FORMATS = ("text", "json")
STEPS = 8  # of the way to an error, counted from its end
_PRIVATE = (
    (re.compile(r"[^\s@<>\"'=/]+@[^\s@<>\"']+"), "…@…"),
    (re.compile(r"\?\S+"), "?…"),
    (re.compile(r"/o/[^\s/?\"']+"), "/o/…"),
    (re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b"), "…"),
    (re.compile(r"\b(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}\b|[0-9a-f:]*::[0-9a-f:]*", re.IGNORECASE), "…"),
)


def init_app(app: Flask) -> None:
    """Send all lines of this process to standard error, once, in the format that this application wants."""
    _HANDLER.setFormatter(formatter(app.config["LOG_FORMAT"]))
    logging.getLogger().addHandler(_HANDLER)
    app.logger.setLevel(logging.INFO)


def formatter(kind: str) -> logging.Formatter:
    return JsonLines() if kind == "json" else TextLines()


def redacted(text: str) -> str:
    """The text without what may say who somebody is."""
    for pattern, instead in _PRIVATE:
        text = pattern.sub(instead, text)
    return text


def trail(error: BaseException) -> str:
    """Where an error happened: files and lines, the last one being where it was raised."""
    steps, where = [], error.__traceback__
    while where is not None:
        steps.append(f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}")
        where = where.tb_next
    return " > ".join(steps[-STEPS:])


def facts(record: logging.LogRecord) -> dict[str, Any]:
    """What a line says, by name. A caller adds names with `extra={"facts": {…}}`."""
    said: dict[str, Any] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": redacted(record.getMessage()),
        "process": record.process,
    }
    if has_request_context() and (request_id := g.get("request_id")):
        said["request_id"] = request_id
    if record.exc_info and (error := record.exc_info[1]):
        said |= {"error": type(error).__name__, "at": trail(error)}
    return said | getattr(record, "facts", {})


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(facts(record), ensure_ascii=False)


class TextLines(logging.Formatter):
    """`2026-11-29T10:43:36.120+00:00 info orders.requests: request  status=200 …`, on one line too."""

    def format(self, record: logging.LogRecord) -> str:
        said = facts(record)
        begin = f"{said.pop('time')} {said.pop('level')} {said.pop('logger')}: {said.pop('message')}"
        more = " ".join(f"{name}={value}" for name, value in said.items())
        return f"{begin}  {more}".replace("\r", " ").replace("\n", " ")


_HANDLER = logging.StreamHandler(cast(TextIO, wsgi_errors_stream))
