"""Real workers, the same clocks many times over, one of them killed: each runs out once."""

from datetime import timedelta

from django.utils import timezone

from breaches.audit.models import AuditEvent
from breaches.clawback import queries
from breaches.clawback.models import CaseClock, CaseEvent, ClockStatus
from breaches.clawback.tasks import run_out, sweep_cases
from tests.clawback.cases import make_case, make_child


def late_clocks(number):
    """Make so many cases whose 24 hours are over."""
    case = make_case(at=timezone.now() - timedelta(days=3))
    for _ in range(number - 1):
        make_child(case, at=timezone.now() - timedelta(days=3))
    return list(CaseClock.objects.filter(code="preserve").values_list("pk", flat=True))


def all_ran_out():
    sweep_cases()
    return not queries.ran_out(at=timezone.now()).exists()


def test_a_clock_runs_out_once_however_many_workers_are_told(worker):
    clocks = late_clocks(12)

    for clock_id in clocks * 4:
        run_out.delay(clock_id=clock_id)
    worker.kill()
    worker.start()
    worker.wait_until(all_ran_out)

    assert CaseClock.objects.filter(status=ClockStatus.FIRED).count() == 12
    assert CaseEvent.objects.filter(event="ran_out").count() == 12
    assert AuditEvent.objects.filter(event="caseclock.fired").count() == 12
    for event in CaseEvent.objects.filter(event="ran_out").select_related("case"):
        assert queries.replayed(event.case) == event.case.status
