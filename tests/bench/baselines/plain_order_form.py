"""The baseline of `order_bench`: a usual order form with Flask-SQLAlchemy and Flask-WTF.

Written as their documentation writes it: the macro of Flask's own pages renders each field, the page is rendered each
time, the session writes the rows. The same fields, an order with its lines, stock guarded as tutorials do it (the row
is locked, then changed), a mail as a row, a redirect. No allowances, no queue, no repeats, no postage, no ledger, no
journal, one language.
"""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import Flask, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import FlaskForm
from jinja2 import DictLoader
from sqlalchemy import ForeignKey, Text, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from wtforms import (
    BooleanField,
    EmailField,
    IntegerField,
    RadioField,
    StringField,
    SubmitField,
    TelField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Email, Length, NumberRange, Optional, Regexp

from orders.ordering.models import Delivery
from tests.factories import AUDIENCES


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class Publication(Model):
    __tablename__ = "plain_publication"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    title: Mapped[str]
    stock: Mapped[int]


class Order(Model):
    __tablename__ = "plain_order"
    id: Mapped[int] = mapped_column(primary_key=True)
    audience: Mapped[str]
    organisation: Mapped[str]
    name: Mapped[str]
    department: Mapped[str]
    building: Mapped[str]
    street: Mapped[str]
    number: Mapped[str]
    box: Mapped[str]
    postcode: Mapped[str]
    town: Mapped[str]
    email: Mapped[str] = mapped_column(index=True)
    phone: Mapped[str]
    delivery: Mapped[str]
    needed_by: Mapped[str]
    message: Mapped[str] = mapped_column(Text)
    news: Mapped[bool]
    placed_at: Mapped[datetime]
    lines: Mapped[list["Line"]] = relationship(back_populates="order")


class Line(Model):
    __tablename__ = "plain_line"
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey(Order.id), index=True)
    publication_id: Mapped[int] = mapped_column(ForeignKey(Publication.id))
    copies: Mapped[int]
    order: Mapped[Order] = relationship(back_populates="lines")
    publication: Mapped[Publication] = relationship()


class Mail(Model):
    __tablename__ = "plain_mail"
    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)


class OrderForm(FlaskForm):  # type: ignore[misc]
    MAN = IntegerField("Manuel", validators=[Optional(), NumberRange(0, 500)])
    LIV = IntegerField("Livret", validators=[Optional(), NumberRange(0, 500)])
    audience = RadioField("Vous êtes…", choices=[each.code for each in AUDIENCES], validators=[DataRequired()])
    organisation = StringField("École ou organisation", validators=[Length(max=40)])
    name = StringField("Prénom et nom", validators=[DataRequired(), Length(max=40)])
    department = StringField("Service ou classe", validators=[Length(max=40)])
    building = StringField("Bâtiment, étage", validators=[Length(max=40)])
    street = StringField("Rue", validators=[DataRequired(), Length(max=40)])
    number = StringField("Numéro", validators=[DataRequired(), Length(max=8)])
    box = StringField("Boîte", validators=[Length(max=8)])
    postcode = StringField("Code postal", validators=[DataRequired(), Regexp("^[0-9]{4}$")])
    town = StringField("Localité", validators=[DataRequired(), Length(max=40)])
    email = EmailField("Adresse e-mail", validators=[DataRequired(), Email()])
    phone = TelField("Téléphone", validators=[Length(max=20)])
    delivery = RadioField("Comment les recevoir ?", choices=[each.value for each in Delivery], default="post")
    needed_by = StringField("Il me les faut avant le", validators=[Length(max=10)])
    message = TextAreaField("Un mot pour l’équipe", validators=[Length(max=500)])
    billing_name = StringField("Nom pour la facture")
    billing_address = TextAreaField("Adresse pour la facture")
    purchase_order = StringField("Numéro de bon de commande")
    news = BooleanField("Envoyez-moi aussi des nouvelles")
    send = SubmitField("Commander")


