"""What each person lost can be asked at once: by element, by combination, by how dangerous."""

import pytest
from django.urls import reverse

from breaches.leaks import actions, exposures
from breaches.leaks.vocabulary import ELEMENTS
from tests.factories import NOON, make_incident, make_upload, make_user

pytestmark = pytest.mark.django_db
ROWS = b"""Last Name,DOB,A-Number,Facility,Language
Doe,1990-01-02,A012345678,,Spanish
Doe,1990-01-02,,Example Center,
Roe,1991-02-03,A012345679,,
Poe,1992-03-04,,Example Center,
,,,Example Center,Spanish
"""


@pytest.fixture
def incident():
    user = make_user()
    incident = make_incident(by=user)
    file = actions.receive_file(incident, make_upload(ROWS), handed_over_by="IT", by=user, at=NOON)
    actions.inspect_file(file, at=NOON)
    elements = {column.key: column.element for column in file.columns.all()}
    actions.confirm_mapping(file, elements, by=user, at=NOON)
    actions.store_rows(file, at=NOON)
    incident.opener = user
    return incident


def test_elements_are_counted_the_most_dangerous_first(incident):
    found = [(one.element.code, one.rows) for one in exposures.lost_elements(incident)]

    assert found == [
        ("detention_facility", 3),
        ("a_number", 2),
        ("birth_date", 4),
        ("family_name", 4),
        ("language", 2),
    ]


def test_a_combination_is_found_over_several_rows_of_one_person(incident):
    all_three = exposures.who_lost(incident, ["family_name", "a_number", "detention_facility"])
    facility = exposures.who_lost(incident, ["detention_facility"])

    assert (all_three.people, all_three.rows.count(), all_three.nameless) == (1, 2, 0)
    assert (facility.people, facility.nameless) == (2, 1)


def test_people_are_found_by_how_dangerous_it_is(incident):
    assert exposures.who_lost_as_much(incident, 3).people == 3
    assert exposures.who_lost_as_much(incident, 3).nameless == 1


def test_the_page_says_who_lost_all_of_it(incident, client):
    client.force_login(incident.opener)
    url = reverse("leaks:lost", args=[incident.pk])

    shown = client.get(url, {"element": ["family_name", "detention_facility"]}).content.decode()

    assert "2 people lost family name + detention facility" in " ".join(shown.split())
    assert "Poe" in shown
    assert "A012345679" not in shown


def test_the_vocabulary_speaks_two_languages_and_the_codes_of_law():
    assert 60 <= len(ELEMENTS) <= 80
    for element in ELEMENTS.values():
        assert element.en
        assert element.es
        assert element.sensitivity in {1, 2, 3}
        assert {"any_pii", "any_personal_data"} <= element.laws
    assert "asylum_application_fact" in ELEMENTS["fear_result"].laws
    assert "other_government_id" in ELEMENTS["a_number"].laws
