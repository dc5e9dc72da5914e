"""The register's pages with people in it, read by axe in light and dark and on a telephone."""

import pytest

from breaches.people import actions, queries
from breaches.people.models import Facility
from tests.browser.looking import faults_on
from tests.factories import NOON, make_user
from tests.people.registers import handed_in, person
from tests.people.test_merge import contact

pytestmark = pytest.mark.django_db(transaction=True)


def a_register():
    """Make a person with something of everything on record, and a file that waits for a yes."""
    by = make_user()
    people = [person(1, safe_address="yes", counsel_name="L. Counsel"), *map(person, range(2, 9))]
    order = handed_in(people)
    ada, bo, cy = (queries.find(order.register, key).get() for key in ("C1", "C2", "C3"))
    facility = Facility.objects.create(name="Example Center", mail_address="PO Box 1\nSalem OR")
    rows = {
        "contact": contact(["12 north Oak Street, apartment 3", "Newark, NJ 7102"], note="Call"),
        "guardian": {
            "name": "G. Doe",
            "kind": "parent",
            "lines": [],
            "paper": "Order 7",
            "note": "",
            "is_unsafe": True,
            "source": "staff",
        },
        "custody": {
            "facility": facility,
            "as_written": "",
            "booking_number": "77",
            "note": "",
            "source": "staff",
            "from_on": NOON.date(),
        },
        "number": {"kind": "passport", "value": "X1234567", "source": "staff"},
    }
    for kind, given in rows.items():
        actions.add_row(ada, kind, given, by=by, at=NOON)
    actions.correct_facts(ada, {"native": "Ада", "nationality": "Guatamala"}, by=by, at=NOON)
    actions.relate(ada, bo, "child", by=by, at=NOON)
    actions.merge(ada, cy, by=by, at=NOON)
    changed = handed_in([{**one, "given_names": "Other"} for one in people] + [person(50)])
    return ada, changed, facility


def test_pages_of_a_register_with_people(page, sign_in):
    ada, order, facility = a_register()
    sign_in(make_user())
    here = f"/register/people/{ada.pk}/"

    paths = [
        *(here, f"{here}contact/new/", f"/register/facilities/{facility.pk}/"),
        *(f"/register/imports/{order.pk}/", f"/register/imports/{order.pk}/columns/"),
    ]
    found = faults_on(page, paths)

    assert not found, "\n".join(found)