TEMPLATES = {
    "base.html": """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{{ title }}</title>
<link rel="stylesheet" href="{{ url_for('static', filename='style.css') }}"></head>
<body><header><a href="{{ url_for('order') }}">Marathon des lettres</a></header>
{% for message in get_flashed_messages() %}<p>{{ message }}</p>{% endfor %}
<main class="container">{% block content %}{% endblock %}</main></body></html>""",
    "order.html": """{% extends 'base.html' %}{% from '_formhelpers.html' import render_field %}
{% block content %}<h1>{{ title }}</h1>
{% for each in publications %}<p>{{ each.title }} : {{ each.stock }} en stock</p>{% endfor %}
<form method="post">{{ form.hidden_tag() }}<dl>
{% for field in form if field.widget.input_type != 'hidden' %}{{ render_field(field) }}{% endfor %}
</dl></form>{% endblock %}""",
    "_formhelpers.html": """{% macro render_field(field) %}<dt>{{ field.label }}
<dd>{{ field(**kwargs)|safe }}{% if field.errors %}<ul class=errors>{% for error in field.errors %}<li>{{ error }}</li>
{% endfor %}</ul>{% endif %}</dd>{% endmacro %}""",
    "mail.txt": """Bonjour {{ order.name }},
Merci ! Votre commande {{ order.id }} est bien reçue.
{% for line in order.lines %}{{ line.copies }} × {{ line.publication.title }}
{% endfor %}Lettres sans frontières""",
    "mail.html": """<!doctype html><html lang="fr"><body><h1>Merci</h1><p>Bonjour {{ order.name }},</p>
<ul>{% for line in order.lines %}<li>{{ line.copies }} × {{ line.publication.title }}</li>{% endfor %}</ul>
<p>Votre commande {{ order.id }} est bien reçue.</p></body></html>""",
}


def create_app(url: str, engine_options: dict[str, Any]) -> Flask:
    """The plain application on its own tables beside ours, empty of orders, with two publications."""
    app = Flask(__name__)
    app.config.update(
        PROPAGATE_EXCEPTIONS=True,
        SECRET_KEY="plain",
        SQLALCHEMY_DATABASE_URI=url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options,
    )
    app.jinja_loader = DictLoader(TEMPLATES)
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", _as_safe_as_ours)
        db.drop_all()
        db.create_all()
        db.session.add(Publication(code="MAN", title="Manuel", stock=1_000_000))
        db.session.add(Publication(code="LIV", title="Livret", stock=1_000_000))
        db.session.commit()
    app.add_url_rule("/order", "order", order, methods=["GET", "POST"])
    return app


def _as_safe_as_ours(connection: Any, _record: object) -> None:
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


def order() -> ResponseReturnValue:
    publications = db.session.scalars(select(Publication).order_by(Publication.id)).all()
    form = OrderForm()
    if not form.validate_on_submit():
        return render_template("order.html", title="Commandez", form=form, publications=publications)
    names = [column.key for column in Order.__table__.columns if column.key in form]
    made = Order(placed_at=datetime.now(UTC), **{name: form[name].data for name in names})
    for each in publications:
        wanted = form[each.code].data
        if not wanted:
            continue
        stock = db.session.scalars(select(Publication).where(Publication.id == each.id).with_for_update()).one()
        if stock.stock < wanted:
            db.session.rollback()
            flash(f"{each.title} : il n’y en a plus assez.")
            return render_template("order.html", title="Commandez", form=form, publications=publications)
        stock.stock -= wanted
        made.lines.append(Line(publication=each, copies=wanted))
    db.session.add(made)
    db.session.flush()
    text, html = render_template("mail.txt", order=made), render_template("mail.html", order=made)
    db.session.add(Mail(address=made.email, subject=f"Votre commande {made.id}", text=text, html=html))
    db.session.commit()
    flash(f"Merci ! Votre commande {made.id} est bien reçue.")
    return redirect(url_for("order"), 303)
