"""Matching the leaked rows of an incident."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from breaches.audit import leases, log
from breaches.audit.lifecycle import move
from breaches.errors import Refused
from breaches.incidents.models import Incident
from breaches.matching.matching_run import match_to_register
from breaches.matching.models import MatchRun, RunStatus
from breaches.matching.queries import ready_files
from breaches.matching.within import match_within
from breaches.people.queries import everybody, the_register


class NothingToMatch(Refused):
    """There are no leaked rows yet."""


class RunUnderWay(Refused):
    """The incident is being matched already."""


def start_match(incident: Incident, *, by: User, at: datetime) -> MatchRun:
    """Order the matching of every leaked row of an incident.

    Raises NothingToMatch, RunUnderWay.
    """
    if not ready_files(incident).exists():
        raise NothingToMatch("No leaked file is ready. Hand one in, and name its columns.")
    try:
        with transaction.atomic():
            run = MatchRun.objects.create(incident=incident, status=RunStatus.ORDERED, status_at=at)
            log.record(run, "match_run.ordered", by=by, at=at)
    except IntegrityError as clash:
        raise RunUnderWay("The incident is being matched already.") from clash
    return run


def match(run: MatchRun, *, at: datetime) -> None:
    """Match, and make the affected people. Safe to repeat, to kill and to run twice.

    What a reviewer decided stays. Raises IllegalMove, MovedMeanwhile, TakenOver.
    """
    lease = leases.take(run, RunStatus.MATCHING, at=at)
    register = the_register()
    # A register whose first file was refused, or is still unread, has nobody to be matched to.
    if register is not None and everybody(register).exists():
        match_to_register(lease, run, register)
    elif run.incident.side == "holder":
        match_within(lease, run.incident)
    move(run, RunStatus.MATCHED, by=None, at=lease.now, claim=None)
