"""A one-time link lets one person in, once, for a day."""

from datetime import timedelta

import pytest

from breaches.access import actions, gate
from breaches.audit.models import AuditEvent
from tests.factories import NOON, make_user

pytestmark = pytest.mark.django_db


def test_a_link_lets_in_once():
    user = make_user("auditor")
    token = actions.make_entry_link(user, by=None, at=NOON)

    assert actions.enter(token, at=NOON) == user
    with pytest.raises(actions.LinkSpent):
        actions.enter(token, at=NOON)


def test_an_old_link_and_a_guess_read_the_same():
    token = actions.make_entry_link(make_user(), by=None, at=NOON)

    with pytest.raises(actions.LinkSpent) as old:
        actions.enter(token, at=NOON + timedelta(hours=25))
    with pytest.raises(actions.LinkSpent) as guess:
        actions.enter("guess", at=NOON)
    assert str(old.value) == str(guess.value)


def test_a_taken_role_counts_from_the_next_question():
    user = make_user("analyst", "matcher")

    actions.take_role(user, "analyst", by=make_user(), at=NOON)

    assert not gate.may(user, "log.import")
    assert gate.may(user, "match.review")
    assert AuditEvent.objects.filter(event="role.taken", subject_id=user.pk).exists()


def test_the_last_administrator_stays():
    user = make_user("administrator")

    with pytest.raises(actions.LastAdministrator):
        actions.take_role(user, "administrator", by=user, at=NOON)


def test_the_administrator_sees_no_personal_data():
    user = make_user("administrator")

    personal = ("person.view", "register.view", "match.view", "letter.view", "file.view")
    assert not [name for name in personal if gate.may(user, name)]
