"""The company's record as data: name, hotline, calendars, banks, account types, texts, settings."""

from engine.company.model import Bank, BankBin, Calendars, Company, Link, Page
from engine.company.reading import BadCompany, read_company
from engine.company.storage import default_company, load, save

__all__ = [
    "BadCompany", "Bank", "BankBin", "Calendars", "Company", "Link", "Page", "default_company", "load", "read_company",
    "save",
]  # fmt: skip
