"""A caseworker mends what is on record about a person; every step is audited and undoable."""

import pytest
from django.urls import reverse

from breaches.audit.models import AuditEvent
from breaches.people import actions, queries
from breaches.people.models import ContactPoint, Facility, Guardianship, Representation
from tests.factories import NOON, make_user
from tests.people.registers import handed_in, person, register_bytes

pytestmark = pytest.mark.django_db

FORMS = {
    "contact": {"kind": "post", "lines": "PO Box 9\nSalem OR 97301", "is_safe": "on"},
    "representation": {"practitioner": "L. Counsel", "form": "eoir28", "scope": "all"},
    "guardian": {"name": "G. Doe", "kind": "parent", "paper": "Order 7", "is_unsafe": "on"},
    "custody": {"as_written": "Example Center", "booking_number": "77"},
    "death": {"on": "2024-02-03", "next_of_kin": "K. Doe", "next_of_kin_lines": "1 Elm St\nX"},
    "number": {"kind": "passport", "value": "x 123-4567"},
}


@pytest.fixture
def ada(client):
    client.force_login(make_user("caseworker"))
    return queries.find(handed_in([person(1), person(2)]).register, "C1").get()


def sent(client, ada, page, **facts):
    url = reverse("people:add", args=[ada.pk, page])
    return client.post(url, {"source": "staff", **FORMS[page], **facts}, follow=True)


@pytest.mark.parametrize("kind", FORMS)
def test_everything_can_be_added_ended_and_undone_to_the_byte(client, ada, kind):
    before = register_bytes()

    page = sent(client, ada, kind).content.decode()

    assert "The history below" in page
    assert AuditEvent.objects.filter(event=f"person.{kind}_added").count() == 1
    change = ada.changes.get()
    client.post(reverse("people:undo_change", args=[ada.pk, change.pk]))
    assert register_bytes() == before


def test_an_address_is_kept_as_given_and_as_the_post_writes_it(client, ada):
    sent(client, ada, "contact", lines="12 north Oak Street, apartment 3\nNewark, NJ 7102")

    row = ContactPoint.objects.get(source="staff")
    assert row.document["lines"] == ["12 north Oak Street, apartment 3", "Newark, NJ 7102"]
    assert row.document["normal"][0] == "12 N OAK ST APT 3"
    page = client.get(reverse("people:person", args=[ada.pk])).content.decode()
    assert "is it 07102?" in page


def test_no_fixed_address_is_a_state_and_no_error(client, ada):
    sent(client, ada, "contact", lines="NFA", is_safe="")

    assert ContactPoint.objects.get(source="staff").kind == "no_fixed_address"
    assert queries.card(ada).has_no_fixed_address


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("a_number", "A12345", "has not seven to nine digits"),
        ("a_number", "1.23E+08", "rounded number by a spreadsheet"),
        ("ssn", "000-12-3456", "is ever given out"),
        ("passport", "!!", "five to twelve letters and digits"),
    ],
)
def test_a_number_that_cannot_be_is_refused_with_a_sentence(client, ada, kind, value, words):
    page = sent(client, ada, "number", kind=kind, value=value).content.decode()

    assert words in page
    assert not ada.changes.exists()


def test_the_same_number_twice_is_refused_with_a_sentence(client, ada):
    sent(client, ada, "number")

    assert "on record already" in sent(client, ada, "number").content.decode()


def test_counsel_who_withdraws_is_no_longer_written_to(client, ada):
    sent(client, ada, "representation")
    row = Representation.objects.get()
    assert queries.card(ada).counsel.form == "eoir28"

    client.post(reverse("people:end", args=[ada.pk, "representation", row.pk]))

    assert queries.card(ada).counsel is None
    row.refresh_from_db()
    assert row.withdrawn_on is not None


def test_an_unsafe_guardian_is_flagged_to_whoever_routes_letters(client, ada):
    sent(client, ada, "guardian")

    assert queries.card(ada).guardian_is_unsafe
    assert Guardianship.objects.get().document["paper"] == "Order 7"


def test_where_somebody_is_held_says_what_goes_on_the_envelope(client, ada):
    facility = Facility.objects.create(
        name="Example Center", mail_address="PO Box 1\nSalem OR 97301", on_envelope="a_number"
    )

    sent(client, ada, "custody", facility=facility.pk)

    custody = queries.card(ada).custody
    assert (custody.facility, custody.number) == ("Example Center", "A200000001")


def test_names_are_corrected_and_found_by_every_name(client, ada):
    facts = {"given": "Адам", "family": "Núñez", "former": "Roe", "alias": "Adán", "full": ""}

    client.post(reverse("people:facts", args=[ada.pk]), {**facts, "language": "es"})

    for text in ("Nunez", "roe", "adan", "адам"):
        assert queries.find(ada.register, text).get() == ada


def test_a_birth_date_that_can_be_read_two_ways_is_asked_for_again(client, ada):
    page = client.post(
        reverse("people:facts", args=[ada.pk]), {"given": "Ada", "birth_date": "3/4/1980"}
    ).content.decode()

    assert "year, month, day" in page


def test_family_and_merging_go_through_their_forms(client, ada):
    other = queries.find(ada.register, "C2").get()

    client.post(reverse("people:relate", args=[ada.pk]), {"other": "C2", "kind": "child"})
    page = client.get(reverse("people:person", args=[other.pk])).content.decode()
    assert ", parent" in page

    client.post(reverse("people:merge", args=[ada.pk]), {"other": "C2"})
    merge = queries.merges_of(ada)[0][0]
    assert (
        "was merged into" in client.get(reverse("people:person", args=[other.pk])).content.decode()
    )
    client.post(reverse("people:unmerge", args=[ada.pk, merge.pk]))
    assert not queries.merges_of(ada)


def test_somebody_who_is_not_found_or_not_alone_is_said(client, ada):
    for text, words in (("C99", "Nobody in the register"), ("Doe", "More than one person")):
        page = client.post(reverse("people:merge", args=[ada.pk]), {"other": text}).content.decode()
        assert words in page


def test_a_reader_without_the_right_to_edit_sees_no_form_and_posts_nothing(client, ada):
    client.force_login(make_user("matcher"))

    page = client.get(reverse("people:person", args=[ada.pk])).content.decode()

    assert "Add a way" not in page
    assert sent(client, ada, "contact").status_code == 403


def test_facilities_are_listed_and_old_rules_are_marked(client, ada):
    given = {"name": "Example Center", "mail_address": "PO Box 1", "on_envelope": "name"}
    client.post(reverse("people:add_facility"), given)
    clash = client.post(reverse("people:add_facility"), given).content.decode()

    assert "already; change that one" in clash
    assert "never checked" in client.get(reverse("people:facilities")).content.decode()
    assert AuditEvent.objects.filter(event="facility.added").count() == 1
    actions.keep_facility(Facility.objects.get(), {"languages": "es"}, by=make_user(), at=NOON)
    assert Facility.objects.get().languages == "es"
