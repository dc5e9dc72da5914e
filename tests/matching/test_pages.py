"""The People tab: start, progress, the list, the review desk and one person's page."""

import pytest
from django.urls import reverse

from breaches.audit import leases
from breaches.audit.models import AuditEvent
from breaches.matching import actions, queries
from breaches.matching.models import Candidate, CandidateStatus, MatchRun, RunStatus, Stage
from tests.factories import NOON, make_user
from tests.matching.test_match import leaked, matched, registered

pytestmark = pytest.mark.django_db


def staff(client, *roles):
    """Sign a new person in, to put on the team of an incident."""
    user = make_user(*roles)
    client.force_login(user)
    return user


def in_review(user, rows="Doe,Ada,1990-01-02,,Cuba,positive\n"):
    registered("C1,Ada,Doe,,1990-01-02,es\nC2,Bo,Roe,,1985-05-06,en\n")
    return matched(leaked(rows, team=[user]))


def page(client, name, incident, *args):
    answer = client.get(reverse(f"matching:{name}", args=[incident.pk, *args]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_says_what_to_do_first(client):
    user = staff(client)
    incident = leaked("Doe,Ada,1990-01-02,,,\n", team=[user])

    assert "Nobody is matched yet" in page(client, "list", incident)


def test_matching_starts_once_and_shows_its_progress(client):
    user = staff(client)
    incident = leaked("Doe,Ada,1990-01-02,,,\n", team=[user])

    client.post(reverse("matching:start", args=[incident.pk]))
    client.post(reverse("matching:start", args=[incident.pk]))

    run = MatchRun.objects.get()
    assert "Waiting for a worker" in page(client, "list", incident)
    assert "Waiting for a worker" in page(client, "progress", incident, run.pk)
    leases.take(run, RunStatus.MATCHING, at=NOON).keep(stage=Stage.WEIGHING)
    assert "Step 3 of 6: weighing the pairs." in page(client, "progress", incident, run.pk)


def test_the_list_counts_by_rule_and_names_everybody(client):
    user = staff(client)
    registered("C1,Ada,Doe,A012345678,1990-01-02,es\n")
    incident = matched(leaked("Doe,Ada,1990-01-02,A012345678,,\n", team=[user]))

    content = page(client, "list", incident)

    assert "Ada Doe" in content
    assert "The same A-number" in content
    assert AuditEvent.objects.filter(event="people.listed").exists()


def test_a_pair_is_shown_side_by_side_with_its_differences_marked(client):
    user = staff(client)
    incident = in_review(user, "Doe,Ada,1990-02-01,,Cuba,positive\n")

    content = page(client, "review", incident)

    assert "may be a slip" in content
    assert "<mark>" in content
    assert "sheet 1, row 2" in content
    assert "positive" not in content, "a reviewer sees no more than the decision needs"
    assert AuditEvent.objects.filter(event="candidate.opened").exists()


def test_a_judgement_leads_to_the_next_pair_and_can_be_taken_back(client):
    user = staff(client)
    incident = in_review(user, "Doe,Ada,1990-01-02,,,\nRoe,Bo,1985-05-06,,,\n")
    first, second = queries.review_queue(incident)

    answer = client.post(
        reverse("matching:judge", args=[incident.pk, first.pk]),
        {"value": "CONFIRMED", "reason": "called her"},
    )
    assert answer["Location"].endswith(f"?pair={second.pk}")
    assert queries.affected(incident).count() == 1
    assert "Undo my last" in page(client, "review", incident)

    client.post(reverse("matching:undo", args=[incident.pk, first.pk]))
    assert queries.review_queue(incident).count() == 2
    assert not queries.affected(incident).exists()


def test_a_judgement_that_says_nothing_is_not_saved(client):
    user = staff(client)
    incident = in_review(user)
    candidate = queries.review_queue(incident).get()

    for value in ("", "REVIEW", "x"):
        client.post(reverse("matching:judge", args=[incident.pk, candidate.pk]), {"value": value})

    assert queries.review_queue(incident).get().status == CandidateStatus.REVIEW


def test_two_clicks_at_once_decide_once(client):
    user = staff(client)
    incident = in_review(user)
    candidate = queries.review_queue(incident).get()
    url = reverse("matching:judge", args=[incident.pk, candidate.pk])

    for _ in range(2):
        answer = client.post(url, {"value": "CONFIRMED"})
        assert answer.status_code == 302

    assert candidate.judgements.count() == 1


def test_the_page_of_one_person_shows_the_path_and_is_audited(client):
    user = staff(client)
    incident = in_review(user)
    candidate = queries.review_queue(incident).get()
    for by in (user, make_user()):
        actions.judge(candidate, CandidateStatus.CONFIRMED, "called her", by=by, at=NOON)
    one = queries.affected(incident).get()

    content = page(client, "person", incident, one.pk)

    assert "called her" in content
    assert "Fear-interview result" in content
    assert reverse("accountability:person", args=[incident.pk, one.pk]) in content
    assert AuditEvent.objects.get(event="person.opened").subject_id == str(one.pk)


def test_somebody_known_only_from_the_leak_has_a_page_too(client):
    user = staff(client)
    incident = matched(leaked("Doe,Ada,1990-01-02,,,\n", team=[user]))
    one = queries.affected(incident).get()

    content = page(client, "person", incident, one.pk)

    assert "from the leaked rows themselves" in content
    assert "sheet 1, row 2" in content


def test_a_name_is_found_in_any_script_and_stands_in_no_address(client):
    user = staff(client)
    incident = matched(leaked("Петров,Иван,1990-01-02,,,\nRoe,Bo,1991-02-03,,,\n", team=[user]))

    answer = client.post(reverse("matching:find", args=[incident.pk]), {"name": "petrov"})

    content = answer.content.decode()
    assert "Петров" in content
    assert "Roe" not in content
    event = AuditEvent.objects.get(event="people.searched")
    assert event.data == {"count": 1}


def test_a_caseworker_reads_and_does_not_judge(client):
    user = staff(client, "caseworker")
    incident = in_review(user)
    candidate = Candidate.objects.get()

    page(client, "list", incident)
    for name, args in (("review", []), ("judge", [candidate.pk]), ("undo", [candidate.pk])):
        url = reverse(f"matching:{name}", args=[incident.pk, *args])
        assert client.post(url).status_code in {403, 405}
        assert client.get(url).status_code in {403, 405}


def test_a_row_that_is_confirmed_waits_no_more(client):
    user = staff(client)
    registered("C1,Ada,Doe,,1990-01-02,\nC2,Ada,Doe,,1990-01-02,\n")
    incident = matched(leaked("Doe,Ada,1990-01-02,,,\n", team=[user]))
    one, other = queries.review_queue(incident)
    assert "As strong as this pair" in page(client, "review", incident)

    actions.judge(one, CandidateStatus.CONFIRMED, "", by=user, at=NOON)
    assert queries.settled(incident)
    assert queries.figures(incident).in_review == 0

    actions.undo(one, by=user, at=NOON)
    assert set(queries.review_queue(incident)) == {one, other}


def test_a_rejected_pair_is_kept_found_by_name_and_reviewed_again(client):
    user = staff(client)
    incident = in_review(user, "Doe,Ada,1990-01-02,,,\nRoe,Bo,1985-05-06,,,\n")
    for one in list(queries.review_queue(incident)):
        actions.judge(one, CandidateStatus.REJECTED, "", by=user, at=NOON)

    assert "2 pairs" in page(client, "pairs", incident)
    url = reverse("matching:pairs", args=[incident.pk])
    found = client.post(url, {"name": "doe"}).content.decode()
    assert "Ada Doe" in found
    assert "Bo Roe" not in found
    client.post(reverse("matching:undo", args=[incident.pk, Candidate.objects.first().pk]))
    assert queries.review_queue(incident).count() == 1
    assert "Posterior" in client.get(url, {"status": "review"}).content.decode()
