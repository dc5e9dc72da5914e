"""Whatever is tried in whatever order: closed on evidence, children first, clocks once, replay."""

import os
from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from breaches.audit.models import AuditEvent
from breaches.clawback import actions, machine, queries
from breaches.clawback.journal import Grounds, take_step
from breaches.clawback.models import CaseClock, CaseEvent, ClawbackCase
from breaches.clawback.states import CLOSED, State
from breaches.errors import Refused
from breaches.recipients.models import Recipient
from tests.clawback.cases import make_case, make_child, paper
from tests.factories import NOON

pytestmark = pytest.mark.django_db
QUICK = "QUICK" in os.environ
# An intention: which of the steps that are possible, where to, with a document or not,
# how many days pass before, on the case or on a child, and whether a child is found first.
intentions = st.lists(
    st.tuples(
        st.integers(0, 40), st.booleans(), st.integers(0, 40), st.booleans(),
        st.sampled_from([False] * 5 + [True]), st.sampled_from([False] * 4 + [True]),
    ),
    min_size=6, max_size=14,
)  # fmt: skip


class Undo(Exception):
    """Leave the database as it was before the example."""


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink a failure takes minutes
)
@given(plan=intentions)
def test_no_story_breaks_what_must_hold(shared, plan):
    case, document = shared
    try:
        with transaction.atomic():
            live(ClawbackCase.objects.get(pk=case.pk), document, plan)
            raise Undo
    except Undo:
        pass


@pytest.fixture
def shared():
    case = make_case()
    return case, paper(case.incident)


def live(case, document, plan):
    at = NOON
    for number, with_paper, days, on_child, any_event, new_child in plan:
        at += timedelta(days=days)
        if new_child and case.status != State.DRAFT:
            make_child(case, at=at)
        cases = list(ClawbackCase.objects.filter(incident=case.incident))
        one = cases[-1] if on_child else cases[0]
        attempt(one, number, document if with_paper else None, any_event, at)
        clocks_run(at)
        check(case.incident)


def attempt(one, number, document, any_event, at):
    """Try one step; every other one straight towards the end, or no case would ever close."""
    possible = [code for code, step in machine.STEPS.items() if any_event or
                one.status in step.sources]  # fmt: skip
    event = possible[number % len(possible)]
    targets = sorted(machine.STEPS[event].targets) or [one.status]
    was = one.status
    try:
        take_step(one, event, to=targets[number % len(targets)], by=None, at=at,
                  grounds=Grounds("", document))  # fmt: skip
    except Refused:
        assert ClawbackCase.objects.get(pk=one.pk).status == was
        return
    if one.status in CLOSED and was not in CLOSED:
        children = Recipient.objects.filter(parent=one.recipient)
        assert document is not None
        assert all(child.case.status in CLOSED for child in children)


def clocks_run(at):
    for clock in queries.ran_out(at=at):
        stale = CaseClock.objects.get(pk=clock.pk)
        for worker in (clock, stale):  # two workers, the same message
            try:
                actions.run_out(worker, at=at)
            except Refused:
                continue


def check(incident):
    for one in ClawbackCase.objects.filter(incident=incident):
        assert queries.replayed(one) == one.status
        assert one.last_seq == CaseEvent.objects.filter(case=one).count()
        if one.status in CLOSED:
            assert one.closed_on is not None
            closing = CaseEvent.objects.filter(case=one, to__in=CLOSED).exclude(was__in=CLOSED)
            assert all(event.evidence_id for event in closing)
    fired = Counter(
        AuditEvent.objects.filter(event="caseclock.fired").values_list("subject_id", flat=True)
    )
    assert set(fired.values()) <= {1}
    dates = Counter(CaseClock.objects.values_list("case", "code", "due_at"))
    assert set(dates.values()) <= {1}
