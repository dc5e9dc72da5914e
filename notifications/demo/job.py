"""The job from intake to print run as stages: what somebody does, and how far the work is."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.core.files.uploadedfile import SimpleUploadedFile

from breaches.audit.leases import Leased
from breaches.downloads.actions import import_log
from breaches.downloads.intake import LogImport, NetworkLine
from breaches.downloads.models import LogSource
from breaches.errors import Refused
from breaches.evidence.actions import AlreadyHere
from breaches.incidents.models import Incident
from breaches.leaks.actions import confirm_mapping, receive_file
from breaches.leaks.dates import MONTH_FIRST
from breaches.leaks.models import SourceFile
from breaches.matching.actions import judge, start_match
from breaches.matching.models import MatchRun
from breaches.matching.queries import review_queue
from breaches.people.actions import accept_import, receive_register
from breaches.people.models import WORKING, ImportStatus, RegisterImport
from breaches.recipients.queries import known_recipients, unrecognised
from notifications.demo.access_log import OWN
from notifications.demo.cast import Cast
from notifications.demo.demands import demand_everything
from notifications.demo.material import Material
from notifications.letters.actions import order_letters
from notifications.letters.queries import counts
from notifications.notices.actions import prepare_notices
from notifications.notices.models import NoticeOrder
from notifications.printing.actions import freeze_run, release_run
from notifications.printing.models import PrintRun
from notifications.wording.actions import approve_version, install_demands, install_starters
from notifications.wording.models import TemplateVersion, VersionStatus

JUDGED = 20  # candidates that are decided; the others stay in the queue, to be looked at


@dataclass(frozen=True)
class Job:
    """One incident, who works on it, and what is handed in."""

    incident: Incident
    cast: Cast
    material: Material


class Progress(NamedTuple):
    """How far a stage is."""

    done: int
    total: int
    is_over: bool


class Stage(NamedTuple):
    """One stage; `bell` is the sweep that need not be waited for."""

    title: str
    start: Callable[[Job, datetime], object]
    progress: Callable[[Job], Progress] | None = None
    bell: str = ""


class Stopped(Refused):
    """A room refused what it was given."""


def hand_in_file(job: Job, at: datetime) -> None:
    """Intake hands in the posted workbook."""
    upload = SimpleUploadedFile("roster.xlsx", job.material.workbook)
    receive_file(job.incident, upload, handed_over_by="web team", by=job.cast.intake, at=at)


def name_columns(job: Job, at: datetime) -> None:
    """Intake accepts what was suggested for each column, and knows that the month comes first."""
    file = job.incident.files.get()
    columns = file.columns.all()
    elements = {column.key: column.element for column in columns}
    orders = {column.key: MONTH_FIRST for column in columns if column.is_undecided}
    confirm_mapping(file, elements, by=job.cast.intake, at=at, orders=orders)


def hand_in_register(job: Job, at: datetime) -> None:
    """Intake hands in the register, unless it was handed in before."""
    upload = SimpleUploadedFile("register.csv", job.material.register)
    with suppress(AlreadyHere):
        receive_register(upload, handed_over_by="legal aid", by=job.cast.intake, at=at)


def accept_register(job: Job, at: datetime) -> None:
    """Intake accepts what a second register would change; a first one is in already."""
    order = RegisterImport.objects.latest("pk")
    if order.may_become(ImportStatus.ACCEPTED):
        accept_import(order, by=job.cast.intake, at=at)


def order_matching(job: Job, at: datetime) -> None:
    """The matcher has every row looked for in the register."""
    start_match(job.incident, by=job.cast.matcher, at=at)


def review_some(job: Job, at: datetime) -> None:
    """Two people decide the likeliest candidates, where no rule may."""
    for candidate in review_queue(job.incident).order_by("-strength", "pk")[:JUDGED]:
        value = "CONFIRMED" if candidate.rule == "name_and_birth_date" else "REJECTED"
        for by in (job.cast.matcher, job.cast.lead):
            with suppress(Refused):
                judge(candidate, value, "compared with the paper file", by=by, at=at)


def hand_in_log(job: Job, at: datetime) -> None:
    """The analyst hands in the access log, and says which network is our own."""
    order = LogImport(
        SimpleUploadedFile("access.log.gz", job.material.log),
        job.incident.exposures.get(),
        "web team",
        networks=[NetworkLine(OWN, "own", "the agency's own monitoring")],
    )
    import_log(job.incident, order, by=job.cast.analyst, at=at)


def send_demands(job: Job, at: datetime) -> None:
    """The analyst writes to everybody with a copy, after a second person agreed."""
    demand_everything(job.incident, job.cast, at=at)


def approve_wording(job: Job, at: datetime) -> None:
    """The caseworker hands in the wording, and a second person approves it."""
    install_starters(by=job.cast.caseworker, at=at)
    install_demands(by=job.cast.caseworker, at=at)
    for version in TemplateVersion.objects.filter(status=VersionStatus.IN_REVIEW).order_by("pk"):
        approve_version(version, by=job.cast.approver, at=at)


def order_notices(job: Job, at: datetime) -> None:
    """The caseworker has a notice routed to each person."""
    prepare_notices(job.incident, "initial", by=job.cast.caseworker, at=at)


def order_all_letters(job: Job, at: datetime) -> None:
    """The caseworker orders a letter for each notice that is ready."""
    order_letters(job.incident, by=job.cast.caseworker, at=at)


def freeze(job: Job, at: datetime) -> None:
    """The printer freezes the run."""
    freeze_run(job.incident, by=job.cast.printer, at=at)


def release(job: Job, at: datetime) -> None:
    """A second person releases it."""
    release_run(job.incident.runs.get(), by=job.cast.approver, at=at)


def _leased(row: Leased, working: set[str]) -> Progress:
    if row.status == "REFUSED":
        raise Stopped(getattr(row, "problem", ""))
    return Progress(row.done, row.total, row.status not in working)


def _file(job: Job) -> Progress:
    return _leased(
        SourceFile.objects.get(incident=job.incident), {"RECEIVED", "READING", "MAPPED", "STORING"}
    )


def _register(_: Job) -> Progress:
    return _leased(RegisterImport.objects.latest("pk"), WORKING)


def _matching(job: Job) -> Progress:
    return _leased(MatchRun.objects.get(incident=job.incident), {"ORDERED", "MATCHING"})


def _log(job: Job) -> Progress:
    return _leased(LogSource.objects.get(incident=job.incident), {"RECEIVED", "READING"})


def _recipients(job: Job) -> Progress:
    known, left = known_recipients(job.incident).count(), unrecognised(job.incident).count()
    return Progress(known, known + left, left == 0)


def _notices(job: Job) -> Progress:
    return _leased(NoticeOrder.objects.get(incident=job.incident), {"ORDERED", "PREPARING"})


def _letters(job: Job) -> Progress:
    found = counts(job.incident)
    total, left = sum(found.values()), found["ORDERED"]
    return Progress(total - left, total, left == 0)


def _run(job: Job) -> Progress:
    return _leased(PrintRun.objects.get(incident=job.incident), {"DRAFT", "BUILDING"})


STAGES = (
    Stage("Leaked file read", hand_in_file, _file, "breaches.leaks.tasks.sweep_files"),
    Stage("Rows sealed", name_columns, _file, "breaches.leaks.tasks.sweep_files"),
    Stage("Register taken in", hand_in_register, _register, "breaches.people.tasks.sweep_imports"),
    Stage("Register applied", accept_register, _register, "breaches.people.tasks.sweep_imports"),
    Stage("People matched", order_matching, _matching, "breaches.matching.tasks.sweep_runs"),
    Stage("Some reviewed", review_some),
    Stage("Access log read", hand_in_log, _log, "breaches.downloads.tasks.sweep_logs"),
    Stage(
        "Recipients found",
        lambda *_: None,
        _recipients,
        "breaches.recipients.tasks.sweep_recipients",
    ),
    Stage("Demands sent", send_demands),
    Stage("Wording approved", approve_wording),
    Stage("Notices routed", order_notices, _notices, "notifications.notices.tasks.sweep_orders"),
    Stage("Letters made", order_all_letters, _letters, "notifications.letters.tasks.sweep_letters"),
    Stage("Print run built", freeze, _run, "notifications.printing.tasks.sweep_runs"),
    Stage("Print run released", release),
)
