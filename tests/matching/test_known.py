"""Now and then a reviewer is shown a pair whose answer is known."""

import pytest
from django.urls import reverse

from breaches.matching import actions, known, queries, reporting
from breaches.matching.models import Candidate, CandidateStatus, KnownAnswer
from tests.factories import NOON, make_user
from tests.matching.test_match import leaked, matched, registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return make_user()


@pytest.fixture
def incident(user, monkeypatch):
    monkeypatch.setattr(known, "EVERY", 3)
    registered(
        "C1,Ada,Doe,A012345678,1990-01-02,es\nC2,Ada,Doe,A000000002,1990-01-02,en\n"
        "C3,Bo,Roe,,1985-05-06,en\nC4,Cy,Poe,,1971-03-04,en\n"
    )
    rows = "Doe,Ada,1990-01-02,A012345678,,\nRoe,Bo,1985-05-06,,,\nPoe,Cy,1971-03-04,,,\n"
    return matched(leaked(rows, team=[user]))


def judged(incident, user, count):
    for one in list(queries.review_queue(incident, user))[:count]:
        actions.judge(one, CandidateStatus.CONFIRMED, "", by=user, at=NOON)


def test_one_pair_in_so_many_is_a_known_one_without_its_number(client, incident, user):
    assert known.due(incident, user) is None
    judged(incident, user, 2)

    one = known.due(incident, user)
    assert one.rule == "identifier"
    client.force_login(user)
    page = client.get(reverse("matching:review", args=[incident.pk])).content.decode()
    assert "Ada Doe" in page
    assert "A012345678" not in page
    url = reverse("matching:measure", args=[incident.pk, one.pk])
    assert url in page
    client.post(url, {"value": "REJECTED"})
    assert not KnownAnswer.objects.get().is_right
    assert known.due(incident, user) is None
    one.refresh_from_db()
    assert one.status == CandidateStatus.CONFIRMED


def test_a_reviewer_is_measured_on_right_and_on_wrong_pairs(incident, user):
    judged(incident, user, 1)
    one, other = known.right(incident).get(), known.wrong(incident).get()
    actions.answer_known(one, CandidateStatus.CONFIRMED, by=user, at=NOON)
    actions.answer_known(other, CandidateStatus.REJECTED, by=user, at=NOON)

    (found,) = reporting.reviewers(incident)
    assert (found.known, found.known_right) == (2, 2)


def test_a_pair_that_is_not_known_is_not_measured(incident, user):
    one = Candidate.objects.filter(rule="name_and_birth_date").first()

    with pytest.raises(actions.NotKnown):
        actions.answer_known(one, CandidateStatus.CONFIRMED, by=user, at=NOON)
