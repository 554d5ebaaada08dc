"""Pli: orders, stock and parcels of a letter-writing campaign. This module makes the application."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request
from werkzeug.middleware.proxy_fix import ProxyFix

from orders import association, commands, database, error_pages, office, public, signin, wording
from orders.config import read_settings
from orders.mail import delivery
from orders.ordering.queue import backorders
from orders.shared_state import rate_limit_storage  # noqa: F401  knows database://
from orders.web import (
    compression,
    csrf,
    logs,
    rate_limits,
    request_checks,
    request_log,
    request_times,
    search_engines,
    static_assets,
)

ROOT = Path(__file__).resolve().parent.parent
LARGEST_BODY = 256 * 1024  # bytes; the longest honest form is a few kilobytes

HTTPS_ONLY = "max-age=31536000"  # a year

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Make the application. `config` holds settings by their name without prefix, before the environment's.

    `INSTANCE` (`PLI_INSTANCE`) is the folder for what is kept beside the code. Raises `config.WrongSetting` for a
    value that cannot be used.
    """
    config = config or {}
    instance = Path(config.get("INSTANCE") or os.environ.get("PLI_INSTANCE") or ROOT / "instance").resolve()
    app = Flask(__name__, instance_path=str(instance), template_folder=str(ROOT / "templates"))
    instance.mkdir(parents=True, exist_ok=True)
    _configure(app, config, instance)
    logs.init_app(app)
    if proxies := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies, x_prefix=proxies
        )
    for part in (
        request_log,
        request_times,
        database,
        association,
        wording,
        static_assets,
        search_engines,
        compression,
        request_checks,
        error_pages,
        csrf,
        rate_limits,
        delivery,
        signin,
        public,
        office,
        commands,
    ):
        part.init_app(app)
    backorders.listen()
    app.after_request(_harden)
    return app


def _configure(app: Flask, given: Mapping[str, Any], instance: Path) -> None:
    app.config.update(read_settings(given, instance))
    is_https = app.config["PUBLIC_URL"].startswith("https://")
    app.config.update(
        TESTING=bool(given.get("TESTING")),
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MIGRATIONS=str(ROOT / "migrations"),
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_NAME="__Host-session" if is_https else "session",
        SESSION_COOKIE_SECURE=is_https,
        SQLALCHEMY_ENGINE_OPTIONS=database.engine_options(
            app.config["SQLALCHEMY_DATABASE_URI"], app.config["DATABASE_SECONDS"]
        ),
    )


def _harden(response: Response) -> Response:
    """Headers for every answer. Browsers must not store pages of staff or of one order."""
    response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    if request.is_secure or current_app.config["PUBLIC_URL"].startswith("https://"):
        response.headers.setdefault("Strict-Transport-Security", HTTPS_ONLY)
    response.headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
    if request.endpoint not in static_assets.ENDPOINTS and not response.cache_control.public:
        response.headers["Cache-Control"] = "no-store"  # files with labels too, which Flask lets browsers keep
    return response
