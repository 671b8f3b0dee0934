"""The administrator's pages: the staff with their roles and branches, and the branches themselves."""

from webapp.administration import adding, branches, changing, locking
from webapp.administration.people import blueprint

__all__ = ["adding", "blueprint", "branches", "changing", "locking"]
