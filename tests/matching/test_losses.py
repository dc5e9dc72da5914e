"""What each person lost is asked of the people: by element, by combination, by sensitivity."""

import pytest
from django.utils.timezone import now

from breaches.incidents.actions import add_to_team
from breaches.matching import losses
from breaches.matching.models import AffectedPerson
from tests.factories import NOON, make_affected, make_incident, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident():
    """Give an incident with people who lost much, little, and somebody withdrawn."""
    incident = make_incident()
    sets = [
        *[["a_number", "birth_date", "full_name"]] * 3,
        *[["detention_facility", "a_number", "full_name"], ["full_name"], ["birth_date"]],
    ]
    for number, elements in enumerate(sets):
        make_affected(incident, name=f"Person {number}", elements=elements)
    gone = make_affected(incident, name="Gone Away", elements=["ssn"])
    AffectedPerson.objects.filter(pk=gone.pk).update(withdrawn_at=now())
    return incident


def test_people_are_counted_by_element_by_combination_and_by_sensitivity(incident):
    found = losses.losses(incident)

    assert found.people == 6
    assert {one.element.code: one.people for one in found.elements} == {
        "a_number": 4,
        "detention_facility": 1,
        "birth_date": 4,
        "full_name": 5,
    }
    assert [number for _, number in found.levels] == [4, 5, 6]
    assert found.combinations[0].people == 3
    assert losses.who_lost(incident, ["full_name", "a_number"]).count() == 4
    assert losses.who_lost(incident, ["birth_date"], level=3).count() == 3
    assert losses.who_lost(incident, ["ssn"]).count() == 0


def test_the_page_names_who_lost_a_combination(client, incident):
    user = make_user()
    add_to_team(incident, user, by=make_user(), at=NOON)
    client.force_login(user)
    here = f"/incidents/{incident.pk}/people/lost/"

    page = client.get(f"{here}?element=a_number&element=detention_facility&element=x").content
    odd = client.get(f"{here}?level=9&element=%00")

    assert b"1 person lost" in page
    assert b"Person 3" in page
    assert b"Person 1" not in page
    assert odd.status_code in {200, 400}
