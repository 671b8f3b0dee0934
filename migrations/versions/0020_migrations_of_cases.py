"""Running cases are migrated to another version: what was ordered, and what became of each case"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "migrations",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("business", sa.String(length=64), nullable=False),
        sa.Column("to_hash", sa.String(length=64), nullable=False),
        sa.Column("homes", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["to_hash"], ["bundles.hash"], name=op.f("fk_migrations_to_hash_bundles")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_migrations")),
    )
    op.create_index("ix_migrations_business", "migrations", ["business", "at"], unique=False)
    op.create_table(
        "migrated_cases",
        sa.Column("migration_id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("from_hash", sa.String(length=64), nullable=False),
        sa.Column("result", sa.String(length=16), nullable=True),
        sa.Column("causes", sa.JSON(), nullable=True),
        sa.Column("at", MOMENT, nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("before_digest", sa.String(length=64), nullable=True),
        sa.Column("after_digest", sa.String(length=64), nullable=True),
        sa.Column("carried", sa.JSON(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("undone_by", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_migrated_cases_case_id_cases")),
        sa.ForeignKeyConstraint(["from_hash"], ["bundles.hash"], name=op.f("fk_migrated_cases_from_hash_bundles")),
        sa.ForeignKeyConstraint(
            ["migration_id"], ["migrations.id"], name=op.f("fk_migrated_cases_migration_id_migrations")
        ),
        sa.PrimaryKeyConstraint("migration_id", "case_id", name=op.f("pk_migrated_cases")),
    )
    op.create_index("ix_migrated_cases_case", "migrated_cases", ["case_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_migrated_cases_case", table_name="migrated_cases")
    op.drop_table("migrated_cases")
    op.drop_index("ix_migrations_business", table_name="migrations")
    op.drop_table("migrations")
