"""ZIP Codes that lost zeros are offered back: one click each, or a page at once, and undone."""

import pytest

from breaches.audit.models import AuditEvent
from breaches.people import actions
from breaches.people.addresses import mended
from breaches.people.models import ContactPoint, Person, PersonChange
from tests.factories import NOON, make_user
from tests.people.registers import handed_in, person, register_bytes

BOSTON = {"address_1": "12 Elm Street", "address_2": "Boston MA 2134"}


@pytest.mark.parametrize(
    ("lines", "zip_code", "whole"),
    [
        (["12 Elm St", "Boston MA 2134"], "02134", ["12 Elm St", "Boston MA 02134"]),
        (["12 Elm St, Boston, MA 2134-77"], "02134-0077", ["12 Elm St, Boston, MA 02134-0077"]),
        (["PO Box 123", "San Juan PR", "926", "USA"], "00926",
         ["PO Box 123", "San Juan PR", "00926", "USA"]),
        (["12 Elm St", "Boston MA"], "02134", None),
    ],
)  # fmt: skip
def test_only_the_zip_code_changes(lines, zip_code, whole):
    assert mended(lines, zip_code) == whole


@pytest.fixture
def register(db):
    """Give a register with two addresses that lost a zero, one that did not and one impounded."""
    people = [person(1, **BOSTON), person(2, **{**BOSTON, "address_1": "14 Elm Street"})]
    handed_in([*people, person(3), person(4, **{**BOSTON, "address_1": "9 Sealed Way"})])
    sealed = next(row for row in ContactPoint.objects.all() if "9 Sealed Way" in str(row.document))
    said, sealed.is_impounded = sealed.document, True
    sealed.seal(said)
    sealed.save()


def lines_now():
    rows = ContactPoint.objects.filter(is_impounded=False)
    return sorted(row.document["lines"][1] for row in rows)


def test_a_page_of_them_is_mended_at_once_recorded_and_undone_to_the_byte(client, register):
    client.force_login(make_user("caseworker"))
    before = register_bytes()
    page = client.get("/register/zips/").content.decode()
    rows = [str(row.pk) for row in ContactPoint.objects.all()]

    done = client.post("/register/zips/", {"row": [*rows, "x"]}, follow=True).content.decode()

    assert "14 Elm Street, Boston MA 2134" in page
    assert "Sealed" not in page
    assert "2 ZIP Codes are whole again" in done
    assert lines_now() == ["Boston MA 02134", "Boston MA 02134", "Springfield IL 62701"]
    assert AuditEvent.objects.filter(event="person.zip_mended").count() == 2
    for change in PersonChange.objects.filter(event="person.zip_mended"):
        actions.undo_change(change, by=make_user(), at=NOON)
    assert register_bytes() == before


def test_one_is_mended_from_the_page_of_its_person(client, register):
    client.force_login(make_user("caseworker"))
    row = next(r for r in ContactPoint.objects.all() if "14 Elm Street" in str(r.document))
    here = f"/register/people/{row.person_id}/"

    page = client.get(here).content.decode()
    answer = client.post("/register/zips/", {"row": row.pk, "person": row.person_id})
    again = client.post("/register/zips/", {"row": row.pk}, follow=True).content.decode()

    assert "Yes, write 02134" in page
    assert answer["Location"] == here
    assert ContactPoint.objects.get(pk=row.pk).document["lines"][1] == "Boston MA 02134"
    assert "No ZIP Code here lacks a zero" in again
    assert Person.objects.count() == 4
