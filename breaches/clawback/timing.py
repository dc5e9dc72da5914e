"""The clocks of a case as rows: set, stopped, run on, ended with the state they belong to."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from breaches.audit import log
from breaches.audit.lifecycle import move_all
from breaches.clawback import clocks
from breaches.clawback.models import CaseClock, ClawbackCase, ClockStatus
from breaches.clawback.working_days import due

ALIVE = (ClockStatus.RUNNING, ClockStatus.PAUSED, ClockStatus.FIRED)


def follow(
    case: ClawbackCase,
    event: str,
    dates: Mapping[str, datetime],
    *,
    by_government: bool,
    at: datetime,
) -> None:
    """End the clocks that do not belong to the new state, then start those of `event`."""
    kind = case.recipient.kind
    started = clocks.set_by(event, case.status, kind=kind, by_government=by_government)
    over = {*started, *dates, *clocks.HANDLED_BY.get(event, ())}
    rows = list(CaseClock.objects.filter(case=case, status__in=ALIVE))
    _end([row for row in rows if row.code in over or not _belongs(row, case)], at)
    for code in started:
        clock = clocks.CLOCKS[code]
        local = timezone.localtime(at)
        start(case, code, due(local, clock.amount, clock.unit, case.recipient.jurisdiction), at=at)
    for code, due_at in dates.items():
        start(case, code, due_at, at=at)
    if event == "stayed":
        pause(case, at=at)
    elif event == "stay_lifted":
        run_on(case, at=at)


def start(case: ClawbackCase, code: str, due_at: datetime, *, at: datetime) -> None:
    """Start one clock; for the same date it is there once, and never runs out twice."""
    row, is_new = CaseClock.objects.get_or_create(
        case=case,
        code=code,
        due_at=due_at,
        defaults={
            "incident": case.incident,
            "status": ClockStatus.RUNNING,
            "status_at": at,
            "set_at": at,
        },
    )
    if is_new:
        log.record(row, "caseclock.set", by=None, at=at, code=code)
    elif row.status == ClockStatus.CANCELLED:
        move_all([row], ClockStatus.RUNNING, by=None, at=at)


def pause(case: ClawbackCase, *, at: datetime) -> None:
    """Stop every running clock of a case, and keep what is left of each."""
    for row in CaseClock.objects.filter(case=case, status=ClockStatus.RUNNING):
        move_all([row], ClockStatus.PAUSED, by=None, at=at, left=row.due_at - at)


def run_on(case: ClawbackCase, *, at: datetime) -> None:
    """Let the stopped clocks of a case run on with what was left."""
    for row in CaseClock.objects.filter(case=case, status=ClockStatus.PAUSED):
        left = row.left or row.due_at - row.set_at
        move_all([row], ClockStatus.RUNNING, by=None, at=at, left=None, due_at=at + left)


def _belongs(row: CaseClock, case: ClawbackCase) -> bool:
    return case.status in clocks.CLOCKS[row.code].runs_in


def _end(rows: list[CaseClock], at: datetime) -> None:
    fired = [row for row in rows if row.status == ClockStatus.FIRED]
    waiting = [row for row in rows if row.status != ClockStatus.FIRED]
    move_all(fired, ClockStatus.HANDLED, by=None, at=at)
    move_all(waiting, ClockStatus.CANCELLED, by=None, at=at)
