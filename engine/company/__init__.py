"""The company's record as data: name, hotline, calendars, banks, account types, texts, settings."""

from engine.company.model import Bank, BankBin, Calendars, Company, Link, Notice, Page
from engine.company.problems import BadCompany, Problem
from engine.company.reading import read_company
from engine.company.storage import Overtaken, default_company, digest, history, load, save

__all__ = [
    "BadCompany", "Bank", "BankBin", "Calendars", "Company", "Link", "Notice", "Overtaken", "Page", "Problem",
    "default_company", "digest", "history", "load", "read_company", "save",
]  # fmt: skip
