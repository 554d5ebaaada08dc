"""Fixtures of all tests: an application on a fresh, migrated database, clients, and people signed in.

Each test that touches the database runs on SQLite and on PostgreSQL. After it, every sum must hold.
"""

import gc
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import event

from orders import association, create_app
from orders.clock import now
from orders.database import db
from orders.schema.migrating import upgrade
from orders.staff.models import StaffRole
from orders.staff.passwords import CURRENT_SCHEME
from orders.web.rate_limits import limiter
from tests import postgres
from tests.factories import make_member, make_session
from tests.fixtures import proven_sums
from tests.fixtures.reused_database import ReusedDatabase
from tests.page import Page

# No test is timed: a busy machine says nothing about a rule. In CI hypothesis draws the same examples each time.
settings.register_profile(
    "pli",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
    database=None,
)
settings.load_profile("pli")

if memory := postgres.in_memory():  # a database on a disk takes ten times as long to copy
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))

PAGES = ("tests/office/", "tests/public/", "tests/browser/")  # a page is tried on one database, a rule on all of them
DATABASES = os.environ.get("PLI_TEST_DATABASES", "sqlite,postgresql").split(",")
KEY = "a key for tests, long enough"
CHEAP = {f"{CURRENT_SCHEME}__{cost}": least for cost, least in (("time_cost", 1), ("memory_cost", 64))}
_applications: dict[str, Flask] = {}  # those that tests share, by the URL of their database


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of a page's test keep one database, by its name: always the same one, and each about as often.

    With `PLI_TEST_EVERYTHING=1` pages are tried on all of them too.
    """
    if os.environ.get("PLI_TEST_EVERYTHING"):
        return
    left_out = [item for item in items if item.nodeid.startswith(PAGES) and not _is_its_database(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]


def pytest_collection_finish() -> None:
    """What is there now stays to the end: the garbage collector need not go through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _is_its_database(item: pytest.Item) -> bool:
    params = getattr(getattr(item, "callspec", None), "params", {})
    if "database_url" not in params:
        return True
    name = item.nodeid.replace(params["database_url"], "")
    return bool(params["database_url"] == DATABASES[crc32(name.encode()) % len(DATABASES)])


class Templates(BytecodeCache):
    """Templates that one application of the tests has compiled need not be compiled by the next."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if (compiled := self.kept.get(bucket.key)) is not None:
            bucket.bytecode_from_string(compiled)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


TEMPLATES = Templates()


def make_app(url: str, instance: Path, **more: Any) -> Flask:
    """An application with the settings of the tests; `more` come before them. Its passwords are cheap to guess."""
    given = {
        "TESTING": True,
        "SECRET_KEY": KEY,
        "DATABASE_URL": url,
        "DATABASE_SECONDS": 60,
        "INSTANCE": str(instance),
        "RATELIMIT_ENABLED": False,
        "RATELIMIT_STORAGE_URI": "memory://",
        "FORM_MINIMUM_SECONDS": 0,
        "UNCONFIRMED_MAILS": 1_000,
        "FORM_KEPT_SECONDS": 0,
        "PUBLIC_URL": "http://pli.test",
    }
    app = create_app({**given, **more})
    app.jinja_env.bytecode_cache = TEMPLATES
    app.extensions["security"].pwd_context.update(**CHEAP)
    app.extensions["security"].hashing_context.update(sha256_crypt__rounds=1_000)
    return app


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite database to copy."""
    folder = tmp_path_factory.mktemp("template")
    app = make_app(f"sqlite:///{folder}/pli.sqlite", folder)
    with app.app_context():
        upgrade()
        db.session.execute(db.text("PRAGMA wal_checkpoint(TRUNCATE)"))
        db.engine.dispose()
    return folder / "pli.sqlite"


