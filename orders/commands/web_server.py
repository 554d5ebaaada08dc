"""The settings of gunicorn: `gunicorn --config python:orders.commands.web_server wsgi:app`.

`HOST` and `PORT` say where it listens. Every name here that is a setting of gunicorn is taken for one.
"""

import gc
import os
from pathlib import Path
from typing import Any

from babel import localedata
from flask import Flask
from gunicorn import glogging
from gunicorn.app.base import BaseApplication
from prometheus_client.multiprocess import mark_process_dead

from orders.clock import local_day, now
from orders.config import read_one
from orders.database import THREADS
from orders.web import request_times
from orders.web.compression import compress_files
from orders.web.logs import formatter
from orders.wording.translation.languages import LOCALES
from orders.workdays import public_holidays

MOST = 4  # processes by themselves: each takes some 100 MB


def processes() -> int:
    """One for each processor, where nobody chose a number."""
    return int(read_one("WEB_PROCESSES") or min(len(os.sched_getaffinity(0)), MOST))


bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = processes()
threads = THREADS
preload_app = True  # read once, then forked: starts sooner and takes less memory
graceful_timeout = 5  # seconds
control_socket_disable = True  # it would lie in the home folder, the same for every server
loglevel = "warning"


class Logger(glogging.Logger):  # type: ignore[misc]  # gunicorn carries no types
    """Gunicorn's own lines, in our format and without what they quote of a request."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(formatter(read_one("LOG_FORMAT")))

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Of a request that is no HTTP gunicorn quotes the sender and the bytes."""
        if msg.startswith("Invalid request"):
            msg, args = "a request that is no HTTP was refused", ()
        super().warning(msg, *args, **kwargs)


logger_class = Logger


def on_starting(_server: Any) -> None:
    """Numbers of processes that are gone would be added to those of the new ones."""
    if folder := os.environ.get(request_times.FOLDER):
        Path(folder).mkdir(parents=True, exist_ok=True)
        for left_over in Path(folder).glob("*.db"):
            left_over.unlink()


def when_ready(server: Any) -> None:
    """The application is read, no process is forked yet: what is made now is made for all of them."""
    compress_files(server.app.wsgi())
    _load_what_each_would()
    gc.collect()
    gc.freeze()  # a collection writes to each object that it looks at, and what is written to is shared no longer


def _load_what_each_would() -> None:
    """What the first forms of every process would load: 11 MB of holidays, 7 of locales, 3 that compare names."""
    import alembic.script  # noqa: F401
    import rapidfuzz.process  # noqa: F401

    public_holidays(local_day(now()).year)
    for locale in LOCALES.values():
        localedata.load(locale)


def child_exit(_server: Any, worker: Any) -> None:
    if os.environ.get(request_times.FOLDER):
        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


class Server(BaseApplication):  # type: ignore[misc]
    """The same server for an application that is there already."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        super().__init__()

    def load_config(self) -> None:
        for name, value in globals().items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._app
