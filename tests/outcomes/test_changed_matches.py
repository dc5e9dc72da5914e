"""A match that is taken back flags the notice and the letter that hung on it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from breaches.incidents.actions import add_to_team
from breaches.matching import actions
from breaches.matching.models import Candidate
from notifications.notices.actions import prepare_notices, route_notices
from notifications.outcomes import hanging, worklist
from notifications.wording.actions import approve_version, install_starters
from notifications.wording.models import TemplateVersion, VersionStatus
from tests.factories import NOON, make_user
from tests.matching.test_match import leaked, matched, registered

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def incident():
    registered("C1,Ada,Doe,A012345678,1990-01-02,en\n")
    incident = matched(leaked("Doe,Ada,1990-01-02,A012345678,,\n"))
    install_starters(by=make_user(), at=NOON)
    for version in TemplateVersion.objects.filter(status=VersionStatus.IN_REVIEW):
        approve_version(version, by=make_user(), at=NOON)
    order = prepare_notices(incident, "initial", by=make_user(), at=NOON)
    route_notices(order, at=NOON)
    return incident


def test_a_notice_on_a_taken_back_match_waits_to_be_looked_at(client, incident):
    user = make_user()
    add_to_team(incident, user, by=user, at=NOON)
    client.force_login(user)
    url = reverse("outcomes:changed", args=[incident.pk])
    assert "No match changed" in client.get(url).content.decode()

    actions.undo(Candidate.objects.get(), by=user, at=LATER)

    page = client.get(url).content.decode()
    assert "Ada Doe" in page
    assert "no row speaks of them" in page
    todos = [todo.page for todo in worklist.todos(incident, at=LATER)]
    assert "outcomes:changed" in todos
    one = hanging.hanging(incident).get()
    client.post(reverse("outcomes:look_at", args=[incident.pk, one.pk]))
    assert not hanging.hanging(incident).exists()
