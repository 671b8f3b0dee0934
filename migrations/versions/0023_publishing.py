"""Publications: from when, for which part of the new cases, made by whom, taken by all since when"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
LATEST = "SELECT max(id) FROM publications WHERE business = p.business AND withdrawn_at IS NULL"


def upgrade() -> None:
    with op.batch_alter_table("publications") as table:
        table.add_column(sa.Column("proposed_by", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("proposed_at", MOMENT, nullable=True))
        table.add_column(sa.Column("starts_at", MOMENT, nullable=True))
        table.add_column(sa.Column("share", sa.Integer(), nullable=True))
        table.add_column(sa.Column("branches", sa.JSON(), nullable=True))
        table.add_column(sa.Column("widened_at", MOMENT, nullable=True))
        table.add_column(sa.Column("widened_by", sa.String(length=64), nullable=True))
    with op.batch_alter_table("published") as table:
        table.drop_constraint("fk_published_bundle_hash_bundles", type_="foreignkey")
        table.drop_column("bundle_hash")


def downgrade() -> None:
    with op.batch_alter_table("published") as table:
        table.add_column(sa.Column("bundle_hash", sa.String(length=64), nullable=True))
    op.execute(
        f"UPDATE published AS p SET bundle_hash = (SELECT bundle_hash FROM publications WHERE id = ({LATEST}))"
    )
    with op.batch_alter_table("published") as table:
        table.alter_column("bundle_hash", existing_type=sa.String(length=64), nullable=False)
        table.create_foreign_key("fk_published_bundle_hash_bundles", "bundles", ["bundle_hash"], ["hash"])
    with op.batch_alter_table("publications") as table:
        for name in ("proposed_by", "proposed_at", "starts_at", "share", "branches", "widened_at", "widened_by"):
            table.drop_column(name)
