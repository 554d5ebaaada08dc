"""`docs/install.md` and `deploy/`: what the guide installs is there, fits together, and is locked up."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from orders.config import PREFIX, SETTINGS
from tests import ROOT
from tests.documentation.install_guide.blocks import GUIDE, MAY_FAIL, NEEDS_ROOT, RUN, blocks
from tests.documentation.test_readme import MADE, shown

DEPLOY = ROOT / "deploy"
UNITS = ("pli-web.service", "pli-worker.service")
MOST_EXPOSED = "20"  # of 100, by systemd's own measure; without any hardening a service has 96
needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")


@pytest.fixture
def units(tmp_path: Path) -> list[str]:
    """The units, their programs being those of this folder."""
    for name in UNITS:
        (tmp_path / name).write_text((DEPLOY / name).read_text().replace("/opt/pli/app", str(ROOT)))
    return [str(tmp_path / name) for name in UNITS]


@needs_systemd
def test_systemd_understands_every_line_of_the_units(units: list[str]) -> None:
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@needs_systemd
@pytest.mark.parametrize("number", range(len(UNITS)))
def test_a_service_may_do_little_more_than_it_must(units: list[str], number: int) -> None:
    command = ["systemd-analyze", "security", "--no-pager", "--offline=true", f"--threshold={MOST_EXPOSED}"]
    done = subprocess.run([*command, units[number]], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-200:]


def test_every_setting_is_explained_with_its_default() -> None:
    lines = (DEPLOY / "pli.env").read_text().splitlines()
    named = {found[2]: (bool(found[1]), found[3]) for line in lines if (found := re.match(r"(#?)PLI_(\w+)=(.*)", line))}
    assert set(named) == {each.name for each in SETTINGS} | {"INSTANCE"}
    for each in SETTINGS:
        is_off, value = named[each.name]
        if is_off:
            assert value == ("" if each.name in MADE else shown(each.default)), each.name


def test_each_block_says_who_can_run_it() -> None:
    kinds = [block.kind for block in blocks()]
    assert set(kinds) == {RUN, NEEDS_ROOT, MAY_FAIL}
    assert kinds.count(RUN) >= 9


def test_what_the_guide_installs_is_there() -> None:
    named = set(re.findall(r"deploy/([\w.-]+\w)", GUIDE.read_text()))
    assert named - {".env"} == {file.name for file in DEPLOY.iterdir()}


def test_the_proxy_replaces_what_a_visitor_says_of_himself() -> None:
    set_by_proxy = dict(re.findall(r"proxy_set_header (\S+) +(\S+);", (DEPLOY / "nginx.conf").read_text()))
    assert set_by_proxy["X-Forwarded-For"] == "$remote_addr"
    assert {"X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Prefix", "X-Request-ID"} <= set(set_by_proxy)


def test_the_image_holds_what_runs_and_the_containers_share_it() -> None:
    copied = re.findall(r"^COPY (?!--from)(\S+)", (DEPLOY / "Containerfile").read_text(), re.MULTILINE)
    assert [name for name in copied if not (ROOT / name).exists()] == []
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    ours = {name: service for name, service in services.items() if name != "database"}
    assert set(ours) == {"migrations", "web", "worker"}
    assert {service["image"] for service in ours.values()} == {"pli"}
    known = {PREFIX + each.name for each in SETTINGS} | {"PLI_INSTANCE", "HOST"}
    assert [name for service in ours.values() for name in service["environment"] if name not in known] == []
