"""Starting, memory and the first visit: `python -m tests.bench.start_bench`. Exit status 1 when a bound is missed.

A process of its own makes the application, answers a form, and says what that took. Memory is what one web process
costs a machine: its share (PSS) beside others of the same web server, after `FORMS` forms. The first visit is the form
and all that it links to on this site, as a browser that takes brotli gets it.
"""

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from socket import socket

from flask import Flask

from orders.schema.migrating import upgrade
from tests.bench.labels_bench import told
from tests.bench.web_server import PATIENCE, Browser, served
from tests.conftest import KEY, make_app
from tests.factories import make_edition

START_MS, AGAIN_SECONDS, MEMORY_MB, VISIT_KB = 1_000, 3, 120, 60
PROCESSES, AT_ONCE, FORMS = 2, 8, 200
LINKED = re.compile(r'(?:src|href)="(/static/[^"]+|/bootstrap/[^"]+|/theme[^"]*)"')
START = [sys.executable, "-m", "flask", "start"]
IN_A_PROCESS = """
import json, sys, time
from pathlib import Path
from orders import create_app
imported = time.process_time()
app = create_app(json.loads(sys.argv[1]))
made = time.process_time()
assert app.test_client().get("/order").status_code == 200
lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(json.dumps([imported * 1000, (made - imported) * 1000, int(lines["VmHWM"].split()[0]) / 1000]))
"""


def seconds_to_the_first_page(folder: Path) -> float:
    """Of processor time, from `flask start`, which `make run` is once all is installed and migrated, to the form."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    environment = {**os.environ, "PLI_INSTANCE": str(folder), "PLI_SECRET_KEY": KEY, "PORT": str(port)}
    begun, spent = time.perf_counter(), _seconds_of_children()
    with (folder / "start.log").open("w") as log:
        started = subprocess.Popen(START, env=environment, stdout=log, stderr=log)  # noqa: S603 our own command
    try:
        while not _answers(port):
            assert started.poll() is None, (folder / "start.log").read_text()
            time.sleep(0.02)
        sys.stdout.write(f"     again to the first page by the clock: {time.perf_counter() - begun:.1f} s\n")
    finally:
        started.terminate()
        started.wait(PATIENCE)
    return _seconds_of_children() - spent


def _seconds_of_children() -> float:
    """Processor time of the processes that were started from here and have ended, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _answers(port: int) -> bool:
    try:
        return Browser(port).open("/order").status == 200
    except OSError:
        return False


def shared_memory(url: str, folder: Path) -> float:
    """The share of the largest web process, in MB, once several people at once have asked for forms."""
    with served(url, folder, WEB_PROCESSES=PROCESSES) as port:
        with ThreadPoolExecutor(AT_ONCE) as people:
            answers = list(people.map(lambda _: Browser(port).open("/order"), range(FORMS)))
        assert {each.status for each in answers} == {200}
        (server,) = _children(os.getpid())
        shares = [_kilobytes(each, "smaps_rollup", "Pss") / 1000 for each in _children(server)]
    sys.stdout.write(f"     {len(shares)} web processes: {', '.join(f'{each:.0f}' for each in shares)} MB\n")
    return max(shares)


def _children(process: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def _kilobytes(process: int, file: str, field: str) -> int:
    lines = Path(f"/proc/{process}/{file}").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{field}:"))


def first_visit(app: Flask) -> float:
    """Bytes on the wire of the form and of what it links to, in kB, without headers."""
    client = app.test_client()
    accepts = {"Accept-Encoding": "br, gzip"}
    page = client.get("/order").get_data(as_text=True)
    addresses = ["/order", *dict.fromkeys(LINKED.findall(page))]
    answers = [client.get(each, headers=accepts) for each in addresses]
    assert {each.status_code for each in answers} == {200}
    sizes = {address: len(answer.get_data()) for address, answer in zip(addresses, answers, strict=True)}
    sys.stdout.write(f"     {', '.join(f'{address} {size / 1000:.1f}' for address, size in sizes.items())} kB\n")
    return sum(sizes.values()) / 1000


def main() -> int:
    """Measure on SQLite; the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/pli.sqlite"
        app = make_app(url, Path(folder))
        with app.app_context():
            upgrade()
            make_edition()
        config = json.dumps({"DATABASE_URL": url, "INSTANCE": folder, "SECRET_KEY": "s" * 48})
        command = [sys.executable, "-c", IN_A_PROCESS, config]
        said = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603 our own command
        importing, making, megabytes = json.loads(said.stdout.splitlines()[-1])
        sys.stdout.write(f"     the interpreter with all imports: {importing:.0f} ms of CPU\n")
        sys.stdout.write(f"     a process that shares with nobody: {megabytes:.0f} MB\n")
        again = seconds_to_the_first_page(Path(folder))
        holds = [
            told("making the application", making, START_MS, "ms of CPU", at_least=False),
            told("again to the first page", again, AGAIN_SECONDS, "s of CPU", at_least=False),
            told("memory of a web process", shared_memory(url, Path(folder)), MEMORY_MB, "MB", at_least=False),
            told("first visit of the form", first_visit(app), VISIT_KB, "kB", at_least=False),
        ]
    return 0 if all(holds) else 1


if __name__ == "__main__":
    sys.exit(main())
