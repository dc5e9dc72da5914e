"""The pages of the matching with people on them, read by axe and held up to a telephone."""

import pytest
from django.urls import reverse

from breaches.matching import actions, queries
from breaches.matching.models import Candidate
from tests.browser.looking import faults_on
from tests.factories import NOON, make_user
from tests.matching.crowds import crowd, leak_lines, register_lines
from tests.matching.test_match import leaked, matched, registered

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_page_with_people_on_it_reads_well(page, sign_in):
    user, people = make_user(), crowd(120)
    registered(register_lines(people))
    incident = matched(leaked(leak_lines(people, numbered=lambda place: place > 4), team=[user]))
    one = Candidate.objects.filter(is_sampled=True).first()
    for _ in range(2):
        actions.judge(one, "CONFIRMED", "", by=make_user(), at=NOON)
    unblinded = Candidate.objects.filter(is_sampled=True, status="REVIEW")
    unblinded.filter(pk=queries.review_queue(incident)[0].pk).update(is_sampled=False)
    sign_in(user)

    names = ("list", "review", "gate", "report", "thresholds", "bulk", "pairs")
    paths = [reverse(f"matching:{name}", args=[incident.pk]) for name in names]
    person = incident.affected.get(person=one.person_id)
    paths.append(reverse("matching:person", args=[incident.pk, person.pk]))
    paths.append(reverse("matching:pairs", args=[incident.pk]) + "?status=review")

    found = faults_on(page, paths)
    assert not found, "\n".join(found)
