"""A model links nobody by itself until its gate is open."""

import pytest
from django.urls import reverse

from breaches.incidents.actions import add_to_team
from breaches.matching import actions, gates, queries, sampling
from breaches.matching.models import Candidate, CandidateStatus, Gate, GateStatus, MatchRun
from breaches.matching.trying import Tried
from tests.factories import NOON, make_user
from tests.matching.crowds import crowd, leak_lines, register_lines
from tests.matching.test_match import leaked, matched, registered

PEOPLE = crowd(130)
UNNUMBERED = 10


@pytest.mark.parametrize(
    ("right", "size", "bound"),
    # R 4.3: binom.test(right, size, alternative = "greater")$conf.int[1]
    [(299, 299, 0.99003), (298, 299, 0.98423), (10, 10, 0.74113), (0, 5, 0.0), (5, 10, 0.22244)],
)
def test_the_bound_is_that_of_clopper_and_pearson(right, size, bound):
    assert sampling.lower_bound(right, size) == pytest.approx(bound, abs=1e-5)


def test_the_sample_sizes_are_those_that_prove_a_precision():
    assert [sampling.needed(errors) for errors in range(3)] == [299, 473, 628]


def test_a_larger_draw_keeps_the_smaller_one():
    pairs = list(range(1000))

    assert sampling.drawn(pairs, 473, "x")[:299] == sampling.drawn(pairs, 299, "x")
    assert sampling.drawn(pairs, 299, "x") != sampling.drawn(pairs, 299, "y")


def test_no_decoy_proves_nothing():
    assert not Tried("namesakes", 0, 0).passes
    assert Tried("namesakes", 1000, 5).passes
    assert not Tried("namesakes", 1000, 6).passes


@pytest.fixture
def incident(db):
    registered(register_lines(PEOPLE))
    rows = leak_lines(PEOPLE[:120], numbered=lambda place: place >= UNNUMBERED)
    return matched(leaked(rows))


def answer(incident, value=CandidateStatus.CONFIRMED):
    for one in Candidate.objects.filter(incident=incident, is_sampled=True):
        for by in (make_user(), make_user()):
            actions.judge(one, value, "", by=by, at=NOON)


def test_the_gate_is_shut_and_says_what_is_missing(incident):
    found = gates.standing(Gate.objects.get())

    assert found.gate.status == GateStatus.SHUT
    assert found.sample.size == found.sample.would_link == UNNUMBERED
    assert found.missing == ["10 of 10 pairs of the blind sample wait for two people."]
    with pytest.raises(actions.GateShut, match="10 of 10"):
        actions.open_gate(found.gate, by=make_user(), at=NOON)


def test_one_answer_does_not_decide_a_pair_of_the_sample(incident):
    one = Candidate.objects.filter(is_sampled=True).first()
    actions.judge(one, CandidateStatus.CONFIRMED, "", by=make_user(), at=NOON)

    assert one.status == CandidateStatus.SECOND
    actions.judge(one, CandidateStatus.REJECTED, "", by=make_user(), at=NOON)
    assert one.status == CandidateStatus.UNSURE
    actions.judge(one, CandidateStatus.CONFIRMED, "", by=make_user(), at=NOON)
    assert one.status == CandidateStatus.CONFIRMED
    assert (
        list(queries.standing_judgements(one).values_list("value", flat=True)) == ["CONFIRMED"] * 2
    )


def test_an_answered_sample_opens_the_gate_and_the_next_run_links_what_waited(
    incident, monkeypatch
):
    monkeypatch.setattr(sampling, "PROVEN", 0.7)  # nine pairs prove no more
    extra = Candidate.objects.filter(is_sampled=True).first()
    Candidate.objects.filter(pk=extra.pk).update(is_sampled=False)  # one that was not drawn
    answer(incident)

    run = actions.open_gate(Gate.objects.get(), by=make_user(), at=NOON)
    actions.match(run, at=NOON)

    extra.refresh_from_db()
    assert extra.status == CandidateStatus.CONFIRMED
    assert not extra.is_judged
    assert queries.affected(incident).count() == 120
    assert MatchRun.objects.filter(status="MATCHED").count() == 2


def test_a_wrong_pair_keeps_the_gate_shut(incident):
    answer(incident, CandidateStatus.REJECTED)

    with pytest.raises(actions.GateShut, match="10 of 10 pairs are wrong"):
        actions.open_gate(Gate.objects.get(), by=make_user(), at=NOON)
    with pytest.raises(actions.GateShut, match="not enlarged"):
        actions.draw_more(Gate.objects.get(), by=make_user(), at=NOON)


def test_one_error_in_a_sample_asks_for_a_larger_one(incident):
    gate = Gate.objects.get()
    Gate.objects.update(size=5)
    Candidate.objects.filter(is_sampled=True).update(is_sampled=False)
    gate.refresh_from_db()
    gates.draw(gate)
    first, *rest = Candidate.objects.filter(is_sampled=True)
    for one in rest:
        for _ in range(2):
            actions.judge(one, CandidateStatus.CONFIRMED, "", by=make_user(), at=NOON)
    for _ in range(2):
        actions.judge(first, CandidateStatus.REJECTED, "", by=make_user(), at=NOON)

    actions.draw_more(gate, by=make_user(), at=NOON)

    assert gates.standing(gate).sample.size == UNNUMBERED


def test_the_pages_lead_to_the_sample_and_hide_the_score_until_it_is_answered(client, incident):
    user = make_user()
    add_to_team(incident, user, by=make_user(), at=NOON)
    client.force_login(user)

    gate_page = client.get(reverse("matching:gate", args=[incident.pk])).content.decode()
    assert "The gate is shut" in gate_page
    assert "Clopper" in gate_page
    url = reverse("matching:review", args=[incident.pk]) + "?only=sample"
    page = client.get(url).content.decode()
    assert "1 of 10" in page
    assert "bits" not in page
    pairs = reverse("matching:pairs", args=[incident.pk])
    listed = client.get(pairs, {"status": "review"}).content.decode()
    assert listed.count("hidden: blind sample") == 10
    one = queries.review_queue(incident, user).filter(is_sampled=True).first()
    answer = client.post(
        reverse("matching:judge", args=[incident.pk, one.pk]),
        {"value": "CONFIRMED", "only": "sample"},
    )
    assert answer["Location"].endswith("only=sample")


def test_only_who_approves_opens_the_gate(client, incident):
    answer(incident)
    user = make_user("matcher")
    add_to_team(incident, user, by=make_user(), at=NOON)
    client.force_login(user)
    url = reverse("matching:gate_open", args=[incident.pk, Gate.objects.get().pk])

    assert client.post(url).status_code == 403
    boss = make_user("approver")
    add_to_team(incident, boss, by=make_user(), at=NOON)
    client.force_login(boss)
    assert client.post(url).status_code == 302
    assert Gate.objects.get().status == GateStatus.OPEN
