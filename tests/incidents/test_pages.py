"""An incident is opened, filled and corrected by pages."""

import errno
import os

import pytest
from django.urls import reverse

from breaches.incidents.models import Incident
from tests.factories import make_exposure, make_incident, make_user

pytestmark = pytest.mark.django_db

TYPED = {
    "reference": "2022-11-A",
    "name": "Spreadsheet on the public site",
    "kind": "public_posting",
    "holder": "Example Agency",
    "side": "outsider",
    "snapshot_on": "2022-11-19",
}


@pytest.fixture
def user(client):
    user = make_user()
    client.force_login(user)
    return user


def test_the_list_says_what_to_do_when_there_is_nothing(client, user):
    page = client.get("/").content.decode()

    assert "No incident yet" in page
    assert reverse("incidents:open") in page


def test_the_list_counts_everybody_on_the_team(client, user):
    make_incident(by=user, team=[make_user(), make_user()])

    assert "3 on the team" in client.get("/").content.decode()


def test_whoever_opens_an_incident_is_on_its_team(client, user):
    answer = client.post(reverse("incidents:open"), TYPED)

    incident = Incident.objects.get()
    assert answer["Location"] == reverse("incidents:detail", args=[incident.pk])
    assert [member.user for member in incident.team.all()] == [user]
    assert client.get(answer["Location"]).status_code == 200


def test_a_reference_that_is_taken_is_refused_beside_its_field(client, user):
    make_incident(reference="2022-11-A")

    page = client.post(reverse("incidents:open"), TYPED).content.decode()

    assert "Another incident has this reference." in page
    assert Incident.objects.count() == 1


def test_a_full_key_store_is_said_and_leaves_no_half_key(client, user, settings, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    keys_before = set(settings.KEY_STORE.iterdir())
    monkeypatch.setattr(os, "fsync", full)
    page = client.post(reverse("incidents:open"), TYPED).content.decode()
    monkeypatch.undo()

    assert "There is no room for a key on this machine" in page
    assert not Incident.objects.exists()
    assert set(settings.KEY_STORE.iterdir()) == keys_before
    client.post(reverse("incidents:open"), TYPED)
    assert Incident.objects.exists()


def test_only_ones_own_incidents_are_listed_and_offered_as_a_parent(client, user):
    mine, foreign = make_incident(by=user), make_incident()

    listed = client.get("/").content.decode()
    offered = client.get(reverse("incidents:open")).content.decode()

    assert mine.reference in listed
    assert mine.reference in offered
    assert foreign.reference not in listed + offered


def test_a_correction_keeps_what_was_not_touched(client, user):
    incident = make_incident(by=user, contact={"contact_name": "Help desk"})
    page = client.get(reverse("incidents:edit", args=[incident.pk]))

    typed = {name: value or "" for name, value in page.context["form"].initial.items()}
    client.post(reverse("incidents:edit", args=[incident.pk]), {**typed, "name": "Another name"})

    incident.refresh_from_db()
    assert incident.name == "Another name"
    assert incident.holder == "Example Agency"


def typed_on(page):
    """Return what a browser sends of a form that nobody has touched."""
    fields = page.context["form"]
    return {field.html_name: str(field.value() or "") for field in fields} | {
        field.html_name: "on" for field in fields if field.value() is True
    }


def test_a_parent_that_is_not_the_editors_stays_and_shows_its_reference_alone(client, user):
    parent, foreign = make_incident(name="Kept apart"), make_incident()
    incident = make_incident(by=user, parent=parent)
    edit = reverse("incidents:edit", args=[incident.pk])

    page = client.get(edit)
    shown = page.content.decode()
    client.post(edit, {**typed_on(page), "name": "Another name"})

    incident.refresh_from_db()
    assert (incident.name, incident.parent) == ("Another name", parent)
    assert f'<option value="{parent.reference}" selected>{parent.reference}</option>' in shown
    assert parent.name not in shown
    assert foreign.reference not in shown


def test_another_parent_that_is_not_the_editors_is_refused_and_the_present_one_is_cleared(
    client, user
):
    parent, foreign = make_incident(), make_incident()
    incident = make_incident(by=user, parent=parent)
    edit = reverse("incidents:edit", args=[incident.pk])
    typed = typed_on(client.get(edit))

    client.post(edit, {**typed, "parent": foreign.reference})
    incident.refresh_from_db()
    assert incident.parent == parent

    client.post(edit, {**typed, "parent": ""})
    incident.refresh_from_db()
    assert incident.parent is None


def test_an_exposure_that_closes_before_it_opens_is_refused(client, user):
    incident = make_incident(by=user)
    facts = {
        "kind": "url",
        "locator": "https://agency.example.org/files/roster.xlsx",
        "opened_at": "2022-11-28T14:45",
        "opened_certainty": "about",
        "closed_at": "2022-11-28T13:45",
        "closed_certainty": "exact",
    }

    page = client.post(
        reverse("incidents:add_exposure", args=[incident.pk]), facts, follow=True
    ).content.decode()

    assert "cannot have been closed before it was opened" in page
    assert not incident.exposures.exists()


def test_what_was_said_stands_on_the_timeline_with_its_source(client, user):
    incident = make_incident(by=user)
    make_exposure(incident=incident)

    client.post(
        reverse("incidents:add_statement", args=[incident.pk]),
        {
            "said_on": "2022-12-01",
            "standing": "claimed",
            "text": "It was online for five hours.",
            "source": "Press release",
        },
    )
    page = client.get(reverse("incidents:detail", args=[incident.pk])).content.decode()

    assert "Claimed: It was online for five hours." in page
    assert "Press release" in page


def test_a_member_taken_off_the_team_no_longer_finds_the_incident(client, user):
    colleague = make_user()
    incident = make_incident(by=user)
    client.post(reverse("incidents:team", args=[incident.pk]), {"user": colleague.pk})
    assert incident.team.count() == 2

    client.post(reverse("incidents:leave_team", args=[incident.pk, colleague.pk]))
    client.force_login(colleague)

    assert client.get(reverse("incidents:detail", args=[incident.pk])).status_code == 404


def test_the_last_member_stays(client, user):
    incident = make_incident(by=user)

    page = client.post(
        reverse("incidents:leave_team", args=[incident.pk, user.pk]), follow=True
    ).content.decode()

    assert "The last member cannot leave" in page
    assert incident.team.count() == 1


def test_incidents_that_overlap_are_linked_for_whoever_may_see_both(client, user):
    for reference in ("A", "B"):
        typed = {**TYPED, "reference": reference, "in_set": "Autumn  2022"}
        client.post(reverse("incidents:open"), typed)
    foreign = make_incident(in_set="Autumn 2022")
    first, second = Incident.objects.filter(team__user=user).order_by("pk")

    page = client.get(reverse("incidents:detail", args=[first.pk])).content.decode()

    assert reverse("incidents:detail", args=[second.pk]) in page
    assert foreign.reference not in page
