"""DOOR: the commands behind `flask`. Exit codes: 0 done, 1 the data is wrong (a message says how), 2 usage."""

from flask import Flask

from orders.commands import backup, demo, directory, migrations, orders, privacy, serve, staff, stock, worker
from orders.commands.doctor import command as doctor

COMMANDS = (
    migrations.db,
    staff.staff,
    orders.orders,
    directory.directory,
    stock.stock,
    worker.worker,
    demo.demo,
    privacy.privacy,
    backup.backup,
    backup.restore,
    serve.start,
    doctor.doctor,
)


def init_app(app: Flask) -> None:
    for each in COMMANDS:
        app.cli.add_command(each)
