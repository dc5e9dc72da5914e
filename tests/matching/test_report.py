"""How right the matching is, and what other thresholds would change."""

import pytest
from django.urls import reverse

from breaches.incidents.actions import add_to_team
from breaches.matching import actions, gates, reporting
from breaches.matching.correcting import correction
from breaches.matching.limits import change, limits_of
from breaches.matching.models import Candidate, CandidateStatus, Gate, MatchModel
from breaches.matching.proposals import Limits
from tests.factories import NOON, make_user
from tests.matching.crowds import crowd, leak_lines, register_lines
from tests.matching.test_match import leaked, matched, registered

pytestmark = pytest.mark.django_db

PEOPLE = crowd(130)


@pytest.fixture
def incident():
    registered(register_lines(PEOPLE))
    return matched(leaked(leak_lines(PEOPLE[:120], numbered=lambda place: place >= 10)))


@pytest.fixture
def boss(client, incident):
    user = make_user()
    add_to_team(incident, user, by=user, at=NOON)
    client.force_login(user)
    return user


def test_recall_is_counted_on_known_clients_with_their_numbers_hidden(incident):
    known = gates.standing(Gate.objects.get()).known

    assert known.rows == 110
    assert known.recall > 0.98


def test_what_reviewers_found_stands_beside_what_the_model_believed(incident):
    pairs = list(Candidate.objects.filter(is_pending=True).order_by("pk"))
    users = make_user(), make_user()
    for place, one in enumerate(pairs):
        value = CandidateStatus.REJECTED if place == 0 else CandidateStatus.CONFIRMED
        for user in users:
            actions.judge(one, value, "", by=user, at=NOON)

    (top,) = reporting.calibration(incident)
    assert (top.low, top.pairs, top.right) == (0.99, 10, 9)
    assert top.least < top.share < top.most
    found = reporting.reviewers(incident)
    assert [(one.judged, one.together, one.agreed) for one in found] == [(10, 10, 10)] * 2
    assert reporting.load(incident).judged == 10


def test_the_report_says_what_is_not_known_yet(client, incident, boss):
    page = client.get(reverse("matching:report", args=[incident.pk])).content.decode()

    assert "nothing is proven" in page
    assert "110 rows speak of known clients" in page
    assert "<svg" in page


def test_thresholds_show_what_they_would_change_before_they_apply(client, incident, boss):
    one, judged = Candidate.objects.filter(is_pending=True)[:2]
    weak = {"posterior": 0.3, "is_pending": False, "rule": "score"}
    Candidate.objects.filter(pk__in=[one.pk, judged.pk]).update(**weak)
    judged.refresh_from_db()
    for _ in range(2):
        actions.judge(judged, CandidateStatus.CONFIRMED, "", by=make_user(), at=NOON)
    url = reverse("matching:thresholds", args=[incident.pk])

    page = client.post(url, {"auto": "0.99", "review": "0.4"}).content.decode()
    assert "pairs in review would be rejected, and kept" in page.lower()
    assert limits_of(incident) == Limits()
    client.post(url, {"auto": "0.99", "review": "0.4", "apply": "yes"})

    one.refresh_from_db()
    judged.refresh_from_db()
    assert one.status == CandidateStatus.REJECTED
    assert judged.status == CandidateStatus.CONFIRMED
    assert limits_of(incident) == Limits(0.99, 0.4)
    assert change(incident, Limits()).to_review.get() == one


def test_nothing_is_linked_below_ninety_nine(client, incident, boss):
    url = reverse("matching:thresholds", args=[incident.pk])

    page = client.post(url, {"auto": "0.9", "review": "0.02"}).content.decode()

    assert "greater than or equal to 0.99" in page


def test_reviewed_pairs_that_agree_move_nothing():
    judged = [(0.9, True)] * 90 + [(0.9, False)] * 10

    found = correction(judged)

    assert not found.is_due
    assert abs(found.bits) < 0.05


def test_reviewed_pairs_that_contradict_move_the_score_to_what_was_found():
    judged = [(0.9, True)] * 60 + [(0.9, False)] * 40

    found = correction(judged)

    assert found.is_due
    assert -2.6 < found.bits < -2.3  # from odds of 9 to odds of 1.5 are 2.58 bits; the prior holds
    assert not correction(judged[:40]).is_due, "fewer than fifty"


def test_a_correction_is_a_new_model_with_a_shut_gate_and_changes_no_decision(
    client, incident, boss
):
    Candidate.objects.filter(rule="identifier").update(is_judged=True, posterior=0.99999)
    wrong = Candidate.objects.filter(rule="identifier")[:30].values_list("pk", flat=True)
    Candidate.objects.filter(pk__in=list(wrong)).update(status=CandidateStatus.REJECTED)
    before = list(Candidate.objects.filter(is_judged=True).order_by("pk").values("pk", "status"))

    page = client.get(reverse("matching:report", args=[incident.pk])).content.decode()
    assert "They contradict it" in page
    run = actions.correct(incident, by=boss, at=NOON)
    actions.match(run, at=NOON)

    parent, child = MatchModel.objects.order_by("pk")
    assert child.parent == parent
    assert child.body["shift"] < -1
    assert child.gate.status == "SHUT"
    after = list(Candidate.objects.filter(is_judged=True).order_by("pk").values("pk", "status"))
    assert after == before
    moved = Candidate.objects.filter(is_judged=False, model=child)
    assert moved.exists()


def test_a_correction_without_reason_is_refused(client, incident, boss):
    with pytest.raises(actions.NotContradicted):
        actions.correct(incident, by=boss, at=NOON)
    answer = client.post(reverse("matching:correct", args=[incident.pk]))
    assert answer.status_code == 302
    assert MatchModel.objects.count() == 1
