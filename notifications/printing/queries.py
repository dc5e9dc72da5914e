"""Questions about print runs."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import F, Q, QuerySet

from breaches.audit import leases
from breaches.incidents.models import Incident
from notifications.letters.models import Letter
from notifications.letters.models import Status as LetterStatus
from notifications.letters.queries import withheld
from notifications.notices.demanding import ON_PAPER
from notifications.notices.models import NoticeStatus
from notifications.printing.models import WRONG_LETTER, PrintRun, RunEntry, Status

ON_THE_WAY = {Status.BUILT, Status.RELEASED, Status.PRINTED}


def runs_of(incident: Incident) -> QuerySet[PrintRun]:
    """Return the runs of an incident, the newest first."""
    runs = PrintRun.objects.filter(incident=incident)
    return runs.select_related("incident", "frozen_by", "released_by", "pdf", "manifest").order_by(
        "-number"
    )


def printable(incident: Incident) -> QuerySet[Letter]:
    """Return the letters that are made and still true, thin ones first."""
    made = Letter.objects.filter(incident=incident, status=LetterStatus.RENDERED)
    true = made.filter(notice__status=NoticeStatus.READY, routed_at=F("notice__status_at"))
    by_another_way = Q(notice__demand__isnull=False) & ~Q(
        notice__demand__contact__kind__in=ON_PAPER
    )
    return true.exclude(by_another_way).order_by("pages", "language", "reference")


def entries_of(run: PrintRun) -> QuerySet[RunEntry]:
    """Return the entries of a run in their order, each with its letter."""
    return run.entries.select_related("letter").order_by("sequence")


def stopped_since(run: PrintRun) -> QuerySet[RunEntry]:
    """Return the entries whose person was held, excluded or moved after the run was frozen.

    In their order, without what was taken out of the stack.
    """
    return _stopped().filter(run=run).order_by("sequence")


def stopped_on_the_way(incident: Incident) -> QuerySet[RunEntry]:
    """Return the like of all runs that are built and not posted yet."""
    return _stopped().filter(run__incident=incident, run__status__in=ON_THE_WAY)


def _stopped() -> QuerySet[RunEntry]:
    true = Q(letter__notice__status=NoticeStatus.READY) & Q(
        letter__routed_at=F("letter__notice__status_at")
    )
    return RunEntry.objects.filter(is_void=False).exclude(true)


def withheld_in(run: PrintRun, user: User) -> int:
    """Return how many letters of a run go to an impounded address that `user` may not see."""
    return len(withheld(Letter.objects.filter(entries__run=run), user))


def to_build(*, at: datetime) -> QuerySet[PrintRun]:
    """Return the runs whose file nobody is building."""
    waiting = leases.waiting(PrintRun, Status.DRAFT, Status.BUILDING, at=at)
    return waiting.exclude(trouble=WRONG_LETTER)
