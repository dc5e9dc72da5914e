"""Where two people must say the same, one person is never both of them."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import IntegrityError, connection

from breaches.matching import actions, queries
from breaches.matching.actions import judging
from breaches.matching.models import Candidate, CandidateStatus, Judgement
from tests.factories import NOON, make_user
from tests.matching.test_match import leaked, matched, registered

REGISTER = "C2,Bo,Roe,,1985-05-06,\n"
ROW = "Roe,Bo,1985-05-07,,,afraid\n"


def pair():
    """Return a pair that needs two reviewers."""
    registered(REGISTER)
    one = queries.review_queue(matched(leaked(ROW))).get()
    assert one.reviewers_needed == 2
    return one


@pytest.mark.django_db(transaction=True)
def test_one_reviewer_who_sends_twice_at_once_is_heard_once(monkeypatch):
    one, user = pair(), make_user()
    actions.judge(one, CandidateStatus.UNSURE, "", by=make_user(), at=NOON)
    both, outcome = Barrier(2), judging._outcome

    def together(*args):
        with suppress(BrokenBarrierError):  # the other waits for this one, as it should
            both.wait(1)
        return outcome(*args)

    monkeypatch.setattr(judging, "_outcome", together)

    def confirm(_):
        try:
            fresh = Candidate.objects.get(pk=one.pk)
            return actions.judge(fresh, CandidateStatus.CONFIRMED, "", by=user, at=NOON)
        except actions.NeedsSecondReviewer as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = {type(answer) for answer in pool.map(confirm, range(2))}

    assert answers == {Judgement, actions.NeedsSecondReviewer}
    assert queries.standing_judgements(one).filter(by=user).count() == 1
    one.refresh_from_db()
    assert one.status == CandidateStatus.UNSURE


@pytest.mark.django_db
def test_the_database_keeps_one_standing_word_of_each_reviewer():
    one, user = pair(), make_user()
    actions.judge(one, CandidateStatus.UNSURE, "", by=user, at=NOON)
    Candidate.objects.update(status=CandidateStatus.REVIEW)
    one.refresh_from_db()

    with pytest.raises(actions.NeedsSecondReviewer) as refusal:
        actions.judge(one, CandidateStatus.CONFIRMED, "", by=user, at=NOON)

    assert isinstance(refusal.value.__cause__, IntegrityError)
    assert Judgement.objects.count() == 1


@pytest.mark.django_db
def test_a_reviewer_may_change_their_mind_as_often_as_they_like():
    registered(REGISTER)
    one = queries.review_queue(matched(leaked("Roe,Bo,1985-05-06,,,\n"))).get()
    user = make_user()

    for value in ("CONFIRMED", "REJECTED", "CONFIRMED"):
        actions.judge(one, value, "", by=user, at=NOON)
    actions.undo(one, by=user, at=NOON)
    actions.undo(_confirmed(one, user), by=user, at=NOON)

    assert not queries.standing_judgements(one).exists()
    assert Judgement.objects.count() == 6


def _confirmed(one, user):
    actions.judge(one, CandidateStatus.CONFIRMED, "", by=user, at=NOON)
    return one
