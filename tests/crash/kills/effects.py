"""Where the errands' effects are written: a table without a key, so that a second effect is a second row."""

from __future__ import annotations

from sqlalchemy import Column, MetaData, String, Table

EFFECTS = Table("errand_effects", MetaData(), Column("job_id", String(32)))
SERVICE = "errand.run"
