"""Settings that start, and are still wrong together or in earnest."""

import difflib
import os
from collections.abc import Iterator
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email
from flask import current_app

from orders.association import current_profile
from orders.commands.doctor.findings import Finding, ok, warning, wrong
from orders.config import KEY_FILE, PREFIX, SETTINGS

ABOUT = "settings"
OTHERS = {"INSTANCE", "TEST_DATABASES", "TEST_EVERYTHING"}  # read, but not in the table of settings
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
FEWEST_SIGNS = 10  # different ones: fewer are a word or a run on the keyboard
KNOWN_KEYS = ("change", "secret", "example", "password", "default", "tests")
MADE_UP = (".example", "example.org", "example.com", "example.net", ".invalid", ".test")


def settings() -> Iterator[Finding]:
    """Every finding about settings, or that all is well."""
    found = [*_unknown_names(), *_key(), *_public_url(), *_mail(), *_limits()]
    yield from found or [ok(ABOUT, "are there and fit together")]


def _is_public() -> bool:
    return urlsplit(current_app.config["PUBLIC_URL"]).hostname not in LOOPBACK


def _unknown_names() -> Iterator[Finding]:
    known = {each.name for each in SETTINGS} | OTHERS
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in known:
            near = difflib.get_close_matches(name.removeprefix(PREFIX), known, 1)
            advice = f"did you mean {PREFIX}{near[0]}?" if near else "take it out, or look its name up in README.md"
            yield warning(ABOUT, f"{name} is no setting of Pli and does nothing", advice)


def _key() -> Iterator[Finding]:
    key, older = current_app.config["SECRET_KEY"], current_app.config["SECRET_KEY_FALLBACKS"]
    make_one = 'python3 -c "import secrets; print(secrets.token_urlsafe(48))" makes a good one'
    if len(set(key)) < FEWEST_SIGNS or any(word in key.lower() for word in KNOWN_KEYS):
        said = f"{PREFIX}SECRET_KEY can be guessed: whoever does signs in as anybody"
        yield wrong(ABOUT, said, make_one)
    if key in older:
        said = f"{PREFIX}SECRET_KEY stands in {PREFIX}SECRET_KEY_FALLBACKS too: nothing was replaced"
        yield warning(ABOUT, said, make_one)
    if key == current_app.config["METRICS_TOKEN"]:
        said = f"{PREFIX}METRICS_TOKEN is {PREFIX}SECRET_KEY: the monitor could sign in as anybody"
        yield wrong(ABOUT, said, "give the monitor a token of its own")
    file = Path(current_app.instance_path) / KEY_FILE
    if file.exists() and file.stat().st_mode & 0o077:
        yield wrong(ABOUT, f"{file} can be read by others on this machine", f"chmod 600 {file}")


def _public_url() -> Iterator[Finding]:
    url, proxies = current_app.config["PUBLIC_URL"], current_app.config["TRUSTED_PROXIES"]
    is_https = url.startswith("https://")
    if not _is_public():
        said = f"{PREFIX}PUBLIC_URL is {url}: links in mails open on this machine only"
        yield warning(ABOUT, said, "well for trying out; before real orders set the address that people type")
    elif not is_https:
        said = f"{PREFIX}PUBLIC_URL is http: passwords and addresses cross the network for everybody to read"
        yield wrong(ABOUT, said, "put a proxy with a certificate in front, and say https here")
    if is_https and not proxies:
        said = f"{PREFIX}PUBLIC_URL is https, so a proxy stands in front, but {PREFIX}TRUSTED_PROXIES is 0"
        yield wrong(ABOUT, said, f"{PREFIX}TRUSTED_PROXIES=1; until then all visitors count as one for the limits")
    if proxies and not _is_public():
        said = f"{PREFIX}TRUSTED_PROXIES is {proxies}, but {PREFIX}PUBLIC_URL is of this machine"
        yield warning(ABOUT, said, "without a proxy in front anybody may claim any network address: set 0")


def _mail() -> Iterator[Finding]:
    config = current_app.config
    server, name, password = config["MAIL_SERVER"], config["MAIL_USERNAME"], config["MAIL_PASSWORD"]
    if not server:
        said = f"{PREFIX}MAIL_SERVER is not set: mails become files and reach nobody"
        advice = "well for trying out; before real orders name the server that sends for you"
        yield (wrong if _is_public() else warning)(ABOUT, said, advice)
    if bool(name) != bool(password):
        said = f"of {PREFIX}MAIL_USERNAME and {PREFIX}MAIL_PASSWORD one is set: neither is used"
        yield wrong(ABOUT, said, "set both, or none")
    if server and password and not config["MAIL_USE_TLS"] and server not in LOOPBACK:
        said = f"the password of the mail server crosses the network in the clear: {PREFIX}MAIL_USE_TLS is false"
        yield wrong(ABOUT, said, f"{PREFIX}MAIL_USE_TLS=true (STARTTLS, mostly on port 587)")
    yield from _sender()


def _sender() -> Iterator[Finding]:
    address = parseaddr(sender())[1]
    try:
        domain = validate_email(address, check_deliverability=False, test_environment=True).domain
    except EmailNotValidError:
        yield wrong(ABOUT, f"the sender of mails is no address: {address!r}", f"set {PREFIX}MAIL_DEFAULT_SENDER")
        return
    if current_app.config["MAIL_SERVER"] and domain.endswith(MADE_UP):
        said = f"mails come from {address}, which exists nowhere: most servers refuse them"
        yield wrong(ABOUT, said, f"set {PREFIX}MAIL_DEFAULT_SENDER, or the sender at /office/settings/")


def sender() -> str:
    """Who mails come from."""
    return str(current_app.config["MAIL_DEFAULT_SENDER"] or current_profile().mail_sender)


def _limits() -> Iterator[Finding]:
    if _is_public() and not current_app.config["RATELIMIT_ENABLED"]:
        said = f"{PREFIX}RATELIMIT_ENABLED is false: passwords can be tried without end"
        yield wrong(ABOUT, said, "take it out")
