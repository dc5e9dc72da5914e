"""Questions about print runs."""

from datetime import datetime

from django.db.models import QuerySet

from breaches.audit import leases
from breaches.incidents.models import Incident
from notifications.letters.models import Letter
from notifications.letters.models import Status as LetterStatus
from notifications.notices.models import NoticeStatus
from notifications.printing.models import WRONG_LETTER, PrintRun, RunEntry, Status


def runs_of(incident: Incident) -> QuerySet[PrintRun]:
    """Return the runs of an incident, the newest first."""
    runs = PrintRun.objects.filter(incident=incident)
    return runs.select_related("incident", "frozen_by", "released_by", "pdf", "manifest").order_by(
        "-number"
    )


def printable(incident: Incident) -> QuerySet[Letter]:
    """Return the letters that are made and in no run, thin ones first."""
    made = Letter.objects.filter(
        incident=incident, status=LetterStatus.RENDERED, notice__status=NoticeStatus.READY
    )
    taken = RunEntry.objects.filter(is_void=False).values("letter_id")
    return made.exclude(pk__in=taken).order_by("pages", "language", "reference")


def entries_of(run: PrintRun) -> QuerySet[RunEntry]:
    """Return the entries of a run in their order, each with its letter."""
    return run.entries.select_related("letter").order_by("sequence")


def stopped_since(run: PrintRun) -> QuerySet[RunEntry]:
    """Return the entries whose person was held or excluded after the run was frozen."""
    return run.entries.exclude(letter__notice__status=NoticeStatus.READY)


def to_build(*, at: datetime) -> QuerySet[PrintRun]:
    """Return the runs whose file nobody is building."""
    waiting = leases.waiting(PrintRun, Status.DRAFT, Status.BUILDING, at=at)
    return waiting.exclude(trouble=WRONG_LETTER)
