"""Taking a match back restores both sides, and flags what hung on it."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from breaches.matching import actions, queries
from breaches.matching.models import AffectedPerson, Candidate, CandidateStatus, Judgement
from tests.factories import NOON, make_user
from tests.matching.test_match import leaked, matched, registered

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = (
    "Doe,Ada,1990-01-02,A012345678,Cuba,\nDoe,Ada,1990-01-02,,,\n"
    "Roe,Bo,1985-05-06,,Peru,\nPoe,Cy,1971-03-05,,,\n"
)
REGISTER = (
    "C1,Ada,Doe,A012345678,1990-01-02,es\nC2,Ada,Doe,,1990-01-02,en\n"
    "C3,Bo,Roe,,1985-05-06,en\nC4,Cy,Poe,,1971-03-04,en\n"
)


def state(incident):
    """Return who is affected, by which rows and with what data, and what waits, as bytes."""
    people = []
    for one in queries.affected(incident).order_by("person"):
        rows = sorted(str(row.pk) for row in one.rows.all())
        people.append([str(one.person_id), one.elements, rows, one.document])
    pairs = Candidate.objects.order_by("pk").values_list("pk", "status", "is_judged", "rule")
    return json.dumps([people, [list(pair) for pair in pairs]], sort_keys=True).encode()


@pytest.fixture
def incident():
    registered(REGISTER)
    return matched(leaked(ROWS))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.integers(0, 30), min_size=1, max_size=4))
def test_unmerge_after_merge_restores_everything_to_the_byte(incident, choices):
    user, done = make_user(), []
    states = [state(incident)]
    for choice in choices:
        waiting = list(queries.review_queue(incident))
        if not waiting:
            break
        one = waiting[choice % len(waiting)]
        actions.judge(one, CandidateStatus.CONFIRMED, "", by=user, at=NOON)
        done.append(one)
        states.append(state(incident))

    for one in reversed(done):
        assert state(incident) == states.pop()
        actions.undo(one, by=user, at=NOON)

    assert state(incident) == states.pop()
    assert Judgement.objects.filter(candidate__in=done).count() >= 2 * len(done)


def test_nothing_that_was_said_is_lost_by_taking_it_back(incident):
    one = queries.review_queue(incident).first()
    first, second = make_user(), make_user()
    said = actions.judge(one, CandidateStatus.CONFIRMED, "called her", by=first, at=NOON)

    back = actions.undo(one, by=second, at=NOON, reason="it was her sister")

    said.refresh_from_db()
    assert said.superseded_by == back
    assert (back.by, back.document["reason"]) == (second, "it was her sister")
    assert said.document["reason"] == "called her"


def test_whoever_loses_a_row_is_flagged_until_somebody_looked(incident):
    linked = Candidate.objects.get(rule="identifier")
    assert not queries.changed(incident).exists()

    actions.undo(linked, by=make_user(), at=NOON)

    one = queries.changed(incident).get()
    assert one.person_id == linked.person_id
    assert one.withdrawn_at == NOON
    actions.look_at(one, by=make_user(), at=NOON)
    assert not queries.changed(incident).exists()
    assert AffectedPerson.objects.get(pk=one.pk).withdrawn_at == NOON


def test_matching_again_flags_nobody(incident):
    matched(incident)

    assert not queries.changed(incident).exists()
