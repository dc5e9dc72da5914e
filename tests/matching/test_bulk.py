"""Pairs of one rule are confirmed together, with count and sample, or not at all."""

import pytest
from django.urls import reverse

from breaches.matching import actions, bulk, queries
from breaches.matching.models import Candidate, CandidateStatus, Judgement
from tests.factories import NOON, make_user
from tests.matching.test_match import leaked, matched, registered

pytestmark = pytest.mark.django_db
RULE = "name_and_birth_date"


@pytest.fixture
def user():
    return make_user()


@pytest.fixture
def incident(user):
    registered(
        "C1,Ada,Doe,,1990-01-02,es\nC2,Bo,Roe,,1985-05-06,en\nC3,Cy,Poe,,1971-03-04,en\n"
        "C4,Di,Loe,,1980-03-04,en\nC5,Di,Loe,,1980-03-04,en\n"
    )
    rows = "Doe,Ada,1990-01-02,,,\nRoe,Bo,1985-05-06,,,\nPoe,Cy,1971-03-04,,,afraid\n"
    return matched(leaked(rows + "Loe,Di,1980-03-04,,,\n", team=[user]))


def test_only_pairs_that_one_reviewer_may_decide_and_that_mean_nobody_else(incident):
    (one,) = bulk.rules_in(incident)

    assert (one.code, one.number) == (RULE, 2)
    names = {pair.person.document["given"] for pair in bulk.confirmable(incident, RULE)}
    assert names == {"Ada", "Bo"}


def test_they_are_confirmed_together_each_with_its_judgement(client, incident, user):
    client.force_login(user)
    url = reverse("matching:bulk", args=[incident.pk])
    page = client.get(url, {"rule": RULE}).content.decode()
    assert "2 pairs of this rule wait" in page
    assert "Ada Doe" in page

    client.post(url, {"rule": RULE, "shown": 2, "looked": "on"})

    assert queries.affected(incident).count() == 2
    said = Judgement.objects.all()
    assert {one.document["reason"] for one in said} == {
        "bulk of 2 by the rule name_and_birth_date, 2 looked at"
    }
    actions.undo(said[0].candidate, by=user, at=NOON)
    assert queries.affected(incident).count() == 1


@pytest.mark.parametrize(
    "said", [{"shown": 2}, {"shown": 3, "looked": "on"}, {"shown": "x", "looked": "on"}]
)
def test_nothing_is_confirmed_unseen_or_when_the_pairs_are_others(client, incident, user, said):
    client.force_login(user)

    client.post(reverse("matching:bulk", args=[incident.pk]), {"rule": RULE, **said})

    assert not Candidate.objects.filter(status=CandidateStatus.CONFIRMED).exists()
