"""The house as it first stood: catalogue, staff, stock, orders, parcels, mails."""

import sqlalchemy as sa
from alembic import op

from orders.database import append_only

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('edition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=80), nullable=False),
    sa.Column('opens_on', sa.Date(), nullable=False),
    sa.Column('closes_on', sa.Date(), nullable=False),
    sa.Column('letters_back_by', sa.Date(), nullable=False),
    sa.Column('front_text', sa.Text(), nullable=False),
    sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('closes_on >= opens_on', name=op.f('ck_edition_closes_after_it_opens')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_edition')),
    sa.UniqueConstraint('year', name=op.f('uq_edition_year'))
    )
    op.create_table('staff_member',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('password', sa.String(length=255), nullable=False),
    sa.Column('must_change_password', sa.Boolean(), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('fs_uniquifier', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_member')),
    sa.UniqueConstraint('email', name=op.f('uq_staff_member_email')),
    sa.UniqueConstraint('fs_uniquifier', name=op.f('uq_staff_member_fs_uniquifier'))
    )
    op.create_table('audit_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('door', sa.String(length=10), nullable=False),
    sa.Column('action', sa.String(length=40), nullable=False),
    sa.Column('thing', sa.String(length=80), nullable=False),
    sa.Column('before', sa.JSON(), nullable=True),
    sa.Column('after', sa.JSON(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['staff_member.id'], name=op.f('fk_audit_entry_by_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entry'))
    )
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_entry_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_entry_thing'), ['thing'], unique=False)

    op.create_table('dispatch',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('submission', sa.String(length=64), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('closed_at IS NULL OR undone_at IS NULL', name=op.f('ck_dispatch_ends_once')),
    sa.ForeignKeyConstraint(['made_by_id'], ['staff_member.id'], name=op.f('fk_dispatch_made_by_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dispatch')),
    sa.UniqueConstraint('submission', name=op.f('uq_dispatch_submission'))
    )
    op.create_table('order_import',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('orders', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['staff_member.id'], name=op.f('fk_order_import_by_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_order_import'))
    )
    with op.batch_alter_table('order_import', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_order_import_digest'), ['digest'], unique=False)

    op.create_table('publication',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('titles', sa.JSON(), nullable=False),
    sa.Column('format', sa.String(length=80), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=True),
    sa.Column('unit_weight_mg', sa.Integer(), nullable=False),
    sa.Column('unit_thickness_um', sa.Integer(), nullable=False),
    sa.Column('bundle_size', sa.Integer(), nullable=False),
    sa.Column('read_online_url', sa.String(length=300), nullable=False),
    sa.Column('low_stock_line', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('bundle_size >= 1', name=op.f('ck_publication_bundle_size')),
    sa.CheckConstraint('unit_thickness_um > 0', name=op.f('ck_publication_unit_thickness')),
    sa.CheckConstraint('unit_weight_mg > 0', name=op.f('ck_publication_unit_weight')),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_publication_edition_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publication')),
    sa.UniqueConstraint('code', name=op.f('uq_publication_code'))
    )
    with op.batch_alter_table('publication', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_publication_edition_id'), ['edition_id'], unique=False)

    op.create_table('balance',
    sa.Column('publication_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('place', sa.String(length=20), nullable=False),
    sa.Column('copies', sa.Integer(), nullable=False),
    sa.CheckConstraint("copies >= 0 OR place = 'PRINTER'", name=op.f('ck_balance_only_the_printer_owes')),
    sa.ForeignKeyConstraint(['publication_id'], ['publication.id'], name=op.f('fk_balance_publication_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('publication_id', 'place', name=op.f('pk_balance'))
    )
    op.create_table('order',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=8), nullable=False),
    sa.Column('link_nonce', sa.String(length=32), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('submission', sa.String(length=64), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('audience', sa.String(length=20), nullable=False),
    sa.Column('delivery', sa.String(length=20), nullable=False),
    sa.Column('when_short', sa.String(length=20), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('needed_by', sa.Date(), nullable=True),
    sa.Column('door', sa.String(length=10), nullable=False),
    sa.Column('organisation', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('department', sa.String(length=40), nullable=False),
    sa.Column('building', sa.String(length=40), nullable=False),
    sa.Column('street', sa.String(length=40), nullable=False),
    sa.Column('number', sa.String(length=8), nullable=False),
    sa.Column('box', sa.String(length=8), nullable=False),
    sa.Column('postcode', sa.String(length=10), nullable=False),
    sa.Column('town', sa.String(length=40), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('email', sa.String(length=50), nullable=False),
    sa.Column('phone', sa.String(length=20), nullable=False),
    sa.Column('message', sa.Text(), nullable=False),
    sa.Column('news_text', sa.Text(), nullable=False),
    sa.Column('search', sa.Text(), nullable=False),
    sa.Column('status', sa.String(length=20), nullable=False),
    sa.Column('placed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('rejected_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_before_pli', sa.Boolean(), nullable=False),
    sa.Column('dispatch_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['dispatch_id'], ['dispatch.id'], name=op.f('fk_order_dispatch_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_order_edition_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_order')),
    sa.UniqueConstraint('reference', name=op.f('uq_order_reference')),
    sa.UniqueConstraint('submission', name=op.f('uq_order_submission'))
    )
    with op.batch_alter_table('order', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_order_dispatch_id'), ['dispatch_id'], unique=False)
        batch_op.create_index('ix_order_email', ['email'], unique=False)
        batch_op.create_index('ix_order_placed_at_id', ['placed_at', 'id'], unique=False)
        batch_op.create_index('ix_order_status_placed_at', ['status', 'placed_at', 'id'], unique=False)

    op.create_table('parcel',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dispatch_id', sa.Integer(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('part', sa.Integer(), nullable=False),
    sa.Column('parts', sa.Integer(), nullable=False),
    sa.Column('packed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('posted_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('part >= 1 AND part <= parts', name=op.f('ck_parcel_part_of_parts')),
    sa.CheckConstraint('sequence >= 1', name=op.f('ck_parcel_sequence_from_one')),
    sa.ForeignKeyConstraint(['dispatch_id'], ['dispatch.id'], name=op.f('fk_parcel_dispatch_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_parcel')),
    sa.UniqueConstraint('dispatch_id', 'sequence', name='uq_parcel_dispatch_id_sequence')
    )
    op.create_table('movement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('publication_id', sa.Integer(), nullable=False),
    sa.Column('copies', sa.Integer(), nullable=False),
    sa.Column('origin', sa.String(length=20), nullable=False),
    sa.Column('destination', sa.String(length=20), nullable=False),
    sa.Column('reason', sa.String(length=20), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('submission', sa.String(length=64), nullable=True),
    sa.CheckConstraint('copies > 0', name=op.f('ck_movement_copies_positive')),
    sa.CheckConstraint('origin <> destination', name=op.f('ck_movement_goes_somewhere')),
    sa.ForeignKeyConstraint(['by_id'], ['staff_member.id'], name=op.f('fk_movement_by_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['order_id'], ['order.id'], name=op.f('fk_movement_order_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['publication_id'], ['publication.id'], name=op.f('fk_movement_publication_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_movement')),
    sa.UniqueConstraint('submission', name=op.f('uq_movement_submission'))
    )
    with op.batch_alter_table('movement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_movement_order_id'), ['order_id'], unique=False)
        batch_op.create_index('ix_movement_publication_id_id', ['publication_id', 'id'], unique=False)

    op.create_table('order_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('publication_id', sa.Integer(), nullable=False),
    sa.Column('copies', sa.Integer(), nullable=False),
    sa.Column('reserved', sa.Integer(), nullable=False),
    sa.Column('sent', sa.Integer(), nullable=False),
    sa.Column('given_up', sa.Integer(), nullable=False),
    sa.CheckConstraint('copies > 0', name=op.f('ck_order_line_copies_positive')),
    sa.CheckConstraint('reserved + sent + given_up <= copies', name=op.f('ck_order_line_no_more_than_asked')),
    sa.CheckConstraint('reserved >= 0 AND sent >= 0 AND given_up >= 0', name=op.f('ck_order_line_nothing_negative')),
    sa.ForeignKeyConstraint(['order_id'], ['order.id'], name=op.f('fk_order_line_order_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['publication_id'], ['publication.id'], name=op.f('fk_order_line_publication_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_order_line')),
    sa.UniqueConstraint('order_id', 'publication_id', name='uq_order_line_order_id_publication_id')
    )
    with op.batch_alter_table('order_line', schema=None) as batch_op:
        batch_op.create_index('ix_order_line_publication_id_order_id', ['publication_id', 'order_id'], unique=False)

    op.create_table('outgoing_mail',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('subject', sa.String(length=200), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('message_id', sa.String(length=120), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=True),
    sa.Column('posted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('claimed_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('last_error', sa.String(length=300), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('given_up_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['order_id'], ['order.id'], name=op.f('fk_outgoing_mail_order_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outgoing_mail')),
    sa.UniqueConstraint('message_id', name=op.f('uq_outgoing_mail_message_id'))
    )
    with op.batch_alter_table('outgoing_mail', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outgoing_mail_order_id'), ['order_id'], unique=False)
        batch_op.create_index('ix_outgoing_mail_unsent', ['sent_at', 'given_up_at', 'due_at'], unique=False)

    op.create_table('movement_note',
    sa.Column('movement_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['movement_id'], ['movement.id'], name=op.f('fk_movement_note_movement_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('movement_id', name=op.f('pk_movement_note'))
    )
    op.create_table('parcel_content',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('parcel_id', sa.Integer(), nullable=False),
    sa.Column('order_line_id', sa.Integer(), nullable=False),
    sa.Column('copies', sa.Integer(), nullable=False),
    sa.CheckConstraint('copies > 0', name=op.f('ck_parcel_content_copies_positive')),
    sa.ForeignKeyConstraint(['order_line_id'], ['order_line.id'], name=op.f('fk_parcel_content_order_line_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['parcel_id'], ['parcel.id'], name=op.f('fk_parcel_content_parcel_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_parcel_content')),
    sa.UniqueConstraint('parcel_id', 'order_line_id', name='uq_parcel_content_parcel_id_order_line_id')
    )
    with op.batch_alter_table('parcel_content', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_parcel_content_order_line_id'), ['order_line_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_parcel_content_parcel_id'), ['parcel_id'], unique=False)

    append_only(op.get_bind(), 'movement')
    append_only(op.get_bind(), 'audit_entry')


def downgrade() -> None:
    with op.batch_alter_table('parcel_content', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_parcel_content_parcel_id'))
        batch_op.drop_index(batch_op.f('ix_parcel_content_order_line_id'))

    op.drop_table('parcel_content')
    op.drop_table('movement_note')
    with op.batch_alter_table('outgoing_mail', schema=None) as batch_op:
        batch_op.drop_index('ix_outgoing_mail_unsent')
        batch_op.drop_index(batch_op.f('ix_outgoing_mail_order_id'))

    op.drop_table('outgoing_mail')
    with op.batch_alter_table('order_line', schema=None) as batch_op:
        batch_op.drop_index('ix_order_line_publication_id_order_id')

    op.drop_table('order_line')
    with op.batch_alter_table('movement', schema=None) as batch_op:
        batch_op.drop_index('ix_movement_publication_id_id')
        batch_op.drop_index(batch_op.f('ix_movement_order_id'))

    op.drop_table('movement')
    op.drop_table('parcel')
    with op.batch_alter_table('order', schema=None) as batch_op:
        batch_op.drop_index('ix_order_status_placed_at')
        batch_op.drop_index('ix_order_placed_at_id')
        batch_op.drop_index('ix_order_email')
        batch_op.drop_index(batch_op.f('ix_order_dispatch_id'))

    op.drop_table('order')
    op.drop_table('balance')
    with op.batch_alter_table('publication', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_publication_edition_id'))

    op.drop_table('publication')
    with op.batch_alter_table('order_import', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_order_import_digest'))

    op.drop_table('order_import')
    op.drop_table('dispatch')
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_entry_thing'))
        batch_op.drop_index(batch_op.f('ix_audit_entry_at'))

    op.drop_table('audit_entry')
    op.drop_table('staff_member')
    op.drop_table('edition')
