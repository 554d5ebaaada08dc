"""Tables without personal data of orderers: catalogue, stock, dispatches, paper, and the counts that remain."""

from orders.privacy.registry import Kind, Table, kept

OFFICE = (
    Table("alert", "kind thing since"),
    Table("allowance", "publication_id audience review_above maximum"),
    Table(
        "association",
        "id changed_at",
        {Kind.CONTACT: {"profile": kept("what the association publishes about itself")}},
        since="changed_at",
    ),
    Table(
        "audience",
        "code names hints other_words position organisation organisation_labels is_school gathers review_above maximum"
        " retired_at",
    ),
    Table("audit_entry", "id at by_id door action thing before after"),
    Table("balance", "publication_id place copies"),
    Table("choice_count", "publication_id day choice times"),
    Table(
        "copies_count",
        "publication_id day audience delivery status lines asked demanded reserved sent waiting queued is_sum",
    ),
    Table("copies_postcode_count", "publication_id postcode asked sent is_sum"),
    Table("daily_chore", "name done_on"),
    Table(
        "defended_person",
        "id edition_id position countries sentences links portrait_digest alt_texts",
        {Kind.IDENTITY: {"name credit": kept("published by the campaign, with the person's consent")}},
    ),
    Table("directory_import", "id list_code digest at places added changed gone"),
    Table(
        "directory_place",
        "id list_code number street house box building postcode town commune latitude longitude gone_at",
    ),
    Table("directory_pending_list", "id list_code file_name content at by_id taken_at"),
    Table("directory_school", "id place_id number official_name name levels network"),
    Table(
        "dispatch",
        "id submission made_at made_by_id closed_at undone_at version last_sequence has_labels posted_letters"
        " posted_parcels posted_cents",
    ),
    Table(
        "drop_off_point",
        "id key name address postcode town hours note first_day last_day latitude longitude",
    ),
    Table(
        "edition",
        "id year title title_translations opens_on closes_on letters_back_by front_text front_text_translations"
        " submission archived_at",
    ),
    Table("edition_link", "edition_id position title link language"),
    Table("erased_copies_count", "edition_id week postcode audience publication_id orders asked sent"),
    Table("erased_order", "reference erased_at"),
    Table("erased_order_count", "edition_id week postcode audience orders"),
    Table("kept_rows_token", "id token"),
    Table("letter_count", "id order_id edition_id letters at by_office by_id submission"),
    Table("movement", "id at publication_id copies origin destination reason order_id by_id print_run_id submission"),
    Table("movement_count", "publication_id block day origin destination reason movements copies is_sum"),
    Table("order_count", "edition_id day audience delivery status orders served is_sum"),
    Table(
        "order_line",
        "id order_id publication_id copies reserved sent given_up later later_since announced_on delay_told",
    ),
    Table("order_institution_count", "edition_id institution orders is_sum"),
    Table("order_postcode_count", "edition_id postcode orders is_sum"),
    Table(
        "packaging",
        "code inner_width_mm inner_height_mm inner_depth_mm empty_weight_mg most_weight_mg piles can_be_letter",
    ),
    Table("parcel_content", "id parcel_id order_line_id copies"),
    Table("parcel_return", "parcel_id reason lost at by_id"),
    Table("postage_rate", "id kind up_to_g price_cents to_be_checked"),
    Table("posted_box", "order_id parcel_id cents posted_at"),
    Table(
        "printer",
        "id name sheet x_um y_um scale_x_millionths scale_y_millionths edge_um retired_at",
    ),
    Table(
        "printing",
        "id dispatch_id paper first last kind for_returns sheet start printer_id submission at by_id state jammed_at"
        " answered_at continues_id",
    ),
    Table(
        "publication",
        "id edition_id code kind titles format pages unit_weight_mg unit_thickness_um bundle_size read_online_url"
        " cover_digest reading_digest low_stock_line position archived_at",
    ),
    Table("purge", "id started_at finished_at months door by_id rows orders"),
    Table("rate_limit", "key hits ends_at"),  # whose tries they are is kept as a keyed hash, for an hour at most
    Table("started_sheet", "printer_id sheet next_position"),
    Table("stock_count", "id edition_id started_at started_by_id approved_at abandoned_at ended_by_id"),
    Table("upload", "digest media_type content uploaded_at"),
    Table("backup_run", "id at door size is_encrypted error"),
    Table("worker_heartbeat", "worker seen_at mail_silent_since mail_error"),
)
