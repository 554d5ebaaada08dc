"""Tables that hold personal data of orderers, and of the staff."""

from orders.privacy.registry import NULL, REMOVED, ROW, Kind, Table, counted, numbered, word

_PARCELS_OF = (
    "SELECT parcel_content.parcel_id FROM parcel_content"
    " JOIN order_line ON order_line.id = parcel_content.order_line_id"
)
_SUBMITTED_FOR = (
    'SELECT submission FROM "order" WHERE id IN :orders AND submission IS NOT NULL'
    " UNION SELECT submission FROM letter_count WHERE order_id IN :orders AND submission IS NOT NULL"
)
NAMELESS = "ancien-compte-"
"""With its number, what stands for the address of an account that is erased."""
_PUBLICATIONS = "SELECT id FROM publication WHERE edition_id IN :editions"

ORDER = Table(
    "order",
    "id reference edition_id submission version audience delivery when_short door review_reasons postage_due"
    " postage_cents invoiced_at invoiced_cents status placed_at accepted_at rejected_at cancelled_at returned_at"
    " reported_missing_at sent_before_pli dispatch_id erased_at restricted_at is_served institution institution_unsure",
    {
        Kind.IDENTITY: {"name": word(REMOVED), "organisation department": word()},
        Kind.CONTACT: {"email phone": word()},
        Kind.ADDRESS: {"building street number box town": word(), "postcode": counted(), "country": word("BE")},
        Kind.REQUEST: {"language": word("fr"), "needed_by gathering_on people": NULL},
        Kind.BILLING: {"billing_name billing_address purchase_order": word()},
        Kind.CONSENT: {"news_text": word()},
        Kind.FREE_TEXT: {"message repeat_reason decision_reason": word()},
        Kind.TRACE: {"link_nonce search email_key address_key organisation_key": word()},
    },
    of_orders="id IN :orders",
    since="placed_at",
)

MAIL = Table(
    "outgoing_mail",
    "id kind message_id order_id posted_at due_at claimed_until claimed_by handed_at tried_at attempts sent_at"
    " given_up_at",
    {
        Kind.CONTACT: {"address": word(), "language": word("fr")},
        Kind.MAIL: {"subject text html": word(), "told": NULL},
        Kind.TRACE: {"last_error": word()},
    },
    of_orders="order_id IN :orders",
    outdated="order_id IS NULL AND posted_at < :before",
    since="posted_at",
)

PEOPLE = (
    ORDER,
    MAIL,
    Table(
        "event",
        "id day begins ends postcode latitude longitude is_public order_id proposed_at confirmed_at published_at"
        " refused_at changed_at",
        {
            Kind.IDENTITY: {"contact_name": ROW},
            Kind.CONTACT: {"contact_email language": ROW},
            Kind.ADDRESS: {"venue address town": ROW},
            Kind.FREE_TEXT: {"title description refusal": ROW},
            Kind.TRACE: {"nonce": ROW},
        },
        of_orders="order_id IN :orders",
        of_addresses="lower(contact_email) IN :addresses",
        outdated="day < :before",
        since="proposed_at",
    ),
    Table(
        "reminder",
        "id kept_at edition_id asked_edition_id asked",
        {
            Kind.IDENTITY: {"name organisation department institution": ROW},
            Kind.CONTACT: {"email phone language": ROW},
            Kind.ADDRESS: {"building street number box postcode town": ROW},
            Kind.REQUEST: {"audience copies": ROW},
            Kind.CONSENT: {"wording": ROW},
            Kind.TRACE: {"nonce": ROW},
        },
        of_addresses="email IN :addresses",
        since="kept_at",
    ),
    Table(
        "email_confirmation",
        personal={Kind.TRACE: {"order_id at": ROW}},
        of_orders="order_id IN :orders",
        since="at",
    ),
    Table(
        "printed_parcel",
        "printing_id sequence order_id run",
        {Kind.TRACE: {"digest": word()}},
        of_orders="order_id IN :orders",
        since="(SELECT printing.at FROM printing WHERE printing.id = printing_id)",
    ),
    Table(
        "parcel",
        "id dispatch_id sequence part parts kind packaging_code weight_mg thickness_um packed_at posted_at",
        {Kind.TRACE: {"tracking_number": NULL}},
        of_orders=f"id IN ({_PARCELS_OF} WHERE order_line.order_id IN :orders) AND id NOT IN ({_PARCELS_OF}"
        ' JOIN "order" ON "order".id = order_line.order_id'
        ' WHERE "order".erased_at IS NULL AND "order".id NOT IN :orders)',
        since="posted_at",
    ),
    Table(
        "submitted_form",
        "key at",
        {Kind.TRACE: {"digest": word()}},
        of_orders=f"key IN ({_SUBMITTED_FOR})",
        outdated="at < :before",
        since="at",
    ),
    Table(
        "order_import",
        "id key at by_id orders finished_at",
        {Kind.TRACE: {"digest": word()}},
        outdated="finished_at < :before",
        since="at",
    ),
    Table(
        "order_note",
        "id order_id at by_id",
        {Kind.FREE_TEXT: {"text": ROW}},
        of_orders="order_id IN :orders",
        since="at",
    ),
    Table(
        "movement_note",
        "movement_id",
        {Kind.FREE_TEXT: {"text": ROW}},
        of_edition=f"movement_id IN (SELECT id FROM movement WHERE publication_id IN ({_PUBLICATIONS}))",  # noqa: S608 our own names
        since="(SELECT movement.at FROM movement WHERE movement.id = movement_id)",
    ),
    Table(
        "count_entry",
        "id count_id publication_id found expected last_movement_id at by_id withdrawn_at submission",
        {Kind.FREE_TEXT: {"note": word()}},
        of_edition=f"publication_id IN ({_PUBLICATIONS})",
        since="at",
    ),
    Table(
        "print_run",
        "id publication_id copies expected_on cost_cents ordered_at by_id cancelled_at submission",
        {Kind.FREE_TEXT: {"note": word()}},
        of_edition=f"publication_id IN ({_PUBLICATIONS})",
        since="ordered_at",
    ),
    Table(
        "staff_member",
        "id must_change_password role active ends_at created_at invited_at tf_primary_method tf_last_counter",
        {
            Kind.ACCOUNT: {"email": numbered(NAMELESS)},
            Kind.TRACE: {
                "password": word("*"),
                "fs_uniquifier": numbered("-"),
                "tf_totp_secret mf_recovery_codes fs_webauthn_user_handle": NULL,
            },
        },
        of_members="id IN :members",
        outdated="ends_at < :before",
        since="created_at",
    ),
    Table(
        "passkey",
        personal={
            Kind.ACCOUNT: {"name create_datetime lastuse_datetime": ROW},
            Kind.TRACE: {
                "id member_id credential_id public_key sign_count transports backup_state device_type extensions"
                " usage": ROW
            },
        },
        of_members="member_id IN :members",
        outdated="member_id IN (SELECT id FROM staff_member WHERE ends_at < :before)",
        since="create_datetime",
    ),
    Table(
        "failed_signin",
        personal={Kind.TRACE: {"name attempts last_at closed_until": ROW}},
        outdated="last_at < :before",
        since="last_at",
    ),
    Table(
        "staff_session",
        personal={
            Kind.ACCOUNT: {"began_at seen_at ends_at address browser system": ROW},
            Kind.TRACE: {"name member_id digest previous_digest renewed_at": ROW},
        },
        of_members="member_id IN :members",
        outdated="ends_at < :before",
        since="began_at",
    ),
)
