"""Every table of Kaihu, so that one import makes the metadata whole."""

from engine.tables.audit import AuditRow
from engine.tables.base import Base, Moment
from engine.tables.bundle import BundleRow, Publication, Published
from engine.tables.call import CallChunk, CallNote, CallPart, CallStill, CallTick, Recording, VideoCall
from engine.tables.case import Case, CaseKey, CaseNumber
from engine.tables.certificate import Certificate, Challenge, Consent, Signature
from engine.tables.comment import Comment
from engine.tables.customer import AppliedChange, Customer, FiledCard, FiledPhoto, Obligation
from engine.tables.device import DeviceCheck
from engine.tables.impact import KeptImpact
from engine.tables.job import Incident, Job, Timer, Try
from engine.tables.kept_form import KeptForm
from engine.tables.line import Presence, QueueEvent
from engine.tables.migration import MigratedCase, Migration
from engine.tables.photo import Photo, PhotoRecord
from engine.tables.play import Play
from engine.tables.proposal import Proposal
from engine.tables.session import Attempt, OutgoingText, PictureCode, SessionRow, SignInCode, SmsMessage
from engine.tables.sketch import Sketch
from engine.tables.staff import Branch, CompanyChange, CompanyRow, Staff
from engine.tables.submission import Draft, Rejection, Submission
from engine.tables.task import Task
from engine.tables.trial import Trial
from engine.tables.trial_run import TrialRun
from engine.tables.video import Appointment, QueuePlace

__all__ = [
    "AppliedChange",
    "Appointment",
    "Attempt",
    "AuditRow",
    "Base",
    "Branch",
    "BundleRow",
    "CallChunk",
    "CallNote",
    "CallPart",
    "CallStill",
    "CallTick",
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
    "DeviceCheck",
    "Draft",
    "FiledCard",
    "FiledPhoto",
    "Incident",
    "Job",
    "KeptForm",
    "KeptImpact",
    "MigratedCase",
    "Migration",
    "Moment",
    "Obligation",
    "OutgoingText",
    "Photo",
    "PhotoRecord",
    "PictureCode",
    "Play",
    "Presence",
    "Proposal",
    "Publication",
    "Published",
    "QueueEvent",
    "QueuePlace",
    "Recording",
    "Rejection",
    "SessionRow",
    "SignInCode",
    "Signature",
    "Sketch",
    "SmsMessage",
    "Staff",
    "Submission",
    "Task",
    "Timer",
    "Trial",
    "TrialRun",
    "Try",
    "VideoCall",
]
