"""A row for every table, at the revision that made it: what a database in use holds when it is brought up to date."""

from typing import Any

AT = "2026-11-20 09:00:00+00:00"

CELL = {"edition_id": 1, "week": "2026-11-16", "postcode": "5590", "audience": "school"}
SEARCH = "sebnem dupont rue de la senne 32 1000 bruxelles marie@example.org"

# What stands in each table at the revision that made it: one order of two copies, in an open dispatch.
# Whoever adds a table adds a row, or the test says which one is missing.
ROWS: dict[str, dict[str, list[dict[str, Any]]]] = {
    "0001": {
        "edition": [
            {"id": 1, "year": 2026, "title": "Marathon", "opens_on": "2026-09-01", "closes_on": "2027-02-28"}
            | {"letters_back_by": "2027-02-28", "front_text": ""}
        ],
        "staff_member": [
            {"id": 1, "email": "staff@example.org", "password": "*", "must_change_password": False, "role": "office"}
            | {"active": True, "fs_uniquifier": "one", "created_at": AT}
        ],
        "audit_entry": [
            {"id": 1, "at": AT, "by_id": 1, "door": "office", "action": "received", "thing": "publication MAN26"}
            | {"after": '{"copies": 5}'}
        ],
        "dispatch": [{"id": 1, "submission": "a-key", "made_at": AT, "made_by_id": 1}],
        "order_import": [{"id": 1, "digest": "0" * 64, "at": AT, "by_id": 1, "orders": 1}],
        "publication": [
            {"id": 1, "edition_id": 1, "code": "MAN26", "kind": "manual", "titles": '{"fr": "Manuel"}', "format": "A5"}
            | {"pages": 40, "unit_weight_mg": 59_000, "unit_thickness_um": 2_300, "bundle_size": 25}
            | {"read_online_url": "", "low_stock_line": 10, "position": 1}
        ],
        "balance": [
            {"publication_id": 1, "place": place, "copies": copies}
            for place, copies in {"PRINTER": -5, "SHELF": 3, "RESERVED": 2, "SENT": 0, "LOST": 0}.items()
        ],
        "order": [
            {"id": 1, "reference": "KLNBRTVX", "link_nonce": "nonce", "edition_id": 1, "version": 3, "door": "web"}
            | {"audience": "school", "delivery": "post", "when_short": "send", "language": "fr", "organisation": ""}
            | {"name": "Şebnem Dupont", "department": "", "building": "", "street": "Rue de la Senne", "number": "32"}
            | {"box": "", "postcode": "1000", "town": "Bruxelles", "country": "BE", "email": "marie@example.org"}
            | {"phone": "", "message": "", "news_text": "", "search": SEARCH, "status": "dispatching"}
            | {"placed_at": AT, "accepted_at": AT, "sent_before_pli": False, "dispatch_id": 1}
        ],
        "parcel": [{"id": 1, "dispatch_id": 1, "sequence": 1, "part": 1, "parts": 1}],
        "movement": [
            {"id": 1, "at": AT, "publication_id": 1, "copies": 5, "origin": "PRINTER", "destination": "SHELF"}
            | {"reason": "delivery", "order_id": None, "by_id": 1},
            {"id": 2, "at": AT, "publication_id": 1, "copies": 2, "origin": "SHELF", "destination": "RESERVED"}
            | {"reason": "ordered", "order_id": 1, "by_id": None},
        ],
        "movement_note": [{"movement_id": 1, "text": "palette du matin"}],
        "order_line": [
            {"id": 1, "order_id": 1, "publication_id": 1, "copies": 2, "reserved": 2, "sent": 0, "given_up": 0}
        ],
        "parcel_content": [{"id": 1, "parcel_id": 1, "order_line_id": 1, "copies": 2}],
        "outgoing_mail": [
            {"id": 1, "kind": "order_confirmed", "address": "marie@example.org", "language": "fr", "subject": "Merci"}
            | {"text": "Merci", "html": "<p>Merci</p>", "message_id": "<one@pli.test>", "order_id": 1}
            | {"posted_at": AT, "due_at": AT, "attempts": 0, "last_error": ""}
        ],
    },
    "0005": {
        "started_sheet": [{"printer_id": 1, "sheet": "L7163", "next_position": 6}],
        "printing": [
            {"id": 1, "dispatch_id": 1, "paper": "labels", "first": 1, "last": 1, "letters_only": False}
            | {"sheet": "L7163", "start": 6, "printer_id": 1, "at": AT, "by_id": 1, "state": "generated"}
        ],
        "printed_parcel": [{"printing_id": 1, "sequence": 1, "order_id": 1, "run": 1, "digest": "0" * 64}],
    },
    "0006": {"choice_count": [{"publication_id": 1, "day": "2026-11-20", "choice": "read", "times": 3}]},
    "0007": {
        "print_run": [
            {"id": 1, "publication_id": 1, "copies": 3_000, "expected_on": "2026-12-01", "cost_cents": 123_450}
            | {"note": "devis 12", "ordered_at": AT, "by_id": 1}
        ],
    },
    "0008": {
        "parcel_return": [{"parcel_id": 1, "reason": "refused", "lost": False, "at": AT, "by_id": 1}],
    },
    "0010": {
        "stock_count": [{"id": 1, "edition_id": 1, "started_at": AT, "started_by_id": 1}],
        "count_entry": [
            {"id": 1, "count_id": 1, "publication_id": 1, "found": 5, "expected": 5, "last_movement_id": 2}
            | {"note": "palette", "at": AT, "by_id": 1}
        ],
    },
    "0011": {
        "upload": [{"digest": "0" * 64, "media_type": "image/webp", "content": b"RIFF", "uploaded_at": AT}],
        "defended_person": [{"edition_id": 1, "position": 1, "name": "Maryia", "country": "Bélarus", "link": ""}],
        "edition_link": [{"edition_id": 1, "position": 1, "title": "Pétitions", "link": "https://exemple.be/"}],
    },
    "0012": {
        "alert": [{"kind": "low", "thing": "MAN26", "since": AT}],
        "letter_count": [{"id": 1, "order_id": 1, "letters": 24, "at": AT, "by_office": True, "by_id": 1}],
    },
    "0021": {"posted_box": [{"order_id": 1, "parcel_id": 1, "cents": 750, "posted_at": AT}]},
    "0035": {  # sessions
        "staff_session": [
            {"name": "one", "member_id": 1, "began_at": AT, "seen_at": AT, "ends_at": AT, "address": "192.0.2.1"}
            | {"browser": "Firefox", "system": "Windows", "digest": "0" * 64, "previous_digest": "", "renewed_at": AT}
        ],
    },
    "0036": {  # two steps
        "failed_signin": [{"name": "0" * 64, "attempts": 3, "last_at": AT}],
        "passkey": [
            {"id": 1, "member_id": 1, "name": "clé", "credential_id": b"one", "public_key": b"key", "sign_count": 0}
            | {"backup_state": False, "device_type": "single_device", "usage": "secondary"}
            | {"create_datetime": AT, "lastuse_datetime": AT}
        ],
    },
    "0017": {
        "remembered_device": [
            {"name": "one", "member_id": 1, "digest": "0" * 64, "previous_digest": ""}
            | {"signed_in_at": AT, "renewed_at": AT, "ends_at": AT}
        ],
    },
    "0023": {"submitted_form": [{"key": "b-key", "digest": "0" * 64, "at": AT}]},
    "0020": {"association": [{"id": 1, "profile": '{"languages": ["fr"]}', "changed_at": AT}]},
    "0024": {
        "audience": [
            {"code": "choir", "names": '{"fr": "une chorale"}', "hints": "{}", "other_words": "[]", "position": 8}
            | {"organisation": "optional", "is_school": False, "gathers": True}
        ],
    },
    "0028": {"worker_heartbeat": [{"worker": "machine:1", "seen_at": AT}]},
    "0029": {
        "erased_order_count": [CELL | {"orders": 1}],
        "erased_copies_count": [CELL | {"publication_id": 1, "orders": 1, "asked": 2, "sent": 2}],
        "purge": [{"id": 1, "started_at": AT, "months": 3, "door": "worker", "rows": "{}", "orders": "{}"}],
        "erased_order": [{"reference": "KLNBRTVX", "erased_at": AT}],
    },
    "0033": {
        "directory_place": [
            {
                "id": 1,
                "list_code": "fwb",
                "number": "15",
                "street": "Rue Haute",
                "house": "1",
                "box": "",
                "building": "",
            }
            | {"postcode": "1000", "town": "Bruxelles", "commune": "Bruxelles", "latitude": 50.84, "longitude": 4.35}
        ],
        "directory_school": [
            {"id": 1, "place_id": 1, "number": "6", "official_name": "ECOLE", "name": "École", "levels": "[]"}
            | {"network": "WBE"}
        ],
        "directory_import": [
            {"id": 1, "list_code": "fwb", "digest": "d", "at": AT, "places": 1, "added": 1, "changed": 0, "gone": 0}
        ],
    },
    "0042": {
        "drop_off_point": [
            {"id": 1, "key": "0" * 64, "name": "Magasin du monde", "address": "Rue Haute 1", "postcode": "1000"}
            | {"town": "Bruxelles", "hours": "", "note": "", "first_day": "2026-11-01", "last_day": "2026-12-31"}
        ],
    },
    "0049": {
        "event": [
            {"id": 1, "nonce": "nonce", "title": "Soirée", "description": "", "day": "2026-12-10", "venue": ""}
            | {"address": "Rue Haute 1", "postcode": "1000", "town": "Bruxelles", "is_public": True}
            | {"contact_name": "Zoé", "contact_email": "zoe@example.org", "language": "fr", "proposed_at": AT}
            | {"refusal": "", "changed_at": AT}
        ],
    },
    "0050": {
        "reminder": [
            {"id": 1, "nonce": "nonce", "email": "zoe@example.org", "language": "fr", "audience": "school"}
            | {"organisation": "", "name": "Zoé", "department": "", "building": "", "street": "Rue Haute"}
            | {"number": "1", "box": "", "postcode": "1000", "town": "Bruxelles", "phone": "", "copies": "{}"}
            | {"wording": "Gardez mon adresse", "kept_at": AT, "edition_id": 1, "asked": 0}
        ],
    },
    "0034": {"rate_limit": [{"key": "0", "hits": 1, "ends_at": 0}]},
    "0037": {"backup_run": [{"id": 1, "at": AT, "door": "worker", "size": 9000, "is_encrypted": True, "error": ""}]},
    "0041": {
        "directory_pending_list": [
            {"id": 1, "list_code": "fwb", "file_name": "list.csv", "content": b"x", "at": AT, "by_id": 1}
        ]
    },
    "0043": {"order_note": [{"id": 1, "order_id": 1, "at": AT, "by_id": 1, "text": "a rappelé"}]},
}
