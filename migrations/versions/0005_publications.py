"""Publications: each time that a version became the one of new cases, and whether that was taken back"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
COLUMNS = "business, bundle_hash, note, author, at"


def upgrade() -> None:
    op.create_table(
        "publications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business", sa.String(length=64), nullable=False),
        sa.Column("bundle_hash", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_by", sa.String(length=64), nullable=True),
        sa.Column("withdrawn_note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["bundle_hash"], ["bundles.hash"], name=op.f("fk_publications_bundle_hash_bundles")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
    )
    op.create_index("ix_publications_business", "publications", ["business", "id"])
    _publications_so_far()


def _publications_so_far() -> None:
    """Every version was published once; the one in use comes last, also where an earlier one was taken again."""
    op.execute(
        f"INSERT INTO publications ({COLUMNS}) SELECT b.business, b.hash, b.note, b.author, b.published_at"
        " FROM bundles b LEFT JOIN published p ON p.bundle_hash = b.hash"
        " ORDER BY CASE WHEN p.business IS NULL THEN 0 ELSE 1 END, b.published_at"
    )


def downgrade() -> None:
    op.drop_table("publications")
