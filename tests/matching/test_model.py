"""The statistical engine inside the matching: three values, sealed, kept and replayable."""

import json
from random import Random

import pytest

from breaches.matching import actions, indexes, opening, queries, replay, scoring
from breaches.matching.models import Candidate, CandidateStatus, MatchModel, RegisterIndex
from breaches.people.impounded import Impounded
from breaches.people.models import Person
from breaches.vault import files
from tests.factories import NOON, make_user
from tests.matching.crowds import crowd, leak_lines, register_lines
from tests.matching.test_match import leaked, matched, registered

pytestmark = pytest.mark.django_db

PEOPLE = crowd(130)


@pytest.fixture
def incident():
    """An incident with 120 rows of which every other has no number, and 130 people."""
    registered(register_lines(PEOPLE))
    return matched(leaked(leak_lines(PEOPLE[:120], numbered=lambda place: place % 2)))


def test_the_rule_links_and_the_model_waits_for_its_gate(incident):
    linked = Candidate.objects.filter(status=CandidateStatus.CONFIRMED)
    pending = Candidate.objects.filter(is_pending=True)

    assert linked.count() == 60
    assert {one.rule for one in linked} == {"identifier"}
    assert pending.count() == 60
    assert {one.status for one in pending} == {CandidateStatus.REVIEW}
    assert all(one.posterior >= 0.99 and one.is_free for one in pending)


def test_a_stored_decision_is_replayed_to_the_same_weight(incident):
    Person.objects.first().identifiers.all().delete()

    for one in Candidate.objects.exclude(model=None)[:20]:
        assert replay.weight(one) == one.weight


def test_the_model_is_numbers_alone_and_its_hash_is_that_of_its_text(incident):
    model = MatchModel.objects.get()

    text = json.dumps(model.body)
    assert model.sha256 == scoring.digest(model.body)
    assert not any(part in text for person in PEOPLE for part in person[:4])
    assert model.body["labels"][:4] == ["given", "family", "order", "birth_date"]


def test_the_index_is_sealed_and_made_once_for_a_version_of_the_register(incident):
    matched(incident)
    row = RegisterIndex.objects.get()
    assert row.people == 130
    stored = files._path(row.file).read_bytes()
    assert not any(person[0].lower().encode() in stored for person in PEOPLE)
    assert indexes.opened(row).ids

    registered("C900,Zed,Zoe,A000000900,1999-01-01,\n")
    matched(incident)
    assert [one.number for one in RegisterIndex.objects.order_by("number")] == [1, 2]
    assert MatchModel.objects.latest("pk").parent == MatchModel.objects.earliest("pk")


def test_matching_again_changes_nothing_that_is_decided(incident):
    users = make_user(), make_user()
    one, other, *_ = queries.review_queue(incident)
    for user in users:
        actions.judge(one, CandidateStatus.REJECTED, "", by=user, at=NOON)
        actions.judge(other, CandidateStatus.CONFIRMED, "", by=user, at=NOON)
    taken_back = Candidate.objects.filter(rule="identifier").first()
    actions.undo(taken_back, by=users[0], at=NOON)
    before = list(Candidate.objects.order_by("pk").values("pk", "status", "is_judged", "weight"))

    matched(incident)

    after = list(Candidate.objects.order_by("pk").values("pk", "status", "is_judged", "weight"))
    assert after == before


def test_somebody_new_for_a_decided_row_is_raised_and_takes_nothing(incident):
    given, family, born, _, _ = PEOPLE[0]
    row = Candidate.objects.get(is_pending=True, row__row_number=2)
    for _ in range(row.reviewers_needed):
        actions.judge(row, CandidateStatus.CONFIRMED, "", by=make_user(), at=NOON)
    registered(f"C901,{given},{family},,{born},\n")

    matched(incident)

    raised = Candidate.objects.get(is_competing=True)
    assert raised.row_id == row.row_id
    assert raised in queries.review_queue(incident)
    row.refresh_from_db()
    assert row.status == CandidateStatus.CONFIRMED


def test_few_rows_are_matched_by_the_rules_alone():
    registered(register_lines(PEOPLE))
    incident = matched(leaked(leak_lines(PEOPLE[:20], numbered=lambda place: False)))

    assert not MatchModel.objects.exists()
    assert queries.review_queue(incident).count() == 20


def test_what_another_version_prepared_is_made_anew_and_stays_readable(incident):
    old = MatchModel.objects.get()
    MatchModel.objects.update(body={**old.body, "preparation": 0})
    RegisterIndex.objects.update(sha256="0" * 64)

    pair = opening.pairs(Candidate.objects.filter(is_pending=True)[:1], Impounded([]))[0]
    matched(incident)

    assert pair.weight.prior == pytest.approx(scoring.from_json(old.body).prior_weight)
    assert MatchModel.objects.latest("pk").parent == old


def test_rows_of_common_names_and_heaped_birth_dates_are_not_joined_against_the_model():
    dice = Random(1)
    heap = [
        [dice.choice(["Ada", "Bo"]), dice.choice(["Doe", "Roe"]), f"198{dice.randrange(10)}-01-01"]
        for _ in range(100)
    ]
    people = crowd(100, seed=3)
    rows = leak_lines([[*one, "", "Cuba"] for one in heap] + people + people[:20])

    incident = matched(leaked(rows))

    assert queries.affected(incident).count() > 100 + 90


def test_rows_that_say_the_same_are_one_person_still():
    people = crowd(150, seed=3)

    incident = matched(leaked(leak_lines(people) + leak_lines(people[:20])))

    assert queries.affected(incident).count() == 150
