"""Two records that are one person: merged with everything kept, parted again to the byte."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from breaches.audit.models import AuditEvent
from breaches.people import actions, queries
from breaches.people.actions.families import SamePerson
from breaches.people.actions.rows import MergedAway, NotByItself, ThereAlready
from breaches.people.changing import ChangedSince, NothingChanged
from breaches.people.models import Merge, Person, PersonChange
from tests.factories import NOON, make_user
from tests.people.registers import handed_in, person, register_bytes

pytestmark = pytest.mark.django_db


def two(**facts):
    """Return two records of a register of three, and the register."""
    order = handed_in([person(1, **facts), person(2, counsel_name="L. Counsel"), person(3)])
    return [queries.find(order.register, key).get() for key in ("C1", "C2", "C3")]


def test_what_the_other_record_has_goes_to_the_one_that_is_kept():
    kept, gone, _ = two()
    name = queries.card(gone).name

    actions.merge(kept, gone, by=make_user(), at=NOON)

    card = queries.card(kept)
    assert card.counsel.practitioner == "L. Counsel"
    assert len(card.contacts) == 2
    assert set(queries.find(kept.register, "A200000002")) == {kept}
    assert set(queries.find(kept.register, name)) == {kept}


def test_the_record_that_went_is_found_by_its_key_alone_and_listed_once():
    kept, gone, _ = two()

    actions.merge(kept, gone, by=make_user(), at=NOON)

    gone.refresh_from_db()
    assert queries.everybody(kept.register).count() == 2
    assert [one.pk for one in queries.persons_of(kept.register)].count(gone.pk) == 0
    assert queries.card(gone) == queries.card(kept)
    with pytest.raises(MergedAway):
        actions.correct_facts(gone, {"given": "X"}, by=make_user(), at=NOON)


texts = st.sampled_from(["", "María", "Núñez", "Дарья", "李", "O'Brien"])
changes = st.lists(
    st.tuples(st.sampled_from(["facts", "contact", "number", "relation"]), texts), max_size=4
)


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=changes, second=changes)
def test_parting_restores_both_to_the_byte_whatever_they_hold(transactional_state, first, second):
    people, by = transactional_state
    kept, gone, third = map(fresh, people)
    for one, done in ((kept, first), (gone, second)):
        for what, text in done:
            happen(one, third, what, text, by)
    before = register_bytes()

    merge = actions.merge(kept, gone, by=by, at=NOON)
    assert register_bytes() != before
    actions.unmerge(merge, by=by, at=NOON)

    assert register_bytes() == before


@pytest.fixture
def transactional_state():
    return two(), make_user()


def fresh(one):
    return Person.objects.get(pk=one.pk)


def happen(one, third, what, text, by):
    """Do one thing to a person, or nothing when it is so already."""
    try:
        if what == "facts":
            actions.correct_facts(one, {"given": text, "alias": text}, by=by, at=NOON)
        elif what == "contact":
            actions.add_row(one, "contact", contact([f"1 {text} Road"]), by=by, at=NOON)
        elif what == "number":
            passport = {"kind": "passport", "value": f"X{len(text)}1234", "source": "staff"}
            actions.add_row(one, "number", passport, by=by, at=NOON)
        else:
            actions.relate(one, third, "sibling", by=by, at=NOON)
    except (ThereAlready, NothingChanged):
        pass


def contact(lines, **facts):
    return {
        "kind": "post",
        "source": "staff",
        "is_safe": False,
        "is_impounded": False,
        "is_do_not_contact": False,
        "channels": [],
        "valid_from": None,
        "lines": lines,
        "country": "",
        "note": "",
        **facts,
    }


def test_what_was_changed_after_a_merge_is_not_lost_by_parting():
    kept, gone, _ = two()
    merge = actions.merge(kept, gone, by=make_user(), at=NOON)
    kept.refresh_from_db()
    actions.correct_facts(kept, {"given": "Later"}, by=make_user(), at=NOON)
    before = register_bytes()

    with pytest.raises(ChangedSince, match="changed since the merge"):
        actions.unmerge(merge, by=make_user(), at=NOON)

    assert register_bytes() == before


def test_a_merge_is_not_undone_on_one_of_its_two_records_alone():
    kept, gone, _ = two()
    actions.merge(kept, gone, by=make_user(), at=NOON)
    kept.refresh_from_db()
    before = register_bytes()

    with pytest.raises(NotByItself):
        actions.undo_change(kept.changes.get(event="person.merged"), by=make_user(), at=NOON)

    assert register_bytes() == before


def test_a_merge_and_its_parting_stay_in_the_history_of_both():
    kept, gone, _ = two()
    merge = actions.merge(kept, gone, by=make_user(), at=NOON)
    actions.unmerge(merge, by=make_user(), at=NOON)

    for one in (kept, gone):
        events = PersonChange.objects.filter(person=one).values_list("event", flat=True)
        assert set(events) == {"person.merged", "person.unmerged"}
    assert Merge.objects.get().undone_by is not None
    assert AuditEvent.objects.filter(event__in=["person.joined", "person.parted"]).count() == 2


def test_relations_are_read_both_ways_and_follow_a_merge():
    kept, gone, third = two()
    actions.relate(gone, third, "parent", by=make_user(), at=NOON)

    assert [one.words for one in queries.family_of(gone)] == ["parent"]
    assert [one.words for one in queries.family_of(third)] == ["child"]

    actions.merge(kept, gone, by=make_user(), at=NOON)

    assert [one.pk for one in queries.family_of(third)] == [kept.pk]


def test_nobody_is_merged_with_or_related_to_themselves():
    kept, *_ = two()

    for action in (
        lambda: actions.merge(kept, kept, by=make_user(), at=NOON),
        lambda: actions.relate(kept, kept, "sibling", by=make_user(), at=NOON),
    ):
        with pytest.raises(SamePerson):
            action()
