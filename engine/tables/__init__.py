"""Every table of Kaihu, so that one import makes the metadata whole."""

from engine.tables.audit import AuditRow
from engine.tables.base import Base, Moment
from engine.tables.bundle import BundleRow, Publication, Published
from engine.tables.case import Case, CaseKey, CaseNumber
from engine.tables.certificate import Certificate, Challenge, Consent, Signature
from engine.tables.comment import Comment
from engine.tables.customer import AppliedChange, Customer, FiledCard, FiledPhoto, Obligation
from engine.tables.job import Incident, Job, Timer, Try
from engine.tables.kept_form import KeptForm
from engine.tables.photo import Photo, PhotoRecord
from engine.tables.proposal import Proposal
from engine.tables.session import Attempt, OutgoingText, PictureCode, SessionRow, SignInCode, SmsMessage
from engine.tables.staff import Branch, CompanyChange, CompanyRow, Staff
from engine.tables.submission import Draft, Rejection, Submission
from engine.tables.task import Task
from engine.tables.video import Appointment, QueuePlace, VideoCall

__all__ = [
    "AppliedChange",
    "Appointment",
    "Attempt",
    "AuditRow",
    "Base",
    "Branch",
    "BundleRow",
    "Case",
    "CaseKey",
    "CaseNumber",
    "Certificate",
    "Challenge",
    "Comment",
    "CompanyChange",
    "CompanyRow",
    "Consent",
    "Customer",
    "Draft",
    "FiledCard",
    "FiledPhoto",
    "Incident",
    "Job",
    "KeptForm",
    "Moment",
    "Obligation",
    "OutgoingText",
    "Photo",
    "PhotoRecord",
    "PictureCode",
    "Proposal",
    "Publication",
    "Published",
    "QueuePlace",
    "Rejection",
    "SessionRow",
    "SignInCode",
    "Signature",
    "SmsMessage",
    "Staff",
    "Submission",
    "Task",
    "Timer",
    "Try",
    "VideoCall",
]
