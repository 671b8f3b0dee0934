"""A finished case leaves less behind: two indexes hold what is open alone, one that nothing needs is gone"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OPEN = sa.text("closed_at IS NULL")
DONE_AT_A_DESK = sa.text("closed_at IS NOT NULL AND role <> 'investor'")
LIVE = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.drop_index("ix_tasks_case_id", table_name="tasks")  # ix_tasks_step begins with the case
    _make_anew("ix_tasks_queue", "tasks", ["role", "branch_id", "opened_at"], OPEN)
    op.create_index(
        "ix_tasks_desk",
        "tasks",
        ["branch_id", "closed_at"],
        sqlite_where=DONE_AT_A_DESK,
        postgresql_where=DONE_AT_A_DESK,
    )
    _make_anew("ix_jobs_status", "jobs", ["status", "run_after"], LIVE)


def downgrade() -> None:
    _make_anew("ix_jobs_status", "jobs", ["status", "run_after"])
    op.drop_index("ix_tasks_desk", table_name="tasks")
    _make_anew("ix_tasks_queue", "tasks", ["closed_at", "role", "branch_id", "opened_at"])
    op.create_index("ix_tasks_case_id", "tasks", ["case_id"])
    _tell_whole_outcomes()


def _make_anew(name: str, table: str, columns: list[str], where: sa.TextClause | None = None) -> None:
    op.drop_index(name, table_name=table)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def _tell_whole_outcomes() -> None:
    """Outcomes are kept without the case and without what is empty; the version before reads them whole."""
    here = op.get_bind()
    rows = here.execute(sa.text("SELECT id, case_id, outcome FROM submissions")).all()
    write = sa.text("UPDATE submissions SET outcome = :outcome WHERE id = :id").bindparams(
        sa.bindparam("outcome", type_=sa.JSON())
    )
    for row in rows:
        kept = json.loads(row.outcome) if isinstance(row.outcome, str) else row.outcome
        whole = {"case_id": row.case_id, "opened": [], "jobs": [], "ended": False, **kept}
        here.execute(write, {"id": row.id, "outcome": whole})
