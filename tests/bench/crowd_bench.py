"""Many people at once: `python -m tests.bench.crowd_bench`. Exit status 1 when a bound is missed.

Real web servers on loopback, on both databases. How even the times of an order are at 8 and at 32 people at once;
whether many who want the same publication wait for each other; and a rush: as many people each second as when a
mailing sends 20,000 to the form in ten minutes, while somebody works in the office.
"""

import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from orders.clock import now
from orders.schema.migrating import upgrade
from orders.staff.models import StaffRole
from tests.bench.labels_bench import told
from tests.bench.order_bench import postgresql, sqlite
from tests.bench.web_server import Answer, Browser, let_go, served, signed_in
from tests.conftest import make_app
from tests.factories import AUDIENCES, allow, make_edition, make_member, make_session

AT_ONCE = (8, 32)
ORDERS = 120
PAIRS = 5
EVEN = 3.0  # p99 over p50
SAME = 80.0  # per cent of the rate when spread
PER_SECOND = 20_000 / 600
RUSH = 6  # seconds
FULL = 100  # orders, after which the site asks to wait
OFFICE_MS = 5_000  # for the slowest page of the office meanwhile
UNLIMITED = {"FORM_MINIMUM_SECONDS": 0, "MOST_ORDERS": 1_000_000, "UNUSUAL_ORDERS": 1_000_000}
BOTH = ({"copies-MAN26": "1"}, {"copies-LIV26": "1"})


@dataclass(frozen=True, slots=True)
class Crowd:
    """What people got, and how many orders a second that is."""

    answers: list[Answer]
    per_second: float

    @property
    def unevenness(self) -> float:
        times = [each.milliseconds for each in self.answers]
        return quantiles(times, n=100)[98] / median(times)


def order_at_once(port: int, people: int, *wanted: Mapping[str, str]) -> Crowd:
    """So many people at once order one after another what is wanted in turn."""

    def order(number: int) -> Answer:
        browser = Browser(port)
        try:
            return browser.order(wanted[number % len(wanted)])
        finally:
            browser.close()

    begun = time.perf_counter()
    with ThreadPoolExecutor(people) as crowd:
        answers = list(crowd.map(order, range(ORDERS)))
    assert {each.status for each in answers} == {303}, Counter(each.status for each in answers)
    return Crowd(answers, ORDERS / (time.perf_counter() - begun))


def compare_crowds(name: str, port: int) -> list[bool]:
    order_at_once(port, 8, *BOTH)  # statements and templates are compiled
    crowds = {people: order_at_once(port, people, *BOTH) for people in AT_ONCE}
    return [
        *(
            told(f"{name}: p99/p50 of {people}", crowd.unevenness, EVEN, "times", at_least=False)
            for people, crowd in crowds.items()
        ),
        told(f"{name}: one publication", 100 * _same_to_spread(port), SAME, "%", at_least=True),
    ]


def _same_to_spread(port: int) -> float:
    """The rate at which all get the same publication, divided by the rate of both in turn; they take turns too."""
    pairs = ([order_at_once(port, AT_ONCE[0], *wanted).per_second for wanted in (BOTH[:1], BOTH)] for _ in range(PAIRS))
    return median(same / spread for same, spread in pairs)


def rush(name: str, port: int, cookies: Mapping[str, str]) -> list[bool]:
    """People come at their own pace, whether or not others were answered; meanwhile somebody works in the office."""
    answers: list[Answer] = []
    office: list[Answer] = []
    is_over = threading.Event()

    def order(_number: int) -> None:
        browser = Browser(port)
        answers.append(browser.order(BOTH[0]))
        browser.close()

    def work() -> None:
        member = Browser(port, cookies)
        while not is_over.is_set():
            office.append(member.open("/office/"))
            is_over.wait(0.5)

    worker = threading.Thread(target=work)
    worker.start()
    people = []
    for number in range(int(RUSH * PER_SECOND)):
        people.append(threading.Thread(target=order, args=(number,)))
        people[-1].start()
        time.sleep(1 / PER_SECOND)
    for each in people:
        each.join()
    is_over.set()
    worker.join()
    statuses = Counter(each.status for each in answers)
    sys.stdout.write(f"     {name}: {len(people)} people, answers {dict(statuses)}; office {len(office)} pages\n")
    good = sum(_is_good(each) for each in answers)
    slowest = max(each.milliseconds for each in office if each.status == 200)
    opened = sum(each.status == 200 for each in office)
    return [
        told(f"{name}: rush, answered well", 100 * good / len(people), 100, "%", at_least=True),
        told(f"{name}: rush, slowest office page", slowest, OFFICE_MS, "ms", at_least=False),
        told(f"{name}: rush, office pages", 100 * opened / len(office), 100, "%", at_least=True),
    ]


def _is_good(answer: Answer) -> bool:
    """The order's page; or to come back later, with all that was typed."""
    if answer.status == 303:
        return True
    return answer.status == 429 and "Retry-After" in answer.headers and "Merci de Marie" in answer.body


def measure(name: str, url: str, folder: Path) -> list[bool]:
    app = make_app(url, folder)
    with app.app_context():
        upgrade()
        make_edition(shelf=100_000)
        for audience in AUDIENCES:
            allow(audience.code, review_above=50, maximum=500)
        member = make_member(role=StaffRole.COORDINATOR)
        who = {"_user_id": member.fs_uniquifier, "session": make_session(member, at=now())}
        let_go()
    cookies = signed_in(app, now().timestamp(), **who)
    with served(url, folder, FORM_MINIMUM_SECONDS=0, MOST_ORDERS=FULL) as port:
        holds = rush(name, port, cookies)
    with served(url, folder, **UNLIMITED) as port:
        return holds + compare_crowds(name, port)


def main() -> int:
    """Measure both databases; the exit status."""
    holds: list[bool] = []
    for name, database in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
        with database() as (url, _), tempfile.TemporaryDirectory() as folder:
            holds += measure(name, url, Path(folder))
    return 0 if all(holds) else 1


if __name__ == "__main__":
    sys.exit(main())
