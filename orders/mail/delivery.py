"""Hands one mail to the server and turns the server's answer into an `Outcome`.

A server that cannot be reached is not the mail's fault: the mail stays due and the worker pauses. Whatever goes wrong
with one mail counts as an attempt of that mail, and the next one follows: no single receiver, and no mail that cannot
be written, holds up the others.
"""

import smtplib
from collections.abc import Callable
from functools import partial

from flask import Flask, current_app
from flask_mail import BadHeaderError, Mail, Message
from jinja2 import TemplateError

from orders.association import current_profile
from orders.database import db
from orders.mail.claims import Outcome
from orders.mail.models import OutgoingMail
from orders.mail.smtp import LINE_FAILED, Connection

CANNOT_BE_RENDERED = (TemplateError, LookupError, TypeError, ValueError, AttributeError)

mailer = Mail()


def init_app(app: Flask) -> None:
    app.config["MAIL_SUPPRESS_SEND"] = False
    mailer.init_app(app)


def hand_over(mail_id: int, connection: Connection, begin: Callable[[int, int], None]) -> Outcome:
    """Hand one mail to the server. `begin(mail_id, attempts)` runs right before its last line leaves.

    Raises whatever `begin` raises; the mail has then not been handed over.
    """
    mail = db.session.get_one(OutgoingMail, mail_id)
    try:
        message = message_of(mail)
    except CANNOT_BE_RENDERED as error:
        current_app.logger.exception("mail %s cannot be rendered", mail_id)
        return Outcome(mail_id, f"cannot be rendered: {type(error).__name__}", for_good=True)
    try:
        connection.send(message, partial(begin, mail.id, mail.attempts))
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        return Outcome(mail_id, f"recipient refused: {codes}", for_good=all(code >= 500 for code in codes))
    except smtplib.SMTPSenderRefused as error:  # this concerns the sender, not the mail
        return Outcome(mail_id, f"sender refused: {error.smtp_code}")
    except smtplib.SMTPResponseException as error:
        return Outcome(mail_id, f"server answered {error.smtp_code}", for_good=error.smtp_code >= 500)
    except LINE_FAILED as error:
        return Outcome(mail_id, f"the line broke: {type(error).__name__}")
    except (BadHeaderError, UnicodeError, smtplib.SMTPException) as error:
        return Outcome(mail_id, f"cannot be sent: {type(error).__name__}", for_good=True)
    return Outcome(mail_id)


def message_of(mail: OutgoingMail) -> Message:
    """The mail as it leaves: text and HTML, a Message-ID that stays the same when it is tried again."""
    sender = current_app.config["MAIL_DEFAULT_SENDER"] or current_profile().mail_sender
    message = Message(
        subject=mail.subject,
        recipients=[mail.address],
        body=mail.text,
        html=mail.html,
        sender=sender,
        reply_to=sender,
        date=mail.posted_at.timestamp(),
        extra_headers={"Auto-Submitted": "auto-generated", "Content-Language": mail.language},
    )
    message.msgId = mail.message_id
    return message
