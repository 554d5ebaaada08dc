"""A real Chromium against a real server on this machine."""

import shutil
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright
from werkzeug.serving import make_server

from tests.timeouts import PATIENCE

# Chromium without a window, as Playwright has it by default, takes half the time of the one that has one.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium") or "chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nobody looks at its window: it need not be drawn by a process of its own.
    "--in-process-gpu",
)
PHONE, DESK = 390, 1280
PATIENCE_MS = PATIENCE * 1000
REFUSED_AS_IT_SHOULD = "Failed to load resource: the server responded with a status of 4"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def server_address(app: Flask) -> Iterator[str]:
    """The address at which the application answers."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def screen(chromium: Browser, server_address: str) -> Iterator[Callable[..., BrowserContext]]:
    """A browser window of a width: `screen(390)`. Errors in its scripts, and requests elsewhere, fail the test."""
    opened: list[BrowserContext] = []
    trouble: list[str] = []

    def watch(page: Any) -> None:
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
        page.on(
            "request",
            lambda asked: trouble.append(asked.url) if not asked.url.startswith((server_address, "data:")) else None,
        )

    def open_screen(width: int, **options: Any) -> BrowserContext:
        context = chromium.new_context(
            base_url=server_address,
            viewport={"width": width, "height": 844},
            accept_downloads=True,
            **{"locale": "fr-BE", **options},
        )
        context.set_default_timeout(PATIENCE_MS)
        context.on("page", watch)
        opened.append(context)
        return context

    yield open_screen
    for context in opened:
        context.close()
    assert [each for each in trouble if not each.startswith(REFUSED_AS_IT_SHOULD)] == []
