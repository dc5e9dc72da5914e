"""The pages on which a caseworker settles what is held."""

import pytest
from django.urls import reverse

from breaches.incidents.actions import add_to_team
from notifications.notices.models import Notice, NoticeStatus
from notifications.notices.places import places
from tests.factories import NOON, make_user
from tests.notices.test_notices import approved_wording, told

pytestmark = pytest.mark.django_db

NOWHERE = {"where": "", "addressee": "", "lines": ""}


@pytest.fixture
def caseworker(client):
    user = make_user("caseworker")
    client.force_login(user)
    return user


def held(caseworker, *people):
    approved_wording()
    incident = told(*people)
    add_to_team(incident, caseworker, by=make_user(), at=NOON)
    return incident


def page(client, name, *args):
    return client.get(reverse(name, args=args)).content.decode()


def test_the_list_counts_by_reason_and_shows_one_reason(client, caseworker):
    incident = held(caseworker, {"lines": []}, {"birth_date": "2015-02-03", "name": "Cy Poe"})
    here = reverse("notices:list", args=[incident.pk])

    assert "No address is known" in client.get(here).content.decode()
    only = client.get(here, {"reason": "minor"}).content.decode()

    assert "Cy Poe" in only
    assert "Ada Doe" not in only


def test_a_typed_address_sets_the_notice_free(client, caseworker):
    incident = held(caseworker, {"lines": []})
    notice = Notice.objects.get()
    typed = {**NOWHERE, "where": "other", "lines": "9 New Street\n\nSalem OR 97301"}

    client.post(reverse("notices:resolve", args=[incident.pk, notice.pk]), typed)

    notice = Notice.objects.get()
    assert notice.status == NoticeStatus.READY
    assert notice.document["lines"] == ["9 New Street", "Salem OR 97301"]


def test_an_address_that_was_promised_and_not_typed_is_asked_for(client, caseworker):
    incident = held(caseworker, {"lines": []})
    notice = Notice.objects.get()

    here = reverse("notices:resolve", args=[incident.pk, notice.pk])
    answer = client.post(here, {**NOWHERE, "where": "other"})

    assert "Type the address, a line each." in answer.content.decode()
    assert Notice.objects.get().status == NoticeStatus.HELD


def test_a_minor_goes_out_only_when_somebody_has_looked(client, caseworker):
    incident = held(caseworker, {"birth_date": "2015-02-03"})
    here = reverse("notices:resolve", args=[incident.pk, Notice.objects.get().pk])

    client.post(here, NOWHERE)
    assert Notice.objects.get().status == NoticeStatus.HELD
    client.post(here, {**NOWHERE, "addressee": "To the parent of Ada Doe", "settled": ["minor"]})

    assert Notice.objects.get().status == NoticeStatus.READY
    assert Notice.objects.get().document["addressee"] == "To the parent of Ada Doe"


def test_only_what_applies_can_be_ticked_as_looked_at(client, caseworker):
    incident = held(caseworker, {"birth_date": "2015-02-03"})

    shown = page(client, "notices:detail", incident.pk, Notice.objects.get().pk)

    assert 'value="minor"' in shown
    assert 'value="dead"' not in shown


def test_an_exclusion_without_a_reason_is_not_made(client, caseworker):
    incident = held(caseworker, {"lines": []})
    notice = Notice.objects.get()
    here = reverse("notices:exclude", args=[incident.pk, notice.pk])

    client.post(here, {"reason": ""})
    assert Notice.objects.get().status == NoticeStatus.HELD
    client.post(here, {"reason": "Told by hand on 3 March."})

    assert Notice.objects.get().status == NoticeStatus.EXCLUDED
    assert "Told by hand on 3 March." in page(client, "notices:detail", incident.pk, notice.pk)


def test_an_impounded_address_is_not_offered_and_counsel_is():
    own = {"is_safe": False, "is_impounded": False, "is_do_not_contact": False}
    inputs = {
        "name": "Ada Doe",
        "contacts": [
            {**own, "lines": ["1 Main Street", "Springfield"], "is_safe": True},
            {**own, "lines": ["2 Hidden Road", "Salem"], "is_impounded": True},
        ],
        "counsel": {
            "practitioner": "Lee Law",
            "organisation": "Law Office",
            "lines": ["5 Court Street", "Salem OR 97301"],
        },
    }

    found = places(inputs)

    assert [place.code for place in found] == ["contact-0", "counsel"]
    assert found[0].words == "1 Main Street, Springfield, (safe)"
    assert found[1].addressee == "Lee Law"
    assert found[1].lines == ("Law Office", "5 Court Street", "Salem OR 97301")


def test_somebody_excluded_is_found_with_the_reason_and_taken_back_in(client, caseworker):
    incident = held(caseworker, {"lines": []})
    notice = Notice.objects.get()
    args = [incident.pk, notice.pk]
    client.post(reverse("notices:exclude", args=args), {"reason": "told at the window"})
    listed = client.get(reverse("notices:list", args=args[:1]), {"reason": "excluded"})

    client.post(reverse("notices:take-back", args=args))

    assert "told at the window" in listed.content.decode()
    notice = Notice.objects.get()
    assert (notice.status, notice.hold) == (NoticeStatus.HELD, "taken_back")
    assert "excluded_because" not in notice.document


def test_nobody_is_taken_back_in_who_was_not_out(client, caseworker):
    incident = held(caseworker, {"lines": []})
    args = [incident.pk, Notice.objects.get().pk]

    answer = client.post(reverse("notices:take-back", args=args), follow=True)

    assert Notice.objects.get().hold == "no_address"
    assert "is not excluded" in answer.content.decode()
