"""DOOR: the commands behind `flask`. Exit codes: 0 done, 1 the data is wrong (a message says how), 2 usage."""

from flask import Flask

from orders.commands import demo, directory, orders, privacy, serve, staff, stock, worker

GROUPS = (
    staff.staff,
    orders.orders,
    directory.directory,
    stock.stock,
    worker.worker,
    demo.demo,
    privacy.privacy,
    serve.start,
)


def init_app(app: Flask) -> None:
    for group in GROUPS:
        app.cli.add_command(group)
