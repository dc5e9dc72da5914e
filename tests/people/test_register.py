"""A register is taken in once, updated by a second import, and findable by exact number only."""

import pytest

from breaches.evidence.actions import AlreadyHere
from breaches.evidence.models import Evidence
from breaches.people import actions, queries
from breaches.people.models import ImportStatus, Person, RegisterImport
from tests.factories import NOON, make_upload, make_user
from tests.people.registers import applied

HEAD = "client_id,given_names,family_names,a_number,birth_date,language,address_1,address_2"
HEAD += ",postcode,safe_address,counsel_name,counsel_firm,counsel_address,deceased_on\n"
ADA = "C1,Ada,Doe,A012345678,1990-01-02,es,1 Main Street,Springfield IL,62701,yes,L. Counsel,"
ADA += 'Legal Aid,"2 High Street, Springfield",\n'
BO = "C2,Bo,Roe,,31/31/1980,,,,,,,,,\n"

pytestmark = pytest.mark.django_db


def imported(text):
    order = actions.receive_register(
        make_upload(text.encode()), handed_over_by="Office", by=make_user(), at=NOON
    )
    actions.import_register(order, at=NOON)
    return order


def test_people_come_in_with_what_hangs_on_them():
    order = imported(HEAD + ADA + BO)

    ada, bo = (queries.card(queries.find(order.register, key).get()) for key in ("C1", "C2"))
    assert (order.status, order.added) == (ImportStatus.IMPORTED, 2)
    assert (ada.name, ada.language, ada.contacts[0].is_safe) == ("Ada Doe", "es", True)
    assert ada.contacts[0].lines == ("1 Main Street", "Springfield IL", "62701")
    assert ada.counsel.lines == ("2 High Street", "Springfield")
    assert (bo.contacts, bo.birth_date) == ((), "")
    assert order.problems.get().row_number == 3


def test_a_second_import_updates_and_doubles_nobody():
    first = imported(HEAD + ADA + BO)

    second = applied(imported(HEAD + ADA.replace("Ada", "Adah")))

    person = queries.find(first.register, "A-012-345-678").get()
    assert (second.added, second.changed, Person.objects.count()) == (0, 1, 2)
    assert queries.card(person).name == "Adah Doe"


def test_a_file_whose_taking_in_was_killed_half_way_is_taken_in_when_handed_in_anew(monkeypatch):
    def killed(**_):
        raise SystemExit

    monkeypatch.setattr(RegisterImport.objects, "create", killed)
    with pytest.raises(SystemExit):
        imported(HEAD + ADA)
    monkeypatch.undo()
    kept = Evidence.objects.get()

    order = imported(HEAD + ADA)

    assert (order.evidence, order.added) == (kept, 1)
    with pytest.raises(AlreadyHere, match="very file"):
        imported(HEAD + ADA)
    assert RegisterImport.objects.count() == 1


def test_a_file_without_a_name_column_is_refused():
    order = imported("colour,shape\nred,round\n")

    assert order.status == ImportStatus.REFUSED
    assert "rename the headers" in order.problem


def test_nothing_of_a_person_is_readable_in_the_database():
    imported(HEAD + ADA)

    person = Person.objects.get()
    sealed = [person, *person.identifiers.all(), *person.contact_points.all()]
    assert not [
        row for row in sealed if b"Doe" in bytes(row.sealed) or b"Main" in bytes(row.sealed)
    ]


def test_one_date_that_proves_the_order_decides_the_others_of_its_column():
    rows = "C1,Ada,Doe,,3/4/1980,,,,,,,,,\nC2,Bo,Roe,,31/12/1980,,,,,,,,,\n"

    order = imported(HEAD + rows)

    assert queries.card(queries.find(order.register, "C1").get()).birth_date == "1980-04-03"
    assert not order.problems.exists()


def test_dates_of_unknown_order_are_listed():
    order = imported(HEAD + "C1,Ada,Doe,,3/4/1980,,,,,,,,,\n")

    assert "read as month first" in order.problems.get().what
