"""A second register file is shown before it changes anything, and can be taken back."""

import pytest
from django.urls import reverse

from breaches.audit.models import AuditEvent
from breaches.people import actions, queries
from breaches.people.changing import changing
from breaches.people.models import (
    ChangeKind,
    ContactPoint,
    ImportStatus,
    Person,
    PersonChange,
    RegisterImport,
)
from breaches.people.slots import set_facts
from tests.factories import NOON, make_user
from tests.people.registers import applied, handed_in, person, register_bytes, undone

pytestmark = pytest.mark.django_db


def found(register, number):
    return queries.find(register, f"C{number}").get()


def card(order, number):
    return queries.card(found(order.register, number))


def hundred_changes():
    """Return a register of 160 as it was, and one with 100 changes: 95 facts and 5 people."""
    people = [person(number) for number in range(160)]
    new = [dict(one) for one in people]
    for one in new[:40]:
        one["address_1"] = "9 Oak Avenue"
    for one in new[40:60]:
        one["given_names"] = "Otherwise"
    for one in new[60:80]:
        one["language"] = "ht"
    for one in new[80:90]:
        one["a_number"] = one["a_number"].replace("A2", "A3")
    for one in new[90:95]:
        one["counsel_name"] = "L. Counsel"
    return people, [*new, *(person(number) for number in range(500, 505))]


def test_a_second_file_changes_nothing_until_it_is_accepted():
    people, new = hundred_changes()
    handed_in(people)
    before = register_bytes()

    order = handed_in(new)

    assert order.status == ImportStatus.COMPARED
    assert register_bytes() == before
    counts = queries.change_counts(order)
    assert (counts["change"], counts["add"], counts["conflict"]) == (95, 5, 0)
    assert order.unchanged == 65


def test_a_hundred_changes_are_applied_and_no_other_and_undo_restores_every_byte():
    people, new = hundred_changes()
    handed_in(people)
    before = register_bytes()
    rows_before = dict(Person.objects.values_list("pk", "sealed"))

    order = applied(handed_in(new))

    assert (order.added, PersonChange.objects.count()) == (5, 95)
    touched = {change.person_id for change in PersonChange.objects.all()}
    stayed = Person.objects.filter(pk__in=rows_before.keys() - touched)
    assert stayed.count() == 65
    assert all(bytes(one.sealed) == bytes(rows_before[one.pk]) for one in stayed)
    assert card(order, 0).contacts[0].lines[0] == "9 Oak Avenue"
    assert card(order, 40).name.startswith("Otherwise")
    assert queries.find(order.register, "A300000080").exists()
    assert card(order, 90).counsel.practitioner == "L. Counsel"
    assert handed_in([*new, person(900)]).unchanged == 165

    order = undone(order)

    assert order.status == ImportStatus.UNDONE
    assert register_bytes() == before


def test_an_import_killed_between_two_pieces_goes_on_and_can_still_be_undone(monkeypatch):
    people, new = hundred_changes()
    handed_in(people)
    before = register_bytes()
    monkeypatch.setattr("breaches.people.actions.register.PIECE", 30)
    order = handed_in(new)
    actions.accept_import(order, by=make_user(), at=NOON)
    calls = iter(range(100))

    def killed(*args, **kwargs):
        if next(calls) == 2:
            raise KeyboardInterrupt
        real(*args, **kwargs)

    real = actions.register.comparing.apply
    monkeypatch.setattr("breaches.people.comparing.apply", killed)
    with pytest.raises(KeyboardInterrupt):
        actions.apply_import(order, at=NOON)
    order.refresh_from_db()
    assert (order.status, order.done) == (ImportStatus.APPLYING, 60)
    order.claimed_at = None
    order.save()

    actions.apply_import(order, at=NOON)

    assert PersonChange.objects.count() == 95
    assert undone(order).status == ImportStatus.UNDONE
    assert register_bytes() == before


def test_the_first_file_can_be_undone_as_well():
    order = handed_in([person(1), person(2)])

    undone(order)

    assert not Person.objects.exists()
    actions.read_again(order, {}, by=make_user(), at=NOON)
    assert order.status == ImportStatus.RECEIVED


def corrected(register, number, **facts):
    one = found(register, number)
    with changing([one], "person.corrected", by=make_user(), at=NOON):
        set_facts(one, facts)


def test_what_a_person_corrected_is_a_conflict_and_stays_until_somebody_decides():
    first = handed_in([person(1), person(2)])
    corrected(first.register, 1, family="Núñez")

    order = handed_in([person(1, family_names="Nunes"), person(2)])

    change = order.changes.get()
    assert (change.kind, change.slot) == (ChangeKind.CONFLICT, "family")
    applied(order)
    assert "Núñez" in card(order, 1).name
    assert queries.change_counts(order)["open"] == 1


def test_a_file_that_says_what_it_said_before_asks_nothing_about_a_correction():
    first = handed_in([person(1), person(2)])
    corrected(first.register, 1, family="Núñez")

    order = handed_in([person(1), person(2, given_names="Another")])

    assert order.changes.get().slot == "given"


