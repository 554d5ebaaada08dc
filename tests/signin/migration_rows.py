"""Rows of the tables of signing in, as `tests/test_migrations.py` fills them."""

AT = "2026-11-20 09:00:00+00:00"
SESSION_ROWS = {
    "staff_session": [
        {"name": "one", "member_id": 1, "began_at": AT, "seen_at": AT, "ends_at": AT, "address": "192.0.2.1"}
        | {"browser": "Firefox", "system": "Windows", "digest": "0" * 64, "previous_digest": "", "renewed_at": AT}
    ],
}
SIGNIN_ROWS = {
    "failed_signin": [{"name": "0" * 64, "attempts": 3, "last_at": AT}],
    "passkey": [
        {"id": 1, "member_id": 1, "name": "clé", "credential_id": b"one", "public_key": b"key", "sign_count": 0}
        | {"backup_state": False, "device_type": "single_device", "usage": "secondary"}
        | {"create_datetime": AT, "lastuse_datetime": AT}
    ],
}
