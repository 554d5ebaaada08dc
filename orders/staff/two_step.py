"""Two-step sign-in: after the password a code of a telephone, a passkey, or a recovery code.

Who has set up a second step is always asked for it. `PLI_TWO_STEP_REQUIRED` names the role from which on everybody must
have one. What the server keeps of codes is encrypted
with the secret key; what an older key encrypted is encrypted anew when its owner signs in.
"""

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import current_app
from flask_security import Totp
from passlib.totp import TOTP, AppWallet, TotpMatch
from sqlalchemy import delete

from orders.database import db
from orders.staff import accounts, journal, sessions
from orders.staff.journal import Actor
from orders.staff.models import StaffMember
from orders.staff.signin_models import Passkey
from orders.web.signing import keys

AUTHENTICATOR = "authenticator"
ISSUER = "Pli"
CLOCK_MAY_DIFFER = 30  # seconds, of a telephone
CODES_DUE = "codes_due"  # in the browser's session: recovery codes are to be made next


class UsedOnce(Totp):
    """Codes of telephones. Each works once, and the secret is encrypted with the latest key."""

    def __init__(self, secrets: dict[str, str], issuer: str) -> None:
        newest = next(iter(secrets))
        self._totp = TOTP.using(issuer=issuer, wallet=AppWallet(secrets, default_tag=newest))

    def get_last_counter(self, user: Any) -> int | None:
        return user.tf_last_counter

    def set_last_counter(self, user: Any, tmatch: TotpMatch) -> None:
        user.tf_last_counter = tmatch.counter

    def renewed(self, secret: str) -> str | None:
        """The secret under the latest key, or `None` where it is so already."""
        found = self._totp.from_source(secret)
        return str(found.to_json(encrypt=True)) if found.changed else None


def settings(config: Mapping[str, Any]) -> dict[str, Any]:
    """What Flask-Security is told."""
    newest_first = keys(config)[::-1]
    return {
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": [AUTHENTICATOR],
        "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": CLOCK_MAY_DIFFER,
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
        "SECURITY_TOTP_SECRETS": {_tag(key): key for key in newest_first},
        "SECURITY_TOTP_ISSUER": ISSUER,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_N": 10,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS": [_fernet_key(key) for key in newest_first],
        "SECURITY_WEBAUTHN": True,
        "SECURITY_WAN_RP_NAME": ISSUER,
        "SECURITY_WAN_ALLOW_AS_FIRST_FACTOR": False,
        "SECURITY_WAN_ALLOW_AS_VERIFY": ["secondary"],
    }


def is_set_up(member: StaffMember) -> bool:
    return bool(member.tf_totp_secret or member.webauthn)


def take_away(member_id: int, *, at: datetime, by: Actor) -> StaffMember:
    """For who lost the telephone and the recovery codes: sign in with the password alone, or set up another step."""
    member = accounts.lock_member(member_id)
    member.tf_primary_method = member.tf_totp_secret = member.tf_last_counter = member.mf_recovery_codes = None
    db.session.execute(delete(Passkey).where(Passkey.member_id == member.id))
    sessions.end_all(member)
    journal.record("two-step sign-in taken away", f"staff {member.id}", at=at, by=by)
    return member


def renew_encryption(member: StaffMember) -> None:
    """Encrypt with the latest key what an older one encrypted."""
    factory: UsedOnce = current_app.extensions["security"].totp_factory
    if member.tf_totp_secret and (secret := factory.renewed(member.tf_totp_secret)):
        member.tf_totp_secret = secret
    fernet = MultiFernet([Fernet(key) for key in current_app.config["SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS"]])
    if member.mf_recovery_codes and current_app.config["SECRET_KEY_FALLBACKS"]:
        member.mf_recovery_codes = [_rotated(fernet, code) for code in member.mf_recovery_codes]


def _rotated(fernet: MultiFernet, code: str) -> str:
    try:
        return fernet.rotate(code.encode()).decode()
    except InvalidToken:
        return code  # of a key that is lost: it opens nothing


def _tag(key: str) -> str:
    return hashlib.sha256(f"totp tag {key}".encode()).hexdigest()[:16]


def _fernet_key(key: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(f"recovery codes {key}".encode()).digest())
