"""What an installation needs beside its database: a mail server, a worker, room on the disk, folders, a typeface."""

import os
import shutil
import smtplib
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from flask import current_app

from orders.association import current_profile
from orders.backups import backup_runs
from orders.clock import now
from orders.commands.doctor.findings import Finding, ok, warning, wrong
from orders.commands.doctor.settings_checks import sender
from orders.mail import smtp
from orders.mail.statistics import mails_by_state
from orders.shared_state import worker_heartbeats
from orders.shipping.printing import sample
from orders.web import request_times

GIGABYTE = 10**9
LITTLE, VERY_LITTLE = 2 * GIGABYTE, GIGABYTE // 2  # bytes free


def mail_server() -> Iterator[Finding]:
    about, server = "mail server", current_app.config["MAIL_SERVER"]
    if not server:
        return
    where = f"{server}:{current_app.config['MAIL_PORT']}"
    try:
        with smtp.Server() as connection:
            refused = connection.refusal_of(sender())
    except (smtp.Unreachable, smtplib.SMTPException, OSError) as error:
        kind = type(error.__cause__ or error).__name__
        advice = "see whether name, port, TLS and password are right, and whether a firewall stands between"
        yield wrong(about, f"{where} does not let us in ({kind})", advice)
        return
    if refused:
        advice = "ask whoever runs it to let this machine send for that address"
        yield wrong(about, f"{where} refuses mails from {sender()} ({refused})", advice)
    else:
        yield ok(about, f"{where} answers and takes mails from {sender()}")


def mails() -> Iterator[Finding]:
    moment = now()
    found = mails_by_state(at=moment)
    if found.is_stuck and found.since:
        said = f"{found.waiting} wait, the oldest since {found.since:%Y-%m-%d %H:%M} UTC"
        yield wrong("mails", said, "see the worker and the mail server here, and what /office/mail/ says")
    elif found.given_up:
        yield warning("mails", f"{found.given_up} were given up or held back", "look at them at /office/mail/")
    else:
        yield ok("mails", f"{found.waiting} wait")


def last_backup() -> Iterator[Finding]:
    found = backup_runs.last_backup(at=now())
    when = f"the last one was made on {found.at:%Y-%m-%d at %H:%M} UTC" if found.at else "none was made yet"
    advice = "see that a worker runs and that PLI_BACKUP_FOLDER has room, or make one: flask backup FILE"
    if found.is_too_old:
        yield wrong("backup", f"{when}{_and(found.error)}", advice)
    elif found.error:
        yield warning("backup", f"{when}{_and(found.error)}", advice)
    else:
        yield ok("backup", when)


def _and(error: str) -> str:
    return f"; then it failed: {error}" if error else ""


def worker() -> Iterator[Finding]:
    moment, seen = now(), worker_heartbeats.last_seen()
    if alive := worker_heartbeats.alive(at=moment):
        yield ok("worker", f"{alive} at work")
    else:
        since = f"none was seen since {seen:%Y-%m-%d %H:%M} UTC" if seen else "none ever ran, or it was stopped"
        advice = "start it (systemctl start pli-worker, or flask worker): nobody sends mails or does the day's chores"
        yield wrong("worker", since, advice)


def disk() -> Iterator[Finding]:
    folder = current_app.instance_path
    free = shutil.disk_usage(folder).free
    said = f"{free / GIGABYTE:.1f} GB free for {folder}"
    if free < LITTLE:
        yield (wrong if free < VERY_LITTLE else warning)("disk", said, "make room, or move to a larger disk")
    else:
        yield ok("disk", said)


def folders() -> Iterator[Finding]:
    wanted = [Path(current_app.instance_path), Path(tempfile.gettempdir())]
    if counted := os.environ.get(request_times.FOLDER):
        wanted.append(Path(counted))
    unwritable = [folder for folder in wanted if not _is_writable(folder)]
    for folder in unwritable:
        yield wrong(
            "folders", f"nothing can be written to {folder}", f"let the user that runs Pli write there: {folder}"
        )
    if not unwritable:
        yield ok("folders", "can be written to")


def _is_writable(folder: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def typeface() -> Iterator[Finding]:
    """Draws a label of the association's own."""
    try:
        sample.print_sample_label(current_profile(), out=BytesIO())
    except Exception as error:  # whatever it is, labels and slips cannot be printed
        advice = "install the packages of requirements.txt anew"
        yield wrong("typeface", f"a label cannot be drawn ({type(error).__name__})", advice)
    else:
        yield ok("typeface", "labels and slips can be drawn")