@pytest.fixture(scope="session")
def postgres_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a server (its database's name to be filled in) that has a migrated, empty database `template_pli`."""
    with postgres.server() as url:
        postgres.administer(url, "CREATE DATABASE template_pli")
        app = make_app(url % "template_pli", tmp_path_factory.mktemp("instance"))
        with app.app_context():
            upgrade()
            db.engine.dispose()
        yield url


@pytest.fixture(scope="session")
def postgres_database(postgres_template: str) -> Iterator[ReusedDatabase]:
    """The database that is emptied before each test."""
    with ReusedDatabase(postgres_template, "template_pli") as database:
        yield database


@pytest.fixture(scope="session")
def _instances_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("instance_folder")


@pytest.fixture
def instance_folder(_instances_folder: Path) -> Path:
    """The application's folder, empty: at the same path for every test of a process."""
    shutil.rmtree(_instances_folder)
    _instances_folder.mkdir()
    return _instances_folder


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, instance_folder: Path) -> Iterator[str]:
    """A fresh, migrated database of each kind, under the same URL for every test of a process."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        shutil.copy(template, instance_folder / "pli.sqlite")
        yield f"sqlite:///{instance_folder}/pli.sqlite"
        return
    reused: ReusedDatabase = request.getfixturevalue("postgres_database")
    if reused.is_altered():
        for app in _applications.values():
            _disconnect(app)
    yield reused.emptied()


@pytest.fixture
def app(database_url: str, instance_folder: Path) -> Iterator[Flask]:
    """The application. After the test every balance, line and status must agree with the movements.

    It is put together once in a process: routes, templates and statements need not be compiled for every test. What
    lasts (database, folder, settings) is fresh. A test that changes more of it asks for `own_app`.
    """
    if database_url not in _applications:
        _applications[database_url] = _without_fsync(make_app(database_url, instance_folder))
    with as_it_was(_applications[database_url]) as app, proven(app, stays_connected="postgresql" in database_url):
        yield app


@pytest.fixture
def own_app(database_url: str, instance_folder: Path) -> Iterator[Flask]:
    """An application that no other test uses, with the same check at the end as `app`."""
    app = make_app(database_url, instance_folder)
    with proven(app):
        yield app


@contextmanager
def as_it_was(app: Flask) -> Iterator[Flask]:
    """The settings of an application that several tests share are afterwards what they were."""
    limiter.enabled = app.config["RATELIMIT_ENABLED"]  # of all applications in a process: the last one made has set it
    settings = dict(app.config)
    association.forget(app)
    try:
        yield app
    finally:
        app.config.clear()
        app.config.update(settings)


@contextmanager
def proven(app: Flask, *, stays_connected: bool = False) -> Iterator[None]:
    """Check at the end that every sum holds, and close all connections unless the next test finds the same database."""
    yield
    with app.app_context():
        wrong = proven_sums.wrong_sums()
        db.session.remove()
    if not stays_connected:
        _disconnect(app)
    assert wrong == []


def _disconnect(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()


def _without_fsync(app: Flask) -> Flask:
    """SQLite does not wait for the disk, which makes the tests faster."""
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    return app


@pytest.fixture
def app_context(app: Flask) -> Iterator[Flask]:
    """The application with its context open, for tests of rules; page tests take `client` instead."""
    with app.app_context():
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def page(client: FlaskClient) -> Callable[..., Page]:
    """Open a public page and inspect it: `page('/order')`."""
    return lambda url, **options: Page.open(client, url, **options)


@pytest.fixture
def office(app: Flask) -> Callable[[StaffRole], FlaskClient]:
    """A browser in which somebody with this role is signed in: `office(StaffRole.OFFICE)`."""

    def sign_in(role: StaffRole) -> FlaskClient:
        with app.app_context():
            member = make_member(role=role)
            signed_in = {"_user_id": member.fs_uniquifier, "session": make_session(member, at=now())}
        client = app.test_client()
        with client.session_transaction() as session:
            session.update(signed_in, _fresh=True, fs_cc="set", fs_paa=now().timestamp())
        return client

    return sign_in


@pytest.fixture(autouse=True)
def _stays_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection to anything but this machine fails the test."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test reached for {address}")
        real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture
def queries(app: Flask) -> Callable[[FlaskClient, str], int]:
    """How many statements a page takes: `queries(client, '/office/')`, without the row that a process keeps."""
    with app.app_context():
        association.current_profile()

    def count(client: FlaskClient, url: str) -> int:
        statements: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            statements.append(statement)

        with app.app_context():
            engine = db.engine
        client.get(url)  # reads what a process keeps
        event.listen(engine, "before_cursor_execute", note)
        try:
            assert client.get(url).status_code == 200
        finally:
            event.remove(engine, "before_cursor_execute", note)
        return len(statements)

    return count
