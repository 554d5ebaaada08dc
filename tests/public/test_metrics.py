"""`/metrics`: figures for Prometheus, for whoever has the token."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import select

from orders.clock import now
from orders.database import db, transact
from orders.mail.models import OutgoingMail
from orders.shared_state import worker_heartbeats
from tests import ROOT
from tests.conftest import make_app
from tests.factories import make_edition, make_order

TOKEN = "a token for the tests"
ALLOWED = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def watched(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    app = make_app(database_url, tmp_path, METRICS_TOKEN=TOKEN)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def samples(app: Flask) -> dict[str, float]:
    """Each value by its name and the values of its labels."""
    answer = app.test_client().get("/metrics", headers=ALLOWED)
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.get_data(as_text=True))
    return {
        " ".join([each.name, *map(str, each.labels.values())]): each.value
        for family in families
        for each in family.samples
    }


def test_it_tells_orders_stock_mails_and_workers(watched: Flask) -> None:
    with watched.app_context():
        make_edition(shelf=10)
        make_order(lines={"MAN26": 3})
        moment = now()
        for mail in db.session.scalars(select(OutgoingMail)):
            mail.posted_at = moment - timedelta(hours=2)
        db.session.commit()
        transact(worker_heartbeats.beat, "here:1", at=moment)
        transact(worker_heartbeats.beat, "gone:2", at=moment - timedelta(hours=1))
    found = samples(watched)
    assert {name: found[name] for name in ("pli_orders ready", "pli_orders cancelled", "pli_database_up")} == {
        "pli_orders ready": 1,
        "pli_orders cancelled": 0,
        "pli_database_up": 1,
    }
    assert (found["pli_stock_copies shelf MAN26"], found["pli_stock_copies reserved MAN26"]) == (7, 3)
    assert (found["pli_mails_waiting"], found["pli_workers"]) == (1, 1)
    assert 7_200 <= found["pli_oldest_waiting_mail_seconds"] < 7_500


def test_it_tells_how_long_each_page_takes_and_no_address(watched: Flask) -> None:
    watched.test_client().get("/Peeters?name=Peeters")
    watched.test_client().open("/privacy", method="PEETERS")
    watched.test_client().get("/privacy")
    found = samples(watched)
    assert found["pli_http_request_seconds_count notices.privacy GET 200"] >= 1
    assert found["pli_http_request_seconds_count none other 404"] >= 1
    assert not [name for name in found if "eeters" in name.lower()]


@pytest.mark.parametrize("sent", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {TOKEN}é"}])
def test_nobody_reads_it_without_the_token(watched: Flask, sent: dict[str, str]) -> None:
    answer = watched.test_client().get("/metrics", headers=sent)
    assert (answer.status_code, answer.get_data()) == (401, b"")


def test_without_a_token_in_the_settings_there_is_no_such_page(app: Flask) -> None:
    assert app.test_client().get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_a_database_that_is_away_is_told(tmp_path: Path) -> None:
    away = make_app("postgresql+psycopg://nobody@127.0.0.1:1/nothing", tmp_path, METRICS_TOKEN=TOKEN)
    found = samples(away)
    assert found["pli_database_up"] == 0
    assert "pli_mails_waiting" not in found


def test_the_times_of_several_processes_are_added(tmp_path: Path) -> None:
    """As the processes of a web server do: each keeps its numbers in the folder that the environment names."""
    watching = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    code = (
        "from orders.web import request_times as times\n"
        "times.SECONDS.labels('office.today.index', 'GET', '200').observe(0.2)\n"
        "from prometheus_client import generate_latest\n"
        "print(generate_latest(times.registry()).decode())"
    )
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=watching, capture_output=True, text=True)
    counted = re.findall(r"pli_http_request_seconds_count{.*} ([\d.]+)", done.stdout)
    assert counted == ["2.0"], done.stderr
