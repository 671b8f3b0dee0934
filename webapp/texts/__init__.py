"""Drafts of texts that a company replaces by its own record: `<name>.zh.md` with its English beside it."""
