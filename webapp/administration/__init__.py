"""The administrator's pages: the staff with their roles, the branches, and the company's record."""

from webapp.administration import adding, branches, changing, company, locking
from webapp.administration.people import blueprint

__all__ = ["adding", "blueprint", "branches", "changing", "company", "locking"]
