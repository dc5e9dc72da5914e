"""A real worker is killed in the middle of matching, and two work at once: one result."""

import hashlib

from django.utils import timezone

from breaches.audit.models import AuditEvent
from breaches.matching import actions, queries, tasks
from breaches.matching.models import Candidate, CandidateStatus, MatchModel, MatchRun, RunStatus
from tests.factories import NOON, make_user
from tests.matching.crowds import crowd, leak_lines, register_lines
from tests.matching.test_match import leaked, registered

ROWS = 700
UNNUMBERED = 20


def prepared():
    people = crowd(ROWS)
    registered(register_lines(people))
    return leaked(leak_lines(people, numbered=lambda place: place >= UNNUMBERED))


def result():
    """Return what was decided, as one hash."""
    rows = Candidate.objects.order_by("row", "person")
    pairs = rows.values_list("row", "person", "status", "is_judged", "weight", "is_pending")
    return hashlib.sha256(repr(list(pairs)).encode()).hexdigest()


def swept(condition):
    """Sweep as the clock does, and say whether `condition` holds."""
    tasks.sweep_runs()
    return condition()


def is_matched():
    return MatchRun.objects.latest("pk").status == RunStatus.MATCHED


def test_a_killed_and_a_doubled_worker_give_the_result_of_one(idle_worker, settings):
    settings.LEASE_SECONDS = 2
    worker = idle_worker
    incident = prepared()
    one = actions.start_match(incident, by=make_user(), at=timezone.now())

    worker.start(LEASE_SECONDS="2")
    worker.wait_until(lambda: swept(lambda: MatchRun.objects.get().done > 0))
    worker.kill()
    assert MatchRun.objects.get().status == RunStatus.MATCHING, "the kill came too late to matter"
    worker.start(LEASE_SECONDS="2")
    for _ in range(2):
        tasks.match.delay(run_id=one.pk)
    worker.wait_until(lambda: swept(is_matched))
    judged = judged_by_hand(incident)
    first = result()
    actions.start_match(incident, by=make_user(), at=timezone.now())
    worker.wait_until(lambda: swept(is_matched))

    assert result() == first
    assert Candidate.objects.filter(status=CandidateStatus.CONFIRMED).count() == 681
    assert queries.affected(incident).count() == 681
    assert AuditEvent.objects.filter(event="person.affected").count() == 681
    assert MatchModel.objects.count() == 1
    assert all(Candidate.objects.get(pk=pk).status == status for pk, status in judged.items())


def judged_by_hand(incident):
    """Judge a pair each way, by as many people as it needs."""
    said = {}
    pairs = queries.review_queue(incident)[:2]
    for one, value in zip(pairs, ("CONFIRMED", "REJECTED"), strict=True):
        for _ in range(one.reviewers_needed):
            actions.judge(one, value, "", by=make_user(), at=NOON)
        said[one.pk] = one.status = value
    return said