@pytest.mark.parametrize(("decision", "name"), [("take", "Nunes"), ("keep", "Núñez")])
def test_a_decided_conflict_is_heard_once_and_not_asked_again(decision, name):
    first = handed_in([person(1), person(2)])
    corrected(first.register, 1, family="Núñez")
    before = register_bytes()
    order = handed_in([person(1, family_names="Nunes"), person(2)])

    actions.decide(order.changes.get(), decision, by=make_user(), at=NOON)
    applied(order)

    assert name in card(order, 1).name
    again = handed_in([person(1, family_names="Nunes"), person(2), person(3)])
    assert [change.kind for change in again.changes.all()] == [ChangeKind.ADD]
    undone(order)
    assert register_bytes() == before


def test_a_move_update_never_overwrites_a_safe_address():
    handed_in([person(1, safe_address="yes"), person(2)])
    moved = [person(1, address_1="77 New Street", safe_address=""), person(2)]

    order = applied(handed_in(moved))
    assert card(order, 1).contacts[0].lines[0] == "2 Main Street"

    order = handed_in([*moved, person(3)])
    conflict = order.changes.get(kind=ChangeKind.CONFLICT)
    actions.decide(conflict, "take", by=make_user(), at=NOON)
    applied(order)

    first, second = card(order, 1).contacts
    assert (first.lines[0], first.is_safe) == ("2 Main Street", True)
    assert (second.lines[0], second.is_safe) == ("77 New Street", False)


def test_an_undo_that_would_lose_a_later_correction_is_refused_whole():
    handed_in([person(1), person(2)])
    order = applied(handed_in([person(1, given_names="Otherwise"), person(2)]))
    corrected(order.register, 1, given="Thirdly")
    before = register_bytes()

    undone(order)

    assert order.status == ImportStatus.IMPORTED
    assert "1 of these people was changed since" in order.problem
    assert register_bytes() == before


def test_what_staff_change_between_the_diff_and_its_acceptance_is_not_overwritten():
    handed_in([person(1), person(2)])
    order = handed_in([person(1, given_names="Otherwise"), person(2)])
    corrected(order.register, 1, given="Thirdly")

    applied(order)

    assert card(order, 1).name.startswith("Thirdly")
    assert order.changes.get().kind == ChangeKind.CONFLICT


def test_an_old_address_is_kept_with_the_day_it_ended():
    handed_in([person(1), person(2)])

    order = applied(handed_in([person(1, address_1="9 Oak Avenue"), person(2)]))

    ended = ContactPoint.objects.get(valid_to=NOON.date())
    assert ended.document["lines"][0] == "2 Main Street"
    assert len(card(order, 1).contacts) == 1


def test_each_step_of_an_import_is_in_the_audit_log_and_names_nobody():
    handed_in([person(1), person(2)])
    undone(applied(handed_in([person(1, given_names="Otherwise"), person(2)])))

    events = AuditEvent.objects.filter(subject__startswith="breaches.")
    said = " ".join(f"{one.event} {one.data}" for one in events)
    for event in ("accepted", "imported", "undone", "person.imported"):
        assert event in said
    assert "Otherwise" not in said


def test_a_file_with_nothing_new_says_so(client):
    handed_in([person(1), person(2)])
    order = handed_in(list(reversed([person(1), person(2)])))
    client.force_login(make_user())

    page = client.get(f"/register/imports/{order.pk}/").content.decode()

    assert "Nothing would change" in page


def posted(client, name, *args, **data):
    return client.post(reverse(f"people:{name}", args=args), data, follow=True).content.decode()


def test_a_file_is_looked_at_decided_accepted_and_undone_on_its_page(client):
    first = handed_in([person(1), person(2)])
    corrected(first.register, 1, family="Núñez")
    before = register_bytes()
    order = handed_in([person(1, family_names="Nunes"), person(2, given_names="Otherwise")])
    client.force_login(make_user())

    page = client.get(reverse("people:import", args=[order.pk])).content.decode()
    assert "Nothing is changed yet" in page
    assert "Núñez" in page
    change = order.changes.get(kind=ChangeKind.CONFLICT)
    assert "take what the file says" in posted(
        client, "decide", order.pk, change.pk, decision="take"
    )
    assert "being applied" in posted(client, "accept", order.pk)
    actions.apply_import(RegisterImport.objects.get(pk=order.pk), at=NOON)
    assert "Nunes" in card(order, 1).name
    assert "being undone" in posted(client, "undo", order.pk)
    actions.undo_import(RegisterImport.objects.get(pk=order.pk), at=NOON)

    assert register_bytes() == before


def test_what_cannot_be_done_to_a_file_now_is_said_and_never_an_error(client):
    order = handed_in([person(1), person(2)])
    client.force_login(make_user())

    for name in ("accept", "discard"):
        assert "cannot become" in posted(client, name, order.pk)
    again = handed_in([person(1), person(2, given_names="Otherwise")])
    change = again.changes.get()
    assert "nothing to decide" in posted(client, "decide", again.pk, change.pk, decision="take")
    assert "nothing was changed" in posted(client, "discard", again.pk)
    assert PersonChange.objects.count() == 0
