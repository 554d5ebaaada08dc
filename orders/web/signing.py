"""Signs with the secret key, and reads what this key or one that it replaced signed (`PLI_SECRET_KEY_FALLBACKS`)."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from flask import current_app
from itsdangerous import BadSignature, Signer


def keys(config: Mapping[str, Any]) -> list[str]:
    """Every key that is still believed, the oldest first and the one that signs last."""
    return [*reversed(config["SECRET_KEY_FALLBACKS"]), config["SECRET_KEY"]]


def sign(value: str, purpose: str) -> str:
    return _signer(current_app.config["SECRET_KEY"], purpose).sign(value).decode()


def read(text: str, purpose: str) -> str | None:
    """What was signed for this purpose, or None for anything that we did not sign exactly so.

    The decoder of the signature is forgiving (several last letters mean the same bytes), so the text must be, byte for
    byte, what its key makes again.
    """
    for key in keys(current_app.config):
        signer = _signer(key, purpose)
        try:
            value = signer.unsign(text.encode()).decode()
        except (BadSignature, ValueError):
            continue
        if hmac.compare_digest(signer.sign(value), text.encode()):
            return value
    return None


def _signer(key: str, purpose: str) -> Signer:
    return Signer(key, salt=purpose, digest_method=hashlib.sha256)
