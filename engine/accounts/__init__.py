"""Customers, their cards and obligations: the interface to a company's account system, and a local one."""

from engine.accounts.answers import last_answer, note_answer
from engine.accounts.columns import COLUMNS, Check, ColumnProblem
from engine.accounts.filing import add_branch, add_obligation, file_photo, settle_obligation
from engine.accounts.importing import RowReport, import_customers
from engine.accounts.keeping import keep_customer, kept_alike
from engine.accounts.local import LocalAccountSystem
from engine.accounts.people import (
    Applied,
    CardOnFile,
    Change,
    NewCard,
    ObligationOnFile,
    Person,
    Refusal,
    RefusedChange,
    ToldCard,
)
from engine.accounts.system import AccountSystem, Unavailable

__all__ = [
    "COLUMNS", "AccountSystem", "Applied", "CardOnFile", "Change", "Check", "ColumnProblem",
    "LocalAccountSystem", "NewCard", "ObligationOnFile", "Person", "Refusal", "RefusedChange", "RowReport", "ToldCard",
    "Unavailable", "add_branch", "add_obligation", "file_photo", "import_customers", "keep_customer",
    "kept_alike", "last_answer", "note_answer", "settle_obligation",
]  # fmt: skip
