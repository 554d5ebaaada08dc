"""`flask worker`."""

from pathlib import Path

from flask import Flask

from tests.factories import make_edition, make_order


def test_once_sends_everything_that_is_due_and_ends(app: Flask, workplace: Path) -> None:
    with app.app_context():
        make_edition()
        for _ in range(25):
            make_order()
    done = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert done.exit_code == 0, done.output
    assert len(list((workplace / "mail").glob("*.eml"))) == 25


def test_once_says_when_the_server_does_not_answer(own_app: Flask) -> None:
    app = own_app
    app.config["MAIL_SERVER"], app.config["MAIL_PORT"] = "127.0.0.1", 1
    app.extensions["mail"].server, app.extensions["mail"].port = "127.0.0.1", 1
    with app.app_context():
        make_edition()
        make_order()
    done = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert (done.exit_code, "does not answer" in done.stderr) == (1, True)
