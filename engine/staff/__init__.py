"""The company's staff: who they are, what they may do, how they sign in, and what ends when they may no longer."""

from engine.staff.employing import add, change, invite
from engine.staff.locking import lock, reset, unlock
from engine.staff.passwords import HASHER, ONE_TIME, SHORTEST_PASSWORD, authenticate, change_password, note_sign_in
from engine.staff.people import ADMINISTRATOR, ROLES, BadStaff, Fault, StaffMember, find, name_of, names_of

__all__ = [
    "ADMINISTRATOR", "HASHER", "ONE_TIME", "ROLES", "SHORTEST_PASSWORD", "BadStaff", "Fault", "StaffMember", "add",
    "authenticate", "change", "change_password", "find", "invite", "lock", "name_of", "names_of", "note_sign_in",
    "reset", "unlock",
]  # fmt: skip
